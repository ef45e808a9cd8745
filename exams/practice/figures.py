"""Figures of practice, derived from the answers: of one person, of a unit, of everybody.

    answers = answers_between(first, last, unit=street)      # QuerySet[PracticeAnswer]
    total(answers).right_share                               # Decimal("83.3") or None
    by_domain(answers), by_unit(answers), by_period(answers, "week")

A part of a case group counts as one answer. Short answers, which the person compares with a reference, count as
answered and stand in no share. One query each.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncDay, TruncMonth, TruncWeek
from django.utils import timezone

from exams.models import PracticeAnswer
from exams.practice.daily import midnight
from kb.models import Domain
from people.models import Unit, User

PERIODS: dict[str, Callable[..., Any]] = {"day": TruncDay, "week": TruncWeek, "month": TruncMonth}
COUNTS = {
    "answers": Count("pk"),
    "persons": Count("person", distinct=True),
    "marked": Count("pk", Q(is_right__isnull=False)),
    "right": Count("pk", Q(is_right=True)),
}


@dataclass(frozen=True)
class Figure:
    """One row of a table. `marked` are the answers that are right or wrong; the rest were compared by the person."""

    of: Any
    answers: int
    persons: int
    marked: int
    right: int

    @property
    def wrong(self) -> int:
        return self.marked - self.right

    @property
    def right_share(self) -> Decimal | None:
        """Percent to one decimal, halves up; None where nothing was marked."""
        if not self.marked:
            return None
        return (Decimal(100 * self.right) / self.marked).quantize(Decimal("0.1"), ROUND_HALF_UP)


def answers_between(
    first: dt.date | None = None, last: dt.date | None = None, *, unit: Unit | None = None, person: User | None = None
) -> QuerySet[PracticeAnswer]:
    """Answers of days, both included, by the local calendar; no day means no limit. `unit` is the person's own."""
    answers = PracticeAnswer.objects.order_by()
    if first:
        answers = answers.filter(answered_at__gte=midnight(first))
    if last:
        answers = answers.filter(answered_at__lt=midnight(last + dt.timedelta(days=1)))
    if unit:
        answers = answers.filter(person__unit=unit)
    return answers.filter(person=person) if person else answers


def total(answers: QuerySet[PracticeAnswer]) -> Figure:
    """Of all of them; `of` is None."""
    return _figure(None, answers.order_by().aggregate(**COUNTS))


def by_domain(answers: QuerySet[PracticeAnswer]) -> list[Figure]:
    """A row for each domain with answers, in the district's order; `of` is the Domain. Two queries."""
    return _by_object(answers, "question__domain", Domain.objects.all())


def by_unit(answers: QuerySet[PracticeAnswer]) -> list[Figure]:
    """A row for each unit whose people answered, in the district's order; `of` is the Unit. Two queries.

    Accounts without a unit stand in no row.
    """
    return _by_object(answers, "person__unit", Unit.objects.all())


def by_period(answers: QuerySet[PracticeAnswer], period: str = "week") -> list[Figure]:
    """A row for each day, week (from Monday) or month with answers, by the local calendar; `of` is its first day."""
    cut = PERIODS[period]("answered_at", tzinfo=timezone.get_current_timezone())
    rows = answers.order_by().annotate(period=cut).values("period").annotate(**COUNTS).order_by("period")
    return [_figure(timezone.localtime(row["period"]).date(), row) for row in rows]


def _by_object(answers: QuerySet[PracticeAnswer], path: str, objects: Iterable[Any]) -> list[Figure]:
    rows = {row[path]: row for row in answers.order_by().values(path).annotate(**COUNTS)}
    return [_figure(one, rows[one.pk]) for one in objects if one.pk in rows]


def _figure(of: Any, row: Mapping[str, Any]) -> Figure:
    return Figure(of, **{name: row[name] for name in COUNTS})
