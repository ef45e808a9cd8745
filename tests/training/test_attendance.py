"""Who was there: once for each person and session, by whatever way, corrected only by two people."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tests import cast
from tests.factories.people import OfficerFactory, UnitFactory
from tests.factories.training import SessionFactory
from training.actions import attendance as verbs
from training.actions.sessions import cancel_session, close_session, open_session
from training.models import Attendance, TrainingSession

MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def session(db):
    return SessionFactory(unit=cast.street())


@pytest.fixture
def officer(db):
    return OfficerFactory(unit=cast.street())


def test_who_signs_in_on_time_is_present_and_later_is_late(session, officer):
    on_time = verbs.sign_in(session, officer, at=session.starts_at + 10 * MINUTE)
    late = verbs.sign_in(session, OfficerFactory(), at=session.starts_at + 11 * MINUTE)
    assert (on_time.status, late.status) == ("present", "late")


def test_signing_in_twice_is_once_and_the_first_moment_stays(session, officer):
    first = verbs.sign_in(session, officer, at=session.starts_at)
    second = verbs.sign_in(session, officer, at=session.starts_at + 60 * MINUTE)
    assert first == second
    assert second.signed_in_at == session.starts_at and second.status == "present"


def test_too_early_locks_nobody_out(officer):
    session = SessionFactory(status="planned")
    assert verbs.sign_in(session, officer, at=session.starts_at - 30 * MINUTE).status == "present"


def test_the_unit_is_that_of_the_day(session, officer):
    before = officer.unit
    officer.unit = UnitFactory()
    officer.save()
    past = SessionFactory(starts_at=session.starts_at - dt.timedelta(days=30))
    assert verbs.sign_in(past, officer, at=past.starts_at).unit == before
    assert verbs.sign_in(session, officer, at=session.starts_at).unit == officer.unit


def test_leaving_early_shows_and_the_last_leaving_counts(session, officer):
    verbs.sign_in(session, officer, at=session.starts_at)
    assert verbs.sign_out(session, officer, at=session.ends_at - 30 * MINUTE).status == "left_early"
    row = verbs.sign_out(session, officer, at=session.ends_at)
    assert (row.status, row.signed_out_at) == ("present", session.ends_at)
    assert verbs.sign_out(session, officer, at=session.ends_at - 20 * MINUTE).signed_out_at == session.ends_at


def test_nobody_leaves_who_never_came(session, officer):
    with pytest.raises(ValidationError, match="签到"):
        verbs.sign_out(session, officer, at=session.ends_at)


def test_the_roll_fills_in_who_is_missing_and_leaves_who_signed_in(session, officer, member):
    verbs.sign_in(session, officer, at=session.starts_at)
    other = OfficerFactory()
    answers = {officer.pk: "absent", other.pk: "excused"}
    assert verbs.call_roll(session, answers, by=member("gao")) == 1
    assert dict(session.attendances.values_list("officer", "status")) == {officer.pk: "present", other.pk: "excused"}


def test_who_was_called_absent_and_comes_is_there(session, officer, member):
    verbs.call_roll(session, {officer.pk: "absent"}, by=member("gao"))
    assert verbs.sign_in(session, officer, at=session.starts_at).status == "present"


def test_only_those_who_run_a_session_call_its_roll(session, officer, member):
    for name in ("chen", "mei", "wu"):
        with pytest.raises(PermissionDenied):
            verbs.call_roll(session, {officer.pk: "present"}, by=member(name))


def test_a_correction_takes_a_reason_and_a_second_person(session, officer, member):
    row = verbs.sign_in(session, officer, at=session.starts_at)
    with pytest.raises(ValidationError):
        verbs.ask_correction(row, "excused", " ", by=member("lin"))
    change = verbs.ask_correction(row, "excused", "临时出警", by=member("lin"))
    with pytest.raises(PermissionDenied):
        verbs.decide_correction(change, by=member("lin"))
    assert verbs.decide_correction(change, by=member("song")).status == "excused"
    with pytest.raises(ValidationError, match="已经处理"):
        verbs.decide_correction(change, by=member("song"))


def test_a_refused_correction_changes_nothing(session, officer, member):
    row = verbs.sign_in(session, officer, at=session.starts_at)
    change = verbs.ask_correction(row, "absent", "本人未到", by=member("gao"))
    assert verbs.decide_correction(change, by=member("song"), refuse="有照片").status == "present"


def test_a_walk_in_becomes_a_person_and_never_two(session, officer, member):
    walk_ins = [verbs.register_walk_in(session, "陈某", "滨江街", at=session.starts_at, by=None) for _ in range(2)]
    rows = [verbs.merge_walk_in(one, officer, by=member("gao")) for one in walk_ins]
    assert rows[0] == rows[1] and session.attendances.count() == 1
    assert walk_ins[1].dismissed_reason
    with pytest.raises(ValidationError):
        verbs.dismiss_walk_in(walk_ins[0], "误登", by=member("gao"))


def test_ending_a_session_marks_who_was_expected_and_did_not_come(session, officer, member):
    """All of them, not the last one only (peers 48)."""
    missing = [OfficerFactory().pk for _ in range(3)]
    verbs.sign_in(session, officer, at=session.starts_at)
    assert close_session(session, by=member("gao"), expected=(officer.pk, *missing)) == 3
    assert sorted(session.attendances.filter(status="absent").values_list("officer", flat=True)) == missing
    assert Attendance.objects.came().count() == 1
    with pytest.raises(ValidationError, match="结束"):
        verbs.sign_in(session, OfficerFactory(), at=session.starts_at)


def test_a_session_with_attendance_is_not_called_off(session, officer, member):
    verbs.sign_in(session, officer, at=session.starts_at)
    with pytest.raises(ValidationError, match="考勤"):
        cancel_session(session, "下雨", by=member("gao"))
    other = SessionFactory(unit=cast.street(), status="planned")
    cancel_session(other, "下雨", by=member("gao"))
    open_session(other, by=member("gao"))
    assert TrainingSession.objects.get(pk=other.pk).status == "cancelled"
