"""Drawing the questions of a paper: the same seed and bank give the same questions.

    drawn = draw(paper, seed, seen=questions_of_the_first_attempt)

For many candidates one `Drawer` loads the bank once and draws in memory:

    drawer = Drawer(paper)
    for candidate in candidates:
        drawn = drawer.take(seed, seen=...)   # as `draw`, and counted, so that papers spread over the bank

Least-used questions come first, those used equally often by chance; what the candidate has seen comes last. Questions
with the same stem count as one. Cells that overlap are filled whenever the bank can fill them (`assignment`).
The law is looked at first (`bank.law_watch`), so draw outside the transaction in which you keep what was drawn.
"""

import random
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from exams.bank.law_watch import ensure_checked
from exams.models import Paper, Question
from exams.papers.assignment import Assignment, Fit
from exams.papers.plan import Cell, cells_of, sections_of
from exams.papers.pools import Twins, drawable_entries, twins_of, usage_of
from exams.papers.shortage import NotEnoughQuestions, report_on

SEEN = 1_000_000  # more than any question is used


@dataclass(frozen=True, slots=True)
class Drawn:
    """A question at its place: `order_no` counts questions through the paper from 1, a case group as one."""

    section_no: int
    order_no: int
    question_id: int
    version_id: int


def draw(paper: Paper, seed: int, *, seen: Collection[int] = frozenset()) -> list[Drawn]:
    """One paper in its order; `seen` are question keys to avoid where possible. Raises NotEnoughQuestions."""
    return Drawer(paper).draw(seed, seen=seen)


class Drawer:
    """The pools of a paper in memory."""

    def __init__(self, paper: Paper) -> None:
        ensure_checked()
        self.cells: Sequence[Cell] = cells_of(sections_of(paper))
        self.pool: list[Twins] = twins_of(drawable_entries(self.cells), self.cells)
        used = usage_of(Question.objects.drawable())
        self.usage = [sum(used[entry.question_id] for entry in twins.entries) for twins in self.pool]
        self._places = {entry.question_id: n for n, twins in enumerate(self.pool) for entry in twins.entries}

    def draw(self, seed: int, *, seen: Collection[int] = frozenset()) -> list[Drawn]:
        """As the function `draw`; repeated, it gives the same."""
        chance = random.Random(seed)
        chosen = self._choose(chance, seen)
        sections: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for cell, twins in self._dealt(chosen, chance):
            entry = twins.one_for(cell)
            sections[cell.section_no].append((entry.question_id, entry.version_id))
        return in_order(sections, chance)

    def take(self, seed: int, *, seen: Collection[int] = frozenset()) -> list[Drawn]:
        """Draws, and counts the questions as used for the draws that follow."""
        drawn = self.draw(seed, seen=seen)
        for one in drawn:
            self.usage[self._places[one.question_id]] += 1
        return drawn

    def _choose(self, chance: random.Random, seen: Collection[int]) -> tuple[Assignment, dict[Fit, list[Twins]]]:
        """Offers the pool in the order of preference until every cell is full."""
        assignment = Assignment([cell.asked for cell in self.cells])
        chosen: dict[Fit, list[Twins]] = defaultdict(list)
        for number in self._by_preference(chance, seen):
            if assignment.is_full:
                return assignment, chosen
            twins = self.pool[number]
            if assignment.add(twins.fit):
                chosen[twins.fit].append(twins)
        if not assignment.is_full:
            raise NotEnoughQuestions(report_on(self.cells, self.pool))
        return assignment, chosen

    def _by_preference(self, chance: random.Random, seen: Collection[int]) -> Iterable[int]:
        cost = [used + chance.random() for used in self.usage]
        for question in seen:
            if (place := self._places.get(question)) is not None:
                cost[place] += SEEN
        return sorted(range(len(cost)), key=cost.__getitem__)

    def _dealt(
        self, chosen: tuple[Assignment, dict[Fit, list[Twins]]], chance: random.Random
    ) -> Iterable[tuple[Cell, Twins]]:
        """(cell, question): which of the questions of a fit goes into which of its cells is left to chance."""
        assignment, by_fit = chosen
        for fit, group in by_fit.items():
            chance.shuffle(group)
            left = iter(group)
            for cell in fit:
                for _ in range(assignment.held[cell].get(fit, 0)):
                    yield self.cells[cell], next(left)


def in_order(sections: Mapping[int, list[tuple[int, int]]], chance: random.Random) -> list[Drawn]:
    """Section by section, the (question, version) pairs of each in an order left to chance."""
    drawn: list[Drawn] = []
    for section_no in sorted(sections):
        pairs = list(sections[section_no])
        chance.shuffle(pairs)
        drawn += [Drawn(section_no, len(drawn) + n, *pair) for n, pair in enumerate(pairs, 1)]
    return drawn
