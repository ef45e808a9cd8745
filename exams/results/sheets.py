"""An exam's results as a workbook: scores by section, and item by item what was earned and what was answered."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Sum
from django.utils.timezone import localtime

from exams.content import Kind
from exams.marking import CENT
from exams.models import Exam, PaperSection, SittingItem
from exams.results.listing import Row
from exams.results.scoring import Place, dropped_places
from people.importing.spreadsheets import Sheet, large_workbook

HEAD = [
    "名次",
    "姓名",
    "人员编号",
    "单位",
    "结果",
    "得分",
    "满分",
    "及格线",
    "第几次",
    "开考时间",
    "交卷时间",
    "用时（分钟）",
]
PERSON = ["姓名", "人员编号", "单位"]
LONGEST = 1000  # characters of an answer in a cell


@dataclass
class _Given:
    """What one sitting earned and answered, by the item's place."""

    marks: dict[Place, str | Decimal] = field(default_factory=dict)
    verdicts: dict[Place, str] = field(default_factory=dict)
    answers: dict[Place, str] = field(default_factory=dict)


def results_workbook(exam: Exam, rows: Sequence[Row], *, with_items: bool) -> bytes:
    """The .xlsx. `with_items` adds the sheets by item, for readers of the bank. A fixed number of queries."""
    sheets = [Sheet("成绩", *_scores(exam, rows))]
    if with_items:
        given, codes = _given(exam, rows)
        head = [*PERSON, *codes.values()]
        for title, name in (("逐题得分", "marks"), ("逐题对错", "verdicts"), ("逐题作答", "answers")):
            sheets.append(Sheet(title, head, [_line(row, given, codes, name) for row in rows if row.counts]))
    return large_workbook(sheets)


def _scores(exam: Exam, rows: Sequence[Row]) -> tuple[list[str], Iterator[list]]:
    titles = dict(PaperSection.objects.filter(paper=exam.paper_id).values_list("section_no", "title"))
    earned = _by_section([row.counts.pk for row in rows if row.counts])
    numbers = sorted({number for sections in earned.values() for number in sections})
    head = [*HEAD, *(f"第 {number} 部分 {titles.get(number, '')}".strip() for number in numbers)]
    return head, (_score_line(row, earned, numbers) for row in rows)


def _by_section(sittings: list[int]) -> dict[int, dict[int, Decimal]]:
    found: dict[int, dict[int, Decimal]] = defaultdict(dict)
    rows = SittingItem.objects.filter(sitting__in=sittings).values_list("sitting", "section_no").order_by()
    for sitting, section, marks in rows.annotate(earned=Sum("marks")):
        found[sitting][section] = Decimal(marks or 0).quantize(CENT)
    return found


def _score_line(row: Row, earned: dict[int, dict[int, Decimal]], numbers: list[int]) -> list:
    officer, counts = row.registration.officer, row.counts
    line: list = [row.place or "", officer.name, officer.staff_no, officer.unit.name, row.outcome.value]
    if counts is None:
        return [*line, *[""] * (len(HEAD) - len(line) + len(numbers))]
    times = [f"{localtime(at):%Y-%m-%d %H:%M}" if at else "" for at in (counts.started_at, counts.finished_at)]
    minutes = row.minutes if row.minutes is not None else ""
    line += [counts.score, counts.full_marks, counts.pass_marks, counts.attempt_no, *times, minutes]
    return [*line, *(earned[counts.pk].get(number, "") for number in numbers)]


def _given(exam: Exam, rows: Sequence[Row]) -> tuple[dict[int, _Given], dict[Place, str]]:
    dropped = dropped_places(exam.pk)
    given: dict[int, _Given] = defaultdict(_Given)
    codes: dict[Place, tuple[int, str]] = {}
    sittings = [row.counts.pk for row in rows if row.counts]
    names = ("sitting_id", "section_no", "version_id", "part_no", "question__code", "kind")
    items = SittingItem.objects.filter(sitting__in=sittings).order_by("sitting", "order_no")
    for values in items.values_list(*names, "full_marks", "marks", "answer"):
        sitting, section, version, part_no, code, kind, full, marks, answer = values
        place = (version, part_no)
        codes.setdefault(place, (section, f"{code}-{part_no}"))
        given[sitting].marks[place] = "不计分" if place in dropped else marks if marks is not None else "待评"
        given[sitting].verdicts[place] = "不计分" if place in dropped else _verdict(kind, full, marks, answer)
        given[sitting].answers[place] = answer[:LONGEST]
    in_order = sorted(codes, key=lambda place: codes[place])
    return given, {place: codes[place][1] for place in in_order}


def _verdict(kind: str, full: Decimal, marks: Decimal | None, answer: str) -> str:
    if marks is None:
        return "待评"
    if not answer.strip():
        return "未答"
    if kind == Kind.SHORT:
        return "人工评分"
    return "对" if marks == full else "部分" if marks else "错"


def _line(row: Row, given: dict[int, _Given], codes: dict[Place, str], name: str) -> list:
    officer = row.registration.officer
    values = getattr(given[row.counts.pk], name) if row.counts else {}
    # nothing at all for an item that was not on the paper: of random papers most cells are such
    return [officer.name, officer.staff_no, officer.unit.name, *(values.get(place) for place in codes)]
