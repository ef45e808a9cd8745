"""每日五题: the same five for one person on one day, by rule and by date."""

import datetime as dt

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from exams.actions.practice import answer_question
from exams.models import DailyDraw, PracticeAnswer, PracticeState, Question
from exams.practice.daily import SIZE, Standing, choose, five_of, weak_domains
from exams.practice.drawing import next_question
from exams.practice.scope import Mode, Scope
from exams.practice.tokens import make_token, read_token
from tests.factories.exams import QuestionFactory, single
from tests.factories.kb import DomainFactory
from tests.factories.sittings import document, group, short

TODAY = dt.datetime(2026, 11, 30, tzinfo=dt.UTC)
bank = st.dictionaries(st.integers(1, 60), st.integers(1, 4), max_size=40)
questions = st.lists(st.integers(1, 60), unique=True, max_size=12)


@given(bank, questions, questions, st.lists(st.integers(1, 4), unique=True), questions, st.integers())
def test_five_different_open_questions_whatever_is_known(open_ones, due, known, weak, done, seed):
    standing = Standing(
        open_ones=open_ones,
        due=due,
        last_answers={pk: TODAY - dt.timedelta(days=pk) for pk in known},
        weak_domains=weak,
        done_today=set(done) & set(known),
    )
    five = choose(standing, str(seed))
    left = set(open_ones) - standing.done_today
    assert len(five) == len(set(five)) == min(SIZE, len(left))
    assert set(five) <= left
    assert five == choose(standing, str(seed)), "the same day and standing give the same five"


def test_what_is_due_comes_first_then_weak_domains_in_turn_then_what_is_new():
    standing = Standing(
        open_ones={1: 1, 2: 1, 3: 2, 4: 2, 5: 2, 6: 3, 7: 3},
        due=[6],
        last_answers={6: TODAY, 4: TODAY - dt.timedelta(days=9)},
        weak_domains=[2, 1],
    )
    five = choose(standing, "1:2026-11-30")
    assert five[0] == 6
    assert [standing.open_ones[pk] for pk in five[1:]] == [2, 1, 2, 1]
    assert 4 not in five, "of a weak domain what was never answered comes first"


def test_another_day_asks_other_questions():
    standing = Standing(open_ones=dict.fromkeys(range(1, 100), 1))
    assert choose(standing, "1:2026-11-30") != choose(standing, "1:2026-12-01") != choose(standing, "2:2026-12-01")


# --- with a bank ---


@pytest.fixture
def chen(member):
    return member("chen")


@pytest.fixture
def ten(db) -> list[Question]:
    return [QuestionFactory(content=single(f"第{n}题"), reviewed=True) for n in range(10)]


def answered(person, pk: int, given: str = "B") -> None:
    question = Question.objects.get(pk=pk)
    answer_question(read_token(make_token(question, person), person), [given], by=person, mode="daily")


def test_the_five_stay_the_same_while_the_day_goes_on(chen, ten):
    five = five_of(chen)
    answered(chen, five[0], "A")
    QuestionFactory.create_batch(3, reviewed=True)
    assert five_of(chen) == five
    assert DailyDraw.objects.count() == 1


def test_each_person_and_each_day_has_its_own(chen, member, ten):
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    draws = [tuple(five_of(chen)), tuple(five_of(member("lin"))), tuple(five_of(chen, tomorrow))]
    assert len(set(draws)) == 3


def test_the_run_ends_after_five_and_counts_what_was_answered_elsewhere(chen, ten):
    five = five_of(chen)
    assert next_question(chen, Scope(Mode.DAILY)).number == 1
    answered(chen, five[1])
    for pk in five:
        if pk != five[1]:
            assert next_question(chen, Scope(Mode.DAILY)).question.pk == pk
            answered(chen, pk)
    assert next_question(chen, Scope(Mode.DAILY)) is None


def test_a_question_stopped_during_the_day_is_replaced_and_an_answered_one_stays(chen, ten):
    five = five_of(chen)
    answered(chen, five[0])
    Question.objects.filter(pk__in=five[:2]).update(status=Question.Status.STOPPED)
    now = five_of(chen)
    assert five[0] in now
    assert five[1] not in now
    assert len(now) == SIZE


def test_what_was_answered_today_is_not_drawn_again(chen, ten):
    for question in ten[:4]:
        answered(chen, question.pk)
    assert not {question.pk for question in ten[:4]} & set(five_of(chen))


def test_a_due_question_is_among_the_five(chen, ten):
    answered(chen, ten[7].pk, "A")
    yesterday = timezone.now() - dt.timedelta(days=1)
    PracticeAnswer.objects.update(answered_at=yesterday)
    PracticeState.objects.update(answered_at=yesterday, due_at=timezone.now())
    assert five_of(chen)[0] == ten[7].pk


def test_a_domain_is_weak_after_enough_answers_only(chen, ten):
    strong, weak = ten[0].domain, DomainFactory(slug="weak", name="安全生产")
    for n, question in enumerate(ten):
        Question.objects.filter(pk=question.pk).update(domain=weak if n < 3 else strong)
        answered(chen, question.pk, "A" if n < 3 else "B")
    assert weak_domains(chen) == []
    answered(chen, ten[0].pk, "A")
    assert weak_domains(chen) == [weak.pk]


def test_what_takes_long_is_not_among_the_five(chen):
    for content in (short(), group(), document()):
        QuestionFactory(content=content, reviewed=True)
    assert five_of(chen) == []
