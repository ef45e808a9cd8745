"""From results to places. Pure; the rule is data, and the page prints it beside the ranking.

A street's value is the mean of its participants' scores, or of its best so many, to two decimals, halves up. What reads
the same is the same: equal values share a place and the next place is left out (1, 2, 2, 4), unless the rule lets the
mean time used decide. A street with fewer participants than asked for stands below the others without a place.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Rule:
    """`best_of` 0 counts everybody; `counts_absent` counts who was registered and did not come, with no marks."""

    best_of: int = 0
    fewest: int = 3
    counts_absent: bool = False
    time_breaks_ties: bool = False

    @property
    def needed(self) -> int:
        """How many must have taken part; the mean of the best three needs three."""
        return max(self.fewest, self.best_of)


@dataclass(frozen=True)
class Result:
    """What one participant reached, in what time (seconds)."""

    score: Decimal
    seconds: int


@dataclass(frozen=True)
class Standing(Generic[K]):
    """A row of the ranking; without a place where too few took part."""

    key: K
    place: int | None
    value: Decimal
    seconds: int
    entered: int
    counted: int


def rank(results: Mapping[K, Sequence[Result]], absent: Mapping[K, int], rule: Rule) -> list[Standing[K]]:
    """Streets by place, those without one last. `absent`: how many of each were registered and did not come."""
    valued = {key: _value(found, absent.get(key, 0), rule) for key, found in results.items()}
    entered = {key: len(found) for key, found in results.items()}
    taking_part = {key: valued[key][:2] for key in valued if entered[key] >= rule.needed}
    given = places(taking_part, rule)
    rows = [Standing(key, given.get(key), *valued[key][:2], entered[key], valued[key][2]) for key in valued]
    return sorted(rows, key=lambda row: (row.place is None, row.place or 0, -row.value))


def places(values: Mapping[K, tuple[Decimal, int]], rule: Rule) -> dict[K, int]:
    """Place by (value, seconds): the highest value first, and the shortest time where the rule says so."""
    order = {key: (-value, seconds if rule.time_breaks_ties else 0) for key, (value, seconds) in values.items()}
    return {key: 1 + sum(other < mine for other in order.values()) for key, mine in order.items()}


def mean(scores: Sequence[Decimal]) -> Decimal:
    """To two decimals, halves up; 0 of nothing."""
    return (sum(scores, Decimal(0)) / max(1, len(scores))).quantize(CENT, ROUND_HALF_UP)


def counted_of(results: Sequence[Result], rule: Rule) -> list[Result]:
    """Those whose scores count for the street; of equal scores the quicker one."""
    best_first = sorted(results, key=lambda one: (-one.score, one.seconds))
    return best_first[: rule.best_of] if rule.best_of else best_first


def _value(results: Sequence[Result], absent: int, rule: Rule) -> tuple[Decimal, int, int]:
    """(mean score, mean seconds, how many were counted)."""
    counted = counted_of(results, rule)
    scores = [one.score for one in counted]
    if rule.counts_absent and not rule.best_of:
        scores += [Decimal(0)] * absent
    seconds = round(sum(one.seconds for one in counted) / len(counted)) if counted else 0
    return mean(scores), seconds, len(scores)
