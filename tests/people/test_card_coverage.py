"""持证率 on any day, against a reckoning of the same records day by day, by somebody without a database."""

import datetime as dt
from contextlib import suppress
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from people.actions.cards import issue_card, renew_card, report_lost, resume_card, revoke_card, suspend_card, void_event
from people.cards import coverage, expiring, in_need, posts, to_return, units_of, with_cards
from people.models import Card, CardEvent, CardIssuer, Officer, Posting, Unit
from tests.factories.people import CardFactory, OfficerFactory, UnitFactory

DAY = dt.date
TODAY = DAY(2026, 11, 20)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda: TODAY)


def holder(unit, **card):
    officer = OfficerFactory(unit=unit, in_enforcement_post=True)
    CardFactory(officer=officer, **card)
    return officer


def figures(on, **kwargs):
    return {str(row.unit): (row.posts, row.holders) for row in coverage(on, **kwargs).rows}


def test_posts_that_need_a_card_and_holders_of_a_valid_one_by_street_and_in_all():
    one, two = UnitFactory(name="甲街道"), UnitFactory(name="乙街道")
    holder(one), holder(one, valid_until=DAY(2026, 11, 19))
    OfficerFactory(unit=one), OfficerFactory(unit=two, in_enforcement_post=True, is_auxiliary=True)
    found = coverage(TODAY)
    assert figures(TODAY) == {"甲街道": (2, 1), "乙街道": (0, 0)}
    assert (found.total.posts, found.total.holders, found.total.without) == (2, 1, 1)
    assert [row.rate for row in found.rows] == [Decimal("50.0"), None]


@pytest.mark.parametrize(("held", "of", "rate"), [(123, 154, "79.9"), (1, 8, "12.5"), (2, 3, "66.7"), (1, 16, "6.3")])
def test_a_rate_is_rounded_half_up_to_one_decimal(held, of, rate):
    from people.cards import UnitCoverage

    assert UnitCoverage(None, of, held).rate == Decimal(rate)


def test_an_office_counts_with_its_street_and_a_department_is_listed_where_it_has_posts():
    street, department = UnitFactory(name="甲街道"), UnitFactory(department=True, name="区城管局")
    office = UnitFactory(name="执法中心", kind=Unit.Kind.OFFICE, parent=street)
    UnitFactory(department=True, name="区民政局")
    holder(office), holder(street), OfficerFactory(unit=department, in_enforcement_post=True)
    assert figures(TODAY) == {"甲街道": (2, 2), "区城管局": (1, 0)}
    assert units_of(office) == units_of(street) == {street.pk, office.pk}
    assert figures(TODAY, within=units_of(street)) == {"甲街道": (2, 2)}


def test_a_person_counts_where_the_day_finds_them():
    one, two = UnitFactory(name="甲街道"), UnitFactory(name="乙街道")
    officer = holder(one)
    officer.unit = two
    Officer.objects.bulk_update([officer], ["unit"])
    Posting.keep_up(officer, DAY(2026, 6, 1))
    assert figures(DAY(2026, 5, 31)) == {"甲街道": (1, 1), "乙街道": (0, 0)}
    assert figures(DAY(2026, 6, 1)) == {"甲街道": (0, 0), "乙街道": (1, 1)}


def test_a_figure_of_a_coming_day_knows_what_runs_out_and_what_is_planned():
    street = UnitFactory(name="甲街道")
    holder(street, valid_until=DAY(2026, 12, 31))
    renewed = holder(street, valid_until=DAY(2026, 12, 31)).cards.get()
    renew_card(renewed, card_no="JC2", issued_on=DAY(2027, 1, 1), by=None)
    assert [figures(day)["甲街道"] for day in (TODAY, DAY(2027, 1, 1))] == [(2, 2), (2, 1)]


def test_two_queries_whatever_the_number_of_streets(django_assert_num_queries):
    for _ in range(5):
        holder(UnitFactory())
    with django_assert_num_queries(2):
        assert coverage(TODAY).total.holders == 5


