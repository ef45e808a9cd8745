from django.http import HttpRequest
from django.urls import include, path
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from casebook import signing
from casebook.viewsets import CasebookGroup
from casebook.waiting import waiting_for
from content.dashboard import add_waiting

register_snippet(CasebookGroup)


@hooks.register("register_admin_urls")
def admin_urls() -> list:
    return [path("", include(signing.urlpatterns))]


@hooks.register("construct_homepage_panels")
def show_waiting(request: HttpRequest, panels: list) -> None:
    add_waiting(panels, "案例", waiting_for(request.user), order=20)
