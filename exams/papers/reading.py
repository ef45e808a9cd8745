"""A form as people read it: sections in words, parts numbered, keys in words. For preview and print."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from content.numbers import plain_number
from exams.content import KIND_LABELS, Content, Kind, Part
from exams.documents import mended
from exams.models import PaperForm, PaperItem, PaperSection
from exams.papers.plan import SectionSpec, sections_of
from exams.written import write_judge
from kb.numerals import to_chinese

Rule = PaperSection.Rule
HOW = {
    Kind.SINGLE: "每题只有一个正确答案。",
    Kind.MULTIPLE: "每题有两个或两个以上正确答案。",
    Kind.JUDGE: "正确的选“对”，错误的选“错”。",
    Kind.FILL: "在横线上填写答案。",
    Kind.SHORT: "简要回答。",
    Kind.DOCUMENT: "文书的句子已编号，找出有错误的句子。",
    Kind.GROUP: "阅读案情，回答各小题。",
}
RULES = {
    Rule.ALL_OR_NOTHING: "多选、少选、错选均不得分。",
    Rule.HALF_POINT_EACH: "少选的，每选对一项得 0.5 分；有错选的不得分。",
    Rule.BY_FRACTION: "少选的，按选对的比例得分；有错选的不得分。",
}
RULED = frozenset({Kind.MULTIPLE, Kind.DOCUMENT})


class Answer(NamedTuple):
    """One line of a key: `short` for the table, `lines` for the explanation."""

    short: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReadPart:
    """A part under its number in the paper."""

    number: int
    part: Part
    marks: Decimal

    @property
    def options(self) -> list[tuple[str, str]]:
        return list(zip(self.part.letters, self.part.options, strict=True))

    @property
    def answer(self) -> Answer:
        return answer_of(self.part, self.marks)


@dataclass(frozen=True)
class ReadQuestion:
    """A question at its place; `case` is the common stem of a group."""

    item: PaperItem
    case: str
    parts: tuple[ReadPart, ...]


@dataclass(frozen=True)
class ReadSection:
    """`heading`: `一、单项选择题（共 40 题，每题 1 分，共 40 分）`; `how` tells what to do and how it is marked."""

    number: int
    spec: SectionSpec
    questions: tuple[ReadQuestion, ...]

    @property
    def title(self) -> str:
        return self.spec.title or f"{KIND_LABELS[Kind(self.spec.kind)]}题"

    @property
    def heading(self) -> str:
        count, parts = len(self.questions), len(self.parts)
        each, marks = plain_number(self.spec.marks_each), plain_number(self.spec.marks_each * count)
        counted = f"共 {count} 个案例、{parts} 小题，每个案例" if self.is_group else f"共 {count} 题，每题"
        return f"{to_chinese(self.number)}、{self.title}（{counted} {each} 分，共 {marks} 分）"

    @property
    def how(self) -> str:
        """What to do, and how what has several right answers is marked."""
        said = HOW[Kind(self.spec.kind)]
        if any(read.part.kind in RULED for read in self.parts):
            said += ("其中的多选题，" if self.is_group else "") + RULES[Rule(self.spec.rule)]
        return said

    @property
    def is_group(self) -> bool:
        return self.spec.kind == Kind.GROUP

    @property
    def parts(self) -> list[ReadPart]:
        return [part for question in self.questions for part in question.parts]


@dataclass(frozen=True)
class ReadForm:
    """The whole form; `marks` are the full marks."""

    form: PaperForm
    sections: tuple[ReadSection, ...]

    @property
    def marks(self) -> Decimal:
        return sum((one.spec.marks_each * len(one.questions) for one in self.sections), Decimal(0))


def read_form(form: PaperForm) -> ReadForm:
    """Three queries, whatever its size. What is printed is the version that the form holds."""
    items = form.items.select_related("question__domain", "version").order_by("order_no")
    by_section: dict[int, list[PaperItem]] = defaultdict(list)
    for item in items:
        by_section[item.section_no].append(item)
    specs, sections, first = sections_of(form.paper), [], 1
    for number in sorted(by_section):
        questions, first = _questions(by_section[number], first, specs[number - 1].marks_each)
        sections.append(ReadSection(number, specs[number - 1], questions))
    return ReadForm(form, tuple(sections))


def answer_of(part: Part, marks: Decimal) -> Answer:
    """The key in words: accepted spellings of a blank behind one another, corrections and points a line each."""
    if part.kind == Kind.JUDGE:
        return Answer(write_judge(part.key))
    if part.kind == Kind.FILL:
        return Answer("；".join("／".join(spellings) for spellings in part.blanks))
    if part.kind == Kind.DOCUMENT:
        faulty = [(n, one) for n, one in enumerate(part.segments, 1) if one.is_faulty]
        return Answer("、".join(str(n) for n, _ in faulty), tuple(f"第 {n} 句应为：{mended(one)}" for n, one in faulty))
    if part.kind == Kind.SHORT:
        points = tuple(f"要点：{one.text}（{one.percent}%，{_points(marks, one.percent)} 分）" for one in part.points)
        return Answer("见解析", (f"参考答案：{part.key}", *points))
    return Answer(part.key)


def _questions(items: Sequence[PaperItem], first: int, marks: Decimal) -> tuple[tuple[ReadQuestion, ...], int]:
    """The questions of a section, and the number with which the next section begins."""
    read = []
    for item in items:
        content: Content = item.version.content
        each = marks / len(content.parts)
        parts = tuple(ReadPart(first + n, part, each) for n, part in enumerate(content.parts))
        read.append(ReadQuestion(item, content.stem if content.is_group else "", parts))
        first += len(parts)
    return tuple(read), first


def _points(marks: Decimal, percent: int) -> str:
    return plain_number((marks * percent / 100).quantize(Decimal("0.01")))
