"""A paper's plan as values: sections and their cells as somebody wants them, and the quotas that follow."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch

from content.numbers import plain_number
from exams.content import KIND_LABELS, Kind
from exams.models import Paper, PaperSection, Question, SectionCell
from exams.quotas import apportion
from kb.models import Domain, Regulation
from kb.numerals import to_chinese

EASIEST, HARDEST = 1, 5
WHOLE = Decimal(100)


@dataclass(frozen=True)
class CellSpec:
    """A share of a section in percent, and what it is drawn from. `excludes_domain`: any domain but that one."""

    percent: Decimal = WHOLE
    domain: Domain | None = None
    excludes_domain: bool = False
    regulation: Regulation | None = None
    easiest: int = EASIEST
    hardest: int = HARDEST

    def columns(self) -> dict[str, Any]:
        """The fields of a `SectionCell`."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @property
    def label(self) -> str:
        """`生态环境法典 / 难度 3-5`; empty for the whole bank."""
        words = []
        if self.domain:
            words.append(f"{self.domain}以外的领域" if self.excludes_domain else str(self.domain))
        if self.regulation:
            words.append(self.regulation.name)
        if (self.easiest, self.hardest) != (EASIEST, HARDEST):
            same = self.easiest == self.hardest
            words.append(f"难度 {self.easiest}" if same else f"难度 {self.easiest}-{self.hardest}")
        return " / ".join(words)


@dataclass(frozen=True)
class SectionSpec:
    """A section as wanted; without cells it draws from the whole bank."""

    title: str
    kind: str
    count: int
    marks_each: Decimal = Decimal(1)
    rule: str = PaperSection.Rule.ALL_OR_NOTHING
    cells: tuple[CellSpec, ...] = ()

    @property
    def marks(self) -> Decimal:
        return self.marks_each * self.count

    @property
    def quotas(self) -> list[int]:
        """Questions of each cell, by largest remainder. Raises ValueError where all percents are 0."""
        return apportion(self.count, [cell.percent for cell in self.cells])


@dataclass(frozen=True)
class Cell:
    """A cell with its quota: `asked` questions of one kind out of what `spec` describes."""

    section_no: int
    section_title: str
    kind: str
    asked: int
    spec: CellSpec

    @property
    def where(self) -> str:
        """`大题三 多选题`."""
        return f"大题{to_chinese(self.section_no)} {self.section_title or KIND_LABELS[Kind(self.kind)]}"

    @property
    def label(self) -> str:
        """`大题三 多选题 / 生态环境法典 / 难度 3-5`."""
        return f"{self.where} / {self.spec.label}" if self.spec.label else self.where


def sections_of(paper: Paper) -> list[SectionSpec]:
    """The stored plan. Two queries, whatever its size."""
    cells = Prefetch("cells", SectionCell.objects.select_related("domain", "regulation"))
    sections = paper.sections.prefetch_related(cells).order_by("section_no")
    return [_section(section) for section in sections]


def cells_of(sections: Iterable[SectionSpec]) -> list[Cell]:
    """Every cell of the plan with its quota, in order; a section without cells is one cell of its own."""
    return [cell for number, section in enumerate(sections, 1) for cell in _cells(number, section)]


def marks_of(sections: Iterable[SectionSpec]) -> Decimal:
    return sum((section.marks for section in sections), Decimal(0))


def plan_problems(sections: Sequence[SectionSpec]) -> list[str]:
    """What is wrong with a plan whatever the bank holds, naming the section."""
    found = [] if sections else ["试卷还没有大题；请至少添加一个大题。"]
    for number, section in enumerate(sections, 1):
        where = f"大题{to_chinese(number)}"
        found += [f"{where}{one}" for one in _problems(section)]
    return found


def _problems(section: SectionSpec) -> list[str]:
    found = []
    if section.kind not in Question.Kind.values:
        found.append("没有选择题型；请选择题型。")
    if section.count < 1:
        found.append("题数为 0；请填写 1 以上的题数，或删除这个大题。")
    if section.marks_each <= 0:
        found.append("每题分值为 0；请填写分值。")
    total = sum((cell.percent for cell in section.cells), Decimal(0))
    if section.cells and total != WHOLE:
        found.append(f"各范围的比例合计是 {plain_number(total)}%；请调整为 100%。")
    for number, cell in enumerate(section.cells, 1):
        if not EASIEST <= cell.easiest <= cell.hardest <= HARDEST:
            found.append(f"第 {number} 个范围的难度从 {cell.easiest} 到 {cell.hardest}；请在 1 至 5 之间从低到高填写。")
        if cell.excludes_domain and not cell.domain:
            found.append(f"第 {number} 个范围选了“以外”，没有选领域；请选择领域。")
    return found


def _cells(number: int, section: SectionSpec) -> list[Cell]:
    if not section.cells:
        return [Cell(number, section.title, section.kind, section.count, CellSpec())]
    return [
        Cell(number, section.title, section.kind, asked, spec)
        for spec, asked in zip(section.cells, section.quotas, strict=True)
    ]


def _section(section: PaperSection) -> SectionSpec:
    cells = tuple(
        CellSpec(cell.percent, cell.domain, cell.excludes_domain, cell.regulation, cell.easiest, cell.hardest)
        for cell in section.cells.all()
    )
    return SectionSpec(section.title, section.kind, section.count, section.marks_each, section.rule, cells)
