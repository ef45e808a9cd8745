from django.urls import include, path
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from casebook import signing
from casebook.viewsets import CasebookGroup

register_snippet(CasebookGroup)


@hooks.register("register_admin_urls")
def admin_urls() -> list:
    return [path("", include(signing.urlpatterns))]
