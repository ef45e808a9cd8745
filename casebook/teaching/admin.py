"""Discussions and contests in the Wagtail admin: their forms, and the page on which a contest is run."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.snippets.views.snippets import SnippetViewSet

from casebook.models import Case, CasebookIssue, Contest, Discussion
from casebook.permissions import can_compile_issues, can_work_on_cases, nominable_cases, require
from casebook.teaching import actions, judging
from casebook.teaching.contest_pages import ranking_context
from people.models import User


class DiscussionViewSet(SnippetViewSet):
    """案例讲评: begun from an edition's desk or here."""

    model = Discussion
    icon = "group"
    menu_label = "案例讲评"
    menu_name = "discussions"
    add_to_admin_menu = False
    copy_view_enabled = False
    list_display = [
        "title",
        Column("issue", label="来自"),
        Column("held_on", label="讲评日期"),
        BooleanColumn("is_open"),
    ]
    panels = [
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("slug"), FieldPanel("held_on"), FieldPanel("is_open")]),
        FieldPanel("issue"),
        FieldPanel("intro"),
        InlinePanel("discussion_cases", label="案例", panels=[FieldPanel("case"), FieldPanel("questions")]),
    ]


class ContestLinks(Column):
    """From a contest to the page on which it is run."""

    cell_template_name = "casebook/admin/contest_link.html"


class ContestViewSet(SnippetViewSet):
    """十佳评选: the sheet and the judges; the steps are taken on the contest's own page."""

    model = Contest
    icon = "pick"
    menu_label = "十佳评选"
    menu_name = "contests"
    add_to_admin_menu = False
    copy_view_enabled = False
    list_display = [
        "title",
        Column("year_no", label="年份"),
        Column("status", label="状态", accessor="get_status_display"),
        ContestLinks("pk", label="工作"),
    ]
    panels = [
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("year_no"), FieldPanel("places")]),
        FieldPanel("note"),
        InlinePanel("criteria", label="评分项", panels=[FieldRowPanel([FieldPanel("name"), FieldPanel("max_points")])]),
        InlinePanel("judges", label="评委", panels=[FieldPanel("person")]),
    ]


def contest(request: HttpRequest, pk: int) -> HttpResponse:
    """Nominations, missing sheets and the steps; POST `step` takes one of them."""
    require(can_work_on_cases(request.user), "查看评选")
    one = get_object_or_404(Contest, pk=pk)
    if request.method == "POST":
        _take(request, one)
        return redirect("casebook_contest", pk)
    others = nominable_cases(request.user).exclude(nominations__contest=one).prefetch_related("replacements")
    context = {
        **ranking_context(one),
        "page_title": one.title,
        "header_icon": "pick",
        "may_compile": can_compile_issues(request.user),
        "missing": judging.missing_sheets(one) if one.status == Contest.Status.JUDGING else [],
        "recusals": judging.recusals(one),
        "candidates": others.order_by("-case_no") if one.status == Contest.Status.NOMINATING else [],
    }
    return render(request, "casebook/admin/contest.html", context)


@require_POST
def discuss_issue(request: HttpRequest, quarter: tuple[int, int]) -> HttpResponse:
    """A discussion of the whole edition, ready to be edited."""
    issue = get_object_or_404(CasebookIssue, year_no=quarter[0], quarter_no=quarter[1])
    try:
        discussion = actions.discuss_issue(issue, by=cast(User, request.user))
    except ValidationError as refusal:
        messages.error(request, "；".join(refusal.messages))
        return redirect("casebook_desk", issue.code)
    messages.success(request, "已生成讲评；核对讨论题后勾选“已开放”。")
    return redirect(reverse(Discussion.snippet_viewset.get_url_name("edit"), args=[discussion.pk]))


def _take(request: HttpRequest, one: Contest) -> None:
    by = cast(User, request.user)
    try:
        match request.POST.get("step"):
            case "nominate":
                chosen = get_object_or_404(Case, pk=request.POST.get("case"))
                judging.nominate(one, chosen, by=by, reason=request.POST.get("reason", "").strip())
                messages.success(request, f"已推荐：{chosen.case_no}")
            case "close":
                judging.close_nominations(one, by=by)
                messages.success(request, "已截止推荐，评委可以评分。")
            case "publish":
                judging.publish_ranking(one, by=by)
                messages.success(request, "结果已公布。")
    except ValidationError as refusal:
        messages.error(request, "；".join(refusal.messages))


urlpatterns = [
    path("contests/<int:pk>/", contest, name="casebook_contest"),
    path("quarters/<quarter:quarter>/discussion/", discuss_issue, name="casebook_discuss_issue"),
]
