"""Figures of enforcement cards as of any day: 持证率, what runs out, who stands without.

    coverage(on).total.rate        # valid cards / posts that need one
    posts(on).filter(holds=False)  # the names behind a number

Every number is the count of a queryset here, so that a page's names and its Excel are the same rows.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery

from people.models import Card, Posting, Unit
from people.models.card import CardQuerySet
from people.models.officer import PostingQuerySet

SOON, VERY_SOON = 90, 30  # days before the last one
# An office (科室) counts with the street or department that it belongs to.
TOPS = (Unit.Kind.STREET, Unit.Kind.DEPARTMENT, Unit.Kind.DISTRICT)


@dataclass(frozen=True)
class UnitCoverage:
    """How many posts of a unit need a card, and how many of their holders had a valid one. `unit` is None for all."""

    unit: Unit | None
    posts: int
    holders: int

    @property
    def without(self) -> int:
        return self.posts - self.holders

    @property
    def rate(self) -> Decimal | None:
        """Per cent to one decimal, half up; None where no post needs a card."""
        if not self.posts:
            return None
        return (Decimal(100 * self.holders) / self.posts).quantize(Decimal("0.1"), ROUND_HALF_UP)


@dataclass(frozen=True)
class Coverage:
    """持证率 on a day."""

    on: dt.date
    rows: tuple[UnitCoverage, ...]

    @property
    def total(self) -> UnitCoverage:
        return UnitCoverage(None, sum(row.posts for row in self.rows), sum(row.holders for row in self.rows))


def posts(on: dt.date, within: Collection[int] | None = None) -> PostingQuerySet:
    """Posts that need a card on the day, each with `holds`: whether its holder had a valid one.

    `within` are the keys of units; None is the whole district.
    """
    valid = Card.objects.valid_on(on).filter(officer=OuterRef("officer"))
    rows = Posting.objects.on(on).enforcing().annotate(holds=Exists(valid))
    return rows if within is None else rows.filter(unit__in=within)


def coverage(on: dt.date, within: Collection[int] | None = None) -> Coverage:
    """By street and by department with such posts, in the district's order; every street is listed. Two queries."""
    counted = posts(on, within).order_by().values("unit")
    counts = counted.annotate(posts=Count("pk"), holders=Count("pk", filter=Q(holds=True)))
    units = {unit.pk: unit for unit in Unit.objects.all()}
    tops = _tops(units)
    shown = {pk: [0, 0] for pk, unit in units.items() if unit.kind == Unit.Kind.STREET and _is_in(pk, within)}
    for row in counts:
        sums = shown.setdefault(tops[row["unit"]], [0, 0])
        sums[0] += row["posts"]
        sums[1] += row["holders"]
    return Coverage(on, tuple(UnitCoverage(units[pk], *shown[pk]) for pk in units if pk in shown))


def units_of(unit: Unit) -> frozenset[int]:
    """The keys of a street or department with its offices; of an office, those of what it belongs to."""
    tops = _tops({one.pk: one for one in Unit.objects.all()})
    return frozenset(pk for pk, top in tops.items() if top == tops[unit.pk])


def with_cards(rows: PostingQuerySet, on: dt.date) -> PostingQuerySet:
    """Posts with `card_no`, `valid_until` and `card_status` (a Card.Status) of the card that counts on the day.

    That is a valid one, else the one that began last; None without any.
    """
    cards = Card.objects.with_status(on).filter(officer=OuterRef("officer"), issued_on__lte=on)
    best = cards.annotate(usable=Q(status=Card.Status.VALID)).order_by("-usable", "-issued_on", "-pk")
    return rows.annotate(
        card_no=Subquery(best.values("card_no")[:1]),
        valid_until=Subquery(best.values("valid_until")[:1]),
        card_status=Subquery(best.values("status")[:1]),
    )


def expiring(on: dt.date, days: int, within: Collection[int] | None = None) -> CardQuerySet:
    """Cards valid on the day that end within so many days, not renewed, of people in a post that needs one."""
    cards = Card.objects.expiring_by(on + dt.timedelta(days=days), on)
    return cards.filter(Exists(_their_posts(on, within))).order_by("valid_until", "card_no")


def to_return(on: dt.date, within: Collection[int] | None = None) -> CardQuerySet:
    """Cards valid on the day whose holders are in no post that takes one: to be handed in (应收回)."""
    cards = Card.objects.valid_on(on).filter(~Exists(_their_posts(on)))
    if within is not None:
        cards = cards.filter(officer__unit__in=within)
    return cards.order_by("officer__unit__sort_order", "card_no")


def in_need(on: dt.date, within: Collection[int] | None = None) -> PostingQuerySet:
    """Posts whose holders have no valid card, or one that ends within `SOON` days and is not renewed."""
    lasting = Card.objects.valid_on(on).filter(officer=OuterRef("officer"))
    lasting = lasting.filter(Q(valid_until__gt=on + dt.timedelta(days=SOON)) | Q(renewed_by__isnull=False))
    return posts(on, within).filter(~Exists(lasting))


def _their_posts(on: dt.date, within: Collection[int] | None = None) -> PostingQuerySet:
    rows = Posting.objects.on(on).enforcing().filter(officer=OuterRef("officer"))
    return rows if within is None else rows.filter(unit__in=within)


def _tops(units: dict[int, Unit]) -> dict[int, int]:
    """For each unit the street, department or district that it counts with; a stray office counts for itself."""
    found = {}
    for pk, unit in units.items():
        seen = {pk}
        while unit.kind not in TOPS and unit.parent_id in units and unit.parent_id not in seen:
            unit = units[unit.parent_id]
            seen.add(unit.pk)
        found[pk] = unit.pk
    return found


def _is_in(pk: int, within: Collection[int] | None) -> bool:
    return within is None or pk in within


def ordered(rows: PostingQuerySet) -> PostingQuerySet:
    """As lists of names stand: by unit and number."""
    return rows.select_related("officer", "unit").order_by("unit__sort_order", F("officer__staff_no"), "pk")
