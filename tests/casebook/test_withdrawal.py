"""A published case is taken down in one step, and comes back only by a new review."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.urls import reverse

from casebook import actions
from casebook.models import Case, Stage
from casebook.models.workflow import stage_of
from people.models import AuditEntry
from tests import cast
from tests.factories.casebook import CaseFactory, made_public, public_case, section

pytestmark = pytest.mark.django_db


def taken_down(**values) -> Case:
    case = public_case(**values)
    return actions.withdraw(case, by=cast.member("song"), reason="当事人申请更正，决定已撤销")


def test_the_page_says_that_it_is_gone_and_nothing_of_the_case(client):
    case = taken_down(title="某烧烤店占道案")
    reply = client.get(case.get_absolute_url())
    page = reply.content.decode()
    assert reply.status_code == 410 and "本案例已撤下" in page
    assert "某烧烤店" not in page and "当场责令改正" not in page and "申请更正" not in page


def test_it_leaves_the_lists_at_once(client):
    case = taken_down(title="某烧烤店占道案")
    assert "某烧烤店占道案" not in client.get(reverse("casebook:cases")).content.decode()
    assert case not in Case.objects.released()


def test_it_leaves_what_search_reads():
    from search.documents.cases import CASES

    case = taken_down()
    assert list(CASES.documents([case.pk])) == []


def test_the_reason_is_on_the_audit_trail_and_needed():
    case = public_case()
    with pytest.raises(ValidationError, match="撤下的理由"):
        actions.withdraw(case, by=cast.member("song"), reason="  ")
    actions.withdraw(case, by=cast.member("song"), reason="决定被撤销")
    entry = AuditEntry.objects.get(verb="撤下案例")
    assert entry.detail == "决定被撤销" and entry.actor == cast.member("song")


@pytest.mark.parametrize("name", ["chen", "gao", "lin", "mei", "zhou"])
def test_only_reviewers_and_the_bureau_take_a_case_down(name):
    with pytest.raises(PermissionDenied):
        actions.withdraw(public_case(), by=cast.member(name), reason="理由")


def test_what_is_not_published_need_not_be_taken_down():
    with pytest.raises(ValidationError, match="没有发布"):
        actions.withdraw(CaseFactory(), by=cast.member("song"), reason="理由")


def test_taking_down_ends_a_review_of_changes():
    case = public_case()
    lin = cast.member("lin")
    case.body = [section("facts", "修改后的案情。")]
    case.save_revision(user=lin)
    actions.submit(actions.confirm_anonymised(case, by=lin), by=lin)
    actions.withdraw(case, by=cast.member("song"), reason="决定被撤销")
    assert stage_of(Case.objects.get(pk=case.pk)) == Stage.DRAFT


def test_it_comes_back_only_by_a_new_signature(client):
    case = taken_down()
    assert case.signed_by is None
    with pytest.raises(PermissionDenied):
        actions.publish(case, by=cast.member("song"))
    assert made_public(case).withdrawn_at is None
    assert client.get(case.get_absolute_url()).status_code == 200


def test_an_old_revision_does_not_bring_it_back():
    case = taken_down()
    draft = case.revisions.order_by("pk").first().as_object()
    assert draft.withdrawn_at is not None and not draft.is_released


def test_the_step_asks_for_the_reason_and_names_the_three_days(as_member):
    call_command("set_up_roles", verbosity=0)
    case = public_case()
    address = reverse("casebook_step", args=[case.pk, "withdraw"])
    song = as_member("song")
    assert "三日内" in song.get(address).content.decode()
    assert "撤下的理由" in song.post(address, {"text": ""}).content.decode()
    song.post(address, {"text": "决定被撤销"})
    assert Case.objects.released().count() == 0


def test_who_works_on_it_still_reads_it(as_member):
    assert as_member("wu").get(taken_down().get_absolute_url()).status_code == 200
