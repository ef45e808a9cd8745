"""The address of a case holds no name: it is the number, or the title as readers see it."""

import pytest

from casebook import actions
from casebook.models import Case, FormerAddress, Replacement
from tests import cast
from tests.factories.casebook import CaseFactory, made_public, public_case, section

pytestmark = pytest.mark.django_db
NAMED = "王建国占用道路案"


def named_case(**values) -> Case:
    """A draft whose title and typed address hold a name that is replaced."""
    case = CaseFactory(title=NAMED, body=[section("facts", "王建国占用道路。")], **values)
    case.replacements = [Replacement(kind="person", original="王建国", shown="王某", decision="accepted")]
    case.save_revision()
    return case


@pytest.mark.parametrize("slug", [NAMED, "wangjianguo-zhandao"])
def test_a_typed_address_becomes_the_shown_title_at_publication(slug, client):
    case = made_public(named_case(slug=slug))
    assert case.slug == "王某占用道路案"
    assert client.get(case.get_absolute_url()).status_code == 200
    assert client.get(f"/cases/{slug}/").status_code == 404


def test_the_number_is_an_address_that_stays(client):
    case = public_case(title=NAMED, case_no="2026Q3-77", slug="2026q3-77")
    assert case.get_absolute_url() == "/cases/2026q3-77/"
    assert not FormerAddress.objects.exists()


def test_the_number_leads_to_a_case_that_has_another_address(client):
    case = made_public(named_case(slug="x", case_no="2026Q3-77"))
    assert client.get("/cases/2026q3-77/").url == case.get_absolute_url()


def test_the_old_address_leads_on_for_who_works_on_the_case_only(as_member, client):
    case = made_public(named_case(slug=NAMED, street=cast.street()))
    for name, found in (("wu", True), ("gao", True), ("chen", False), ("zhou", False)):
        reply = as_member(name).get(f"/cases/{NAMED}/")
        assert (reply.status_code, reply.headers.get("Location")) == (
            (302, case.get_absolute_url()) if found else (404, None)
        )


def test_a_draft_is_not_found_by_its_number(client, as_member):
    draft = CaseFactory(slug="x", case_no="2026Q3-78")
    assert client.get("/cases/2026q3-78/").status_code == 404
    assert as_member("lin").get("/cases/2026q3-78/").url == draft.get_absolute_url()


def test_two_cases_of_one_title_have_addresses_of_their_own():
    first, second = (made_public(CaseFactory(title="某店占道案", slug=slug)) for slug in ("a", "b"))
    assert first.slug == "某店占道案"
    assert second.slug == f"某店占道案-{second.case_no.lower()}"


def test_a_name_found_later_leaves_the_address_with_the_next_publication(client):
    case = made_public(CaseFactory(title=NAMED, slug="x", body=[section("facts", "王建国占用道路。")]))
    assert case.slug == NAMED
    draft = case.get_latest_revision_as_object()
    draft.replacements = [Replacement(kind="person", original="王建国", shown="王某", decision="accepted")]
    draft.save_revision()
    case = made_public(case)
    assert case.slug == "王某占用道路案"
    assert client.get(f"/cases/{NAMED}/").status_code == 404
    assert set(FormerAddress.objects.values_list("slug", flat=True)) == {"x", NAMED}


def test_whatever_publishes_a_case_its_address_is_settled(member):
    case = actions.release(named_case(slug=NAMED), by=member("lin"), signer=member("wu"))
    case.latest_revision.publish()  # past our verbs, as a script might
    assert Case.objects.get(pk=case.pk).slug == "王某占用道路案"
