from typing import cast

from django.http import HttpRequest
from django.urls import include, path
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from casebook import signing
from casebook.models import Case, CasebookIssue
from casebook.permissions import can_compile_issues, can_edit_cases, can_publish, can_work_on_cases
from casebook.viewsets import CasebookGroup
from casebook.waiting import waiting_for
from content.dashboard import add_waiting
from people.models import User
from people.policies import ask

# taking a case off the site is for those who put it there; deleting it for those who write
ask(Case, can_work_on_cases, delete=can_edit_cases, publish=can_publish)
ask(CasebookIssue, can_compile_issues, read=can_work_on_cases)

register_snippet(CasebookGroup)


@hooks.register("register_admin_urls")
def admin_urls() -> list:
    return [path("", include(signing.urlpatterns))]


@hooks.register("construct_homepage_panels")
def show_waiting(request: HttpRequest, panels: list) -> None:
    add_waiting(panels, "案例", waiting_for(cast(User, request.user)), order=20)


@hooks.register("construct_snippet_action_menu")
def publish_by_steps(items: list, request: HttpRequest, context: dict) -> None:
    """A case becomes public by signing, on a page of its own: Wagtail's button would lift the signature."""
    if context.get("model") is Case:
        items[:] = [item for item in items if item.name != "action-publish"]
