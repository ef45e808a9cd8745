"""What the bank lacks for a plan, cell by cell, before anybody relies on it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from exams.papers.assignment import Assignment, Fit, most_placed
from exams.papers.plan import Cell
from exams.papers.pools import Twins, drawable_entries, twins_of


@dataclass(frozen=True)
class CellState:
    """`available` questions fit the cell; `left` of them remain when the other cells are served."""

    cell: Cell
    available: int
    left: int

    @property
    def is_enough(self) -> bool:
        return self.left >= self.cell.asked

    @property
    def line(self) -> str:
        """`大题三 多选题 / 生态环境法典 / 难度 3-5：需要 8 题，可用 5 题`."""
        return f"{self.cell.label}：需要 {self.cell.asked} 题，可用 {self.available} 题"


@dataclass(frozen=True)
class Overlap:
    """Cells that draw on the same questions and together ask for more than there are."""

    cells: tuple[Cell, ...]
    available: int

    @property
    def asked(self) -> int:
        return sum(cell.asked for cell in self.cells)

    @property
    def line(self) -> str:
        names = "；".join(cell.label for cell in self.cells)
        return f"以下 {len(self.cells)} 处共用一批试题，合计需要 {self.asked} 题，可用 {self.available} 题：{names}"


@dataclass(frozen=True)
class Report:
    """`missing`: questions that the paper would be short of."""

    states: tuple[CellState, ...]
    overlaps: tuple[Overlap, ...]
    missing: int

    @property
    def is_enough(self) -> bool:
        return not self.missing

    @property
    def lines(self) -> list[str]:
        """One sentence for each cell that is short by itself, one for cells that are short together."""
        alone = [state.line for state in self.states if state.available < state.cell.asked]
        return alone + [overlap.line for overlap in self.overlaps]


class NotEnoughQuestions(ValidationError):
    """The bank has too few questions; the messages name the cells."""

    def __init__(self, report: Report) -> None:
        self.report = report
        super().__init__([f"题库试题不足：{line}。请减少题数、放宽范围或补充试题。" for line in report.lines])


def shortage(cells: Sequence[Cell]) -> Report:
    """What the bank has today for each cell. At most two queries."""
    return report_on(cells, twins_of(drawable_entries(cells), cells))


def report_on(cells: Sequence[Cell], pool: Sequence[Twins]) -> Report:
    """The same for a pool at hand."""
    fits = Counter(twins.fit for twins in pool)
    available = [sum(count for fit, count in fits.items() if n in fit) for n in range(len(cells))]
    assignment = Assignment([cell.asked for cell in cells])
    for fit, count in fits.items():
        assignment.add(fit, count)
    states = tuple(CellState(cell, available[n], _left(n, cells, fits, available[n])) for n, cell in enumerate(cells))
    return Report(states, tuple(_overlaps(assignment, cells, fits, available)), assignment.missing)


def _left(number: int, cells: Sequence[Cell], fits: Counter[Fit], available: int) -> int:
    """What the cell can have without taking from the others."""
    sizes = [cell.asked for cell in cells]
    without = most_placed([0 if n == number else size for n, size in enumerate(sizes)], fits.items())
    unbounded = most_placed([available if n == number else size for n, size in enumerate(sizes)], fits.items())
    return unbounded - without


def _overlaps(assignment: Assignment, cells: Sequence[Cell], fits: Counter[Fit], available: list[int]) -> list[Overlap]:
    """Sets of cells that are short together by more than the cells among them are short alone."""
    found = []
    sets = dict.fromkeys(frozenset(assignment.competing(cell)) for cell in assignment.short_cells())
    for together in sets:
        members = tuple(cells[n] for n in sorted(together))
        overlap = Overlap(members, sum(count for fit, count in fits.items() if together & set(fit)))
        alone = sum(max(0, cells[n].asked - available[n]) for n in together)
        if overlap.asked - overlap.available > alone:
            found.append(overlap)
    return found
