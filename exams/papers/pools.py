"""What the bank has for the cells of a plan, loaded once."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from exams.models import PaperItem, Question, QuestionBasis, SittingItem
from exams.papers.assignment import Fit
from exams.papers.plan import Cell


@dataclass(frozen=True, slots=True)
class Entry:
    """A question that may be drawn, in the version that is in use."""

    question_id: int
    version_id: int
    digest: str
    kind: str
    domain_id: int
    difficulty: int
    regulations: frozenset[int] = frozenset()

    def suits(self, cell: Cell) -> bool:
        """Whether a cell may take it."""
        spec = cell.spec
        return (
            self.kind == cell.kind
            and spec.easiest <= self.difficulty <= spec.hardest
            and (not spec.domain or (self.domain_id == spec.domain.pk) != spec.excludes_domain)
            and (not spec.regulation or spec.regulation.pk in self.regulations)
        )


@dataclass(frozen=True, slots=True)
class Twins:
    """Questions with the same stem, nearly always one: a paper holds one of them at most."""

    entries: tuple[Entry, ...]
    fit: Fit

    def one_for(self, cell: Cell) -> Entry:
        """The first that the cell may take."""
        return next(entry for entry in self.entries if entry.suits(cell))


def drawable_entries(cells: Sequence[Cell]) -> list[Entry]:
    """Drawable questions of the kinds asked for, in the order of their keys. At most two queries."""
    return entries_of(Question.objects.drawable().filter(kind__in={cell.kind for cell in cells}), cells)


def entries_of(questions: QuerySet[Question], cells: Sequence[Cell]) -> list[Entry]:
    """The questions as entries, by their version in use; laws are looked up only when a cell asks for one."""
    wanted = {cell.spec.regulation.pk for cell in cells if cell.spec.regulation}
    laws = _laws(questions, wanted) if wanted else {}
    columns = ("pk", "current_id", "stem_digest", "kind", "domain_id", "difficulty")
    rows = questions.order_by("pk").values_list(*columns)
    return [
        Entry(pk, version, digest, kind, domain, difficulty, frozenset(laws.get(version, ())))
        for pk, version, digest, kind, domain, difficulty in rows
        if version
    ]


def twins_of(entries: Iterable[Entry], cells: Sequence[Cell]) -> list[Twins]:
    """Those that fit somewhere, same stems together; the order is that of the entries."""
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        found.setdefault(entry.digest or f"#{entry.question_id}", []).append(entry)
    twins = [Twins(tuple(group), _fit(group, cells)) for group in found.values()]
    return [one for one in twins if one.fit]


def usage_of(questions: QuerySet[Question]) -> Counter[int]:
    """How often each was used: once for each form that holds it, once for each exam it was sat in. Two queries."""
    printed = PaperItem.objects.filter(question__in=questions.values("pk"))
    sat = SittingItem.objects.filter(question__in=questions.values("pk"))
    times = Count("sitting__registration__exam", distinct=True)
    used = Counter(dict(printed.values_list("question").annotate(times=Count("pk")).order_by()))
    used.update(dict(sat.values_list("question").annotate(times=times).order_by()))
    return used


def _fit(group: Sequence[Entry], cells: Sequence[Cell]) -> Fit:
    return tuple(n for n, cell in enumerate(cells) if any(entry.suits(cell) for entry in group))


def _laws(questions: QuerySet[Question], wanted: set[int]) -> dict[int, set[int]]:
    """version -> those of the wanted laws that it rests on."""
    rows = QuestionBasis.objects.filter(regulation__in=wanted, version__in=questions.values("current"))
    found: dict[int, set[int]] = {}
    for version, regulation in rows.order_by().values_list("version_id", "regulation_id").distinct():
        found.setdefault(version, set()).add(regulation)
    return found
