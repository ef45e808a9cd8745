"""Attendance from messy lists: who is certain is recorded, the rest waits for a person; again changes nothing."""

import pytest

from people.importing import run
from people.models import Unit
from tests import cast
from tests.factories.people import OfficerFactory, UnitFactory
from tests.factories.training import SessionFactory
from training.models import TrainingSession, WalkIn
from training.sessions.importing import SessionResource, import_attendance, plain, read_moment

HEAD = ["序号", "姓名", "所在单位", "出勤情况"]


@pytest.fixture
def session(db):
    return SessionFactory(unit=cast.street(), code="PX-A")


@pytest.fixture
def people(session):
    other = UnitFactory(name="古槐街道办事处", short_name="古槐街")
    return {
        "陈一": OfficerFactory(name="陈一", unit=cast.street()),
        "李同": OfficerFactory(name="李同", unit=cast.street()),
        "李同2": OfficerFactory(name="李同", unit=other),
        "王三": OfficerFactory(name="王三", unit=other, staff_no="J9001"),
    }


def sheet(*lines, head=HEAD):
    return [(1, ["2026年培训签到表"]), (2, head), *((n, list(line)) for n, line in enumerate(lines, 3))]


def imported(member, session, *lines, **values):
    return import_attendance(sheet(*lines), filename="签到.xlsx", by=member("gao"), session=session, **values)


def test_blanks_widths_and_short_names_do_not_matter(session, people, member):
    report = imported(
        member, session, ["1", " 陈　一 ", "滨江街", "√"], ["2", "王三（一中队）", "古槐街道办事处", "迟到"]
    )
    assert not report.problems and not report.warnings
    assert dict(session.attendances.values_list("officer__name", "status")) == {"陈一": "present", "王三": "late"}


def test_who_cannot_be_told_waits_for_a_person_and_the_line_says_why(session, people, member):
    report = imported(member, session, ["1", "李同", "", ""], ["2", "赵无", "滨江街", ""], ["3", "陈一", "无此街", ""])
    assert [problem.line for problem in report.warnings] == [3, 4, 5]
    assert "2 名同名人员" in str(report.warnings[0])
    assert session.attendances.count() == 0 and WalkIn.objects.count() == 3
    assert imported(member, session, ["1", "李同", "古槐街", ""]).created == 1


def test_the_same_list_again_changes_nothing_and_a_name_twice_counts_once(session, people, member):
    lines = (["1", "陈一", "滨江街", ""], ["2", "陈一", "滨江街", ""], ["3", "赵无", "", ""])
    assert "重复出现" in str(imported(member, session, *lines).warnings[-1])
    again = imported(member, session, *lines)
    assert (again.created, session.attendances.count(), WalkIn.objects.count()) == (0, 1, 1)


def test_a_fault_names_its_line_and_nothing_is_saved(session, people, member):
    report = imported(member, session, ["1", "陈一", "滨江街", ""], ["2", "王三", "古槐街", "来了"])
    assert str(report.problems[0]).startswith("第 4 行「状态」是“来了”")
    assert session.attendances.count() == 0


def test_a_dry_run_says_the_same_and_saves_nothing(session, people, member):
    lines = (["1", "陈一", "滨江街", ""], ["2", "赵无", "", ""])
    tried, done = imported(member, session, *lines, dry_run=True), imported(member, session, *lines)
    assert [str(w) for w in tried.warnings] == [str(w) for w in done.warnings]
    assert tried.created == done.created == 2


def test_a_list_without_names_says_which_column_is_missing(session, member):
    report = import_attendance(sheet(["x"], head=["备注"]), filename="x.xlsx", by=member("gao"), session=session)
    assert "姓名" in str(report.problems[0])


def test_one_list_of_several_sessions(session, people, member, django_assert_max_num_queries):
    SessionFactory(unit=cast.street(), code="PX-B")
    rows = sheet(["PX-A", "J9001"], ["px-b", "J9001"], head=["场次编号", "人员编号"])
    with django_assert_max_num_queries(24):
        report = import_attendance(rows, filename="x.xlsx", by=member("song"))
    assert report.created == 2
    wrong = import_attendance(
        sheet(["PX-C", "J9001"], head=["场次编号", "人员编号"]), filename="x.xlsx", by=member("song")
    )
    assert "PX-C" in str(wrong.problems[0])


def test_sessions_come_from_a_list_and_are_updated_by_their_code(member):
    Unit.objects.create(name="江城区司法局", kind="department")
    head = [field.column_name for field in SessionResource().get_import_fields()]
    example = [field.example for field in SessionResource().get_import_fields()]
    rows = [(1, head), (2, example)]
    assert run(SessionResource(by=member("song")), rows, filename="x.xlsx").created == 1
    assert run(SessionResource(by=member("song")), rows, filename="x.xlsx").unchanged == 1
    session = TrainingSession.objects.get()
    assert (session.organiser, session.category, session.status, session.made_by) == (
        "district",
        "legal",
        "closed",
        member("song"),
    )


def test_moments_and_names_in_their_spellings():
    assert {read_moment(text) for text in ("2026-09-01 09:05", "2026/9/1 9:05", "2026年9月1日 9：05")} == {
        read_moment("2026-09-01T09:05:00")
    }
    assert read_moment("2026-02-30") is None and read_moment("九点") is None
    assert plain(" 张·三（中队）") == plain("张三")
