"""Which rule counts on a day: what a year asks for, how much of a day counts, how a form is converted.

Wuhan asks 60 学时 a year, 20 of law and 40 of business (武政办〔2024〕67号); that is the default where no rule is kept.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Q

from training.models import CreditRate, CreditRule
from training.models.choices import Category

TENTH = Decimal("0.1")
DEFAULT_HOURS = {Category.LEGAL: Decimal(20), Category.BUSINESS: Decimal(40)}
DEFAULT_CAP, DEFAULT_MINUTES = Decimal(8), 45


@dataclass(frozen=True)
class Rule:
    """One category on one day; `pk` is None for the default."""

    category: str
    yearly_hours: Decimal
    daily_cap: Decimal
    minutes_per_hour: int
    pk: int | None = None

    @property
    def label(self) -> str:
        return str(Category(self.category).label)


@dataclass(frozen=True)
class Rules:
    """Everything that counts on one day, read once."""

    by_category: dict[str, Rule]
    factors: dict[str, Decimal]

    @classmethod
    def on(cls, day: dt.date) -> "Rules":
        """Two queries."""
        kept = {row.category: _rule(row) for row in CreditRule.objects.filter(_covers(day)).order_by("valid_from")}
        factors = CreditRate.objects.filter(_covers(day)).order_by("valid_from").values_list("form", "factor")
        return cls({category: kept.get(category, _default(category)) for category in Category.values}, dict(factors))

    def counted(self, hours: Decimal, form: str) -> Decimal:
        """Hours after conversion, to one decimal, halves up."""
        return (hours * self.factors.get(form, Decimal(1))).quantize(TENTH, ROUND_HALF_UP)

    def hours_of(self, minutes: int, category: str) -> Decimal:
        """Minutes as 学时 of a category, to one decimal."""
        return (Decimal(minutes) / self.by_category[category].minutes_per_hour).quantize(TENTH, ROUND_HALF_UP)

    @property
    def yearly_hours(self) -> Decimal:
        """What the year asks for altogether."""
        return sum((rule.yearly_hours for rule in self.by_category.values()), Decimal(0))


def _covers(day: dt.date) -> Q:
    return Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gt=day))


def _rule(row: CreditRule) -> Rule:
    return Rule(row.category, row.yearly_hours, row.daily_cap, row.minutes_per_hour, row.pk)


def _default(category: str) -> Rule:
    return Rule(category, DEFAULT_HOURS[Category(category)], DEFAULT_CAP, DEFAULT_MINUTES)
