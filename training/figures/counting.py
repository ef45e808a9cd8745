"""Counts of a selection, and the same by form, level, topic, unit, street or month.

场次   sessions that were held
人次   attendances of those who came, however often
人数   different persons among them
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F
from django.db.models.functions import TruncMonth

from people.models import Unit
from training.figures.selecting import Selection
from training.models.choices import Form, OrganiserLevel, Topic


@dataclass(frozen=True)
class Tally:
    """The three figures of a training report."""

    sessions: int
    attendances: int
    persons: int


@dataclass(frozen=True)
class Line:
    """A row of a table: what it is, its figures, and the selection that opens the records behind them."""

    label: str
    tally: Tally
    selection: Selection


@dataclass(frozen=True)
class Way:
    """How a table is divided: the column of a session, of an attendance, the words, the field of the selection."""

    label: str
    field: str
    of_session: Any
    of_attendance: Any
    words: Callable[[list], dict]


def tally(selection: Selection) -> Tally:
    """Three queries; a number that is asked for twice is the same twice."""
    came = selection.attendances()
    return Tally(selection.sessions().count(), came.count(), came.values("officer").distinct().count())


def divided(selection: Selection, by: str) -> list[Line]:
    """The selection by one of `WAYS`, in its order; rows of nothing are left out. Three queries.

    人数 of the rows may add up to more than that of the whole: somebody came to two kinds. By street, a session counts
    for every street that had somebody there, so 场次 of the rows may, too.
    """
    way = WAYS[by]
    came = selection.attendances().annotate(part=way.of_attendance).values("part").order_by("part")
    by_part = {row["part"]: row for row in came.annotate(n=Count("pk"), p=Count("officer", distinct=True))}
    held = _held(selection, by)
    words = way.words(sorted({*held, *by_part}, key=str))
    return [
        Line(str(label), _tally(held.get(part, 0), by_part.get(part)), selection.with_(**{way.field: _value(part)}))
        for part, label in words.items()
    ]


def _held(selection: Selection, by: str) -> dict:
    """part -> sessions."""
    if by == "street":
        rows = selection.attendances().values("unit").annotate(n=Count("session", distinct=True)).order_by("unit")
        return {row["unit"]: row["n"] for row in rows}
    held = selection.sessions().annotate(part=WAYS[by].of_session).values("part").order_by("part")
    return {row["part"]: row["n"] for row in held.annotate(n=Count("pk", distinct=True))}


def _tally(sessions: int, row: dict | None) -> Tally:
    return Tally(sessions, row["n"] if row else 0, row["p"] if row else 0)


def _value(part: Any) -> Any:
    return f"{part:%Y-%m}" if hasattr(part, "strftime") else part


def _labels(choices: Any) -> Callable[[list], dict]:
    """In the order of the controlled words."""
    return lambda found: {value: label for value, label in choices.choices if value in found}


def _units(found: list) -> dict:
    units = Unit.objects.filter(pk__in=found).order_by("sort_order", "pk")
    return {unit.pk: unit.label for unit in units}


def _months(found: list) -> dict:
    return {month: f"{month:%Y年%-m月}" for month in sorted(found)}


WAYS = {
    "organiser": Way("主办层级", "organiser", F("organiser"), F("session__organiser"), _labels(OrganiserLevel)),
    "form": Way("形式", "form", F("form"), F("session__form"), _labels(Form)),
    "topic": Way("内容", "topic", F("topic"), F("session__topic"), _labels(Topic)),
    "unit": Way("主办单位", "unit", F("unit"), F("session__unit"), _units),
    "street": Way("参训人员单位", "street", None, F("unit"), _units),
    "month": Way("月份", "month", TruncMonth("starts_at"), TruncMonth("session__starts_at"), _months),
}
