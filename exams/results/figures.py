"""The figures of one exam, out of its marked sittings; four queries, whatever the number of candidates and items.

Each candidate counts once, with the first attempt: a second one may have been written with the key in sight. What is
not fully marked is left out. Dropped items are in nobody's figures.

Where all had the same items the paper is taken as Moodle takes it. Where papers were drawn at random an item's figures
are those of the candidates who had it, its discrimination is against the rest of each one's own paper, it has no
effective weight, and the error of the total comes from `statistics.random_papers`.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import fmean

from exams.content import Part
from exams.models import Exam, QuestionVersion, Sitting, SittingItem
from exams.results.keys import Fix, keyed
from exams.results.responses import Answer, Response, responses
from exams.results.scoring import Place, applied_fixes
from exams.results.verdicts import Verdict, verdicts
from exams.statistics import ItemFigures, PaperFigures, figures, item_figures, random_papers


@dataclass(frozen=True)
class Total:
    """One candidate's paper: percent of the full marks, and whether it passed."""

    score: float
    full_marks: float
    has_passed: bool

    @property
    def percent(self) -> float:
        return 100 * self.score / self.full_marks if self.full_marks else 0.0


@dataclass(frozen=True)
class ItemStatistics:
    """One item: what it is, its figures, who chose what, what is to be said about it."""

    number: int
    place: Place
    code: str
    part: Part
    section_no: int
    full_marks: float
    figures: ItemFigures
    responses: list[Response]
    verdicts: list[Verdict]
    fix: Fix | None = None


@dataclass(frozen=True)
class ExamFigures:
    """The whole exam; `is_random` where candidates had papers of their own."""

    totals: list[Total]
    paper: PaperFigures
    items: list[ItemStatistics]
    is_random: bool
    left_out: int
    dropped: int = 0

    @property
    def pass_rate(self) -> float | None:
        """Percent of those counted."""
        return 100 * fmean(total.has_passed for total in self.totals) if self.totals else None


@dataclass
class _Column:
    """All answers to one item, with the index of the candidate's paper."""

    section_no: int
    full_marks: float
    papers: list[int] = field(default_factory=list)
    marks: list[float] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)


def exam_figures(exam: Exam) -> ExamFigures:
    """Reads and computes everything the page of statistics shows."""
    sittings, left_out = _first_attempts(exam)
    fixes = applied_fixes(exam.pk)
    dropped = {place for place, fix in fixes.items() if fix.is_dropped}
    columns = _columns([sitting.pk for sitting in sittings], dropped)
    totals = [_total(sitting) for sitting in sittings]
    is_random = any(len(column.papers) < len(sittings) for column in columns.values())
    if is_random or exam.paper.shuffles_items:
        columns = _by_code(columns)
    paper, found = _random(columns, totals) if is_random else _common(columns, totals)
    items = _items(columns, found, totals, fixes)
    return ExamFigures(totals, paper, items, is_random, left_out, len(dropped))


def _first_attempts(exam: Exam) -> tuple[list[Sitting], int]:
    """The first attempt of each candidate where it is fully marked, and how many wait for marks."""
    first: dict[int, Sitting] = {}
    for sitting in Sitting.objects.finished().filter(registration__exam=exam).order_by("registration", "attempt_no"):
        first.setdefault(sitting.registration_id, sitting)
    marked = [sitting for sitting in first.values() if sitting.is_marked]
    return marked, len(first) - len(marked)


def _columns(sittings: list[int], dropped: set[Place]) -> dict[Place, _Column]:
    index = {pk: n for n, pk in enumerate(sittings)}
    rows = SittingItem.objects.filter(sitting__in=sittings).order_by("section_no", "order_no", "sitting")
    names = ("sitting_id", "version_id", "part_no", "section_no", "full_marks", "marks", "answer")
    columns: dict[Place, _Column] = {}
    for sitting, version, part_no, section, full, marks, answer in rows.values_list(*names):
        if (version, part_no) in dropped:
            continue
        column = columns.setdefault((version, part_no), _Column(section, float(full)))
        column.papers.append(index[sitting])
        column.marks.append(float(marks or 0))
        column.answers.append(answer)
    return columns


def _by_code(columns: dict[Place, _Column]) -> dict[Place, _Column]:
    """In the bank's order, where candidates had items at different places."""
    codes = dict(QuestionVersion.objects.filter(pk__in={pk for pk, _ in columns}).values_list("pk", "question__code"))
    return dict(sorted(columns.items(), key=lambda one: (one[1].section_no, codes[one[0][0]], one[0])))


def _total(sitting: Sitting) -> Total:
    return Total(float(sitting.score or 0), float(sitting.full_marks), sitting.has_passed)


def _common(columns: dict[Place, _Column], totals: Sequence[Total]) -> tuple[PaperFigures, list[ItemFigures]]:
    by_paper = [_by_paper(column) for column in columns.values()]
    rows = [[marks[paper] for marks in by_paper] for paper in range(len(totals))]
    found = figures(rows, [column.full_marks for column in columns.values()])
    return found.paper, list(found.items)


def _by_paper(column: _Column) -> list[float]:
    return [marks for _, marks in sorted(zip(column.papers, column.marks, strict=True))]


def _random(columns: dict[Place, _Column], totals: Sequence[Total]) -> tuple[PaperFigures, list[ItemFigures]]:
    papers: list[dict[int, list[float]]] = [defaultdict(list) for _ in totals]
    for column in columns.values():
        for paper, marks in zip(column.papers, column.marks, strict=True):
            papers[paper][column.section_no].append(marks)
    found = [
        item_figures(column.marks, column.full_marks, [totals[n].score for n in column.papers])
        for column in columns.values()
    ]
    return random_papers([list(paper.values()) for paper in papers]), found


def _items(
    columns: dict[Place, _Column], found: list[ItemFigures], totals: Sequence[Total], fixes: dict[Place, Fix]
) -> list[ItemStatistics]:
    wanted = QuestionVersion.objects.filter(pk__in={version for version, _ in columns}).select_related("question")
    versions = {one.pk: (one.question.code, one.content) for one in wanted}
    items = []
    for number, ((place, column), one) in enumerate(zip(columns.items(), found, strict=True), 1):
        code, content = versions[place[0]]
        part, fix = content.parts[place[1] - 1], fixes.get(place)
        rows = responses(_counting(part, fix), _answers(column, totals))
        code = f"{code}-{place[1]}" if content.is_group else code
        said = verdicts(one, rows)
        items.append(
            ItemStatistics(number, place, code, part, column.section_no, column.full_marks, one, rows, said, fix)
        )
    return items


def _answers(column: _Column, totals: Sequence[Total]) -> list[Answer]:
    given = zip(column.papers, column.answers, strict=True)
    return [Answer(answer, totals[paper].percent) for paper, answer in given]


def _counting(part: Part, fix: Fix | None) -> Part:
    """The part with the key that counts; of several that are taken as right the first."""
    return keyed(part, fix.new_key)[0] if fix is not None and fix.new_key else part
