"""Two who record one person at the same moment: a scan beside a scan, the roll, or a list (peers 29, 48, 49)."""

import pytest

from tests import cast
from tests.factories.people import OfficerFactory
from tests.factories.training import SessionFactory
from training.actions import attendance as verbs
from training.actions.credits import credit_session
from training.models import Attendance, CreditEntry
from training.sessions import importing
from training.sessions.importing import import_attendance


@pytest.fixture
def session(db):
    return SessionFactory(unit=cast.street())


@pytest.fixture
def officer(db):
    return OfficerFactory(unit=cast.street(), staff_no="J9001")


def test_six_scans_at_once_are_one_row_and_one_credit(together, session, officer):
    def scan():
        return verbs.sign_in(session, officer, at=session.starts_at).pk

    assert len(set(together(*[scan] * 6))) == 1

    def look():
        credit_session(session)
        return Attendance.objects.count(), CreditEntry.objects.count()

    assert together(look) == [(1, 1)]


def signs_in_meanwhile(monkeypatch, module, session, officer):
    """The person scans after `module` has read who is recorded and before it writes."""
    units_of = module.units_of

    def somebody_is_faster(officers, at_session):
        monkeypatch.setattr(module, "units_of", units_of)
        verbs.sign_in(session, officer, at=session.starts_at)
        return units_of(officers, at_session)

    monkeypatch.setattr(module, "units_of", somebody_is_faster)


def test_who_scans_while_the_roll_is_called_stays_signed_in(session, officer, member, monkeypatch):
    other = OfficerFactory(unit=cast.street())
    signs_in_meanwhile(monkeypatch, verbs, session, officer)
    verbs.call_roll(session, {officer.pk: "absent", other.pk: "absent"}, by=member("gao"))
    assert dict(session.attendances.values_list("officer", "status")) == {officer.pk: "present", other.pk: "absent"}


def test_who_scans_while_a_list_comes_in_stays_signed_in(session, officer, member, monkeypatch):
    other = OfficerFactory(unit=cast.street(), staff_no="J9002")
    signs_in_meanwhile(monkeypatch, importing, session, officer)
    rows = [(1, ["人员编号", "出勤情况"]), (2, ["J9001", "缺勤"]), (3, ["J9002", "缺勤"])]
    report = import_attendance(rows, filename="签到.xlsx", by=member("gao"), session=session)
    assert not report.problems
    assert dict(session.attendances.values_list("officer", "status")) == {officer.pk: "present", other.pk: "absent"}