def test_the_card_that_counts_is_named_the_valid_one_first():
    officer = holder(UnitFactory(), card_no="NEU", valid_until=DAY(2026, 1, 1), issued_on=DAY(2025, 1, 1))
    CardFactory(officer=officer, card_no="ALT", issued_on=DAY(2023, 1, 1))
    OfficerFactory(unit=officer.unit, in_enforcement_post=True)
    rows = with_cards(posts(TODAY), TODAY).order_by("officer__pk")
    assert [(row.holds, row.card_no, row.card_status) for row in rows] == [(True, "ALT", "valid"), (False, None, None)]


def test_what_runs_out_is_listed_unless_renewed_or_of_somebody_who_left():
    street = UnitFactory()
    soon, later = (holder(street, valid_until=TODAY + dt.timedelta(days=days)) for days in (30, 31))
    holder(street, valid_until=TODAY - dt.timedelta(days=1))
    renewed, left = (holder(street, valid_until=TODAY + dt.timedelta(days=9)) for _ in range(2))
    renew_card(renewed.cards.get(), card_no="NEU", issued_on=TODAY + dt.timedelta(days=5), by=None)
    left.is_active = False
    left.save()
    assert [card.officer for card in expiring(TODAY, 30)] == [soon]
    assert [card.officer for card in expiring(TODAY, 90)] == [soon, later]
    assert not expiring(TODAY, 90, within=units_of(UnitFactory())).exists()
    assert [card.officer for card in to_return(TODAY)] == [left]


def test_in_need_are_those_without_and_those_whose_card_ends_within_ninety_days():
    street = UnitFactory()
    lasting, ending, renewed = (
        holder(street, valid_until=TODAY + dt.timedelta(days=days), card_no=f"N{days}") for days in (91, 90, 10)
    )
    renew_card(renewed.cards.get(), card_no="NEU", issued_on=TODAY + dt.timedelta(days=9), by=None)
    suspended, none = holder(street), OfficerFactory(unit=street, in_enforcement_post=True)
    suspend_card(suspended.cards.get(), TODAY, "考核", by=None)
    assert {row.officer for row in in_need(TODAY)} == {ending, suspended, none}
    assert lasting not in {row.officer for row in in_need(TODAY)}


# --- against a naive reckoning --------------------------------------------------------------------------------------

FIRST = DAY(2026, 10, 1)
SPAN = 120  # days on both sides of today
days_ = st.integers(0, SPAN - 1).map(lambda n: FIRST + dt.timedelta(days=n))
moves = st.lists(st.tuples(days_, st.sampled_from(["move", "leave", "return", "desk"])), max_size=4)
kinds = st.sampled_from(["issue", "renew", "suspend", "resume", "revoke", "lose", "void"])
# the day, what is done, and to which card: the newest, or the one before
deeds = st.lists(st.tuples(days_, kinds, st.sampled_from([-1, -1, -2])), max_size=7)
DONE_BY = {
    "suspend": (suspend_card, "hold"),
    "resume": (resume_card, "free"),
    "revoke": (revoke_card, "end"),
    "lose": (report_lost, "end"),
}


