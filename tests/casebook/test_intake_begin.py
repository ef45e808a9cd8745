"""A case begins with what a draft cannot be without; the text is typed where it is saved every few seconds."""

import pytest
from django.conf import settings
from django.core.management import call_command
from django.urls import reverse

from casebook.models import Case
from tests import cast
from tests.factories.kb import DomainFactory

ADD = Case.snippet_viewset.get_url_name("add")


@pytest.fixture
def lin(as_member):
    call_command("set_up_roles", verbosity=0)
    return as_member("lin")


def test_the_first_form_asks_for_no_text_and_proposes_a_number(lin):
    page = lin.get(reverse(ADD))
    fields = set(page.context["form"].fields)
    assert {"title", "case_no", "domain"} <= fields and "body" not in fields
    assert page.context["form"]["case_no"].value().endswith("-01")


def test_saving_it_leads_to_the_form_of_the_draft(lin):
    domain = DomainFactory()
    data = {"title": "某店案", "case_no": "2026Q4-01", "kind": "penalty", "domain": domain.pk, "street": ""}
    answer = lin.post(reverse(ADD), data)
    case = Case.objects.get()
    assert answer.url == reverse(Case.snippet_viewset.get_url_name("edit"), args=[case.pk])
    assert (case.live, case.author) == (False, cast.member("lin"))


def test_a_draft_saves_itself_at_least_every_30_seconds():
    assert 0 < settings.WAGTAIL_AUTOSAVE_INTERVAL <= 30_000
