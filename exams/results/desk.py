"""Results in the Wagtail admin: the exams, one exam's list, its file, publishing."""

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from content.downloads import download
from exams.actions.marks import publish_results, withdraw_results
from exams.models import Exam
from exams.permissions import (
    can_certify,
    can_fix_keys,
    can_mark,
    can_publish_results,
    can_read_bank,
    can_read_results,
    require,
)
from exams.results import listing
from exams.results.sheets import results_workbook
from exams.results.visibility import is_published, may_read_scores
from people.models import User

ICON = "table"
PER_PAGE = 50
COLUMNS = (
    ("place", "名次", True),
    ("name", "姓名", False),
    ("staff", "人员编号", False),
    ("unit", "单位", False),
    ("outcome", "结果", False),
    ("score", "得分", True),
    ("minutes", "用时（分钟）", True),
)


def exam_list(request: HttpRequest) -> HttpResponse:
    """The exams whose results this person may look at."""
    require(can_read_results(request.user), "查看成绩")
    exams = listing.exams_with_results(user_of(request))
    page = Paginator(exams, PER_PAGE).get_page(request.GET.get("page"))
    return show(request, "results", "成绩", page=page, may_mark=can_mark(request.user))


def exam_results(request: HttpRequest, pk: int) -> HttpResponse:
    """One exam's list: sorted by `sort`, limited to one `outcome`."""
    exam, rows = _list(request, pk)
    outcome, sort = request.GET.get("outcome", ""), request.GET.get("sort", "unit")
    chosen = [row for row in rows if not outcome or row.outcome.value == outcome]
    page = Paginator(listing.ordered(chosen, sort), PER_PAGE).get_page(request.GET.get("page"))
    return show(
        request,
        "exam_results",
        f"成绩：{exam}",
        exam=exam,
        tab="list",
        page=page,
        summary=listing.summary(rows),
        columns=[_column(name, label, numeric, sort) for name, label, numeric in COLUMNS],
        outcomes=list(listing.Outcome),
        outcome=outcome,
        shows=may_read_scores(request.user, exam),
        published=is_published(exam),
        may_open=can_read_bank(request.user),
        may_publish=can_publish_results(request.user),
    )


def exam_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The list as .xlsx, with the sheets by item for those who read the bank."""
    exam, rows = _list(request, pk)
    with_items = can_read_bank(request.user)
    return download(results_workbook(exam, rows, with_items=with_items), f"{exam.title}成绩.xlsx")


@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    exam = get_object_or_404(Exam, pk=pk)
    told(request, lambda: publish_results(exam, by=user_of(request)), "成绩已公布。")
    return redirect("exams_exam_results", pk)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    exam, reason = get_object_or_404(Exam, pk=pk), request.POST.get("reason", "")
    told(request, lambda: withdraw_results(exam, reason, by=user_of(request)), "已撤回成绩，考生不再看到。")
    return redirect("exams_exam_results", pk)


def tabs_of(user: User, exam: Exam) -> list[dict[str, str]]:
    """The pages of one exam that this person may open."""
    found = [("list", "成绩", "exams_exam_results", can_read_results(user))]
    found.append(("statistics", "统计分析", "exams_exam_statistics", can_read_bank(user)))
    found.append(("fixes", "答案更正", "exams_exam_fixes", can_fix_keys(user)))
    if exam.purpose == Exam.Purpose.CERTIFICATION:
        found.append(("certificates", "合格证明", "exams_exam_certificates", can_certify(user)))
    return [
        {"name": name, "label": label, "url": reverse(url, args=[exam.pk])} for name, label, url, may in found if may
    ]


def told(request: HttpRequest, act: Any, done: str) -> bool:
    """Acts; says that it was done, or why not. Whether it was."""
    try:
        act()
    except ValidationError as refusal:
        messages.error(request, "；".join(refusal.messages))
        return False
    messages.success(request, done)
    return True


def show(request: HttpRequest, template: str, title: str, **context: Any) -> HttpResponse:
    """A page of results; with `exam` it has the exam's tabs."""
    if exam := context.get("exam"):
        context["tabs"] = tabs_of(user_of(request), exam)
    context |= {"page_title": title, "header_icon": ICON}
    return render(request, f"exams/admin/{template}.html", context)


def user_of(request: HttpRequest) -> User:
    return cast(User, request.user)


def _list(request: HttpRequest, pk: int) -> tuple[Exam, list[listing.Row]]:
    require(can_read_results(request.user), "查看成绩")
    exams = listing.exams_with_results(user_of(request))
    exam = get_object_or_404(exams, pk=pk)
    return exam, listing.result_rows(exam, user_of(request))


def _column(name: str, label: str, numeric: bool, sort: str) -> dict[str, Any]:
    """Sorted once by a column, the next time the other way round; scores begin with the best."""
    first = "-score" if name == "score" else name
    other = first.removeprefix("-") if first.startswith("-") else f"-{first}"
    current = sort.removeprefix("-") == name
    direction = "descending" if sort.startswith("-") else "ascending"
    return {
        "label": label,
        "numeric": numeric,
        "sort": other if sort == first else first,
        "sorted": direction if current else "",
    }


urlpatterns = [
    path("results/", exam_list, name="exams_results"),
    path("results/<int:pk>/", exam_results, name="exams_exam_results"),
    path("results/<int:pk>/results.xlsx", exam_file, name="exams_exam_file"),
    path("results/<int:pk>/publish/", publish, name="exams_exam_publish"),
    path("results/<int:pk>/withdraw/", withdraw, name="exams_exam_withdraw"),
]
