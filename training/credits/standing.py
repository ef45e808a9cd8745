"""How much of a year somebody has, and who is behind: counted from the ledger, as of any day."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum

from people.models import Officer
from training.credits.rules import Rules
from training.models import CreditEntry
from training.models.choices import Category

# A category's surplus does not make up for the other one.


@dataclass(frozen=True)
class Standing:
    """One person's year, by category: hours that count and hours asked for."""

    hours: dict[str, Decimal]
    asked: dict[str, Decimal]

    @property
    def counted(self) -> Decimal:
        """What counts towards the year: of each category no more than it asks for."""
        return sum((min(self.hours[name], asked) for name, asked in self.asked.items()), Decimal(0))

    @property
    def total(self) -> Decimal:
        return sum(self.hours.values(), Decimal(0))

    @property
    def wanted(self) -> Decimal:
        return sum(self.asked.values(), Decimal(0))

    @property
    def missing(self) -> Decimal:
        return self.wanted - self.counted

    @property
    def is_done(self) -> bool:
        return self.missing <= 0

    @property
    def percent(self) -> int:
        """Rounded down: 100 means done."""
        return int(100 * self.counted / self.wanted) if self.wanted else 100

    def lines(self) -> list[tuple[str, Decimal, Decimal]]:
        """(类别, 已有, 应有) in the order of the categories."""
        return [(Category(name).label, self.hours[name], asked) for name, asked in self.asked.items()]


def standing_of(officer: Officer, on: dt.date) -> Standing:
    """The year of the day, up to the day."""
    return standings([officer.pk], on)[officer.pk]


def standings(officers: Iterable[int], on: dt.date) -> dict[int, Standing]:
    """Many at once by primary key: three queries."""
    wanted, rules = list(officers), Rules.on(on)
    asked = {name: rule.yearly_hours for name, rule in rules.by_category.items()}
    entries = CreditEntry.objects.standing(on).filter(officer__in=wanted, earned_on__gte=dt.date(on.year, 1, 1))
    hours: dict[int, dict[str, Decimal]] = defaultdict(lambda: dict.fromkeys(asked, Decimal(0)))
    for officer, category, total in entries.values_list("officer", "category").annotate(h=Sum("hours")).order_by():
        hours[officer][category] = total
    return {pk: Standing(hours[pk], asked) for pk in wanted}
