"""From judges' scores to places. Pure: totals in, places out; the rules are those printed beside the ranking."""

from collections.abc import Hashable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeVar

K = TypeVar("K", bound=Hashable)
PRECISION = Decimal("0.001")


def total(sheets: Sequence[Mapping[K, Decimal]]) -> Decimal:
    """The mean over the judges of each judge's sum, to three decimals. `sheets`: criterion -> points, one a judge."""
    if not sheets:
        return Decimal(0).quantize(PRECISION)
    sums = [sum(sheet.values(), Decimal(0)) for sheet in sheets]
    return (sum(sums, Decimal(0)) / len(sums)).quantize(PRECISION, ROUND_HALF_UP)


def places(totals: Mapping[K, Decimal]) -> dict[K, int]:
    """Place by total, the highest first; equal totals share a place and the next place is left out (1, 2, 2, 4)."""
    return {key: 1 + sum(other > points for other in totals.values()) for key, points in totals.items()}


def chosen(ranked: Mapping[K, int], seats: int) -> set[K]:
    """Who is in: places up to `seats`. A tie on the last place takes all who share it, and says so by its number."""
    return {key for key, place in ranked.items() if place <= seats}
