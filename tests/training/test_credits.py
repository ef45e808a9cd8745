"""The ledger: earned once, capped by the day, revoked and never edited, the same on a past day as it was then."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.people import OfficerFactory
from tests.factories.training import AttendanceFactory, SessionFactory
from training.actions.credits import credit_session, earn, revoke
from training.credits.rules import Rules
from training.credits.standing import Standing, standing_of, standings
from training.models import Attendance, CreditEntry, CreditRate, CreditRule

NOON = dt.datetime(2026, 6, 10, 4, tzinfo=dt.UTC)
DAY = dt.date(2026, 6, 10)


@pytest.fixture
def session(db):
    return SessionFactory(starts_at=NOON, hours=Decimal(3), status="closed")


def hours():
    return sorted(CreditEntry.objects.standing().values_list("hours", flat=True))


def test_who_came_earns_the_hours_once(session):
    AttendanceFactory(session=session)
    AttendanceFactory(session=session, status="absent")
    assert [credit_session(session), credit_session(session)] == [1, 0]
    assert hours() == [3]


def test_a_correction_takes_the_hours_and_gives_them_back(session):
    row = AttendanceFactory(session=session)
    for status, standing in (("present", 1), ("excused", 0), ("late", 1), ("absent", 0), ("present", 1)):
        row.status = status
        row.save()
        credit_session(session)
        assert CreditEntry.objects.standing().count() == standing
    assert CreditEntry.objects.count() == 3


def test_a_day_holds_no_more_than_its_cap(session):
    row = AttendanceFactory(session=session)
    credit_session(session)
    for n in range(3):
        later = SessionFactory(starts_at=NOON + dt.timedelta(hours=2 * n), hours=Decimal(3))
        AttendanceFactory(session=later, officer=row.officer)
        credit_session(later)
    assert hours() == [2, 3, 3]


def test_a_form_is_converted_by_the_rate_of_the_day(session):
    CreditRate.objects.create(form="lecture", factor=Decimal("0.5"), valid_from=dt.date(2026, 1, 1))
    AttendanceFactory(session=session)
    credit_session(session)
    assert hours() == [Decimal("1.5")]


def test_rules_have_days(db):
    CreditRule.objects.create(
        category="legal", yearly_hours=30, valid_from=dt.date(2027, 1, 1), valid_to=dt.date(2028, 1, 1)
    )
    asked = [Rules.on(dt.date(year, 6, 1)).yearly_hours for year in (2026, 2027, 2028)]
    assert asked == [60, 70, 60]


def test_an_entry_is_never_edited(session):
    AttendanceFactory(session=session)
    credit_session(session)
    with pytest.raises(TypeError):
        CreditEntry.objects.get().save()


def test_revoking_takes_a_reason_and_the_bureau(session, member):
    AttendanceFactory(session=session)
    credit_session(session)
    entry = CreditEntry.objects.get()
    with pytest.raises(PermissionDenied):
        revoke(entry, "重复", by=member("lin"))
    with pytest.raises(ValidationError):
        revoke(entry, "", by=member("song"))
    revoke(entry, "重复登记", by=member("song"))
    with pytest.raises(ValidationError, match="已经撤销"):
        revoke(entry, "再撤", by=member("song"))
    assert not hours()


def test_the_past_reads_as_it_did(session, member):
    row = AttendanceFactory(session=session)
    credit_session(session)
    revoke(CreditEntry.objects.get(), "重复登记", by=member("song"))
    before, today = timezone.localdate() - dt.timedelta(days=1), timezone.localdate()
    assert [standing_of(row.officer, day).total for day in (DAY - dt.timedelta(days=1), DAY)] == [0, 3]
    assert [standing_of(row.officer, day).total for day in (before, today)] == [3, 0]


def test_a_surplus_of_one_kind_does_not_make_up_for_the_other():
    standing = Standing(
        {"legal": Decimal(50), "business": Decimal(30)}, {"legal": Decimal(20), "business": Decimal(40)}
    )
    assert (standing.total, standing.counted, standing.missing, standing.percent) == (80, 50, 10, 83)


def test_many_standings_cost_three_queries(session, django_assert_num_queries):
    rows = [AttendanceFactory(session=session) for _ in range(4)]
    credit_session(session)
    with django_assert_num_queries(3):
        found = standings([row.officer_id for row in rows] + [0], DAY)
    assert [standing.total for standing in found.values()] == [3, 3, 3, 3, 0]


def test_something_else_than_a_session_earns_once_too(session):
    officer = OfficerFactory()
    values = {"category": "legal", "hours": Decimal(2), "on": DAY, "source": session}
    assert earn(officer, **values) == earn(officer, **values)
    assert hours() == [2]


@given(st.decimals(0, 8, places=1), st.decimals("0", "2", places=2))
def test_conversion_is_to_a_tenth_and_never_negative(hours, factor):
    counted = Rules({}, {"online": factor}).counted(hours, "online")
    assert counted >= 0 and counted == counted.quantize(Decimal("0.1"))
    assert abs(counted - hours * factor) <= Decimal("0.05")


def test_bulk_and_single_agree(session):
    assert Attendance.objects.count() == 0
    rows = [AttendanceFactory(session=session) for _ in range(3)]
    assert credit_session(session, rows[:1]) == 1
    assert credit_session(session) == 2
