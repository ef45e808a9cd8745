"""Many questions are written and approved by the rules for one, in as many queries as for one."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exams.actions.bulk import NewQuestion, approve_many, create_questions
from exams.actions.questions import create_question, revise_question
from exams.content import Content, Kind, Part
from exams.models import Question, QuestionBasis
from kb.models import Citation
from people.models import AuditEntry
from tests.factories.exams import judge, multiple, single
from tests.factories.kb import DomainFactory, PowerItemFactory

BASIS = "《江城区市容管理办法》第三十三条"
NOWHERE = "《江城区市容管理办法》第九十九条"


@pytest.fixture
def domain(law):
    return DomainFactory(slug="general", name="通用程序")


def group() -> Content:
    parts = (Part(Kind.JUDGE, "甲", key="T", basis=BASIS), Part(Kind.JUDGE, "乙", key="F", basis=NOWHERE))
    return Content(Kind.GROUP, parts, "某店占道")


def rows_of(question: Question) -> dict:
    """Everything that is stored of a question but its keys."""
    question.refresh_from_db()
    version = question.newest
    basis = version.basis_rows.order_by("part_no").values_list("part_no", "raw", "regulation", "key", "digest")
    cited = Citation.objects.of_source(question).values_list("field_name", "raw", "status", "key")
    return {
        "question": [question.kind, question.status, question.domain_id, question.difficulty, question.origin],
        "version": [version.version_no, version.title, version.body, version.words, version.made_by_id],
        "basis": list(basis),
        "cited": list(cited),
        "items": sorted(question.items.values_list("pk", flat=True)),
        "said": list(AuditEntry.objects.filter(target_id=str(question.pk)).values_list("verb", "actor_id")),
    }


def test_a_question_of_many_is_stored_like_one_alone(domain, member):
    item = PowerItemFactory()
    values = {"domain": domain, "difficulty": 4, "origin": "真题回忆"}
    alone = create_question(group(), by=member("lin"), items=[item], **values)
    stored = rows_of(alone)
    Question.objects.filter(pk=alone.pk).update(stem_digest="")
    (among,) = create_questions([NewQuestion(group(), items=(item,), **values)], by=member("lin"))
    assert rows_of(among) == stored
    assert stored["basis"][0][3] == "33" and stored["basis"][1][2] is None


def test_codes_go_on_from_the_highest_and_given_ones_are_kept(domain):
    create_question(single(), by=None, domain=domain, code="Q000041")
    new = [
        NewQuestion(judge("甲"), domain),
        NewQuestion(judge("乙"), domain, code="Q000042"),
        NewQuestion(judge("丙"), domain),
    ]
    assert [one.code for one in create_questions(new, by=None)] == ["Q000043", "Q000042", "Q000044"]


@pytest.mark.parametrize(
    ("contents", "codes", "said"),
    [
        ([single("新题"), single("当事人要求听证的期限？")], ["", ""], "Q000007"),
        ([single("甲"), single("甲。")], ["", ""], "相同的题"),
        ([single("甲", key="")], [""], "没有答案"),
        ([single("甲")], ["Q000007"], "编号重复"),
        ([single("甲"), single("乙")], ["Q000008", "Q000008"], "编号重复"),
    ],
)
def test_all_are_written_or_none(domain, contents, codes, said):
    """Complaint 44: the same stem must not overwrite."""
    create_question(single(), by=None, domain=domain, code="Q000007")
    new = [NewQuestion(content, domain, code=code) for content, code in zip(contents, codes, strict=True)]
    with pytest.raises(ValidationError, match=said):
        create_questions(new, by=None)
    assert Question.objects.count() == 1


def test_an_officer_writes_no_questions(domain, member):
    with pytest.raises(PermissionDenied):
        create_questions([NewQuestion(single(), domain)], by=member("chen"))


def written(count: int, domain, by) -> list[Question]:
    kinds = (single, multiple, judge)
    contents = [kinds[n % 3](f"{count} 题中的第 {n} 题", basis=BASIS) for n in range(count)]
    return create_questions([NewQuestion(one, domain) for one in contents], by=by)


def test_writing_and_approving_fifty_asks_as_many_queries_as_one(domain, member):
    def queries(count: int) -> tuple[int, int]:
        with CaptureQueriesContext(connection) as writing:
            questions = written(count, domain, member("lin"))
        with CaptureQueriesContext(connection) as approving:
            approve_many(questions, {one.pk: 1 for one in questions}, by=member("wu"))
        return len(writing), len(approving)

    queries(2)
    assert queries(50) == queries(3)


def test_each_is_approved_on_its_own(domain, member):
    """One without a provision and one that has been changed since stay drafts; the others are in use."""
    good, bad, outdated = create_questions(
        [
            NewQuestion(judge(stem, basis=basis), domain)
            for stem, basis in (("甲", BASIS), ("乙", NOWHERE), ("丙", BASIS))
        ],
        by=member("lin"),
    )
    revise_question(outdated, judge("丙丙", basis=BASIS), by=member("lin"))
    approved, refused = approve_many([good, bad, outdated], {good.pk: 1, bad.pk: 1, outdated.pk: 1}, by=member("wu"))
    assert approved == [good]
    assert [one for one, _ in refused] == [bad, outdated]
    assert "第九十九条" in refused[0][1] and "第 2 版" in refused[1][1]
    assert list(Question.objects.drawable()) == [good]
    good.refresh_from_db()
    assert (good.reviewer, good.current) == (member("wu"), good.newest)
    assert QuestionBasis.objects.filter(version=good.current).count() == 1
