"""The admin's pages of marking, statistics and key fixes, as forms post them."""

from decimal import Decimal

import pytest
from django.core.management import call_command
from django.urls import reverse

from exams.content import Content, Kind, Part, Point
from exams.models import Exam, KeyFix, ManualMark, Sitting
from exams.results.queue import anonymous_code
from exams.results.scoring import score_exam
from tests.cast import member
from tests.factories.exams import ExamFactory, QuestionFactory, single
from tests.factories.people import OfficerFactory
from tests.factories.results import sat

pytestmark = pytest.mark.django_db


@pytest.fixture
def exam():
    return ExamFactory(status=Exam.Status.CLOSED, paper__pass_marks=1)


@pytest.fixture
def short():
    points = (Point("数额", 40), Point("程序", 60))
    return QuestionFactory(content=Content(Kind.SHORT, (Part(Kind.SHORT, "简述听证", key="参考文字", points=points),)))


@pytest.fixture
def enter(client):
    """`enter("lin")` is the client of that person in the admin."""
    call_command("set_up_roles", verbosity=0)

    def sign_in(name: str):
        client.force_login(member(name))
        return client

    return sign_in


def answers_url(exam: Exam, question) -> str:
    return reverse("exams_marking_answers", args=[exam.pk, question.newest.pk, 1])


def row(sitting: Sitting, marks: str, remark: str = "", second: bool = False, seen: int = 0) -> dict[str, str]:
    pk = sitting.items.get(kind=Kind.SHORT).pk
    fields = {f"marks-{pk}": marks, f"remark-{pk}": remark, f"seen-{pk}": str(seen)}
    return fields | ({f"second-{pk}": "1"} if second else {})


def test_the_page_of_a_question_shows_answers_without_names(exam, short, enter):
    sitting = sat(exam, [short], ["我的作答"], officer=OfficerFactory(name="陈晨晨"), marks=5, marked=True)
    text = enter("lin").get(answers_url(exam, short)).content.decode()
    expected = ("我的作答", "参考文字", "数额（40%，2 分）", anonymous_code(sitting))
    assert not [words for words in expected if words not in text]
    assert "陈晨晨" not in text and sitting.registration.officer.staff_no not in text


def test_a_page_of_marks_is_saved_at_once_and_faulty_rows_come_back(exam, short, enter):
    good, bad, empty = (sat(exam, [short], [f"作答{n}"], marks=5, marked=True) for n in range(3))
    posted = row(good, "3.5", "要点一") | row(bad, "9", "太多", second=True) | row(empty, "")
    answer = enter("lin").post(answers_url(exam, short), posted)
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "0 至 5" in text and 'value="9"' in text and "太多" in text and "已保存 1 份" in text
    assert ManualMark.objects.get().marks == Decimal("3.5")
    good.refresh_from_db(), empty.refresh_from_db()
    assert good.is_marked and not empty.is_marked


@pytest.mark.parametrize("typed", ["三分", "NaN", "Infinity", "1e400", "--"])
def test_what_is_no_number_is_refused_in_words(exam, short, enter, typed):
    sitting = sat(exam, [short], ["作答"], marks=5, marked=True)
    answer = enter("lin").post(answers_url(exam, short), row(sitting, typed))
    assert answer.status_code == 200 and not ManualMark.objects.exists()


def test_the_own_answer_is_neither_shown_nor_taken(exam, short, enter):
    mine = sat(exam, [short], ["我自己写的"], officer=OfficerFactory(user=member("lin")), marks=5, marked=True)
    client = enter("lin")
    assert "我自己写的" not in client.get(answers_url(exam, short)).content.decode()
    client.post(answers_url(exam, short), row(mine, "5"))
    assert not ManualMark.objects.exists()


