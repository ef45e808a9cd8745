"""Filling cells whose pools overlap: a question fits into several cells and goes into one. Pure.

Questions that fit into the same cells are alike; such a set of cells is a `Fit`, a rising tuple of cell numbers. One
more question finds its place where there is room, or where a chain of others can each move to another cell they fit
into. So a filling is found whenever one exists, and questions offered in the order of preference give the preferred
filling: those that can be placed together form a matroid, for which taking the first that fits is best.
"""

from collections.abc import Iterable, Sequence

Fit = tuple[int, ...]


class Assignment:
    """Cells of given sizes being filled. `held[cell][fit]` counts the questions of that fit in the cell."""

    def __init__(self, sizes: Sequence[int]) -> None:
        self.room = list(sizes)
        self.held: list[dict[Fit, int]] = [{} for _ in sizes]
        self.missing = sum(sizes)
        self._refused: set[Fit] = set()

    @property
    def is_full(self) -> bool:
        return not self.missing

    def add(self, fit: Fit, count: int = 1) -> int:
        """Places up to so many questions of that fit; gives how many found a place."""
        placed = 0
        while placed < count and fit not in self._refused:
            chain = self._chain(fit)
            if chain:
                placed += self._move(chain, count - placed)
            else:
                self._refused.add(fit)  # what finds no place now finds none later either
        return placed

    def short_cells(self) -> list[int]:
        """Cells that still have room."""
        return [cell for cell, room in enumerate(self.room) if room]

    def competing(self, cell: int) -> set[int]:
        """The cells that hold every question they share with the unfilled cell, directly or through others.

        Once all questions were offered, these cells together ask for more than the whole bank has for them.
        """
        found, waiting = {cell}, [cell]
        while waiting:
            wanted = waiting.pop()
            for other, held in enumerate(self.held):
                if other not in found and any(wanted in fit for fit, count in held.items() if count):
                    found.add(other)
                    waiting.append(other)
        return found

    def _chain(self, fit: Fit) -> list[tuple[int, Fit]]:
        """(cell, what comes into it), from the first cell to one with room; empty where there is none."""
        came: dict[int, tuple[int | None, Fit]] = {cell: (None, fit) for cell in fit}
        waiting = list(fit)
        for cell in waiting:  # grows while it is read
            if self.room[cell]:
                return _traced(came, cell)
            for moved, count in self.held[cell].items():
                if count:
                    fresh = [other for other in moved if other not in came]
                    came.update({other: (cell, moved) for other in fresh})
                    waiting.extend(fresh)
        return []

    def _move(self, chain: list[tuple[int, Fit]], most: int) -> int:
        left = [(cell, fit) for (cell, _), (_, fit) in zip(chain, chain[1:], strict=False)]
        amount = min([most, self.room[chain[-1][0]], *(self.held[cell][fit] for cell, fit in left)])
        for cell, fit in left:
            self.held[cell][fit] -= amount
        for cell, fit in chain:
            self.held[cell][fit] = self.held[cell].get(fit, 0) + amount
        self.room[chain[-1][0]] -= amount
        self.missing -= amount
        return amount


def most_placed(sizes: Sequence[int], fits: Iterable[tuple[Fit, int]]) -> int:
    """How many questions, given as (fit, number), can be placed at once."""
    assignment = Assignment(sizes)
    return sum(assignment.add(fit, count) for fit, count in fits)


def _traced(came: dict[int, tuple[int | None, Fit]], last: int) -> list[tuple[int, Fit]]:
    chain: list[tuple[int, Fit]] = []
    cell: int | None = last
    while cell is not None:
        before, fit = came[cell]
        chain.append((cell, fit))
        cell = before
    return chain[::-1]
