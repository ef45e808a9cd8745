"""Hits of one law folded behind its best, for engines that have the whole ranking at hand (pure)."""

from collections.abc import Hashable, Iterable
from typing import TypeVar

T = TypeVar("T")


def folded_page(
    ranked: Iterable[T], folds: Iterable[Hashable], *, offset: int, limit: int, kept: int
) -> tuple[list[tuple[T, int]], int]:
    """One page of folds and the number of all of them.

    `folds` names each one's fold. A fold stands where its best one does; of each its first `kept` are
    shown, the last of these with the number that stays hidden.
    """
    together: dict[Hashable, list[T]] = {}
    for one, fold in zip(ranked, folds, strict=True):
        together.setdefault(fold, []).append(one)
    page: list[tuple[T, int]] = []
    for fold_of_page in list(together.values())[offset : offset + limit]:
        *before, last = fold_of_page[:kept]
        page += [(one, 0) for one in before]
        page.append((last, len(fold_of_page) - len(before) - 1))
    return page, len(together)
