"""Where a person served on a day, and whose cards were valid then."""

import datetime as dt

import pytest

from people.models import Card, CardEvent, CardIssuer, Posting
from tests.factories.people import OfficerFactory, UnitFactory

DAY = dt.date


@pytest.fixture
def officer(db):
    return OfficerFactory(in_enforcement_post=True, joined_on=DAY(2022, 3, 1))


def card_of(officer, number="JC001", **values):
    values = {"issued_on": DAY(2022, 4, 1), "valid_until": DAY(2027, 3, 31)} | values
    return Card.objects.create(officer=officer, card_no=number, **values)


def happened(card, kind, on):
    CardEvent.objects.create(card=card, kind=kind, happened_on=on)


def test_a_person_serves_from_the_day_of_joining(officer):
    assert not Posting.objects.on(DAY(2022, 2, 28)).exists()
    assert Posting.objects.on(DAY(2022, 3, 1)).enforcing().get().officer == officer


def test_who_joined_before_the_records_was_always_there(db):
    OfficerFactory()
    assert Posting.objects.on(DAY(1999, 1, 1)).count() == 1


def test_moving_ends_one_posting_and_begins_another(officer):
    before, officer.unit = officer.unit, UnitFactory()
    officer.save()
    assert [row.unit for row in officer.postings.all()] == [before, officer.unit]
    assert Posting.objects.on(DAY(2022, 5, 1)).get().unit == before


def test_saving_without_a_move_changes_nothing(officer):
    officer.phone = "010-5550-0000"
    officer.save()
    assert officer.postings.count() == 1


def test_who_left_serves_nowhere_and_comes_back_with_a_new_posting(officer):
    officer.is_active = False
    officer.save()
    assert not officer.postings.filter(valid_to__isnull=True).exists()
    officer.is_active = True
    officer.save()
    assert officer.postings.count() == 2


def test_who_is_activated_later_did_not_serve_before(db):
    officer = OfficerFactory(is_active=False, in_enforcement_post=True)
    officer.is_active = True
    officer.save()
    assert officer.postings.get().valid_from is not None


def test_a_card_is_valid_by_its_days_and_its_events(officer):
    card = card_of(officer)
    happened(card, "suspended", DAY(2023, 1, 1))
    happened(card, "resumed", DAY(2023, 2, 1))
    happened(card, "revoked", DAY(2024, 1, 1))
    days = [DAY(2022, 3, 31), DAY(2022, 4, 1), DAY(2023, 1, 15), DAY(2023, 2, 1), DAY(2024, 1, 1), DAY(2028, 1, 1)]
    assert [Card.objects.valid_on(day).exists() for day in days] == [False, True, False, True, False, False]
    assert [card.status_on(day) for day in days] == ["尚未生效", "有效", "暂扣", "有效", "收回注销", "收回注销"]


def test_a_renewed_card_is_not_listed_as_expiring(officer):
    old = card_of(officer)
    assert Card.objects.expiring_by(DAY(2027, 4, 1), DAY(2027, 3, 1)).get() == old
    card_of(officer, "JC002", renews=old, issued_on=DAY(2027, 4, 1), valid_until=DAY(2032, 3, 31))
    assert not Card.objects.expiring_by(DAY(2027, 4, 1), DAY(2027, 3, 1)).exists()


@pytest.mark.parametrize(
    ("years", "issued", "last"),
    [
        (5, DAY(2022, 2, 7), DAY(2027, 2, 6)),
        (2, DAY(2024, 2, 29), DAY(2026, 2, 28)),
        (3, DAY(2023, 1, 1), DAY(2025, 12, 31)),
    ],
)
def test_an_issuer_says_how_long_a_card_lasts(years, issued, last):
    assert CardIssuer(valid_years=years).last_day(issued) == last
