"""The quarter's pages in the Wagtail admin: open, board, gaps, the edition's desk."""

from itertools import groupby
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, register_converter
from django.views.decorators.http import require_POST

from casebook.models import Case, CasebookIssue
from casebook.permissions import can_compile_issues, can_see_street, can_work_on_cases, require, visible_cases
from casebook.quarter import actions, gaps, progress
from casebook.quarter.forms import OpenQuarterForm, lines_of, moved
from casebook.quarter.progress import Lane
from content.downloads import download
from content.telling import told
from people.models import User

ICON = "doc-full-inverse"
PER_PAGE = 50
CHANGED_SHOWN = 8


class QuarterConverter:
    """`2026Q4` in an address -> (2026, 4)."""

    regex = r"\d{4}Q[1-4]"

    def to_python(self, value: str) -> tuple[int, int]:
        year, _, quarter = value.partition("Q")
        return int(year), int(quarter)

    def to_url(self, value: str | tuple[int, int]) -> str:
        return value if isinstance(value, str) else f"{value[0]}Q{value[1]}"


register_converter(QuarterConverter, "quarter")


def open_quarter(request: HttpRequest) -> HttpResponse:
    """GET the form, POST opens the collecting and leads to the board."""
    require(can_compile_issues(request.user), "开启季度征集")
    form = OpenQuarterForm(request.POST or None)
    if form.is_valid():
        year, quarter = form.cleaned_data.pop("year"), form.cleaned_data.pop("quarter")
        try:
            issue = actions.open_quarter(year, quarter, by=_user(request), **form.cleaned_data)
            return redirect("casebook_board", issue.code)
        except ValidationError as refusal:
            form.add_error(None, refusal)
    return render(request, "casebook/admin/quarter_open.html", _page("开启季度征集", form=form))


def board(request: HttpRequest, quarter: tuple[int, int]) -> HttpResponse:
    """Who owes drafts, how far they are, what is missing; to a street's editor, of the own street."""
    require(can_work_on_cases(request.user), "查看季度看板")
    issue = _issue(quarter)
    seen = visible_cases(request.user)
    placed = progress.cases_of(issue, seen)
    lanes = [(lane, [one.case for one in placed if one.lane is lane]) for lane in Lane]
    streets = [row for row in progress.streets_of(issue, placed) if can_see_street(request.user, row.street)]
    changed = seen.published().on_changed_law()
    context = _page(
        f"{issue.code} 季度看板",
        issue=issue,
        lanes=[(lane.value, cases) for lane, cases in lanes if cases or lane is not Lane.WITHDRAWN],
        streets=streets,
        owing=[row for row in streets if row.missing],
        domains=gaps.domains_without_case(issue),
        item_gap=gaps.items_without_case().count(),
        changed=changed.order_by("-decided_on").prefetch_related("replacements")[:CHANGED_SHOWN],
        changed_total=changed.count(),
        may_compile=can_compile_issues(request.user),
    )
    return render(request, "casebook/admin/board.html", context)


def gap_list(request: HttpRequest) -> HttpResponse:
    """Items without a case, of one domain or all; `format=xlsx` gives the same list as a file."""
    require(can_work_on_cases(request.user), "查看案例缺口")
    items = gaps.items_without_case()
    domains = gaps.domain_counts(items)
    chosen = request.GET.get("domain", "")
    shown = items.filter(domain__slug=chosen) if chosen else items
    if request.GET.get("format") == "xlsx":
        return download(gaps.gap_sheet(shown), "缺少案例的事项.xlsx")
    page = Paginator(shown, PER_PAGE).get_page(request.GET.get("page"))
    context = _page("缺少案例的事项", page=page, domains=domains, chosen=chosen, total=items.count())
    return render(request, "casebook/admin/gaps.html", context)


def desk(request: HttpRequest, quarter: tuple[int, int]) -> HttpResponse:
    """The edition on the desk: which cases, in which order and section, with which notes."""
    require(can_compile_issues(request.user), "编排案例汇编")
    issue = _issue(quarter)
    if request.method == "POST":
        told(request, lambda: _arrange(request, issue), "已保存编排。")
        return redirect("casebook_desk", issue.code)
    entries = list(issue.entries.select_related("case__domain").prefetch_related("case__replacements"))
    candidates = (
        Case.objects.published().exclude(entries__issue=issue).prefetch_related("replacements").order_by("-case_no")
    )
    context = _page(
        f"{issue.code} 编排",
        issue=issue,
        entries=entries,
        sections=[(name, len(list(group))) for name, group in groupby(entries, key=lambda entry: entry.section)],
        own=[case for case in candidates if case.quarter == issue.code],
        others=[case for case in candidates if case.quarter != issue.code],
    )
    return render(request, "casebook/admin/desk.html", context)


@require_POST
def close(request: HttpRequest, quarter: tuple[int, int]) -> HttpResponse:
    issue = _issue(quarter)
    told(request, lambda: actions.close_collecting(issue, by=_user(request)), "已截止征集，进入编辑。")
    return redirect("casebook_board", issue.code)


@require_POST
def publish(request: HttpRequest, quarter: tuple[int, int]) -> HttpResponse:
    issue = _issue(quarter)
    told(request, lambda: actions.publish_issue(issue, by=_user(request)), f"已发布 {issue}。")
    return redirect("casebook_desk", issue.code)


def _arrange(request: HttpRequest, issue: CasebookIssue) -> None:
    lines = moved(lines_of(request.POST), request.POST.get("move", ""))
    texts = {name: request.POST.get(name, "").strip() for name in ("title", "preface")}
    actions.arrange(issue, lines, by=_user(request), **texts)


def _issue(quarter: tuple[int, int]) -> CasebookIssue:
    return get_object_or_404(CasebookIssue, year_no=quarter[0], quarter_no=quarter[1])


def _page(title: str, **context: Any) -> dict[str, Any]:
    return {"page_title": title, "header_icon": ICON, **context}


def _user(request: HttpRequest) -> User:
    return cast(User, request.user)


def current(request: HttpRequest) -> HttpResponse:
    """Leads to the quarter at work: the newest that is not published, else the newest; without any, the form."""
    issues = CasebookIssue.objects.all()
    issue = issues.exclude(status=CasebookIssue.Status.PUBLISHED).first() or issues.first()
    return redirect("casebook_board", issue.code) if issue else redirect("casebook_open_quarter")


urlpatterns = [
    path("quarters/", current, name="casebook_current_quarter"),
    path("quarters/open/", open_quarter, name="casebook_open_quarter"),
    path("quarters/gaps/", gap_list, name="casebook_gaps"),
    path("quarters/<quarter:quarter>/", board, name="casebook_board"),
    path("quarters/<quarter:quarter>/close/", close, name="casebook_close_quarter"),
    path("quarters/<quarter:quarter>/edition/", desk, name="casebook_desk"),
    path("quarters/<quarter:quarter>/publish/", publish, name="casebook_publish_issue"),
]
