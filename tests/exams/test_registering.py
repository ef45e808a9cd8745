"""Who comes onto the list of an exam: row by row, the own street only, no auxiliary staff for a certification."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from exams.actions.exams import change_exam, close_exam, plan_exam, register, register_list
from exams.models import Exam, Registration
from exams.sittings.candidates import Outcome, pasted, wanted_rows
from people.importing import read_rows, workbook
from people.models import AuditEntry
from tests import cast
from tests.factories.exams import ExamFactory, single
from tests.factories.people import OfficerFactory
from tests.factories.sittings import fixed_paper, sat_by


@pytest.fixture
def officers(db):
    street = cast.street()
    return [
        OfficerFactory(staff_no="S0001", name="甲", unit=street),
        OfficerFactory(staff_no="S0002", name="乙", unit=street, is_auxiliary=True),
        OfficerFactory(staff_no="S0003", name="丙"),
        OfficerFactory(staff_no="S0004", name="丁", unit=street, is_active=False),
    ]


def outcomes(report):
    return [(row.staff_no, row.outcome, row.words) for row in report]


def test_each_row_says_what_became_of_it(officers, member):
    exam = ExamFactory(purpose=Exam.Purpose.CERTIFICATION)
    rows = pasted("S0001\nS0002\ns０００３\nS0004\nS9999\nS0001")
    report = register_list(exam, rows, by=member("song"))
    no_account = "还没有账号；开考前请先为其开通账号"
    assert outcomes(report) == [
        ("S0001", Outcome.ADDED, no_account),
        ("S0002", Outcome.REFUSED, "是辅助人员，可以练习和参加模拟考试，不能参加资格考试"),
        ("S0003", Outcome.ADDED, no_account),
        ("S0004", Outcome.REFUSED, "不在岗"),
        ("S9999", Outcome.REFUSED, "没有这个人员编号"),
        ("S0001", Outcome.KEPT, ""),
    ]
    assert [row.line for row in report] == [1, 2, 3, 4, 5, 6]
    assert list(exam.registrations.values_list("officer__staff_no", flat=True)) == ["S0001", "S0003"]
    assert AuditEntry.objects.get(verb="报名").detail == "2 人"


def test_auxiliary_staff_may_sit_a_mock_exam(officers, member):
    exam = ExamFactory(purpose=Exam.Purpose.MOCK)
    assert outcomes(register(exam, officers[:2], by=member("song")))[1][1] == Outcome.ADDED


def test_a_street_registers_its_own_people(officers, member):
    exam = ExamFactory()
    report = register_list(exam, pasted("S0001，S0003"), by=member("gao"))
    assert [row.outcome for row in report] == [Outcome.ADDED, Outcome.REFUSED]
    assert report[1].words == "不是本街道人员"
    with pytest.raises(PermissionDenied):
        register_list(exam, pasted("S0001"), by=member("chen"))


def test_a_look_at_the_list_first_saves_nothing(officers, member):
    report = register_list(ExamFactory(), pasted("S0001"), by=member("song"), dry_run=True)
    assert report[0].outcome == Outcome.ADDED
    assert not Registration.objects.exists()


def test_a_spreadsheet_gives_extra_time_with_its_reason(officers, member):
    head = ["姓名", "人员编号", "延长（分钟）", "增加次数", "理由"]
    rows = [
        ["甲", "S0001", "30", "", "视力障碍"],
        ["丙", "S0003", "30", "", ""],
        ["丁", "", "", "", ""],
        ["", "S0004", "很多", "", "x"],
    ]
    report = register_list(ExamFactory(), read_rows(workbook(head, rows), "名单.xlsx"), by=member("song"))
    assert [(row.line, row.words) for row in report][1:] == [
        (3, "延长时间或增加次数须写明理由"),
        (4, "人员编号为空；请填写或删除该行"),
        (5, "延长“很多”不是 0 至 600 的分钟数"),
    ]
    one = Registration.objects.get()
    assert (one.officer.staff_no, one.extra_minutes, one.reason) == ("S0001", 30, "视力障碍")


@pytest.mark.parametrize(
    "text", ["S1\nS2", "S1, S2", "S1；S2、", "\n S1 \r\n\r\nS2", "人员编号\nS1\nS2", "S1\t甲\nS2\t乙"]
)
def test_however_a_list_is_pasted(text):
    assert [row.staff_no for row in wanted_rows(pasted(text))] == ["S1", "S2"]


def test_planning_names_what_is_wrong(member):
    paper = fixed_paper(single())
    values = {
        "title": "十二月考试",
        "paper": paper,
        "opens_at": ExamFactory().opens_at,
        "closes_at": ExamFactory().closes_at,
    }
    exam = plan_exam(values, by=member("song"))
    assert (exam.status, exam.made_by) == (Exam.Status.PLANNED, member("song"))
    with pytest.raises(ValidationError, match="第 2 行“10.1.2”不是网段"):
        change_exam(exam, {"ip_ranges": "10.1.0.0/16\n10.1.2"}, by=member("song"))
    with pytest.raises(ValidationError):
        change_exam(exam, {"closes_at": exam.opens_at}, by=member("song"))
    with pytest.raises(PermissionDenied):
        plan_exam(values, by=member("gao"))


def test_what_papers_were_built_from_cannot_be_changed_any_more(member):
    sitting, _ = sat_by(member("chen"), single())
    exam = sitting.registration.exam
    change_exam(exam, {"note": "请带证件"}, by=member("song"))
    with pytest.raises(ValidationError, match="不能再改试卷"):
        change_exam(exam, {"paper": fixed_paper(single("另"))}, by=member("song"))


def test_an_exam_is_not_closed_over_somebody_who_is_writing(member):
    """peers 18, 20"""
    sitting, _ = sat_by(member("chen"), single())
    exam = sitting.registration.exam
    with pytest.raises(ValidationError, match="还有 1 人正在作答"):
        close_exam(exam, by=member("song"))
    type(sitting).objects.update(state="handed_in")
    close_exam(exam, by=member("song"))
    assert exam.status == Exam.Status.CLOSED
    with pytest.raises(ValidationError, match="已结束"):
        change_exam(exam, {"note": "x"}, by=member("song"))
