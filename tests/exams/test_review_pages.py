"""What reviewers see and press: the queue, the page of a question, many at once, and what the law has overtaken."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from exams.actions.bulk import approve_many
from exams.actions.questions import (
    create_question,
    recheck_questions,
    review_question,
    revise_question,
    stop_question,
)
from exams.bank.law import moves_of
from exams.bank.waiting import waiting_for
from exams.models import Question
from kb.models import ProvisionSuccession
from tests.factories.exams import judge, single
from tests.factories.kb import DomainFactory, RegulationFactory, RegulationVersionFactory

BASIS = "《江城区市容管理办法》第三十三条"
QUEUE = "/admin/questions/review/"


@pytest.fixture
def written(law, member):
    """`written("题", by="lin")` is a draft of that person."""

    def write(stem: str = "听证期限", by: str = "lin", basis: str = BASIS) -> Question:
        return create_question(single(stem, basis=basis), by=member(by), domain=DomainFactory())

    return write


def step(client, question: Question, verb: str, **data):
    client.post(f"/admin/questions/{question.pk}/step/{verb}/", data)
    question.refresh_from_db()
    return question


def codes(page) -> list[str]:
    return [entry["question"].code for entry in page.context["entries"]]


def counts(name: str, member) -> dict[str, int]:
    return {entry.label.removesuffix("的试题"): entry.count for entry in waiting_for(member(name))}


def test_one_press_approves_the_version_that_was_read(written, at_desk):
    question = step(at_desk("wu"), written(), "approve", seen="1")
    assert question.status == Question.Status.REVIEWED
    assert question.reviewer.username == "wu"


def test_an_older_page_approves_nothing(written, at_desk, member):
    question = written()
    revise_question(question, single("改过", basis=BASIS), by=member("lin"))
    assert step(at_desk("wu"), question, "approve", seen="1").status == Question.Status.DRAFT


def test_the_queue_leaves_out_what_the_reviewer_wrote(written, at_desk):
    others, own = written("别人的"), written("自己的", by="song")
    assert codes(at_desk("song").get(QUEUE)) == [others.code]
    assert codes(at_desk("wu").get(QUEUE)) == [others.code, own.code]


def test_whoever_wrote_or_changed_it_finds_no_button(written, at_desk):
    question = written(by="song")
    page = at_desk("song").get(f"/admin/questions/{question.pk}/")
    assert not page.context["may_approve"] and page.context["is_own"]
    assert step(at_desk("song"), question, "approve").status == Question.Status.DRAFT


def test_a_question_is_sent_back_with_a_remark_mended_and_submitted_again(written, at_desk, member):
    question = step(at_desk("wu"), written(), "return", text="选项丙也对")
    assert "选项丙也对" in question.review_reason
    assert codes(at_desk("wu").get(QUEUE)) == []
    assert counts("lin", member)["退回修改"] == 1
    assert "选项丙也对" in at_desk("lin").get(f"/admin/questions/{question.pk}/").content.decode()
    step(at_desk("lin"), question, "submit")
    assert counts("lin", member)["退回修改"] == 0
    assert codes(at_desk("wu").get(QUEUE)) == [question.code]


def test_the_ticked_ones_are_approved_and_the_others_named_with_the_reason(written, at_desk):
    good, bad, left = written("甲"), written("乙", basis="《没有的办法》第一条"), written("丙")
    client = at_desk("wu")
    page = client.post(f"{QUEUE}approve/", {"approve": [f"{good.pk}:1", f"{bad.pk}:1", "x"]}, follow=True)
    said = [str(message) for message in page.context["messages"]]
    assert said[0] == "已审定 1 道。"
    assert bad.code in said[1] and "没有的办法" in said[1]
    assert {one.code for one in Question.objects.drawable()} == {good.code}
    assert left.code in codes(client.get(QUEUE))


def test_many_at_once_approves_nothing_on_law_that_has_ended(written, law, member):
    question = written()
    law.versions.update(effective_to=dt.date(2026, 1, 1))
    approved, refused = approve_many([question], {question.pk: 1}, by=member("wu"))
    assert not approved and "没有效力" in refused[0][1]
    question.refresh_from_db()
    assert question.status == Question.Status.DRAFT


def test_only_reviewers_approve_many(written, member):
    with pytest.raises(PermissionDenied):
        approve_many([written()], {}, by=member("lin"))


def test_what_the_law_has_overtaken_shows_both_texts_and_is_approved_anew(written, amend, at_desk, member):
    question = written()
    review_question(question, by=member("wu"))
    amend(dt.date(2026, 6, 1))
    recheck_questions()
    client = at_desk("wu")
    page = client.get(f"{QUEUE}?why=law")
    (move,) = page.context["entries"][0]["moves"]
    old, new = _sides(move)
    assert "五日" in old and "七日" in new
    assert counts("wu", member)["待复核"] == 1
    client.post(f"{QUEUE}approve/", {"one": f"{question.pk}:1", "why": "law"})
    question.refresh_from_db()
    assert question.status == Question.Status.REVIEWED
    assert recheck_questions() == []
    assert "七日" in question.current.basis_rows.get().wording


def _sides(move) -> tuple[str, str]:
    old = "".join(piece.text for row in move.rows for piece in row.old)
    return old, "".join(piece.text for row in move.rows for piece in row.new)


def test_a_provision_that_moved_to_another_law_is_set_beside_its_successor(written, law, member):
    question = written()
    review_question(question, by=member("wu"))
    law.versions.update(effective_to=dt.date(2026, 6, 1))
    heir = RegulationFactory(title="江城区城市管理条例")
    RegulationVersionFactory(regulation=heir, effective_from=dt.date(2026, 6, 1), articles={"8": ["听证期限为十日。"]})
    ProvisionSuccession.objects.create(old_regulation=law, old_key="33", new_regulation=heir, new_key="8")
    (moved,) = recheck_questions()
    (move,) = moves_of([moved])[question.pk]
    old, new = _sides(move)
    assert "五日" in old and "十日" in new
    assert move.successor.citation == "《江城区城市管理条例》第八条"


def test_the_queue_asks_the_same_number_of_queries_for_one_and_for_twenty(
    written, amend, at_desk, member, django_assert_max_num_queries
):
    client = at_desk("wu")
    review_question(written("第0题"), by=member("wu"))
    for n in range(1, 5):
        review_question(written(f"第{n}题"), by=member("song"))
    amend(dt.date(2026, 6, 1))
    first, *others = recheck_questions()
    Question.objects.filter(pk__in=[one.pk for one in others]).update(status=Question.Status.STOPPED)
    client.get(f"{QUEUE}?why=law")
    with django_assert_max_num_queries(60) as few:
        client.get(f"{QUEUE}?why=law")
    Question.objects.filter(pk__in=[one.pk for one in others]).update(status=Question.Status.NEEDS_REVIEW)
    with django_assert_max_num_queries(len(few)):
        assert len(codes(client.get(f"{QUEUE}?why=law"))) == 5


def test_a_trainer_reads_the_queue_and_approves_nothing(written, at_desk):
    question = written()
    client = at_desk("lin")
    assert codes(client.get(QUEUE)) == [question.code]
    client.post(f"{QUEUE}approve/", {"approve": f"{question.pk}:1"})
    step(client, question, "approve", seen="1")
    assert question.status == Question.Status.DRAFT


def test_a_stopped_question_can_be_submitted_again(written, at_desk, member):
    question = written()
    stop_question(question, "重复", by=member("lin"))
    assert not waiting_for(member("wu"))[0].count
    assert step(at_desk("lin"), question, "submit").status == Question.Status.DRAFT


def test_a_question_of_every_standing_has_its_page(written, at_desk, amend, member):
    question = written()
    client = at_desk("song")
    for prepare in (
        lambda: None,
        lambda: review_question(question, by=member("wu")),
        lambda: (amend(dt.date(2026, 6, 1)), recheck_questions()),
        lambda: stop_question(Question.objects.get(), "重复", by=member("lin")),
    ):
        prepare()
        assert client.get(f"/admin/questions/{question.pk}/").status_code == 200


def test_history_puts_two_versions_side_by_side_and_names_who_did_what(written, at_desk, member):
    question = written()
    review_question(question, by=member("wu"))
    revise_question(question, single("听证期限多长", key="C", basis=BASIS), by=member("lin"), note="答案更正")
    page = at_desk("lin").get(f"/admin/questions/{question.pk}/history/")
    assert {one.label for one in page.context["differences"]} == {"题干", "答案"}
    assert [entry.verb for entry in page.context["entries"]] == ["修改试题", "审定试题", "新增试题"]
    assert "答案更正" in page.content.decode()
    same = at_desk("lin").get(f"/admin/questions/{question.pk}/history/?old=2&new=2")
    assert same.context["differences"] == []


def test_a_question_on_no_law_at_all_is_not_approved(member, at_desk):
    question = create_question(judge(), by=member("lin"), domain=DomainFactory())
    assert step(at_desk("wu"), question, "approve", seen="1").status == Question.Status.DRAFT


def test_the_home_page_says_what_waits(written, at_desk):
    written()
    assert "待审定的试题" in at_desk("wu").get("/admin/").content.decode()
