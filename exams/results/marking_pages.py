"""The marking queue in the Wagtail admin: questions with short answers, and the answers to one of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path

from exams.actions.marks import STEP, give_marks
from exams.content import Point
from exams.models import Exam, ManualMark, QuestionVersion, SittingItem
from exams.permissions import can_mark, require
from exams.results import queue
from exams.results.scoring import applied_fixes
from people.models import User

PER_PAGE = 10
FIELDS = ("marks", "remark", "second", "seen")
SHOWN = {"waiting": "待评", "second": "待复看", "marked": "已评"}


@dataclass
class Sheet:
    """One answer on the page, with what was typed when it could not be saved."""

    item: SittingItem
    code: str
    history: Sequence[ManualMark]
    typed: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    @property
    def seen(self) -> int:
        return self.history[-1].pk if self.history else 0


def queue_page(request: HttpRequest) -> HttpResponse:
    """Every question with short answers, those that wait first."""
    require(can_mark(request.user), "评分")
    heaps = queue.heaps(cast(User, request.user))
    page = Paginator(heaps, 50).get_page(request.GET.get("page"))
    return _show(request, "marking", "评分", page=page, waiting=sum(heap.waiting for heap in heaps))


def answers_page(request: HttpRequest, exam: int, version: int, part_no: int) -> HttpResponse:
    """The answers to one question, ten a page, without names; POST saves those that have marks typed in."""
    require(can_mark(request.user), "评分")
    marker, shown = cast(User, request.user), _shown(request)
    occasion = get_object_or_404(Exam, pk=exam)
    asked = get_object_or_404(QuestionVersion.objects.select_related("question"), pk=version)
    content = asked.content
    if not 1 <= part_no <= len(content.parts):
        raise Http404("没有这道小题")
    heap = queue.for_marker(queue.short_answers(), marker)
    heap = heap.filter(sitting__registration__exam=occasion, version=asked, part_no=part_no)
    faulty: list[Sheet] = []
    if request.method == "POST":
        faulty = _save(request, heap, marker)
        if not faulty:
            return redirect(f"{request.path}?show={shown}")
    page = Paginator(_chosen(heap, shown, marker), PER_PAGE).get_page(request.GET.get("page"))
    sheets, part = faulty or [_sheet(item) for item in page], content.parts[part_no - 1]
    full = sheets[0].item.full_marks if sheets else None
    context = {
        "exam": occasion,
        "version": asked,
        "part": part,
        "case": content.stem if content.is_group else "",
        "basis": asked.basis_rows.filter(part_no=part_no),
        "fix": applied_fixes(occasion.pk).get((asked.pk, part_no)),
        "page": page,
        "sheets": sheets,
        "points": _points(part.points, full),
        "by_halves": full is not None and not full % STEP,
        "tabs": [(name, label, _chosen(heap, name, marker).count()) for name, label in SHOWN.items()],
        "shown": shown,
        "part_no": part_no,
    }
    return _show(request, "marking_answers", f"评分：{asked.question.code}", **context)


def _chosen(heap: QuerySet[SittingItem], shown: str, marker: User) -> QuerySet[SittingItem]:
    """In an order of its own, which says nothing about the candidates."""
    history = Prefetch("manual_marks", ManualMark.objects.select_related("given_by").order_by("given_at", "pk"))
    rows = heap.select_related("sitting").prefetch_related(history).order_by("sitting__seed", "pk")
    if shown == "second":
        return rows.filter(pk__in=queue.second_looks_for(marker).values("pk"))
    return rows.filter(marks__isnull=shown == "waiting")


def _save(request: HttpRequest, heap: QuerySet[SittingItem], marker: User) -> list[Sheet]:
    """Saves every row with marks; gives those that could not be, with what was typed."""
    posted = [
        name.removeprefix("marks-") for name, value in request.POST.items() if name.startswith("marks-") and value
    ]
    items = heap.filter(pk__in=[pk for pk in posted if pk.isdecimal()]).select_related("sitting")
    faulty, saved = [], 0
    for item in items.prefetch_related("manual_marks__given_by"):
        typed = {
            name: request.POST.get(f"{name}-{item.pk}", "").strip() for name in ("marks", "remark", "second", "seen")
        }
        try:
            _give(item, typed, marker)
            saved += 1
        except ValidationError as refusal:
            sheet = _sheet(item)
            sheet.typed, sheet.problems = typed, refusal.messages
            faulty.append(sheet)
    if saved:
        messages.success(request, f"已保存 {saved} 份评分。")
    elif not faulty:
        messages.warning(request, "没有填写分数，没有保存。")
    return faulty


def _give(item: SittingItem, typed: dict[str, str], marker: User) -> None:
    try:
        marks = Decimal(typed["marks"])
    except InvalidOperation:
        raise ValidationError(f"“{typed['marks']}”不是分数；请填写数字，如 2.5。") from None
    if not marks.is_finite():
        raise ValidationError("请填写数字，如 2.5。")
    seen = int(typed["seen"]) if typed["seen"].isdecimal() else None
    give_marks(item, marks, remark=typed["remark"], asks_second=bool(typed["second"]), seen=seen, by=marker)


def _sheet(item: SittingItem) -> Sheet:
    history = sorted(item.manual_marks.all(), key=lambda mark: (mark.given_at, mark.pk))
    return Sheet(item, queue.anonymous_code(item.sitting), history)


def _points(points: Sequence[Point], full: Decimal | None) -> list[tuple[Point, Decimal | None]]:
    """The points of the reference answer with the marks that each is worth."""
    return [(one, full * one.percent / 100 if full is not None else None) for one in points]


def _shown(request: HttpRequest) -> str:
    chosen = request.GET.get("show", "")
    return chosen if chosen in SHOWN else "waiting"


def _show(request: HttpRequest, template: str, title: str, **context: Any) -> HttpResponse:
    context |= {"page_title": title, "header_icon": "edit", "step": STEP}
    return render(request, f"exams/admin/{template}.html", context)


urlpatterns = [
    path("marking/", queue_page, name="exams_marking"),
    path("marking/<int:exam>/<int:version>/<int:part_no>/", answers_page, name="exams_marking_answers"),
]
