"""A question to the instructor: answered, and public only in words without persons that a second person approved."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from tests.factories.kb import InstructorFactory, PowerItemFactory
from tests.factories.training import MentorFactory
from training.actions import consultations as verbs
from training.models import Consultation, MentorScope
from training.permissions import can_read_question


@pytest.fixture
def asked(member):
    """Of an item that Zhou instructs."""
    item = InstructorFactory(officer__user=member("zhou")).item
    return verbs.ask(item, "店主王建国拒绝签字怎么办？", by=member("chen"))


@pytest.fixture
def proposed(asked, member):
    verbs.answer(asked, "注明情况，由见证人签名。", by=member("zhou"))
    return verbs.propose(asked, "当事人拒绝签字怎么办？", "注明情况，由见证人签名。", by=member("zhou"))


def test_a_question_is_answered_and_shared_by_two_people(proposed, member):
    assert not Consultation.objects.settled().exists()
    with pytest.raises(PermissionDenied):
        verbs.approve(proposed, by=member("zhou"))
    verbs.approve(proposed, by=member("wu"))
    assert Consultation.objects.settled().get().public_question == "当事人拒绝签字怎么办？"


def test_words_that_tell_who_is_meant_are_not_shared(asked, member):
    verbs.answer(asked, "注明情况。", by=member("zhou"))
    with pytest.raises(ValidationError, match="王建国"):
        verbs.propose(asked, "店主王建国拒绝签字怎么办？", "注明情况。", by=member("zhou"))


def test_who_proposed_never_approves_even_with_the_right_to(asked, member):
    verbs.answer(asked, "注明情况。", by=member("song"))
    verbs.propose(asked, "拒绝签字怎么办？", "注明情况。", by=member("song"))
    with pytest.raises(PermissionDenied):
        verbs.approve(asked, by=member("song"))


def test_an_answer_stands_once_it_is_public(proposed, member):
    verbs.approve(proposed, by=member("wu"))
    with pytest.raises(ValidationError):
        verbs.answer(proposed, "另一种答复", by=member("zhou"))
    verbs.take_back(proposed, "法条已修改", by=member("wu"))
    assert not Consultation.objects.settled().exists()
    verbs.answer(proposed, "按新规定办理。", by=member("zhou"))


def test_who_answers_for_nothing_does_not_answer(asked, member):
    for name in ("chen", "gao", "wu"):
        with pytest.raises(PermissionDenied):
            verbs.answer(asked, "答复", by=member(name))


def test_an_instructor_answers_for_the_own_items_and_a_mentor_for_those_named(asked, member):
    other = verbs.ask(PowerItemFactory(), "别的事项的问题", by=member("chen"))
    with pytest.raises(PermissionDenied):
        verbs.answer(other, "答复", by=member("zhou"))
    mentor = MentorFactory(officer__user=member("mei"))
    verbs.answer(other, "答复", by=member("mei"))
    MentorScope.objects.create(mentor=mentor).items.add(asked.item)
    with pytest.raises(PermissionDenied):
        verbs.answer(other, "再答", by=member("mei"))
    verbs.answer(asked, "答复", by=member("mei"))


def test_an_empty_question_is_refused(member):
    with pytest.raises(ValidationError):
        verbs.ask(PowerItemFactory(), "？", by=member("chen"))


def test_only_who_asked_rates_the_answer(asked, member):
    verbs.answer(asked, "注明情况。", by=member("zhou"))
    verbs.rate(asked, 5, by=member("chen"))
    with pytest.raises(PermissionDenied):
        verbs.rate(asked, 1, by=member("gao"))
    asked.refresh_from_db()
    assert asked.points == 5


def test_who_approves_reads_a_question_only_once_there_is_something_to_approve(proposed, asked, member):
    other = verbs.ask(PowerItemFactory(), "别的问题怎么办？", by=member("chen"))
    assert can_read_question(member("wu"), proposed)
    assert not can_read_question(member("wu"), other)
    assert not can_read_question(member("gao"), proposed)
