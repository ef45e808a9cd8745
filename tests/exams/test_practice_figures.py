"""Figures of practice are derived from the answers, by domain, unit and period."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from exams.models import PracticeAnswer
from exams.practice import figures
from exams.practice.progress import days_in_a_row, domain_rows, streak_of, today_of
from tests.factories.exams import QuestionFactory
from tests.factories.kb import DomainFactory
from tests.factories.people import UnitFactory, UserFactory

NOV23, NOV30 = dt.date(2026, 11, 23), dt.date(2026, 11, 30)
HERE = timezone.get_default_timezone()


@pytest.fixture
def answers(db):
    """Chen of 甲街: 2 right, 1 wrong, 1 compared; Lin of 乙街: 1 wrong a week later, after local midnight."""
    first, second = UnitFactory(name="甲街", sort_order=1), UnitFactory(name="乙街", sort_order=2)
    chen, lin = UserFactory(unit=first), UserFactory(unit=second)
    city = QuestionFactory(domain=DomainFactory(slug="city", name="市容环境", sort_order=1), reviewed=True)
    safety = QuestionFactory(domain=DomainFactory(slug="safety", name="安全生产", sort_order=2), reviewed=True)
    monday = dt.datetime(2026, 11, 23, 9, tzinfo=HERE)
    later = dt.datetime(2026, 11, 30, 0, 30, tzinfo=HERE)
    rows = [(chen, city, True), (chen, city, True), (chen, safety, False), (chen, safety, None)]
    for person, question, is_right in rows:
        kept(person, question, is_right, monday)
    kept(lin, city, False, later)
    return {"chen": chen, "lin": lin, "first": first, "second": second}


def kept(person, question, is_right, at) -> None:
    PracticeAnswer.objects.create(
        person=person, question=question, version=question.current, mode="random", is_right=is_right, answered_at=at
    )


def test_the_total(answers):
    figure = figures.total(figures.answers_between())
    assert (figure.answers, figure.persons, figure.marked, figure.right, figure.wrong) == (5, 2, 4, 2, 2)
    assert figure.right_share == Decimal("50.0")


def test_nothing_marked_has_no_share(db):
    assert figures.total(figures.answers_between()).right_share is None


def test_by_domain_and_unit_in_the_districts_order(answers):
    everything = figures.answers_between()
    assert [(str(f.of), f.answers, f.right_share) for f in figures.by_domain(everything)] == [
        ("市容环境", 3, Decimal("66.7")),
        ("安全生产", 2, Decimal("0.0")),
    ]
    assert [(str(f.of), f.answers, f.persons) for f in figures.by_unit(everything)] == [("甲街", 4, 1), ("乙街", 1, 1)]


@pytest.mark.parametrize(
    ("period", "days"), [("day", [NOV23, NOV30]), ("week", [NOV23, NOV30]), ("month", [dt.date(2026, 11, 1)])]
)
def test_by_period_of_the_local_calendar(answers, period, days):
    assert [figure.of for figure in figures.by_period(figures.answers_between(), period)] == days


def test_days_units_and_persons_narrow_the_answers(answers):
    assert figures.answers_between(NOV30).count() == 1
    assert figures.answers_between(None, dt.date(2026, 11, 29)).count() == 4
    assert figures.answers_between(unit=answers["second"]).count() == 1
    assert figures.answers_between(person=answers["chen"]).count() == 4


def test_a_table_costs_two_queries(answers, django_assert_num_queries):
    with django_assert_num_queries(2):
        figures.by_unit(figures.answers_between())


def test_own_progress_is_by_domain(answers):
    rows = domain_rows(answers["chen"])
    assert [(str(row["domain"]), row["figure"].answers) for row in rows] == [("市容环境", 2), ("安全生产", 2)]


def days(*back: int) -> list[dt.date]:
    return [NOV30 - dt.timedelta(days=n) for n in back]


@pytest.mark.parametrize(
    ("back", "count"),
    [((), 0), ((0,), 1), ((0, 0, 1), 2), ((1, 2, 3), 3), ((0, 2, 3), 1), ((2, 3), 0), ((0, 1, 1, 2, 4), 3)],
)
def test_days_in_a_row_count_up_to_today_or_yesterday(back, count):
    assert days_in_a_row(days(*back), NOV30) == count


def test_the_streak_is_by_the_local_calendar(db):
    person, question = UserFactory(), QuestionFactory(reviewed=True)
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    for moment in (midnight, midnight - dt.timedelta(minutes=1), midnight - dt.timedelta(days=3)):
        kept(person, question, True, moment)
    assert streak_of(person) == 2


def test_before_the_first_look_nothing_is_drawn(answers, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        today = today_of(answers["chen"])
    assert (today.done, today.size, today.due, today.wrong, today.next_due) == (0, 5, 0, 0, None)
