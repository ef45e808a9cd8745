"""学法课堂: lessons followed by the server's clock, the quiz at the end, hours earned once."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from exams.models import PaperItem
from tests.factories.exams import PaperFactory, PaperSectionFactory, QuestionFactory, single
from tests.factories.people import OfficerFactory
from training.actions import courses as verbs
from training.models import Course, CourseRecord, CreditEntry, Lesson


@pytest.fixture
def officer(member):
    return OfficerFactory(user=member("chen"))


@pytest.fixture
def course(db):
    paper = PaperFactory(title="测验", pass_marks=1)
    PaperSectionFactory(paper=paper, section_no=1, count=1)
    question = QuestionFactory(content=single("唯一的题", key="B"), reviewed=True)
    form = paper.forms.create(label="A", seed=1)
    PaperItem.objects.create(form=form, section_no=1, order_no=1, question=question, version=question.current)
    course = Course.objects.create(title="普通程序入门", slug="putong", hours=Decimal("1.5"), is_open=True, quiz=paper)
    for number in (1, 2):
        Lesson.objects.create(course=course, order_no=number, title=f"第{number}课", body="先立案，后调查。")
    return course


def learnt(course, officer, member):
    for lesson in course.lessons.all():
        verbs.finish_lesson(lesson, officer, by=member("chen"))


def test_a_course_is_walked_to_its_end_and_earns_its_hours_once(course, officer, as_member):
    client = as_member("chen")
    assert "普通程序入门" in client.get("/courses/").content.decode()
    for number in (1, 2):
        assert client.get(f"/courses/putong/{number}/").status_code == 200
        assert client.post(f"/courses/putong/{number}/").status_code == 302
    for answers in ({"a1": "A"}, {"a1": "B"}, {"a1": "B"}):
        client.post("/courses/putong/quiz/", answers)
    assert CourseRecord.objects.get().quiz_score == 1
    assert [(one.category, one.hours) for one in CreditEntry.objects.all()] == [("legal", Decimal("1.5"))]


def test_the_quiz_waits_for_the_lessons(course, officer, as_member):
    answer = as_member("chen").post("/courses/putong/quiz/", {"a1": "B"}, follow=True)
    assert "没学完" in "".join(str(message) for message in answer.context["messages"])
    assert not CourseRecord.objects.exists()


def test_a_lesson_with_a_least_time_is_not_finished_before_it(course, officer, member):
    lesson = course.lessons.first()
    lesson.minutes = 2
    lesson.save()
    with pytest.raises(ValidationError, match="还差约 2 分钟"):
        verbs.finish_lesson(lesson, officer, by=member("chen"))
    row = officer.lesson_progress.get()
    row.spent_seconds = 120
    row.save()
    assert verbs.finish_lesson(lesson, officer, by=member("chen"))


def test_the_servers_clock_counts_and_an_open_page_does_not(course, officer, member):
    lesson = course.lessons.first()
    row = verbs.follow_lesson(lesson, officer, by=member("chen"), position=30)
    for seconds, counted in ((30, 30), (3600, 30), (45, 75)):
        row.seen_at = timezone.now() - dt.timedelta(seconds=seconds)
        row.save()
        row = verbs.follow_lesson(lesson, officer, by=member("chen"), position=10)
        assert (row.spent_seconds, row.position_seconds) == (counted, 30)


def test_a_course_without_a_quiz_ends_with_its_last_lesson(course, officer, member):
    course.quiz = None
    course.save()
    learnt(course, officer, member)
    assert CourseRecord.objects.filter(course=course, officer=officer).exists()


def test_nobody_learns_for_somebody_else(course, officer, member):
    with pytest.raises(PermissionDenied):
        verbs.follow_lesson(course.lessons.first(), officer, by=member("gao"))


def test_a_closed_course_is_not_there(course, officer, as_member):
    Course.objects.update(is_open=False)
    assert as_member("chen").get("/courses/putong/").status_code == 404


def test_an_account_without_a_person_reads_and_earns_nothing(course, as_member):
    client = as_member("wu")
    assert "不记学时" in client.get("/courses/").content.decode()
    assert client.get("/courses/putong/1/").status_code == 200
    assert client.post("/courses/putong/1/follow/").status_code == 404


def test_the_list_asks_few_queries(course, officer, as_member, django_assert_max_num_queries):
    client = as_member("chen")
    client.get("/courses/")
    with django_assert_max_num_queries(14):
        client.get("/courses/")