def test_the_tabs_hold_what_waits_what_is_doubted_and_what_is_marked(exam, short, enter):
    sitting = sat(exam, [short], ["可疑的作答"], marks=5, marked=True)
    enter("lin").post(answers_url(exam, short), row(sitting, "2", second=True))
    by_tab = {}
    for name in ("waiting", "second", "marked"):
        text = enter("wu").get(answers_url(exam, short) + f"?show={name}").content.decode()
        by_tab[name] = "可疑的作答" in text
    assert by_tab == {"waiting": False, "second": True, "marked": True}
    assert "可疑的作答" not in enter("lin").get(answers_url(exam, short) + "?show=second").content.decode()


def test_the_home_page_counts_what_waits_for_who_marks(exam, short, enter):
    sat(exam, [short], ["作答"], marks=5, marked=True)
    assert "待评的简答" in enter("lin").get("/admin/").content.decode()
    assert "待公布成绩的考试" in enter("song").get("/admin/").content.decode()
    assert "待评的简答" not in enter("gao").get("/admin/").content.decode()


def test_the_page_of_answers_asks_as_often_for_ten_as_for_two(exam, short, enter, django_assert_max_num_queries):
    for n in range(10):
        sat(exam, [short], [f"作答{n}"], marks=5, marked=True)
    client = enter("wu")
    client.get("/admin/")
    with django_assert_max_num_queries(30):
        assert client.get(answers_url(exam, short)).status_code == 200


@pytest.fixture
def statistics(exam):
    questions = [QuestionFactory(content=single(f"第{n}题", key="B")) for n in range(3)]
    for n in range(12):
        sat(exam, questions, ["BBA", "ABC", "BAB"][n % 3])
    score_exam(exam)
    return questions


def test_the_statistics_page_has_charts_with_their_tables(exam, statistics, enter, django_assert_max_num_queries):
    client = enter("lin")
    client.get("/admin/")
    with django_assert_max_num_queries(30):
        answer = client.get(reverse("exams_exam_statistics", args=[exam.pk]))
    text = answer.content.decode()
    assert text.count('<svg viewBox="0 0 760 320" class="chart" role="img" aria-label=') == 2
    assert "成绩分布。12 人，" in text and "信度（内部一致性）" in text and "第2题" in text
    assert text.count('<table class="listing"') == 3 + len(statistics)


def test_the_statistics_of_nobody_say_so(exam, enter):
    assert "还没有评完的答卷" in enter("lin").get(reverse("exams_exam_statistics", args=[exam.pk])).content.decode()


def test_a_key_is_fixed_from_the_list_to_the_result(exam, statistics, enter):
    client, version = enter("song"), statistics[0].newest
    assert "第0题" in client.get(reverse("exams_exam_fixes", args=[exam.pk])).content.decode()
    form = reverse("exams_fix_new", args=[exam.pk, version.pk, 1])
    faulty = client.post(form, {"action": "new_key", "new_key": "Z", "reason": "错"})
    assert faulty.status_code == 200 and "没有对应的选项" in faulty.content.decode()
    proposed = client.post(form, {"action": "new_key", "new_key": "A", "reason": "答案有误"}, follow=True)
    text = proposed.content.decode()
    assert "试算：尚未改动任何分数" in text and "应用更正" in text
    fix = KeyFix.objects.get()
    done = client.post(reverse("exams_fix_apply", args=[fix.pk]), follow=True).content.decode()
    assert "应用的结果" in done and reverse("exams_fix_apply", args=[fix.pk]) not in done
    again = client.post(reverse("exams_fix_apply", args=[fix.pk]), follow=True).content.decode()
    assert "已经应用" in again


def test_results_are_published_and_withdrawn_from_the_list(exam, statistics, enter):
    client, address = enter("song"), reverse("exams_exam_results", args=[exam.pk])
    client.post(reverse("exams_exam_publish", args=[exam.pk]))
    assert "公布" in client.get(address).content.decode()
    exam.refresh_from_db()
    assert exam.results_published_at
    client.post(reverse("exams_exam_withdraw", args=[exam.pk]), {"reason": "漏评"})
    exam.refresh_from_db()
    assert exam.results_published_at is None
    assert enter("lin").post(reverse("exams_exam_publish", args=[exam.pk])).status_code in (302, 403)
    exam.refresh_from_db()
    assert exam.results_published_at is None
