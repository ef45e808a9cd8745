"""What waits in the case library, and that a changed public case finds its way back to the public."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from casebook import actions
from casebook.models import Case
from casebook.review.steps import steps_open_to
from casebook.waiting import waiting_for
from tests import cast
from tests.factories.casebook import CaseFactory, in_review, made_public, public_case, section

pytestmark = pytest.mark.django_db


def counts(name: str) -> dict[str, int]:
    return {entry.label.removesuffix("的案例"): entry.count for entry in waiting_for(cast.member(name))}


def test_a_case_waits_for_one_step_after_the_other():
    case = CaseFactory()
    assert counts("lin")["待确认匿名"] == 1
    case = actions.confirm_anonymised(case, by=cast.member("lin"))
    assert counts("lin")["待送审"] == 1 and counts("lin")["待确认匿名"] == 0
    case = actions.submit(case, by=cast.member("lin"))
    assert counts("wu")["待法制审核"] == 1 and counts("lin")["待送审"] == 0
    actions.vouch_for_all(case, by=cast.member("wu"))
    case = actions.sign(case, by=cast.member("wu"))
    assert counts("wu")["待法制审核"] == 0 and counts("song")["待主编审定"] == 1
    actions.publish(case, by=cast.member("song"))
    assert set(counts("song").values()) == set(counts("lin").values()) == {0}


def test_nobody_is_asked_to_review_what_they_wrote_or_anonymised():
    in_review(author=cast.member("wu"))
    assert counts("wu")["待法制审核"] == 0


def test_a_returned_case_waits_for_who_can_mend_it():
    case = in_review(author=cast.member("gao"), street=cast.street())
    actions.send_back(case, by=cast.member("wu"), remark="第二段事实不清")
    assert counts("lin")["退回给我"] == counts("gao")["退回给我"] == 1
    assert counts("song")["退回给我"] == 0


def test_a_remark_waits_for_the_editors_of_the_case_until_it_is_dealt_with():
    case = in_review()
    remark = actions.comment(case, "请写明裁量理由", by=cast.member("wu"))
    assert counts("lin")["有意见待我处理"] == 1 and counts("wu")["有意见待我处理"] == 0
    actions.resolve_comment(remark, by=cast.member("wu"))
    assert counts("lin")["有意见待我处理"] == 0


def test_a_street_sees_what_waits_in_its_own_cases_only():
    CaseFactory(street=cast.street())
    CaseFactory()
    assert counts("gao")["待确认匿名"] == 1


def changed() -> Case:
    case = public_case()
    case.body = [section("facts", "另一段案情。")]
    case.save_revision(user=cast.member("lin"))
    return Case.objects.get(pk=case.pk)


def names(member: str, case: Case) -> list[str]:
    return [step.name for step in steps_open_to(cast.member(member), case)]


def test_a_changed_public_case_goes_the_whole_way_again_before_it_is_read():
    case = changed()
    assert counts("lin")["有未公开的修改"] == 1
    assert names("lin", case) == ["confirm"] and "sign" not in names("wu", case)
    made_public(case)
    assert counts("lin")["有未公开的修改"] == 0
    assert "另一段案情" in str(Case.objects.get(pk=case.pk).body)


def test_the_line_ends_of_a_form_lift_no_signature():
    case = public_case(duty_basis="《甲法》第一条\n《甲法》第二条")
    case.duty_basis = case.duty_basis.replace("\n", "\r\n")
    assert case.is_signed


def test_the_form_offers_no_publishing_around_the_signature(as_member):
    call_command("set_up_roles", verbosity=0)
    case = public_case()
    for name in ("lin", "song"):
        page = as_member(name).get(reverse(Case.snippet_viewset.get_url_name("edit"), args=[case.pk])).content.decode()
        assert "action-publish" not in page


def test_wagtails_own_way_off_the_site_leads_to_the_one_that_asks_for_a_reason(as_member):
    call_command("set_up_roles", verbosity=0)
    case = public_case()
    reply = as_member("song").post(reverse(Case.snippet_viewset.get_url_name("unpublish"), args=[case.pk]))
    assert reply.url == reverse("casebook_step", args=[case.pk, "withdraw"])
    assert Case.objects.published().get() == case


def test_the_list_is_filtered_by_what_is_due(as_member):
    call_command("set_up_roles", verbosity=0)
    CaseFactory(title="某店待匿名案")
    public_case(title="某店已公开案")
    page = as_member("lin").get(reverse(Case.snippet_viewset.get_url_name("list")), {"due": "anonymise"})
    assert "某店待匿名案" in page.content.decode() and "某店已公开案" not in page.content.decode()


def test_a_number_costs_one_query(django_assert_max_num_queries):
    user = cast.member("song")
    assert user.roles
    waiting_for(user)
    with django_assert_max_num_queries(9):
        waiting_for(user)
