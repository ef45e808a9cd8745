"""小测: the fixed form of a paper on one page, marked at once. Ends a reading or a course; an exam it is not.

All parts are asked as one case group, so that the pages and readers of practice serve. What a person would have to mark
is left out, and the pass mark keeps its share of what remains.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.http import QueryDict

from exams.content import Content, Kind, Part
from exams.marking import earned
from exams.models import Paper, PaperSection
from exams.practice.answers import read_answers
from exams.practice.asked import Asked, asked
from exams.practice.told import ToldPart, told_part


@dataclass(frozen=True)
class Quiz:
    """The parts with the marks and the rule of each."""

    paper: Paper
    content: Content
    full_marks: tuple[Decimal, ...]
    rules: tuple[str, ...]

    @property
    def total(self) -> Decimal:
        return sum(self.full_marks, Decimal(0))

    @property
    def asked(self) -> Asked:
        """What may be shown before the answer."""
        return asked(self.content)


@dataclass(frozen=True)
class Result:
    """What somebody earned, and every part with what became of it."""

    score: Decimal
    total: Decimal
    passed: bool
    parts: tuple[ToldPart, ...]


def quiz_of(paper: Paper) -> Quiz | None:
    """The first form of the paper; None where it has none or nothing that can be marked at once. Three queries."""
    form = paper.forms.order_by("label").first()
    if form is None:
        return None
    sections = {section.section_no: section for section in paper.sections.all()}
    rows = [
        (part, sections[item.section_no], len(item.version.content.parts))
        for item in form.items.select_related("version")
        for part in _parts(item.version.content)
    ]
    if not rows:
        return None
    content = Content(Kind.GROUP, tuple(part for part, _, _ in rows), paper.title)
    marks = tuple(section.marks_each / count for _, section, count in rows)
    return Quiz(paper, content, marks, tuple(section.rule for _, section, _ in rows))


def marked(quiz: Quiz, posted: QueryDict) -> Result:
    """The result of a posted page. Raises BadAnswer for what the page cannot have posted."""
    answers = read_answers(posted, quiz.content)
    score = sum(_marks(quiz, answers), Decimal(0))
    told = tuple(
        told_part(number, part, answer)
        for number, (part, answer) in enumerate(zip(quiz.content.parts, answers, strict=True), 1)
    )
    return Result(score, quiz.total, score >= pass_marks(quiz), told)


def pass_marks(quiz: Quiz) -> Decimal:
    """The paper's pass mark in proportion to what is asked here."""
    sections = quiz.paper.sections.all()
    whole = sum((section.marks_each * section.count for section in sections), Decimal(0))
    return quiz.paper.pass_marks * quiz.total / whole if whole else quiz.paper.pass_marks


def _marks(quiz: Quiz, answers: Sequence[str]) -> list[Decimal]:
    rows = zip(quiz.content.parts, answers, quiz.rules, quiz.full_marks, strict=True)
    return [
        earned(part, answer, rule or PaperSection.Rule.ALL_OR_NOTHING, full) or Decimal(0)
        for part, answer, rule, full in rows
    ]


def _parts(content: Content) -> list[Part]:
    """The parts that can be marked at once; those of a case group carry its stem."""
    parts = [part for part in content.parts if not part.is_marked_by_hand]
    if not content.is_group:
        return parts
    return [Part(**{**vars(part), "stem": f"{content.stem}\n{part.stem}"}) for part in parts]
