"""场次, 人次 and 人数 come from the records: the number, the list behind it and its parts agree."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories.people import OfficerFactory, UnitFactory
from tests.factories.training import AttendanceFactory, SessionFactory
from training.figures.counting import WAYS, Tally, divided, tally
from training.figures.selecting import Selection
from training.models import Attendance, TrainingSession

NOON = dt.datetime(2026, 3, 2, 4, tzinfo=dt.UTC)
YEAR = Selection(dt.date(2026, 12, 31), dt.date(2026, 1, 1))


def held(days=0, **values):
    return SessionFactory(starts_at=NOON + dt.timedelta(days=days), status="closed", **values)


@pytest.fixture
def records(db):
    """Two district lectures and a street's drill; Chen comes to all three, two others to one each."""
    chen, others = OfficerFactory(), [OfficerFactory(), OfficerFactory()]
    sessions = [held(organiser="district"), held(40, organiser="district"), held(41, organiser="street", form="drill")]
    for session in sessions:
        AttendanceFactory(session=session, officer=chen, status="late")
    for session, officer in zip(sessions[1:], others, strict=True):
        AttendanceFactory(session=session, officer=officer)
    AttendanceFactory(session=sessions[0], officer=others[0], status="absent")
    held(5, organiser="district")
    SessionFactory(starts_at=NOON, status="cancelled")
    SessionFactory(starts_at=NOON, status="planned")
    return sessions


def test_sessions_attendances_and_persons(records):
    assert tally(YEAR) == Tally(sessions=4, attendances=5, persons=3)
    assert tally(YEAR.with_(organiser="district")) == Tally(3, 3, 2)
    assert tally(YEAR.with_(form="drill")) == Tally(1, 2, 2)


def test_a_number_of_the_past_stays(records):
    assert tally(YEAR.with_(on=dt.date(2026, 3, 31))) == Tally(2, 1, 1)


@pytest.mark.parametrize("by", WAYS)
def test_every_number_opens_the_records_behind_it(records, by, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        lines = divided(YEAR, by)
    assert lines
    for line in lines:
        assert tally(line.selection) == line.tally
        assert (
            tally(Selection.from_query(dict(pair.split("=") for pair in line.selection.query.split("&")))) == line.tally
        )
    assert sum(line.tally.attendances for line in lines) == tally(YEAR).attendances


def test_midnight_belongs_to_the_day_that_begins(db):
    first = dt.datetime(2025, 12, 31, 16, tzinfo=dt.UTC)  # 2026-01-01 00:00 in Shanghai
    SessionFactory(starts_at=first, status="closed")
    assert tally(YEAR).sessions == 1
    assert tally(YEAR.with_(month="2026-01")).sessions == 1
    assert tally(YEAR.with_(since=dt.date(2025, 1, 1), on=dt.date(2025, 12, 31))).sessions == 0


def test_an_address_with_nonsense_means_what_can_be_read():
    query = {"on": "2026-02-30", "since": "yesterday", "form": "yoga", "unit": "x", "month": "2026-13"}
    assert Selection.from_query(query, dt.date(2026, 5, 1)) == Selection(dt.date(2026, 5, 1), dt.date(2026, 1, 1))


moves = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 4), st.sampled_from(Attendance.Status.values)), max_size=25
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves)
def test_counts_are_those_of_a_naive_reckoning(db, rows):
    Attendance.objects.all().delete()
    TrainingSession.objects.all().delete()
    unit = UnitFactory()
    sessions, officers = [held(n, unit=unit) for n in range(4)], [OfficerFactory(unit=unit) for _ in range(5)]
    seen = {(session, officer): status for session, officer, status in rows}
    for (session, officer), status in seen.items():
        AttendanceFactory(session=sessions[session], officer=officers[officer], status=status)
    came = [officer for (_, officer), status in seen.items() if status not in ("absent", "excused")]
    assert tally(YEAR.with_(unit=unit.pk)) == Tally(4, len(came), len(set(came)))
