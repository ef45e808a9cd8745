"""What waits in the case library, and that a changed public case finds its way back to the public."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from casebook import actions
from casebook.models import Case
from casebook.signing import steps_open_to
from casebook.waiting import waiting_for
from tests import cast
from tests.factories.casebook import CaseFactory, public_case, section

pytestmark = pytest.mark.django_db


def counts(name: str) -> dict[str, int]:
    return {entry.label.removesuffix("的案例"): entry.count for entry in waiting_for(cast.member(name))}


def test_a_case_waits_for_one_step_after_the_other():
    case = CaseFactory()
    assert counts("song")["待确认匿名"] == 1
    case = actions.confirm_anonymised(case, by=cast.member("lin"))
    assert counts("wu")["待审签"] == 1 and counts("song")["待确认匿名"] == 0
    case = actions.sign(case, by=cast.member("wu"))
    assert counts("wu")["待审签"] == 0 and counts("wu")["待发布"] == 1
    actions.publish(case, by=cast.member("wu"))
    assert set(counts("song").values()) == {0}


def test_nobody_is_asked_to_sign_what_they_anonymised():
    actions.confirm_anonymised(CaseFactory(), by=cast.member("song"))
    assert counts("song")["待审签"] == 0 and counts("wu")["待审签"] == 1


def changed() -> Case:
    case = public_case()
    case.body = [section("facts", "另一段案情。")]
    case.save_revision(user=cast.member("lin"))
    return Case.objects.get(pk=case.pk)


def labels(name: str, case: Case) -> list[str]:
    return [label for label, _ in steps_open_to(cast.member(name), case)]


def test_a_changed_public_case_is_signed_again_before_it_is_published():
    case = changed()
    assert counts("wu")["有未公开的修改"] == 1
    assert labels("lin", case) == ["确认匿名"] and labels("wu", case) == ["审签"]
    case = actions.sign(case, by=cast.member("wu"))
    assert labels("wu", Case.objects.get(pk=case.pk)) == ["发布"]
    actions.publish(case, by=cast.member("wu"))
    assert counts("wu")["有未公开的修改"] == 0 and Case.objects.published().get() == case


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


def test_only_who_publishes_may_take_a_case_off_the_site(as_member):
    call_command("set_up_roles", verbosity=0)
    address = reverse(Case.snippet_viewset.get_url_name("unpublish"), args=[public_case().pk])
    assert as_member("lin").get(address).status_code == 302
    assert as_member("wu").get(address).status_code == 200


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
    with django_assert_max_num_queries(5):
        waiting_for(user)
