"""The list of results: who is on it for whom, which attempt counts, places, the absent, the file."""

import io
from decimal import Decimal

import openpyxl
import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from exams.models import Exam, Sitting
from exams.results.listing import Outcome, ordered, result_rows, summary
from exams.results.scoring import score_exam
from exams.results.sheets import results_workbook
from tests.cast import CAST, member, street
from tests.factories.exams import ExamFactory, QuestionFactory, RegistrationFactory, single
from tests.factories.people import OfficerFactory
from tests.factories.results import fixed, sat

pytestmark = pytest.mark.django_db
State = Sitting.State


@pytest.fixture
def exam():
    return ExamFactory(status=Exam.Status.CLOSED, paper__pass_marks=2, title="秋季考试")


@pytest.fixture
def questions():
    return [QuestionFactory(content=single(f"第{n}题", key="B")) for n in range(3)]


@pytest.fixture
def admin(client):
    """The client of somebody who may enter the admin."""
    call_command("set_up_roles", verbosity=0)
    return client


def officer(name: str, **values):
    return OfficerFactory(name=name, **values)


@pytest.fixture
def results(exam, questions):
    """甲 of the street passes in the second attempt, 乙 fails, 丙 is absent, 丁 is void, 戊 ties with 甲."""
    first = officer("甲", unit=street(), staff_no="A1")
    for answers in ("BAA", "BBA", "ABB"):
        sat(exam, questions, answers, officer=first)
    sat(exam, questions, "BAA", officer=officer("乙", staff_no="A2"))
    RegistrationFactory(exam=exam, officer=officer("丙", staff_no="A3"))
    sat(exam, questions, "BBB", officer=officer("丁", staff_no="A4"), state=State.VOID)
    sat(exam, questions, "BBA", officer=officer("戊", staff_no="A5"))
    score_exam(exam)
    return exam


def by_name(exam: Exam, reader: str = "song") -> dict:
    return {row.registration.officer.name: row for row in result_rows(exam, member(reader))}


def test_the_best_attempt_counts_and_the_earlier_of_equal_ones(results):
    row = by_name(results)["甲"]
    assert (row.outcome, row.score, row.attempts) == (Outcome.PASSED, 2, 3)
    assert row.counts and row.counts.attempt_no == 2


def test_absent_and_voided_candidates_are_on_the_list_without_a_score(results):
    rows = by_name(results)
    assert (rows["丙"].outcome, rows["丙"].score, rows["丙"].attempts) == (Outcome.ABSENT, None, 0)
    assert (rows["丁"].outcome, rows["丁"].score) == (Outcome.VOID, None)
    found = summary(list(rows.values()))
    assert (found.registered, found.sat, found.absent, found.passed, found.unmarked) == (5, 3, 1, 2, 0)
    assert found.pass_rate == pytest.approx(200 / 3)


def test_equal_shares_have_one_place(results):
    assert {name: row.place for name, row in by_name(results).items()} == {
        "甲": 1,
        "乙": 3,
        "丙": None,
        "丁": None,
        "戊": 1,
    }


def test_while_the_exam_runs_nobody_is_absent(exam, questions):
    Exam.objects.filter(pk=exam.pk).update(status=Exam.Status.BUILT)
    exam.refresh_from_db()
    RegistrationFactory(exam=exam, officer=officer("丙"))
    sat(exam, questions, "BBB", officer=officer("己"), state=State.OPEN)
    rows = by_name(exam)
    assert (rows["丙"].outcome, rows["己"].outcome) == (Outcome.WAITING, Outcome.WRITING)


def test_sorting_by_score_begins_with_the_best_and_puts_the_absent_last(results):
    rows = ordered(result_rows(results, member("song")), "-score")
    assert [row.score for row in rows] == [2, 2, 1, None, None]
    assert ordered(rows, "nonsense") == rows


