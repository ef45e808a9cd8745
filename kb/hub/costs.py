"""What it costs: the ranges of the penalty summary as the `amount` component wants them."""

from dataclasses import dataclass
from decimal import Decimal

from content.money import in_figures
from kb.penalties import Penalty, parse_penalties


@dataclass(frozen=True)
class Cost:
    """One range. Amounts have `low`/`high`; multiples and percentages have `words`."""

    label: str
    low: Decimal | None = None
    high: Decimal | None = None
    words: str = ""
    note: str = ""


def costs_of(summary: str) -> list[Cost]:
    """In the order of the summary; empty when it states no figure."""
    return [_cost(penalty) for penalty in parse_penalties(summary)]


def _cost(penalty: Penalty) -> Cost:
    label, notes = penalty.subject or "罚款", [f"{penalty.condition}的" if penalty.condition else ""]
    if penalty.cap is not None:
        notes.append(f"不超过 {in_figures(penalty.cap)}")
    if penalty.is_amount:
        notes.insert(0, penalty.base)
        return Cost(label, penalty.low, penalty.high, note=_joined(notes))
    return Cost(label, words=f"{penalty.base} {penalty.raw}".strip(), note=_joined(notes))


def _joined(notes: list[str]) -> str:
    return "，".join(note for note in notes if note)