class Ledger:
    """One person's life in the records, done by the verbs; and what a clerk with a calendar would say of it."""

    def __init__(self, officer, units, issuer):
        self.officer, self.units, self.issuer = officer, units, issuer
        self.cards: list[tuple[Card, list[tuple[dt.date, str, CardEvent]]]] = []
        self.served: list[tuple[dt.date, int | None]] = []

    def move(self, on, what):
        officer = self.officer
        if what == "move":
            officer.unit = self.units[1] if officer.unit_id == self.units[0].pk else self.units[0]
        officer.is_active = what != "leave" if what in ("leave", "return") else officer.is_active
        officer.in_enforcement_post = what != "desk"
        Officer.objects.bulk_update([officer], ["unit", "is_active", "in_enforcement_post"])
        Posting.keep_up(officer, on)
        working = officer.is_active and officer.in_enforcement_post
        self.served.append((on, officer.unit_id if working else None))

    def act(self, on, what, which):
        with suppress(ValidationError):  # refused: nothing has happened
            if what == "issue" or self.cards:
                self._act(on, what, self.cards[which if len(self.cards) > 1 else -1] if self.cards else None)

    def _act(self, on, what, at):
        new = {"card_no": f"{self.officer.pk}-{len(self.cards)}", "valid_until": on + dt.timedelta(days=40), "by": None}
        if what == "issue":
            self.cards.append((issue_card(self.officer, issued_on=on, issuer=self.issuer, **new), []))
        elif what == "renew":
            self.cards.append((renew_card(at[0], issued_on=on, **new), []))
            at[1].append((on, "end", None))
        elif what == "void":
            event = next((e for _, _, e in reversed(at[1]) if e), None)
            if event:
                void_event(event, "误", by=None)
                at[1][:] = [entry for entry in at[1] if entry[2] != event]
                for card, events in self.cards:  # what was entered for a coming card together with it
                    if card.renews_id == at[0].pk and card.issued_on > event.happened_on:
                        events[:] = [entry for entry in events if not (entry[2] and self._is_void(entry[2]))]
        else:
            verb, effect = DONE_BY[what]
            at[1].append((on, effect, verb(at[0], on, "因", by=None)))
            if what != "lose":  # a renewal that has not begun shares the lot of the card
                for card, events in self.cards:
                    if card.renews_id == at[0].pk and card.issued_on > on:
                        events.append((on, effect, card.events.last()))

    @staticmethod
    def _is_void(event):
        return CardEvent.objects.filter(voids=event).exists()

    def unit_on(self, day):
        unit = None
        for on, where in self.served:
            unit = where if on <= day else unit
        return unit

    def holds_on(self, day):
        return any(self._valid(card, events, day) for card, events in self.cards)

    @staticmethod
    def _valid(card, events, day):
        held = False
        if not card.issued_on <= day <= card.valid_until:
            return False
        for on, effect, _ in sorted(events, key=lambda entry: entry[0]):
            if on <= day:
                if effect == "end":
                    return False
                held = effect == "hold"
        return not held


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(people=st.lists(st.tuples(moves, deeds), min_size=1, max_size=3))
def test_every_day_of_four_months_agrees_with_a_clerk_and_a_calendar(people):
    """Moves come in the order of time; deeds in any order, as far as the verbs let them happen."""
    Posting.objects.all().delete()
    CardEvent.objects.filter(voids__isnull=False)._raw_delete("default")
    CardEvent.objects.all()._raw_delete("default")
    for card in Card.objects.order_by("-pk"):
        card.delete()
    Officer.objects.all().delete()
    units = [Unit.objects.get_or_create(name=name, kind=Unit.Kind.STREET)[0] for name in ("甲街道", "乙街道")]
    issuer = CardIssuer.objects.get_or_create(name="区政府")[0]
    ledgers = []
    for steps, deeds_done in people:
        officer = OfficerFactory(unit=units[0], in_enforcement_post=True, joined_on=FIRST)
        ledger = Ledger(officer, units, issuer)
        ledger.served.append((FIRST, units[0].pk))
        for on, what in sorted(steps, key=lambda step: step[0]):
            ledger.move(on, what)
        for deed in deeds_done:
            ledger.act(*deed)
        ledgers.append(ledger)
    for offset in range(0, SPAN + 45, 3):
        day = FIRST + dt.timedelta(days=offset)
        for row in coverage(day).rows:
            there = [ledger for ledger in ledgers if ledger.unit_on(day) == row.unit.pk]
            expected = (len(there), sum(ledger.holds_on(day) for ledger in there))
            assert (row.posts, row.holders) == expected, (day, row.unit)
