"""Answering in practice: what is kept, how often, and what it does to the schedule and the wrong-answer book."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from exams.actions.practice import (
    Overtaken,
    answer_question,
    keep_question,
    let_question_go,
    rate_answer,
)
from exams.actions.questions import revise_question
from exams.models import Favourite, PracticeAnswer, PracticeState, Question
from exams.practice.schedule import Recall
from exams.practice.tokens import StaleToken, make_token, read_token
from tests.factories.exams import QuestionFactory, judge, multiple, single
from tests.factories.people import UserFactory
from tests.factories.sittings import fill, group, short

pytestmark = pytest.mark.django_db


@pytest.fixture
def chen(member):
    return member("chen")


def question(content=None, **values) -> Question:
    return QuestionFactory(content=content or single(), reviewed=True, **values)


def answer(person, asked: Question, *answers: str, at: dt.datetime | None = None, shown=None) -> PracticeAnswer:
    """One showing and its answer."""
    shown = shown or read_token(make_token(asked, person), person)
    return answer_question(shown, answers, by=person, mode="random", at=at)


def state(person, asked: Question) -> PracticeState:
    return PracticeState.objects.get(person=person, question=asked)


def test_a_right_answer_is_kept_and_comes_back_later(chen):
    asked = question()
    row = answer(chen, asked, "B")
    assert (row.is_right, row.answer, row.version_id) == (True, "B", asked.current_id)
    kept = state(chen, asked)
    assert kept.due_at >= timezone.now() + dt.timedelta(days=1)
    assert not kept.in_wrong_book


@pytest.mark.parametrize(
    ("content", "given", "is_right"),
    [
        (multiple(key="ACD"), "ACD", True),
        (multiple(key="ACD"), "AC", False),
        (judge(key="F"), "F", True),
        (fill(), '["5日", "三十 日"]', True),
        (fill(), '["5日", "十日"]', False),
        (single(), "", False),
    ],
)
def test_kinds_are_marked_by_their_own_rule(chen, content, given, is_right):
    assert answer(chen, question(content), given).is_right is is_right


def test_a_wrong_answer_goes_into_the_book_and_leaves_it_after_two_right_ones(chen, settings):
    asked, now = question(), timezone.now()
    settings.PRACTICE_RIGHTS_TO_LEAVE = 2
    answer(chen, asked, "A", at=now)
    assert state(chen, asked).in_wrong_book
    for n, is_still_in in ((1, True), (2, False)):
        shown = read_token(make_token(asked, chen), chen)
        answer(chen, asked, "B", at=now + dt.timedelta(minutes=n), shown=shown_after(shown, now, n))
        assert state(chen, asked).in_wrong_book is is_still_in
    assert state(chen, asked).wrong_count == 1


def shown_after(shown, now, minutes):
    """The same showing, some minutes later than it was."""
    return type(shown)(shown.code, shown.question_id, shown.version_id, now + dt.timedelta(minutes=minutes, seconds=-5))


def test_the_same_showing_posted_twice_is_one_answer(chen):
    """Peers B12 to B16: double posts."""
    asked = question()
    shown = read_token(make_token(asked, chen), chen)
    first = answer(chen, asked, "B", shown=shown)
    again = answer(chen, asked, "A", shown=shown)
    assert again.pk == first.pk
    assert again.answer == "B"
    assert PracticeAnswer.objects.count() == 1


def test_an_answer_from_a_window_that_was_overtaken_is_not_counted(chen):
    asked = question()
    tabs = [read_token(make_token(asked, chen), chen) for _ in range(2)]
    first = answer(chen, asked, "A", shown=tabs[0])
    with pytest.raises(Overtaken) as refusal:
        answer(chen, asked, "B", shown=tabs[1])
    assert refusal.value.token == first.token
    assert state(chen, asked).right_streak == 0


def test_there_is_one_state_for_a_person_and_a_question(chen):
    asked = question()
    for given in ("A", "B", "C"):
        answer(chen, asked, given)
    assert PracticeState.objects.filter(person=chen, question=asked).count() == 1
    assert PracticeAnswer.objects.count() == 3


def test_a_group_is_one_question_with_a_row_for_each_part(chen):
    asked = question(group())
    answer(chen, asked, "B", "T")
    rows = PracticeAnswer.objects.order_by("part_no")
    assert [(row.part_no, row.is_right) for row in rows] == [(1, True), (2, False)]
    assert len({row.token for row in rows}) == 1
    assert state(chen, asked).in_wrong_book, "one wrong part makes the question wrong"


def test_a_short_answer_is_neither_right_nor_wrong_and_scheduled_only_when_rated(chen):
    asked = question(short())
    row = answer(chen, asked, "有利害关系")
    kept = state(chen, asked)
    assert row.is_right is None
    assert (kept.due_at, kept.in_wrong_book, kept.right_streak) == (None, False, 0)
    assert rate_answer(row.token, Recall.BARELY, by=chen)
    kept.refresh_from_db()
    assert kept.due_at > row.answered_at
    assert not kept.in_wrong_book


def test_saying_how_well_it_was_remembered_moves_the_day_however_often_it_is_said(chen):
    asked = question()
    row = answer(chen, asked, "B")
    days = []
    for recall in (Recall.EASILY, Recall.FORGOTTEN, Recall.EASILY):
        assert rate_answer(row.token, recall, by=chen)
        days.append((state(chen, asked).due_at - row.answered_at).days)
    assert days[0] == days[2] > days[1] == 1


def test_a_wrong_answer_stays_forgotten_whatever_is_said(chen):
    asked = question()
    row = answer(chen, asked, "A")
    assert not rate_answer(row.token, Recall.EASILY, by=chen)
    assert (state(chen, asked).due_at - row.answered_at).days == 1


def test_only_the_last_answer_can_be_rated_and_only_by_its_author(chen, member):
    asked = question()
    old, new = answer(chen, asked, "B"), answer(chen, asked, "B")
    assert not rate_answer(old.token, Recall.EASILY, by=chen)
    assert not rate_answer(new.token, Recall.EASILY, by=member("lin"))
    assert not rate_answer("", Recall.EASILY, by=chen)


def test_a_question_that_changed_since_it_was_shown_is_asked_again(chen):
    asked = question()
    shown = read_token(make_token(asked, chen), chen)
    revise_question(asked, single("当事人要求听证的期限是", key="C"), by=None)
    review(asked)
    with pytest.raises(ValidationError, match="刚刚更新"):
        answer(chen, asked, "B", shown=shown)
    assert not PracticeAnswer.objects.exists()


def review(asked: Question) -> None:
    """Approves the newest version without looking at its law."""
    asked.current, asked.status = asked.newest, Question.Status.REVIEWED
    asked.save()


def test_a_new_version_is_due_at_once_and_begins_with_an_empty_card(chen):
    asked = question()
    answer(chen, asked, "B")
    assert not PracticeState.objects.filter(person=chen).due().exists()
    revise_question(asked, single("当事人要求听证的期限是", key="C"), by=None)
    review(asked)
    assert PracticeState.objects.filter(person=chen).due().exists()
    answer(chen, Question.objects.get(pk=asked.pk), "C")
    assert state(chen, asked).card_before == ""
    assert not PracticeState.objects.filter(person=chen).due().exists()


@pytest.mark.parametrize("status", [Question.Status.STOPPED, Question.Status.NEEDS_REVIEW])
def test_what_went_out_of_use_is_not_answered_and_its_history_stays(chen, status):
    asked = question()
    row = answer(chen, asked, "A")
    shown = read_token(make_token(asked, chen), chen)
    Question.objects.filter(pk=asked.pk).update(status=status)
    with pytest.raises(ValidationError, match="暂时不能练习"):
        answer(chen, asked, "B", shown=shown)
    assert PracticeAnswer.objects.get() == row
    assert state(chen, asked).in_wrong_book


def test_a_token_is_for_one_person_and_of_our_making(chen, member):
    token = make_token(question(), chen)
    for person, text in ((member("lin"), token), (chen, token + "x"), (chen, "")):
        with pytest.raises(StaleToken):
            read_token(text, person)


def test_auxiliary_staff_practise_and_who_holds_no_role_does_not(chen):
    """The person has an account with the officers' role and no post that needs a card."""
    asked = question()
    assert not hasattr(chen, "officer")
    assert answer(chen, asked, "B").is_right
    stranger = UserFactory()
    with pytest.raises(PermissionDenied):
        answer(stranger, asked, "B")


def test_favourites_are_kept_once_and_let_go(chen):
    asked = question()
    keep_question(asked, by=chen)
    keep_question(asked, by=chen)
    assert Favourite.objects.filter(person=chen).count() == 1
    let_question_go(asked, by=chen)
    assert not Favourite.objects.exists()


def test_the_database_itself_takes_a_showing_once(chen):
    """Two posts at the same moment are sent in tests/browser/test_practice_journey.py."""
    row = answer(chen, question(), "B")
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()
