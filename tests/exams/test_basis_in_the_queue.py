"""A basis that leads nowhere waits in kb's queue of citations, and what a person decides there counts."""

import pytest
from django.core.exceptions import ValidationError

from exams.actions.questions import create_question, review_question, revise_question
from exams.content import Content, Kind, Part
from kb.actions.citations import dismiss_citation, resolve_citation
from kb.models import Citation
from kb.reading.cited_by import citing, counts_of
from tests.factories.exams import single
from tests.factories.kb import DomainFactory

NICKNAME = "《市容老办法》第三十三条"


@pytest.fixture
def question(law, member):
    return create_question(single(basis=NICKNAME), by=member("lin"), domain=DomainFactory())


def test_an_unknown_name_waits_in_the_queue_and_its_question_is_not_approved(question, member):
    waiting = Citation.objects.waiting().get()
    assert (waiting.source, waiting.raw) == (question, NICKNAME)
    with pytest.raises(ValidationError, match="市容老办法"):
        review_question(question, by=member("wu"))


def test_what_a_person_resolved_is_used_by_the_next_approval_and_version(question, law, member):
    resolve_citation(Citation.objects.waiting().get(), regulation=law, key="33", by=member("wu"))
    review_question(question, by=member("wu"))
    assert question.current.basis_rows.get().key == "33"
    version = revise_question(question, single("听证期限", basis=NICKNAME), by=member("lin"))
    assert version.basis_rows.get().regulation == law


def test_the_queue_and_the_reviewers_page_lead_to_each_other(question, law, member, at_desk):
    client = at_desk("wu")
    assert f"/admin/questions/{question.pk}/" in client.get("/admin/citations/").content.decode()
    queue = "/admin/questions/review/"
    assert "没有对应的条文" in client.get(queue).content.decode()
    resolve_citation(Citation.objects.waiting().get(), regulation=law, key="33", by=member("wu"))
    assert "听证期限为五日。" in client.get(queue).content.decode()


def test_what_a_person_dismissed_is_no_basis(question, member):
    dismiss_citation(Citation.objects.waiting().get(), by=member("wu"), reason="不是法规")
    with pytest.raises(ValidationError, match="没有写明依据"):
        review_question(question, by=member("wu"))


def test_citations_follow_the_text_and_those_of_parts_that_are_gone_go(law, member):
    parts = (Part(Kind.JUDGE, "甲", key="T", basis=NICKNAME), Part(Kind.JUDGE, "乙", key="F", basis=NICKNAME))
    group = create_question(Content(Kind.GROUP, parts, "某店占道"), by=member("lin"), domain=DomainFactory())
    assert Citation.objects.of_source(group).count() == 2
    revise_question(group, Content(Kind.GROUP, parts[:1], "某店占道"), by=member("lin"))
    assert Citation.objects.of_source(group).count() == 1


def test_the_public_is_not_told_that_a_question_cites_a_provision(law, member):
    question = create_question(
        single(basis="《江城区市容管理办法》第三十三条"), by=member("lin"), domain=DomainFactory()
    )
    on = question.newest.read_on
    assert Citation.objects.resolved().filter(regulation=law).exists()
    assert citing(law, "33", on) == []
    assert counts_of(law, on) == {}
