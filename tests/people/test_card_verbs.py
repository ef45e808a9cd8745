"""The register of enforcement cards: what may happen to a card, when, and that the past stays as it was."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from people.actions.cards import (
    correct_card,
    issue_card,
    renew_card,
    report_lost,
    resume_card,
    revoke_card,
    suspend_card,
    void_event,
)
from people.models import AuditEntry, Card, CardEvent, Officer
from tests.factories.people import CardFactory, CardIssuerFactory, OfficerFactory

DAY = dt.date
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda: DAY(2026, 11, 20))


@pytest.fixture
def officer():
    return OfficerFactory(name="陈某", in_enforcement_post=True)


@pytest.fixture
def card(officer):
    return CardFactory(officer=officer, card_no="JC1", issued_on=DAY(2022, 1, 1), valid_until=DAY(2026, 12, 31))


def issued(officer, **values):
    values = {"card_no": "JC9", "issued_on": DAY(2026, 11, 20), "issuer": CardIssuerFactory()} | values
    return issue_card(officer, by=None, **values)


def stands(card, *days):
    return [card.status_on(day) for day in days]


def test_a_card_ends_by_the_issuers_rule_unless_told_otherwise(officer):
    card = issued(officer, card_no=" jc９ 01 ", issuer=CardIssuerFactory(name="区司法局", valid_years=2))
    assert (card.card_no, card.valid_until) == ("JC901", DAY(2028, 11, 19))
    assert issued(OfficerFactory(in_enforcement_post=True), valid_until=DAY(2027, 5, 1)).valid_until == DAY(2027, 5, 1)


@pytest.mark.parametrize(
    ("who", "values", "said"),
    [
        ({"is_auxiliary": True}, {}, "辅助人员，不能持证"),
        ({"in_enforcement_post": False}, {}, "不在执法岗位"),
        ({"is_active": False}, {}, "不在执法岗位"),
        ({"joined_on": DAY(2026, 11, 21)}, {}, "不在执法岗位"),
        ({}, {"card_no": "jc1"}, "已由陈某使用"),
        ({}, {"card_no": " "}, "请填写证号"),
        ({}, {"issuer": None}, "请填写「有效期至」"),
        ({}, {"valid_until": DAY(2026, 11, 19)}, "早于「发证日期」"),
        ({}, {"issued_on": DAY(2062, 11, 20)}, "太远"),
    ],
)
def test_a_card_is_refused(card, who, values, said):
    with pytest.raises(ValidationError, match=said):
        issued(OfficerFactory(**{"in_enforcement_post": True} | who), **values)
    assert Card.objects.count() == 1


def test_nobody_gets_a_second_card_of_a_kind_while_the_first_lasts(card, officer):
    for kind in ("综合执法", ""):
        with pytest.raises(ValidationError, match="已有 JC1（有效）"):
            issued(officer, field=kind)
    assert issued(officer, field="执法监督").field == "执法监督"
    revoke_card(card, DAY(2026, 11, 1), "调离", by=None)
    assert issued(officer, card_no="JC8", field="综合执法").status_on(DAY(2026, 11, 20)) == "有效"


def test_the_old_card_is_renewed_on_the_first_day_of_the_new_one(card):
    new = renew_card(card, card_no="JC2", issued_on=DAY(2026, 12, 15), by=None)
    assert (new.renews, new.issuer, new.field, new.valid_until) == (card, card.issuer, card.field, DAY(2031, 12, 14))
    assert stands(card, DAY(2026, 12, 14), DAY(2026, 12, 15), DAY(2027, 1, 1)) == ["有效", "已换发", "已换发"]
    assert stands(new, DAY(2026, 12, 14), DAY(2026, 12, 15)) == ["尚未生效", "有效"]
    with pytest.raises(ValidationError, match="已换发为 JC2"):
        renew_card(card, card_no="JC3", issued_on=DAY(2026, 12, 20), by=None)


@pytest.mark.parametrize(
    ("verb", "said"), [(suspend_card, "暂扣"), (revoke_card, "收回注销")], ids=["suspended", "revoked"]
)
def test_only_a_card_that_stands_is_renewed(card, verb, said):
    verb(card, DAY(2026, 11, 10), "考核不合格", by=None)
    with pytest.raises(ValidationError, match=f"状态是「{said}」"):
        renew_card(card, card_no="JC2", issued_on=DAY(2026, 12, 1), by=None)


def test_an_expired_card_can_be_renewed_late(card):
    renew_card(card, card_no="JC2", issued_on=DAY(2027, 3, 1), by=None)
    assert stands(card, DAY(2026, 12, 31), DAY(2027, 2, 28), DAY(2027, 3, 1)) == ["有效", "已过期", "已换发"]


def test_a_lost_card_is_replaced_by_one_that_ends_when_it_would_have(card):
    report_lost(card, DAY(2026, 11, 2), "办案途中遗失", by=None)
    new = renew_card(card, card_no="JC2", issued_on=DAY(2026, 11, 20), reason="补办", by=None)
    assert (new.renews, new.valid_until) == (card, card.valid_until)
    assert stands(card, DAY(2026, 11, 1), DAY(2026, 11, 2), DAY(2026, 11, 20)) == ["有效", "遗失作废", "遗失作废"]
    assert AuditEntry.objects.filter(verb="补办执法证").exists()


def test_a_suspension_ends_with_the_day_of_return_and_the_last_of_a_day_counts(card):
    suspend_card(card, DAY(2026, 3, 1), "年度考核不合格", by=None)
    resume_card(card, DAY(2026, 4, 1), "补考合格", by=None)
    suspend_card(card, DAY(2026, 4, 1), "同日再次暂扣", by=None)
    resume_card(card, DAY(2026, 4, 1), "登记有误，当日发还", by=None)
    assert stands(card, DAY(2026, 2, 28), DAY(2026, 3, 1), DAY(2026, 3, 31), DAY(2026, 4, 1)) == [
        *("有效", "暂扣", "暂扣", "有效")
    ]


@pytest.mark.parametrize(
    ("verb", "day", "said"),
    [
        (resume_card, DAY(2026, 11, 1), "状态是「有效」，不能登记「发还」"),
        (suspend_card, DAY(2021, 12, 31), "状态是「尚未生效」"),
        (suspend_card, DAY(2027, 1, 1), "状态是「已过期」"),
        (suspend_card, DAY(2036, 1, 1), "太远"),
        (report_lost, DAY(2026, 11, 21), "不能晚于今天"),
    ],
)
def test_what_does_not_fit_the_day_is_refused(card, verb, day, said):
    with pytest.raises(ValidationError, match=said):
        verb(card, day, "理由", by=None)
    assert not CardEvent.objects.exists()


def test_nothing_is_entered_before_what_has_happened_since(card):
    suspend_card(card, DAY(2026, 5, 1), "考核", by=None)
    resume_card(card, DAY(2026, 6, 1), "合格", by=None)
    with pytest.raises(ValidationError, match="2026年5月1日 已有「暂扣」登记"):
        revoke_card(card, DAY(2026, 4, 1), "调离", by=None)


def test_what_is_only_planned_may_be_overtaken_and_takes_the_coming_card_with_it(card):
    """A renewal waits for December; the card is suspended, returned, and revoked before."""
    new = renew_card(card, card_no="JC2", issued_on=DAY(2026, 12, 15), by=None)
    suspend_card(card, DAY(2026, 11, 1), "停职", by=None)
    assert stands(new, DAY(2026, 12, 14), DAY(2026, 12, 15)) == ["尚未生效", "暂扣"]
    resume_card(card, DAY(2026, 11, 5), "复职", by=None)
    assert stands(new, DAY(2026, 12, 15)) == ["有效"]
    revoke_card(card, DAY(2026, 11, 20), "辞职", by=None)
    assert stands(card, DAY(2026, 11, 20), DAY(2027, 1, 1)) == ["收回注销", "收回注销"]
    assert stands(new, DAY(2026, 11, 20), DAY(2027, 1, 1)) == ["收回注销", "收回注销"]


def test_no_new_card_overtakes_a_planned_revocation(card):
    revoke_card(card, DAY(2026, 12, 1), "月底退休", by=None)
    with pytest.raises(ValidationError, match="已有「收回注销」登记"):
        renew_card(card, card_no="JC2", issued_on=DAY(2026, 11, 25), by=None)


def test_an_entry_made_in_error_is_taken_back_and_both_stay_on_record(card):
    event = revoke_card(card, DAY(2026, 11, 1), "调离", by=None)
    void_event(event, "登记错人", by=None)
    assert card.status_on(DAY(2026, 11, 20)) == "有效"
    assert [row.get_kind_display() for row in card.events.all()] == ["收回注销", "撤销登记"]
    with pytest.raises(ValidationError, match="不能撤销"):
        void_event(event, "再次", by=None)


def test_what_a_coming_card_shared_is_taken_back_with_it(card):
    new = renew_card(card, card_no="JC2", issued_on=DAY(2026, 12, 15), by=None)
    event = revoke_card(card, DAY(2026, 11, 1), "辞职", by=None)
    void_event(event, "未获批准", by=None)
    assert stands(card, DAY(2026, 11, 20), DAY(2026, 12, 15)) == ["有效", "已换发"]
    assert stands(new, DAY(2026, 12, 15)) == ["有效"]


def test_a_renewal_and_the_loss_of_a_replaced_card_are_not_taken_back(card):
    lost = report_lost(card, DAY(2026, 11, 2), "遗失", by=None)
    new = renew_card(card, card_no="JC2", issued_on=DAY(2026, 11, 20), by=None)
    with pytest.raises(ValidationError, match="已补办 JC2"):
        void_event(lost, "找到了", by=None)
    renew_card(new, card_no="JC3", issued_on=DAY(2026, 12, 1), by=None)
    with pytest.raises(ValidationError, match="请收回新证"):
        void_event(new.events.get(), "误换", by=None)


def test_events_are_never_edited_or_deleted(card):
    event = suspend_card(card, DAY(2026, 11, 1), "考核", by=None)
    with pytest.raises(TypeError, match="不能修改"):
        event.save()
    with pytest.raises(TypeError, match="不能删除"):
        event.delete()


def test_a_reason_is_asked_for(card):
    with pytest.raises(ValidationError, match="请填写理由"):
        suspend_card(card, DAY(2026, 11, 1), "  ", by=None)
    with pytest.raises(ValidationError, match="超过 200 个字"):
        suspend_card(card, DAY(2026, 11, 1), "长" * 201, by=None)


def test_what_was_typed_wrong_is_put_right_with_old_and_new_on_record(card):
    assert correct_card(card, by=None, reason="录入有误", card_no="jc 7", valid_until=DAY(2027, 1, 31))
    told = AuditEntry.objects.get(verb="更正执法证").detail
    assert told == "证号 JC1 → JC7；有效期至 2026-12-31 → 2027-01-31。录入有误"
    assert not correct_card(card, by=None, reason="没有变化", card_no="JC7")


def test_a_correction_does_not_contradict_the_events(card):
    new = renew_card(card, card_no="JC2", issued_on=DAY(2026, 11, 1), by=None)
    with pytest.raises(ValidationError, match="发证日期应为这一天"):
        correct_card(new, by=None, reason="更正", issued_on=DAY(2026, 11, 5))
    with pytest.raises(ValidationError, match="不能晚于它"):
        correct_card(card, by=None, reason="更正", issued_on=DAY(2026, 11, 5))
    with pytest.raises(ValidationError, match="已由陈某使用"):
        correct_card(card, by=None, reason="更正", card_no="JC2")


@pytest.mark.parametrize("who", ["chen", "gao", "lin", "mei", "wu", "zhou"])
def test_the_register_is_the_bureaus(member, card, who):
    by = member(who)
    with pytest.raises(PermissionDenied):
        suspend_card(card, DAY(2026, 11, 1), "考核", by=by)
    with pytest.raises(PermissionDenied):
        renew_card(card, card_no="JC2", issued_on=DAY(2026, 12, 1), by=by)
    with pytest.raises(PermissionDenied):
        issue_card(card.officer, card_no="JC3", issued_on=DAY(2026, 12, 1), issuer=card.issuer, by=by)


def test_each_verb_leaves_an_audit_entry_with_who_when_and_why(member, card):
    suspend_card(card, DAY(2026, 11, 1), "年度考核不合格", by=member("song"))
    entry = AuditEntry.objects.get()
    assert (entry.actor, entry.verb, entry.target_label) == (member("song"), "暂扣执法证", "JC1")
    assert entry.detail == "2026年11月1日起；年度考核不合格"
    assert card.events.get().recorded_by == member("song")


def test_a_post_of_auxiliary_staff_takes_no_card():
    officer = OfficerFactory(in_enforcement_post=True)
    assert officer.postings.get().in_enforcement_post
    officer.is_auxiliary = True
    officer.save()
    assert not officer.postings.order_by("pk").last().in_enforcement_post
    assert not Officer.objects.required_to_hold_card().exists()
