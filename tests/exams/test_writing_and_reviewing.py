"""A question is written by one, approved by another, and stops being drawn when its law changes."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from exams.actions.questions import (
    OutdatedError,
    create_question,
    describe_question,
    recheck_questions,
    review_question,
    revise_question,
    send_back_question,
    stop_question,
    submit_again,
)
from exams.models import Question
from tests.factories.exams import judge, single
from tests.factories.kb import DomainFactory, RegulationVersionFactory

BASIS = "《江城区市容管理办法》第三十三条"


@pytest.fixture
def question(law, member):
    return create_question(single(basis=BASIS), by=member("lin"), domain=DomainFactory())


def test_a_reviewer_approves_what_somebody_else_wrote(question, member):
    review_question(question, by=member("wu"))
    question.refresh_from_db()
    assert question.status == Question.Status.REVIEWED
    assert question.current.basis_rows.get().key == "33"
    assert question in Question.objects.drawable()


def test_nobody_approves_the_own_question(law, member):
    question = create_question(single(basis=BASIS), by=member("song"), domain=DomainFactory())
    with pytest.raises(PermissionDenied):
        review_question(question, by=member("song"))


def test_an_officer_writes_no_questions(law, member):
    with pytest.raises(PermissionDenied):
        create_question(single(), by=member("chen"), domain=DomainFactory())


def test_a_question_without_a_provision_in_force_is_not_approved(law, member):
    for basis in ("", "《江城区市容管理办法》第九十九条"):
        question = create_question(single(f"依据为{basis}", basis=basis), by=member("lin"), domain=DomainFactory())
        with pytest.raises(ValidationError):
            review_question(question, by=member("wu"))


def test_the_same_stem_is_refused_whatever_its_punctuation(question, member):
    with pytest.raises(ValidationError, match=question.code):
        create_question(single("当事人要求听证的期限？", basis=BASIS), by=member("lin"), domain=DomainFactory())


def test_a_new_version_waits_for_approval_and_the_old_one_stays(question, member):
    """Peers 32: draft versions were offered and used."""
    review_question(question, by=member("wu"))
    before = question.current
    revise_question(question, single("当事人要求听证的期限是多少", basis=BASIS), by=member("lin"))
    question.refresh_from_db()
    assert question.status == Question.Status.DRAFT
    assert question.current == before
    assert before.content.parts[0].stem == "当事人要求听证的期限"
    assert question not in Question.objects.drawable()


def test_a_version_is_never_changed(question):
    version = question.versions.get()
    with pytest.raises(TypeError):
        version.save()


def test_a_changed_provision_takes_its_questions_out_of_use(question, law, member):
    review_question(question, by=member("wu"))
    assert recheck_questions() == []
    law.versions.update(effective_to=dt.date(2026, 6, 1))
    RegulationVersionFactory(regulation=law, effective_from=dt.date(2026, 6, 1), articles={"33": ["听证期限为七日。"]})
    assert recheck_questions([law.pk]) == [question]
    question.refresh_from_db()
    assert question.status == Question.Status.NEEDS_REVIEW
    assert "第三十三条" in question.review_reason


def test_the_change_of_another_article_touches_no_question(question, law, member):
    review_question(question, by=member("wu"))
    law.versions.update(effective_to=dt.date(2026, 6, 1))
    RegulationVersionFactory(
        regulation=law, effective_from=dt.date(2026, 6, 1), articles={"33": ["听证期限为五日。"], "34": ["新。"]}
    )
    assert recheck_questions() == []


def test_stopping_a_question_takes_a_reason(question, member):
    with pytest.raises(ValidationError):
        stop_question(question, " ", by=member("lin"))
    stop_question(question, "与另一题重复", by=member("lin"))
    question.refresh_from_db()
    assert question.status == Question.Status.STOPPED


def test_the_kind_of_a_question_stays(question, member):
    with pytest.raises(ValidationError, match="题型"):
        revise_question(question, judge(), by=member("lin"))


def test_of_two_editors_the_second_is_told_of_the_first(question, member):
    revise_question(question, single("听证的期限", basis=BASIS), by=member("song"), based_on=1)
    with pytest.raises(OutdatedError, match="song") as refused:
        revise_question(question, single("听证期限有多长", basis=BASIS), by=member("lin"), based_on=1)
    assert refused.value.newest.content.title == "听证的期限"
    assert question.versions.count() == 2


def test_a_reviewer_approves_only_the_version_that_was_read(question, member):
    revise_question(question, single("听证的期限", basis=BASIS), by=member("lin"))
    with pytest.raises(OutdatedError):
        review_question(question, by=member("wu"), seen=1)


def test_a_question_sent_back_waits_for_its_writer_and_not_for_reviewers(question, member):
    with pytest.raises(ValidationError, match="理由"):
        send_back_question(question, "", by=member("wu"))
    send_back_question(question, "选项丙也对", by=member("wu"))
    assert question in Question.objects.sent_back()
    assert question not in Question.objects.waiting()
    submit_again(question, by=member("lin"))
    assert question in Question.objects.waiting()


def test_a_draft_that_waits_anyway_is_not_submitted_again(question, member):
    with pytest.raises(ValidationError, match="重新送审"):
        submit_again(question, by=member("lin"))


def test_where_a_question_belongs_changes_without_a_new_version(question, member):
    review_question(question, by=member("wu"))
    described = {"domain": question.domain, "items": [], "origin": "自编", "by": member("lin")}
    assert not describe_question(question, difficulty=3, **described)
    assert describe_question(question, difficulty=5, **described)
    question.refresh_from_db()
    assert (question.difficulty, question.status) == (5, Question.Status.REVIEWED)
    assert question.versions.count() == 1
