"""Only what one person anonymised and another signed is before the public."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from casebook import actions
from casebook.models import Case, Replacement
from people.models import AuditEntry
from tests.factories.casebook import CaseFactory, in_review, made_public, public_case, section, signed

pytestmark = pytest.mark.django_db


def status_of(client, case: Case) -> int:
    return client.get(case.get_absolute_url()).status_code


def test_a_draft_is_not_found_by_the_public(client):
    case = CaseFactory()
    assert status_of(client, case) == 404
    assert case not in Case.objects.published()


def test_a_draft_is_shown_with_a_warning_to_those_who_work_on_it(as_member):
    case = CaseFactory()
    reply = as_member("wu").get(case.get_absolute_url())
    assert reply.status_code == 200
    assert "尚未公开" in reply.content.decode()


def test_a_street_officer_sees_no_drafts(as_member):
    assert status_of(as_member("chen"), CaseFactory()) == 404


def test_a_live_case_without_a_signature_stays_hidden(client, member):
    case = CaseFactory(live=True, anonymised_by=member("lin"))
    assert status_of(client, case) == 404


def test_a_signed_and_published_case_is_public(client):
    case = public_case()
    assert status_of(client, case) == 200
    assert list(Case.objects.published()) == [case]


def test_an_internal_case_is_never_public_even_when_signed(client):
    case = public_case(anonymity=Case.Anonymity.INTERNAL)
    assert case.live and case.signed_by_id
    assert status_of(client, case) == 404


def test_the_database_refuses_one_person_in_both_places(member):
    song = member("song")
    case = CaseFactory(anonymised_by=song)
    case.signed_by, case.signed_digest = song, case.text_digest()
    with pytest.raises(ValidationError, match="审签人不能是匿名处理人本人"):
        case.full_clean()


def test_nothing_is_handed_in_that_nobody_anonymised(member):
    with pytest.raises(ValidationError, match="尚未确认匿名"):
        actions.submit(CaseFactory(), by=member("lin"))


def test_a_text_changed_after_the_confirmation_is_confirmed_again(member):
    case = actions.confirm_anonymised(CaseFactory(), by=member("lin"))
    case.body = [section("facts", "王某住在某路 3 号。")]
    case.save()
    case.save_revision(user=member("lin"))
    with pytest.raises(ValidationError, match="确认之后改过内容"):
        actions.submit(case, by=member("lin"))


def test_nothing_is_handed_in_with_an_open_finding(member):
    case = actions.confirm_anonymised(CaseFactory(), by=member("lin"))
    case.replacements.add(Replacement(kind=Replacement.Kind.PERSON, original="某店"))
    case.save_revision(user=member("lin"))
    with pytest.raises(ValidationError, match="还有可识别信息没有处理：“某店”"):
        actions.submit(case, by=member("lin"))


def test_nothing_is_signed_before_the_checklist_is_answered(member):
    with pytest.raises(ValidationError, match="审核清单还有 22 项"):
        actions.sign(in_review(), by=member("wu"))


def test_nothing_unsigned_is_published(member):
    with pytest.raises(PermissionDenied):
        actions.publish(in_review(), by=member("song"))


def test_what_changed_after_the_signature_is_not_published(member):
    case = signed()
    case.body = [section("facts", "改动后的内容。")]
    case.save_revision(user=member("song"))
    with pytest.raises(ValidationError, match="审签后内容有改动"):
        actions.publish(case, by=member("song"))


def test_a_changed_text_loses_its_signature(client):
    case = public_case()
    case.body = [section("facts", "改动后的内容提到了王某的住址。")]
    case.save()
    case.refresh_from_db()
    assert case.signed_by is None
    assert status_of(client, case) == 404


def test_a_draft_of_a_change_leaves_the_signed_text_before_the_public(client, member):
    case = public_case()
    draft = case.get_latest_revision_as_object()
    draft.body = [section("facts", "尚未审签的修改。")]
    draft.save_revision(user=member("lin"))
    page = client.get(case.get_absolute_url()).content.decode()
    assert "尚未审签的修改" not in page and "当场责令改正" in page
    renewed = made_public(case)
    assert "尚未审签的修改" in client.get(renewed.get_absolute_url()).content.decode()


def test_an_internal_case_is_read_by_the_staff_and_by_nobody_else(as_member, client):
    case = public_case(anonymity=Case.Anonymity.INTERNAL)
    assert status_of(client, case) == 404
    assert status_of(as_member("chen"), case) == 200
    assert case in Case.objects.released() and case not in Case.objects.published()


def test_each_step_is_on_the_audit_trail():
    made_public(CaseFactory())
    assert set(AuditEntry.objects.values_list("verb", flat=True)) >= {"确认匿名", "送审案例", "审签案例", "发布案例"}


def test_the_list_shows_public_cases_only(client):
    shown, hidden = public_case(), CaseFactory()
    page = client.get(reverse("casebook:cases")).content.decode()
    assert shown.title in page and hidden.title not in page
