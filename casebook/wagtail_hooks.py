from typing import cast

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import include, path
from django.utils.html import format_html
from wagtail import hooks
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from casebook.editing import CasePolicy
from casebook.editions import desk as edition_files
from casebook.findings import page as findings
from casebook.intake import views as intake
from casebook.models import Case, CasebookIssue, Contest, Discussion
from casebook.permissions import (
    can_compile_issues,
    can_edit_cases,
    can_publish_cases,
    can_work_on_cases,
    can_write_cases,
)
from casebook.quarter import views as quarter
from casebook.review import conflict, page, steps
from casebook.teaching import admin as teaching
from casebook.teaching.due import contests_waiting
from casebook.viewsets import CasebookGroup
from casebook.waiting import waiting_for
from content.dashboard import add_waiting
from people.models import User
from people.policies import ask

# taking a case off the site is for those who put it there; deleting it for those who write
register_permission_policy(
    Case,
    CasePolicy(Case, can_work_on_cases, add=can_write_cases, delete=can_edit_cases, publish=can_publish_cases),
)
ask(CasebookIssue, can_compile_issues, read=can_work_on_cases)
ask(Discussion, can_compile_issues)
ask(Contest, can_compile_issues)

register_snippet(CasebookGroup)


@hooks.register("register_admin_urls")
def admin_urls() -> list:
    desks = [*quarter.urlpatterns, *edition_files.urlpatterns, *teaching.urlpatterns]
    return [
        path("cases/", include(desks)),
        *intake.urlpatterns,
        *steps.urlpatterns,
        *page.urlpatterns,
        *conflict.urlpatterns,
        *findings.urlpatterns,
    ]


@hooks.register("insert_global_admin_css")
def review_style() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("casebook/review.css"))


@hooks.register("construct_homepage_panels")
def show_waiting(request: HttpRequest, panels: list) -> None:
    user = cast(User, request.user)
    add_waiting(panels, "案例", [*waiting_for(user), *contests_waiting(user)], order=20)


@hooks.register("construct_snippet_action_menu")
def save_and_submit_only(items: list, request: HttpRequest, context: dict) -> None:
    """The form saves and hands in. The other steps have pages of their own, which say what they mean and ask."""
    if context.get("model") is Case:
        items[:] = [item for item in items if item.name in ("action-save", "action-submit", "action-locked")]
