"""What a reviewer looks at: the text as readers will see it, the law of the day, steps, checklist, remarks."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.urls import reverse

from casebook import actions
from casebook.citing import citations_of
from casebook.models import Case, CaseCheck, CaseComment
from casebook.review.as_of import law_of_the_day
from casebook.review.checklist import CHECKLIST, answers_of, unsettled
from tests import cast
from tests.factories.casebook import CaseFactory, in_review, public_case, section
from tests.factories.kb import RegulationFactory, RegulationVersionFactory

pytestmark = pytest.mark.django_db
LAW = "江城区市容管理办法"


@pytest.fixture
def law(db):
    """Two versions; the second is in force from 2026-03-15, between filing and decision of a case."""
    law = RegulationFactory(title=LAW)
    RegulationVersionFactory(regulation=law, articles={"33": ["责令改正。"]}, effective_to=dt.date(2026, 3, 15))
    RegulationVersionFactory(
        regulation=law, articles={"33": ["责令改正，处五百元罚款。"]}, effective_from=dt.date(2026, 3, 15)
    )
    return law


@pytest.fixture
def reviewer(as_member):
    call_command("set_up_roles", verbosity=0)
    return as_member("wu")


def page_of(client, case: Case) -> str:
    return client.get(reverse("casebook_review", args=[case.pk])).content.decode()


def the_law(case: Case):
    return law_of_the_day(case, citations_of(case), dt.date(2026, 6, 1))


def test_a_citation_is_read_on_the_day_of_the_conduct(law):
    case = in_review(penalty_basis=f"《{LAW}》第三十三条", conduct_on=dt.date(2026, 3, 1))
    (entry,) = the_law(case)
    assert entry.then.lines == ["责令改正。"] and entry.places == ["处罚条款"]
    assert entry.changed_before_decision and entry.changed_since


def test_without_a_day_of_conduct_the_filing_speaks(law):
    assert in_review(filed_on=dt.date(2026, 3, 20)).conduct_date == dt.date(2026, 3, 20)
    (entry,) = the_law(in_review(penalty_basis=f"《{LAW}》第三十三条", filed_on=dt.date(2026, 3, 20)))
    assert entry.then.lines == ["责令改正，处五百元罚款。"] and not entry.changed_before_decision


def test_unresolved_citations_come_first_and_in_red(law, reviewer):
    case = in_review(duty_basis=f"《{LAW}》第三十三条\n《没有的办法》第二条")
    assert [entry.is_resolved for entry in the_law(case)] == [False, True]
    assert "未识别的引文" in page_of(reviewer, case)


def test_a_draft_of_a_published_case_is_read_itself(law):
    case = public_case(duty_basis=f"《{LAW}》第三十三条")
    case.duty_basis = f"《{LAW}》第三十三条\n《没有的办法》第二条"
    case.save_revision(user=cast.member("lin"))
    draft = Case.objects.get(pk=case.pk).get_latest_revision_as_object()
    assert [entry.raw for entry in the_law(draft) if not entry.is_resolved] == ["《没有的办法》第二条"]


def test_the_reviewer_sees_what_readers_would_see(reviewer):
    case = CaseFactory(body=[section("facts", "甲店经营者王建国占道。")])
    case.save_revision()
    actions.add_replacement(case, "王建国", "王某", by=cast.member("lin"))
    page = page_of(reviewer, case)
    assert "王某占道" in page and "王建国" not in page


def test_the_page_says_which_steps_the_case_lacks(reviewer):
    page = page_of(reviewer, in_review(heard=True, decided_on=dt.date(2026, 7, 1)))
    assert "超过 90 日" in page and "经过听证程序而没有法制审核" in page


def answer(client, case: Case, **answers: str):
    return client.post(reverse("casebook_checks", args=[case.pk]), answers, follow=True)


def test_an_answer_keeps_its_remark_and_its_author(reviewer):
    case = in_review()
    answer(reviewer, case, anon_persons="fine", facts_proved="faulty", **{"facts_proved-remark": "缺少现场笔录"})
    check = CaseCheck.objects.get(case=case, code="facts_proved")
    assert check.remark == "缺少现场笔录" and check.checked_by == cast.member("wu")
    assert len(unsettled(case)) == len(CHECKLIST) - 1


def test_a_fault_without_a_remark_is_refused(reviewer):
    reply = answer(reviewer, in_review(), facts_proved="faulty")
    assert "请写明问题在哪里" in reply.content.decode() and not CaseCheck.objects.exists()


def test_an_answer_is_stale_when_the_text_changed(reviewer):
    case = in_review()
    actions.vouch_for_all(case, by=cast.member("wu"))
    case.body = [section("facts", "改过的案情。")]
    case.save_revision(user=cast.member("wu"))
    draft = Case.objects.get(pk=case.pk).get_latest_revision_as_object()
    assert all(one.stale for one in answers_of(draft)) and len(unsettled(draft)) == len(CHECKLIST)
    assert "请重新核对" in page_of(reviewer, case)


def test_the_author_cannot_answer_the_checklist(reviewer):
    case = in_review(author=cast.member("wu"))
    assert "不能审核自己的案例" in page_of(reviewer, case)
    assert reviewer.post(reverse("casebook_checks", args=[case.pk]), {"anon_persons": "fine"}).status_code in (302, 403)
    assert not CaseCheck.objects.exists()


def test_codes_of_the_checklist_are_unique_and_fit_their_column():
    codes = [line.code for line in CHECKLIST]
    assert len(set(codes)) == len(codes) and max(map(len, codes)) <= 30


def remark(client, case: Case, **values: str):
    return client.post(reverse("casebook_remark", args=[case.pk]), values, follow=True)


def test_a_remark_belongs_to_its_section_and_its_words(reviewer):
    case = in_review()
    place = case.sections()[0].field_name
    page = remark(reviewer, case, place=place, quote="当场责令改正", text="改成责令限期改正").content.decode()
    row = CaseComment.objects.get()
    assert (row.field_name, row.quote) == (place, "当场责令改正") and "改成责令限期改正" in page


def test_words_that_the_section_does_not_hold_are_refused(reviewer):
    case = in_review()
    page = remark(reviewer, case, place=case.sections()[0].field_name, quote="没有的话", text="改").content.decode()
    assert "没有“没有的话”" in page and not CaseComment.objects.exists()


def test_a_remark_is_answered_and_dealt_with(reviewer, client):
    case = in_review()
    first = actions.comment(case, "请补充裁量理由", by=cast.member("wu"))
    client.force_login(cast.member("lin"))
    assert "已补充" in remark(client, case, answers=str(first.pk), text="已补充").content.decode()
    client.force_login(cast.member("wu"))
    client.post(reverse("casebook_resolve", args=[case.pk, first.pk]))
    first.refresh_from_db()
    assert first.resolved_by == cast.member("wu") and first.replies.count() == 1


def test_open_remarks_stand_on_the_form_too(reviewer):
    case = in_review()
    actions.comment(case, "请补充裁量理由", by=cast.member("wu"))
    page = reviewer.get(reverse(Case.snippet_viewset.get_url_name("edit"), args=[case.pk])).content.decode()
    assert "没有处理的审核意见（1）" in page and "请补充裁量理由" in page


def test_htmx_gets_the_place_alone(reviewer):
    case = in_review()
    reply = reviewer.post(
        reverse("casebook_remark", args=[case.pk]), {"place": "", "text": "整体可以"}, headers={"HX-Request": "true"}
    )
    assert 'id="place-all"' in reply.content.decode() and "<html" not in reply.content.decode()


def test_revisions_are_compared_by_section(reviewer):
    case = in_review()
    case.body = [section("facts", case.sections()[0].text.replace("当场", "当日"))]
    case.save_revision(user=cast.member("wu"))
    view = Case.snippet_viewset.get_url_name("revisions_compare")
    page = reviewer.get(reverse(view, args=[case.pk, "earliest", "latest"])).content.decode()
    assert "<del>" in page and "<ins>" in page and "基本案情" in page


def test_the_page_costs_a_fixed_number_of_queries(law, reviewer, django_assert_max_num_queries):
    lines = "\n".join(f"《{LAW}》第三十三条" for _ in range(5))
    case = in_review(duty_basis=lines, penalty_basis=lines)
    for n in range(5):
        actions.comment(case, f"意见{n}", by=cast.member("wu"))
    page_of(reviewer, case)
    with django_assert_max_num_queries(70):
        page_of(reviewer, case)
