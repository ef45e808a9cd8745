"""Key fixes in the Wagtail admin: the items of an exam, a proposal, its dry run, what it did."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Avg, Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.views.decorators.http import require_POST

from exams.actions.key_fixes import apply_fix, discard_fix, propose_fix
from exams.content import Content, Part
from exams.models import Exam, KeyFix, MarkChange, QuestionVersion, SittingItem
from exams.permissions import can_fix_keys, require
from exams.results.desk import show, told, user_of
from exams.results.keys import own_key, write_key
from exams.results.regrade import planned
from exams.results.scoring import Place, applied_fixes

ITEMS_PER_PAGE, CHANGES_PER_PAGE = 50, 100
HELP = {
    "single": "选项字母；几个答案都算对的，用“/”分开，如 A/C。",
    "multiple": "全部正确选项的字母，如 ABD；几种答案都算对的，用“/”分开，如 ABD/ABDE。",
    "judge": "“对”或“错”。",
    "fill": "各空用“；”分开，同一空的几种写法用“|”分开。",
    "document": "有错句子的序号，如 3,7。",
    "short": "简答题由人工评分，不能更正答案；可以选择不计分或者给满分。",
}


@dataclass(frozen=True)
class ItemRow:
    """An item of the exam, its key as it counts, and how it went."""

    version: QuestionVersion
    part_no: int
    part: Part
    count: int
    mean_share: float | None
    key: str


@dataclass(frozen=True)
class ChangeRow:
    """A line of the table before and after, planned or done."""

    name: str
    unit: str
    old_marks: Any
    new_marks: Any
    old_score: Any
    new_score: Any
    old_full_marks: Any
    new_full_marks: Any
    turns: str
    is_other: bool


def fix_list(request: HttpRequest, pk: int) -> HttpResponse:
    """What was fixed in the exam, and its items, from each of which a fix is proposed."""
    require(can_fix_keys(request.user), "更正答案")
    exam = get_object_or_404(Exam, pk=pk)
    fixes = exam.key_fixes.select_related("version__question", "made_by").order_by("-made_at", "-pk")
    page = Paginator(_places(exam), ITEMS_PER_PAGE).get_page(request.GET.get("page"))
    rows = _item_rows(exam, list(page))
    return show(request, "fixes", f"答案更正：{exam}", exam=exam, tab="fixes", fixes=fixes, page=page, rows=rows)


def new_fix(request: HttpRequest, pk: int, version: int, part_no: int) -> HttpResponse:
    """GET the form, POST a proposal, which leads to its dry run."""
    require(can_fix_keys(request.user), "更正答案")
    exam, asked = get_object_or_404(Exam, pk=pk), get_object_or_404(QuestionVersion, pk=version)
    part = _part(asked.content, part_no)
    typed = {name: request.POST.get(name, "") for name in ("action", "new_key", "reason")}
    problems: list[str] = []
    if request.method == "POST":
        try:
            return redirect("exams_fix", propose_fix(exam, asked, part_no, by=user_of(request), **typed).pk)
        except ValidationError as refusal:
            problems = refusal.messages
    context = {
        "version": asked,
        "part_no": part_no,
        "part": part,
        "options": list(zip(part.letters, part.options, strict=True)),
        "key": _key_in_words(part, exam, (asked.pk, part_no)),
        "actions": [one for one in KeyFix.Action.choices if one[0] != "new_key" or part.kind.value != "short"],
        "typed": typed,
        "help": HELP[part.kind.value],
        "problems": problems,
    }
    return show(request, "fix_new", f"更正答案：{asked.question.code}", exam=exam, tab="fixes", **context)


def fix_page(request: HttpRequest, pk: int) -> HttpResponse:
    """A proposal with its dry run, or an applied fix with what it did."""
    require(can_fix_keys(request.user), "更正答案")
    fix = get_object_or_404(KeyFix.objects.select_related("exam", "version__question", "made_by"), pk=pk)
    rows = _done(fix) if fix.applied_at else _planned(fix)
    part = _part(fix.version.content, fix.part_no)
    turns = Counter(row.turns for row in rows)
    context = {
        "fix": fix,
        "part": part,
        "new_key": write_key(part, fix.new_key) if fix.new_key else "",
        "page": Paginator(rows, CHANGES_PER_PAGE).get_page(request.GET.get("page")),
        "concerned": len(rows),
        "changed": sum(row.is_other for row in rows),
        "turn_pass": turns["pass"],
        "turn_fail": turns["fail"],
    }
    return show(request, "fix", f"更正答案：{fix.version.question.code}", exam=fix.exam, tab="fixes", **context)


@require_POST
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    fix = get_object_or_404(KeyFix.objects.select_related("exam", "version__question"), pk=pk)
    told(request, lambda: apply_fix(fix, by=user_of(request)), "已应用更正，全部答卷已重新计分。")
    return redirect("exams_fix", pk)


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    fix = get_object_or_404(KeyFix.objects.select_related("exam", "version__question"), pk=pk)
    exam = fix.exam_id
    if told(request, lambda: discard_fix(fix, by=user_of(request)), "已放弃这项更正。"):
        return redirect("exams_exam_fixes", exam)
    return redirect("exams_fix", pk)


def _places(exam: Exam) -> Any:
    """(version, part, how many had it, mean share) by section and code."""
    rows = SittingItem.objects.filter(sitting__registration__exam=exam, sitting__scored_at__isnull=False)
    places = rows.values("section_no", "question__code", "version", "part_no")
    counted = places.annotate(count=Count("pk"), earned=Avg("marks"), full=Avg("full_marks"))
    return counted.order_by("section_no", "question__code", "part_no")


def _item_rows(exam: Exam, places: Sequence[dict[str, Any]]) -> list[ItemRow]:
    wanted = QuestionVersion.objects.select_related("question").in_bulk([one["version"] for one in places])
    fixes, found = applied_fixes(exam.pk), []
    for one in places:
        version, part_no = wanted[one["version"]], one["part_no"]
        part, fix = _part(version.content, part_no), fixes.get((version.pk, part_no))
        share = float(one["earned"]) / float(one["full"]) if one["earned"] is not None and one["full"] else None
        key = KeyFix.Action(fix.action).label if fix and not fix.new_key else write_key(part, _counting(part, fix))
        found.append(ItemRow(version, part_no, part, one["count"], share, key))
    return found


def _key_in_words(part: Part, exam: Exam, place: Place) -> str:
    fix = applied_fixes(exam.pk).get(place)
    return str(KeyFix.Action(fix.action).label) if fix and not fix.new_key else write_key(part, _counting(part, fix))


def _counting(part: Part, fix: Any) -> str:
    return fix.new_key if fix else own_key(part)


def _part(content: Content, part_no: int) -> Part:
    if not 1 <= part_no <= len(content.parts):
        raise Http404("没有这道小题")
    return content.parts[part_no - 1]


def _planned(fix: KeyFix) -> list[ChangeRow]:
    rows = []
    for one in planned(fix):
        officer, old = one.sitting.registration.officer, (one.sitting.score, one.sitting.full_marks)
        values = (one.old_marks, one.new_marks, old[0], one.new_score, old[1], one.new_full_marks)
        rows.append(ChangeRow(officer.name, officer.unit.label, *values, one.turns, one.is_other))
    return _in_order(rows)


def _done(fix: KeyFix) -> list[ChangeRow]:
    rows = []
    for one in MarkChange.objects.filter(fix=fix).select_related("sitting__registration__officer__unit"):
        officer = one.sitting.registration.officer
        values = (one.old_marks, one.new_marks, one.old_score, one.new_score, one.old_full_marks, one.new_full_marks)
        turns = "" if one.old_passed == one.new_passed else "pass" if one.new_passed else "fail"
        other = values[0] != values[1] or values[2] != values[3] or values[4] != values[5]
        rows.append(ChangeRow(officer.name, officer.unit.label, *values, turns, other))
    return _in_order(rows)


def _in_order(rows: list[ChangeRow]) -> list[ChangeRow]:
    """Those whose outcome changes first, then those whose marks change."""
    return sorted(rows, key=lambda row: (not row.turns, not row.is_other, row.unit, row.name))


urlpatterns = [
    path("results/<int:pk>/fixes/", fix_list, name="exams_exam_fixes"),
    path("results/<int:pk>/fixes/<int:version>/<int:part_no>/", new_fix, name="exams_fix_new"),
    path("results/fixes/<int:pk>/", fix_page, name="exams_fix"),
    path("results/fixes/<int:pk>/apply/", apply, name="exams_fix_apply"),
    path("results/fixes/<int:pk>/discard/", discard, name="exams_fix_discard"),
]
