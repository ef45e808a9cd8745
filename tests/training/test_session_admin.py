"""Plans and sessions in the admin: forms keep what is typed, the board counts, lists ask few queries."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from people.importing import workbook
from tests import cast
from tests.factories.kb import PowerItemFactory
from tests.factories.people import OfficerFactory, UnitFactory
from tests.factories.training import AttendanceFactory, PlanFactory, SessionFactory
from training.actions.attendance import ask_correction
from training.models import Attendance, CreditEntry, Plan, TrainingSession
from training.sessions.admin.progress import board
from training.sessions.sheets import ROSTER_HEAD

TODAY = dt.date(2026, 7, 1)
PLAN = {
    "year_no": 2026, "title": "市容执法轮训", "organiser": "street", "form": "lecture", "topic": "special",
    "category": "business", "starts_on": "2026-06-01", "ends_on": "2026-06-30", "session_count": 2, "hours_each": "2",
}  # fmt: skip


def test_a_plan_is_made_with_its_items_and_gives_them_to_its_session(at_desk):
    item, client = PowerItemFactory(), at_desk("gao")
    answer = client.post("/admin/trainings/plans/new/", PLAN | {"unit": cast.street().pk, "items": item.code})
    plan = Plan.objects.get()
    assert answer.status_code == 302 and list(plan.items.all()) == [item]
    page = client.get(f"/admin/trainings/sessions/new/?plan={plan.pk}").content.decode()
    assert item.code in page and "市容执法轮训" in page


def test_a_street_plans_for_itself_only(at_desk):
    client, other = at_desk("gao"), UnitFactory()
    page = client.post("/admin/trainings/plans/new/", PLAN | {"unit": other.pk})
    assert page.status_code == 200 and not Plan.objects.exists()
    assert client.get(f"/admin/trainings/plans/{PlanFactory(unit=other).pk}/").status_code != 200


def test_an_unknown_code_is_named(at_desk):
    page = at_desk("lin").post("/admin/trainings/plans/new/", PLAN | {"unit": cast.street().pk, "items": "A1 A2"})
    assert "没有找到：A1、A2" in page.content.decode()


@pytest.mark.parametrize(
    ("held", "ends_on", "state"),
    [(0, "2026-07-31", "todo"), (1, "2026-07-31", "doing"), (2, "2026-06-30", "done"), (1, "2026-06-30", "late")],
)
def test_the_board_counts_what_was_held(db, held, ends_on, state):
    unit = UnitFactory(department=True)
    plan = PlanFactory(unit=unit, is_duty=True, session_count=2, ends_on=dt.date.fromisoformat(ends_on))
    for _ in range(held):
        SessionFactory(plan=plan, unit=unit, status="closed")
    SessionFactory(plan=plan, unit=unit, status="cancelled")
    assert [row["state"] for row in board(2026, TODAY)] == [state]


def test_a_department_without_a_plan_stands_on_the_board(at_desk):
    UnitFactory(department=True, name="区水务局")
    assert "区水务局" in at_desk("song").get("/admin/trainings/plans/board/?year=2026").content.decode()


def test_lists_ask_the_same_number_of_queries_whatever_their_length(at_desk, django_assert_max_num_queries):
    client = at_desk("song")
    for _ in range(12):
        plan = PlanFactory(unit=cast.street())
        AttendanceFactory(session=SessionFactory(plan=plan, unit=cast.street()))
    for address in ("sessions", "plans", "walk-ins", "corrections"):
        client.get(f"/admin/trainings/{address}/")
        with django_assert_max_num_queries(20):
            client.get(f"/admin/trainings/{address}/")


def test_a_make_up_takes_over_what_was_missed(at_desk):
    missed = SessionFactory(unit=cast.street(), title="听证程序", status="closed")
    page = at_desk("gao").get(f"/admin/trainings/sessions/new/?makes_up={missed.pk}").content.decode()
    assert "听证程序（补训）" in page


def test_a_correction_is_approved_by_somebody_else_and_the_hours_follow(at_desk):
    row = AttendanceFactory(session=SessionFactory(unit=cast.street(), status="closed"), status="absent")
    change = ask_correction(row, "present", "漏签", by=cast.member("gao"))
    client = at_desk("song")
    assert "待审批的考勤更正" in client.get("/admin/").content.decode()
    client.post(f"/admin/trainings/corrections/{change.pk}/")
    row.refresh_from_db()
    assert row.status == "present" and CreditEntry.objects.filter(officer=row.officer).exists()


def test_nobody_approves_the_own_correction(at_desk):
    row = AttendanceFactory(session=SessionFactory(unit=cast.street()))
    change = ask_correction(row, "late", "迟到", by=cast.member("song"))
    at_desk("song").post(f"/admin/trainings/corrections/{change.pk}/")
    row.refresh_from_db()
    assert row.status == "present"


def test_attendance_comes_in_by_excel_is_shown_first_and_saved_when_confirmed(at_desk):
    session, officer = SessionFactory(unit=cast.street(), status="closed"), OfficerFactory(unit=cast.street())
    rows = [[session.code, officer.staff_no, officer.name, "", "", ""], [session.code, "", "查无此人", "", "", ""]]
    file = SimpleUploadedFile("考勤.xlsx", workbook(ROSTER_HEAD, rows))
    client, address = at_desk("gao"), "/admin/trainings/imports/attendance/"
    page = client.post(address, {"file": file}).content.decode()
    assert "确认导入" in page and "第 3 行" in page and not Attendance.objects.exists()
    client.post(address, {"confirm": "1"})
    assert Attendance.objects.get().officer == officer and session.walk_ins.count() == 1
    assert CreditEntry.objects.filter(officer=officer).exists()


def test_a_cancelled_session_is_not_changed(at_desk):
    session = SessionFactory(unit=cast.street(), status="cancelled")
    now = timezone.localtime()
    values = {
        "title": "改名", "unit": cast.street().pk, "organiser": "street", "form": "lecture", "topic": "special",
        "category": "legal", "starts_at": f"{now:%Y-%m-%dT%H:%M}", "hours": 2, "late_minutes": 10, "early_minutes": 10,
        "ends_at": f"{now + dt.timedelta(hours=2):%Y-%m-%dT%H:%M}", "guest_count": 0,
    }  # fmt: skip
    page = at_desk("gao").post(f"/admin/trainings/sessions/{session.pk}/", values)
    assert "已取消，不能修改" in page.content.decode()
    TrainingSession.objects.filter(pk=session.pk).update(status="planned")
    assert at_desk("gao").post(f"/admin/trainings/sessions/{session.pk}/", values).status_code == 302
