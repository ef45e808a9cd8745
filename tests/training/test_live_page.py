"""A session while it runs: the roll, walk-ins, hints, the end with its hours."""

import io

import openpyxl
import pytest
from django.utils import timezone

from tests import cast
from tests.factories.people import OfficerFactory, UnitFactory
from tests.factories.training import AttendanceFactory, PlanFactory, SessionFactory
from training.models import Attendance, AttendanceChange, CreditEntry, TrainingSession, WalkIn


@pytest.fixture
def session(db):
    return SessionFactory(unit=cast.street(), plan=PlanFactory(unit=cast.street()))


@pytest.fixture
def act(session, as_member):
    """`act("close")` posts to the page of the session as Gao."""
    client = as_member("gao")

    def post(do: str, **values):
        return client.post(f"/training/sessions/{session.pk}/live/act/", {"do": do, **values}, follow=True)

    return post


def test_the_roll_takes_one_mark_a_person_and_leaves_the_others_open(session, act):
    first, second, third = (OfficerFactory(unit=cast.street()) for _ in range(3))
    act("call", **{f"mark-{first.pk}": "present", f"mark-{second.pk}": "excused"})
    assert dict(session.attendances.values_list("officer", "status")) == {first.pk: "present", second.pk: "excused"}
    page = act("", query=f"unit={cast.street().pk}")
    assert page.context["expected"] == [third]


def test_the_end_makes_absent_who_was_expected_and_gives_hours_to_who_came(session, act):
    here, missing = AttendanceFactory(session=session).officer, OfficerFactory(unit=cast.street())
    OfficerFactory(unit=UnitFactory())
    act("close", unit=cast.street().pk)
    session.refresh_from_db()
    assert session.status == "closed"
    assert list(session.attendances.filter(status="absent").values_list("officer", flat=True)) == [missing.pk]
    assert list(CreditEntry.objects.values_list("officer", flat=True)) == [here.pk]


def test_a_walk_in_is_offered_people_of_the_name_of_the_unit_first(session, act):
    far = OfficerFactory(name="王芳", unit=UnitFactory(name="湖滨街道办事处"))
    near = OfficerFactory(name="王芳", unit=cast.street())
    page = act("walk-in", name="王 芳", unit="滨江街")
    (waiting,) = page.context["waiting"]
    assert waiting.candidates == [near, far]


@pytest.mark.parametrize("chosen", ["officer", "staff_no"])
def test_a_walk_in_merged_after_the_end_gets_its_hours(session, act, chosen):
    officer = OfficerFactory(unit=cast.street(), name="王芳")
    TrainingSession.objects.filter(pk=session.pk).update(status="closed")
    walk_in = WalkIn.objects.create(session=session, name="王芳", signed_in_at=timezone.now())
    act("merge", walk_in=walk_in.pk, **{chosen: officer.pk if chosen == "officer" else officer.staff_no})
    assert session.attendances.get().officer == officer
    assert CreditEntry.objects.get().officer == officer


def test_a_walk_in_is_left_out_with_a_reason(session, act):
    walk_in = WalkIn.objects.create(session=session, name="过客")
    act("dismiss", walk_in=walk_in.pk, reason=" ")
    assert WalkIn.objects.filter(settled_at__isnull=True).exists()
    act("dismiss", walk_in=walk_in.pk, reason="来宾")
    assert WalkIn.objects.get().dismissed_reason == "来宾"


def test_a_walk_in_of_another_session_cannot_be_settled_here(session, act):
    walk_in = WalkIn.objects.create(session=SessionFactory(), name="王芳")
    assert act("dismiss", walk_in=walk_in.pk, reason="来宾").status_code == 404


def test_a_shared_device_is_a_hint(session, act):
    for _ in range(3):
        AttendanceFactory(session=session, device="d" * 64)
    AttendanceFactory(session=session, device="e" * 64)
    page = act("").content.decode()
    assert page.count("同一设备 3 人") == 3 and "同一设备 1 人" not in page


def test_a_make_up_is_tied_to_what_was_missed(session, act):
    missed = AttendanceFactory(session=SessionFactory(plan=session.plan, status="closed"), status="absent")
    page = act("", query=f"missed={missed.session_id}")
    assert page.context["expected"] == [missed.officer]
    act("call", **{f"mark-{missed.officer_id}": "make_up"})
    assert Attendance.objects.get(session=session).make_up_of == missed


def test_a_correction_waits_for_somebody_else(session, act):
    row = AttendanceFactory(session=session)
    act("correct", row=row.pk, status="late", reason="九点二十到")
    assert AttendanceChange.objects.get().new_status == "late"
    row.refresh_from_db()
    assert row.status == "present"


def test_a_session_with_records_is_not_cancelled(session, act):
    AttendanceFactory(session=session)
    assert "不能取消" in act("cancel", reason="停电").content.decode()


def test_the_page_asks_the_same_number_of_queries_for_many(session, as_member, django_assert_max_num_queries):
    client = as_member("gao")
    for n in range(15):
        AttendanceFactory(session=session)
        WalkIn.objects.create(session=session, name=f"甲{n}")
        OfficerFactory(unit=cast.street())
    with django_assert_max_num_queries(22):
        client.get(f"/training/sessions/{session.pk}/live/?unit={cast.street().pk}")


def test_the_roster_and_the_result_are_lists_that_the_import_reads(session, as_member):
    officer = OfficerFactory(unit=cast.street())
    row = AttendanceFactory(session=session, signed_in_at=timezone.now())
    client = as_member("gao")
    for file, person in (("roster", officer), ("result", row.officer)):
        answer = client.get(f"/training/sessions/{session.pk}/{file}.xlsx?unit={cast.street().pk}")
        cells = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))
        assert cells[1][:3] == (session.code, person.staff_no, person.name)


@pytest.mark.parametrize("nonsense", ["x", "9" * 40, ""])
def test_nonsense_for_a_key_is_nobody(session, act, nonsense):
    for do in ("merge", "dismiss", "correct"):
        assert act(do, walk_in=nonsense, row=nonsense).status_code == 404
