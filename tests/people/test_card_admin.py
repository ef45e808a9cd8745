"""The register in the Wagtail admin: lists by what is due, a card's history, and pages that ask day and reason."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail import hooks

from people.actions.cards import renew_card, suspend_card
from people.models import AuditEntry, Card, CardEvent
from tests.factories.people import CardFactory, CardIssuerFactory, OfficerFactory

pytestmark = pytest.mark.django_db


def ahead(days):
    return timezone.localdate() + dt.timedelta(days=days)


@pytest.fixture
def bureau(as_member):
    call_command("set_up_roles", verbosity=0)
    return as_member("song")


@pytest.fixture
def card():
    officer = OfficerFactory(name="陈某", in_enforcement_post=True)
    return CardFactory(officer=officer, card_no="JC1", valid_until=ahead(300))


def listed(client, **query):
    page = client.get(reverse("card:index"), query)
    assert page.status_code == 200
    return {row.card_no for row in page.context["object_list"]}


def test_the_list_is_filtered_by_todays_status_unit_and_what_runs_out(bureau, card):
    CardFactory(card_no="JC2", valid_until=ahead(30)), CardFactory(card_no="JC3", valid_until=ahead(90))
    suspend_card(card, timezone.localdate(), "考核", by=None)
    CardFactory(card_no="JC4", valid_until=ahead(-1))
    assert listed(bureau, status="suspended") == {"JC1"}
    assert listed(bureau, status="expired") == {"JC4"}
    assert listed(bureau, expiring="30") == {"JC2"}
    assert listed(bureau, expiring="90") == {"JC2", "JC3"}
    assert listed(bureau, unit=card.officer.unit_id) == {"JC1"}
    assert listed(bureau, q="陈") == {"JC1"}


def test_the_list_asks_the_database_as_often_for_many_cards_as_for_few(bureau, card, django_assert_max_num_queries):
    CardFactory.create_batch(12)
    bureau.get(reverse("card:index"))
    with django_assert_max_num_queries(25):
        bureau.get(reverse("card:index"))


def test_the_list_is_exported_with_todays_status(bureau, card):
    reply = bureau.get(reverse("card:index"), {"export": "xlsx"})
    assert reply.status_code == 200
    assert reply["Content-Type"].startswith("application/vnd.openxml")


def test_a_cards_page_shows_its_chain_and_what_happened(bureau, card):
    renew_card(card, card_no="JC2", issued_on=ahead(5), by=None)
    page = bureau.get(reverse("card:inspect", args=[card.pk])).content.decode()
    assert "JC2" in page
    assert "到期换发" in page
    assert reverse("card_step", args=[card.pk, "suspended"]) in page
    assert reverse("card_step", args=[card.pk, "renewed"]) not in page


def test_issuing_asks_the_verb_and_what_it_refuses_stands_on_the_form(bureau, card):
    officer, issuer = OfficerFactory(in_enforcement_post=True), CardIssuerFactory()
    data = {"officer": officer.pk, "card_no": "JC 9", "issuer": issuer.pk, "issued_on": "2026-11-02", "field": ""}
    page = bureau.post(reverse("card:add"), data | {"officer": card.officer_id, "field": "综合执法"})
    assert "已有 JC1" in page.content.decode()
    assert bureau.post(reverse("card:add"), data).status_code == 302
    assert Card.objects.get(card_no="JC9").valid_until == dt.date(2031, 11, 1)
    assert AuditEntry.objects.filter(verb="发放执法证", actor__username="song").count() == 1


def test_who_issues_a_card_is_told_what_upper_apps_know(bureau):
    officer = OfficerFactory(in_enforcement_post=True)
    data = {"officer": officer.pk, "card_no": "JC9", "issuer": CardIssuerFactory().pk, "issued_on": "2026-11-02"}
    with hooks.register_temporarily("card_warnings", lambda officer, on: f"未见{officer.name}的考试成绩。"):
        page = bureau.post(reverse("card:add"), data, follow=True)
    assert f"未见{officer.name}的考试成绩" in page.content.decode()


def test_a_step_asks_day_and_reason_and_says_what_does_not_fit(bureau, card):
    address = reverse("card_step", args=[card.pk, "suspended"])
    assert "从哪一天起" in bureau.get(address).content.decode()
    refused = bureau.post(address, {"on": "2023-12-31", "reason": "考核"})
    assert "状态是「尚未生效」" in refused.content.decode()
    assert bureau.post(address, {"on": "2026-11-02", "reason": "考核"}).status_code == 302
    event = CardEvent.objects.get()
    assert (event.kind, event.happened_on, event.recorded_by.username) == ("suspended", dt.date(2026, 11, 2), "song")


def test_renewing_leads_to_the_new_card(bureau, card):
    data = {"on": "2026-11-02", "reason": "到期换发", "card_no": "JC2", "issuer": card.issuer_id}
    reply = bureau.post(reverse("card_step", args=[card.pk, "renewed"]), data)
    new = Card.objects.get(card_no="JC2")
    assert reply.url == reverse("card:inspect", args=[new.pk])
    assert new.renews == card


def test_an_entry_is_taken_back_on_a_page_of_its_own(bureau, card):
    event = suspend_card(card, timezone.localdate(), "考核", by=None)
    page = bureau.get(reverse("card_void", args=[event.pk])).content.decode()
    assert "「暂扣」" in page
    bureau.post(reverse("card_void", args=[event.pk]), {"reason": "登记错人"})
    assert card.status_on(timezone.localdate()) == "有效"


def test_what_was_typed_wrong_is_put_right_with_a_reason(bureau, card):
    address = reverse("card:edit", args=[card.pk])
    data = {"card_no": "JC7", "field": card.field, "issuer": card.issuer_id}
    data |= {"issued_on": card.issued_on.isoformat(), "valid_until": card.valid_until.isoformat()}
    assert bureau.post(address, data).status_code == 200
    assert bureau.post(address, data | {"reason": "录入有误"}).status_code == 302
    assert Card.objects.get().card_no == "JC7"
    assert "证号 JC1 → JC7" in AuditEntry.objects.get(verb="更正执法证").detail


def test_a_card_is_never_deleted(bureau, card):
    assert bureau.post(reverse("card:delete", args=[card.pk])).status_code != 200
    assert Card.objects.exists()


@pytest.mark.parametrize("who", ["gao", "lin", "wu", "mei"])
def test_nobody_but_the_bureau_takes_a_step(as_member, card, who):
    call_command("set_up_roles", verbosity=0)
    client = as_member(who)
    assert client.post(
        reverse("card_step", args=[card.pk, "revoked"]), {"on": "2026-11-02", "reason": "x"}
    ).status_code in (302, 403)
    assert not CardEvent.objects.exists()
