"""Verbs by roles by authorship: one table of who may do what with a case, and when."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.urls import reverse
from wagtail.permissions import policy_registry

from casebook import actions, permissions
from casebook.models import Case
from tests import cast
from tests.factories.casebook import CaseFactory, in_review, public_case, signed
from tests.factories.people import UnitFactory

pytestmark = pytest.mark.django_db

# Gao administers the cases' street; Lin trains; Wu reviews; Song is the chief editor.
TABLE = {
    "draft": {
        "see_case": "gao lin wu song",
        "edit_case": "gao lin song",
        "confirm_anonymised": "lin song",
        "submit": "gao lin song",
        "sign": "",
        "publish": "",
        "send_back": "",
        "cancel_review": "",
        "delete_case": "lin song",
        "comment": "gao lin wu song",
    },
    "legal": {
        "see_case": "gao lin wu song",
        "edit_case": "wu",
        "confirm_anonymised": "",
        "submit": "",
        "sign": "wu",
        "publish": "",
        "send_back": "wu",
        "cancel_review": "gao lin song",
        "delete_case": "",
        "comment": "gao lin wu song",
    },
    "chief": {
        "see_case": "gao lin wu song",
        "edit_case": "song",
        "confirm_anonymised": "",
        "submit": "",
        "sign": "",
        "publish": "song",
        "send_back": "song",
        "cancel_review": "gao lin song",
        "delete_case": "",
        "comment": "gao lin wu song",
    },
}
MAKE = {"draft": CaseFactory, "legal": in_review, "chief": signed}


def allowed(verb: str, case: Case) -> set[str]:
    ask = getattr(permissions, f"can_{verb}")
    return {name for name in cast.CAST if ask(cast.member(name), case)}


@pytest.mark.parametrize("stage", TABLE)
def test_who_may_do_what_at_each_stage(stage):
    case = MAKE[stage](street=cast.street())
    assert {verb: allowed(verb, case) for verb in TABLE[stage]} == {
        verb: set(names.split()) for verb, names in TABLE[stage].items()
    }


@pytest.mark.parametrize("stage", TABLE)
def test_another_street_s_administrator_may_nothing(stage):
    case = MAKE[stage](street=UnitFactory())
    assert not any("gao" in allowed(verb, case) for verb in TABLE[stage])


@pytest.mark.parametrize("part", ["author", "anonymised_by"])
def test_the_reviewer_is_neither_author_nor_anonymiser(part):
    case = in_review()
    setattr(case, part, cast.member("wu"))
    assert allowed("sign", case) == allowed("send_back", case) == allowed("edit_case", case) == set()


def test_who_signed_does_not_publish():
    case = signed()
    case.signed_by = cast.member("song")
    assert allowed("publish", case) == set()


def test_the_verbs_ask_the_same_rules(member):
    case = in_review(author=member("wu"))
    for verb in (actions.sign, actions.publish):
        with pytest.raises(PermissionDenied):
            verb(case, by=member("wu"))
    with pytest.raises(PermissionDenied):
        actions.submit(case, by=member("lin"))


def test_a_street_meets_its_own_cases_only(as_member):
    call_command("set_up_roles", verbosity=0)
    own, other = CaseFactory(street=cast.street(), title="本街案例"), CaseFactory(title="别街案例")
    gao = as_member("gao")
    page = gao.get(reverse(Case.snippet_viewset.get_url_name("list"))).content.decode()
    assert "本街案例" in page and "别街案例" not in page
    for view in ("edit", "history", "usage", "workflow_history"):
        address = Case.snippet_viewset.get_url_name(view)
        assert gao.get(reverse(address, args=[own.pk])).status_code == 200
        assert gao.get(reverse(address, args=[other.pk])).status_code in (302, 403)
    assert gao.get(reverse("casebook_review", args=[other.pk])).status_code in (302, 403)


def test_choosers_and_reports_name_no_case_of_another_street(as_member):
    call_command("set_up_roles", verbosity=0)
    own, other = CaseFactory(street=cast.street(), title="本街案例"), CaseFactory(title="别街案例")
    chooser = Case.snippet_viewset.chooser_viewset
    html = as_member("gao").get(reverse(chooser.get_url_name("choose_results"))).content.decode()
    assert own.title in html and other.title not in html
    policy = policy_registry.get_by_type(Case)
    assert list(policy.instances_user_has_any_permission_for(cast.member("gao"), ["change"])) == [own]
    assert not policy.user_has_permission_for_instance(cast.member("gao"), "delete", other)


def test_a_street_writes_for_itself(as_member):
    call_command("set_up_roles", verbosity=0)
    page = as_member("gao").get(reverse(Case.snippet_viewset.get_url_name("add")))
    form = page.context["form"]
    assert form.fields["street"].disabled and form.initial["street"] == cast.street().pk


def test_what_readers_saw_is_not_deleted():
    assert allowed("delete_case", public_case()) == set()


def test_a_returned_case_is_with_its_editors_again(member):
    case = in_review(street=cast.street())
    with pytest.raises(ValidationError, match="退回的理由"):
        actions.send_back(case, by=member("wu"), remark=" ")
    actions.send_back(case, by=member("wu"), remark="事实不清")
    assert allowed("edit_case", case) == {"gao", "lin", "song"}