def test_a_street_sees_its_own_people_and_their_scores_after_publication(results, admin):
    """Nobody learns a score from a list before its time."""
    before = by_name(results, "gao")
    assert set(before) == {"甲"} and (before["甲"].outcome, before["甲"].score) == (Outcome.FINISHED, None)
    results.results_published_at = timezone.now()
    assert by_name(results, "gao")["甲"].score == 2
    assert set(by_name(results, "chen")) == set()
    other = ExamFactory(status=Exam.Status.CLOSED)
    admin.force_login(member("gao"))
    assert admin.get(reverse("exams_exam_results", args=[other.pk])).status_code == 404


def sheets(exam: Exam, reader: str = "song", *, with_items: bool = True) -> dict[str, list[tuple]]:
    book = openpyxl.load_workbook(
        io.BytesIO(results_workbook(exam, result_rows(exam, member(reader)), with_items=with_items))
    )
    return {sheet.title: [row for row in sheet.iter_rows(values_only=True)] for sheet in book}


def test_the_file_has_scores_by_section_and_a_sheet_for_each_view_of_the_items(results, questions):
    book = sheets(results)
    assert list(book) == ["成绩", "逐题得分", "逐题对错", "逐题作答"]
    head, *rows = book["成绩"]
    assert head[:6] == ("名次", "姓名", "人员编号", "单位", "结果", "得分") and head[-1].startswith("第 1 部分")
    scores = {row[1]: (row[4], row[5], row[-1]) for row in rows}
    assert scores == {
        "甲": ("及格", 2, 2),
        "乙": ("未及格", 1, 1),
        "丙": ("缺考", None, None),
        "丁": ("作废", None, None),
        "戊": ("及格", 2, 2),
    }
    verdicts = {row[0]: row[3:] for row in book["逐题对错"][1:]}
    assert verdicts == {"甲": ("对", "对", "错"), "乙": ("对", "错", "错"), "戊": ("对", "对", "错")}
    answers = {row[0]: row[3:] for row in book["逐题作答"][1:]}
    assert answers["甲"] == ("B", "B", "A")


def test_dropped_items_and_blanks_say_so_and_formulas_stay_text(exam, questions):
    sat(exam, questions, ["B", "", "=1+1\x0b"], officer=officer("甲"))
    fixed(exam, questions[0], "drop")
    score_exam(exam)
    book = sheets(exam)
    assert book["逐题对错"][1][3:] == ("不计分", "未答", "错")
    assert book["逐题作答"][1][5] == "'=1+1"
    assert book["成绩"][1][6] == Decimal(2)


def test_a_street_gets_no_sheets_of_items(results, admin):
    Exam.objects.filter(pk=results.pk).update(results_published_at=timezone.now())
    admin.force_login(member("gao"))
    answer = admin.get(reverse("exams_exam_file", args=[results.pk]))
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames == ["成绩"] and book.active.max_row == 2


def test_queries_do_not_grow_with_candidates_or_items(results, questions, admin, django_assert_max_num_queries):
    for n in range(20):
        sat(results, questions, "BBA", officer=officer(f"第{n}人"))
    score_exam(results)
    reader = member("song")
    with django_assert_max_num_queries(4):
        rows = result_rows(results, reader)
    with django_assert_max_num_queries(6):
        results_workbook(results, rows, with_items=True)
    admin.force_login(reader)
    admin.get("/admin/")
    with django_assert_max_num_queries(30):
        assert admin.get(reverse("exams_exam_results", args=[results.pk])).status_code == 200


@pytest.mark.parametrize("name", ["exams_results", "exams_exam_results"])
def test_nobody_but_readers_of_results_opens_the_lists(results, admin, name):
    address = reverse(name, args=[results.pk] if name == "exams_exam_results" else [])
    opened = set()
    for who in CAST:
        admin.force_login(member(who))
        if admin.get(address).status_code == 200:
            opened.add(who)
    assert opened <= {"gao", "lin", "wu", "song"}
