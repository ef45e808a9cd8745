"""From finding to decision: what is kept, what stops a case, what the audit trail says."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from casebook import actions, layer
from casebook.findings.entries import open_findings
from casebook.models import Case
from people.models import AuditEntry
from tests import cast
from tests.factories.casebook import CaseFactory, section

pytestmark = pytest.mark.django_db

TEXT = "2026年3月15日，执法人员检查老李烧烤店，店主王建国（电话13800001234）在场。王建国称净化器跳闸。"


def draft(text: str = TEXT, **values) -> Case:
    case = CaseFactory(body=[section("facts", text)], **values)
    case.save_revision()
    return case


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def rows(case: Case) -> dict[str, str]:
    latest = fresh(case).get_latest_revision_as_object()
    return {row.original: row.decision for row in latest.replacements.all()}


def test_a_scan_keeps_what_it_found_as_open_and_a_second_one_changes_nothing():
    case = draft()
    actions.scan_case(case, by=cast.member("lin"))
    first = case.revisions.count()
    actions.scan_case(case, by=cast.member("lin"))
    assert rows(case) == dict.fromkeys(["2026年3月15日", "老李烧烤店", "王建国", "13800001234"], "open")
    assert case.revisions.count() == first


def test_a_case_with_an_open_finding_is_not_confirmed_and_the_message_names_it():
    case = draft()
    with pytest.raises(ValidationError, match="王建国"):
        actions.confirm_anonymised(case, by=cast.member("lin"))


def test_findings_that_nobody_scanned_for_stop_a_case_too():
    case = draft()
    assert not rows(case)
    with pytest.raises(ValidationError):
        actions.confirm_anonymised(case, by=cast.member("lin"))


def test_accepting_everything_certain_leaves_a_case_that_can_be_confirmed():
    case, lin = draft(), cast.member("lin")
    assert actions.accept_sure(case, by=lin) == 4
    confirmed = actions.confirm_anonymised(fresh(case), by=lin)
    text = layer.shown(confirmed).sections[0].text
    assert text == "2026年3月，执法人员检查某烧烤店，店主王某（电话（略））在场。王某称净化器跳闸。"
    assert confirmed.sections()[0].text == TEXT


def test_a_decision_stays_over_a_new_scan_and_a_later_edit():
    case, lin = draft(), cast.member("lin")
    actions.decide(case, "王建国", "edited", by=lin, shown="店主甲")
    latest = fresh(case).get_latest_revision_as_object()
    latest.body = [section("facts", TEXT + "王建国事后又来。")]
    latest.save()
    latest.save_revision()
    actions.scan_case(case, by=lin)
    shown = layer.shown(fresh(case).get_latest_revision_as_object())
    assert rows(case)["王建国"] == "edited"
    assert "王建国" not in shown.sections[0].text
    assert "店主甲事后又来" in shown.sections[0].text


def test_an_original_that_is_gone_from_the_text_does_not_count():
    case, lin = draft(), cast.member("lin")
    actions.scan_case(case, by=lin)
    latest = fresh(case).get_latest_revision_as_object()
    latest.body = [section("facts", "2026年3月，执法人员检查。")]
    latest.save()
    latest.save_revision()
    assert open_findings(latest) == []


def test_dismissing_needs_a_reason():
    case, lin = draft(), cast.member("lin")
    with pytest.raises(ValidationError, match="理由"):
        actions.decide(case, "老李烧烤店", "dismissed", by=lin)
    actions.decide(case, "老李烧烤店", "dismissed", by=lin, reason="已依法公示")
    assert rows(case)["老李烧烤店"] == "dismissed"


def test_a_replacement_that_still_holds_the_original_is_refused():
    with pytest.raises(ValidationError, match="还有原文"):
        actions.decide(draft(), "王建国", "edited", by=cast.member("lin"), shown="店主王建国")


def test_in_a_case_of_level_b_firms_count_as_settled_and_persons_do_not():
    found = {entry.original for entry in open_findings(draft(anonymity="B"))}
    assert "老李烧烤店" not in found
    assert "王建国" in found


def test_a_clue_to_a_minor_blocks_until_somebody_gives_a_reason():
    case, lin = draft("2026年3月，某网吧接纳15岁的学生。"), cast.member("lin")
    assert actions.accept_sure(case, by=lin) == 0
    with pytest.raises(ValidationError, match="未成年人"):
        actions.decide(case, "15岁", "accepted", by=lin)
    actions.decide(case, "15岁", "accepted", by=lin, reason="只写未成年，没有其他线索")
    assert rows(case)["15岁"] == "accepted"


def test_what_the_scan_missed_is_replaced_by_hand():
    case, lin = draft("2026年3月，巷口那家老字号被查。"), cast.member("lin")
    actions.add_replacement(case, "巷口那家老字号", "某店", by=lin)
    latest = fresh(case).get_latest_revision_as_object()
    assert layer.shown(latest).sections[0].text == "2026年3月，某店被查。"
    with pytest.raises(ValidationError, match="没有这段文字"):
        actions.add_replacement(case, "不在文中", "某", by=lin)
    with pytest.raises(ValidationError, match="一个字"):
        actions.add_replacement(case, "巷", "某", by=lin)


def test_a_decision_after_the_confirmation_lifts_it():
    case, lin = draft(), cast.member("lin")
    actions.accept_sure(case, by=lin)
    assert actions.confirm_anonymised(fresh(case), by=lin).is_anonymised
    changed = actions.decide(case, "王建国", "edited", by=lin, shown="甲某某")
    assert not changed.is_anonymised


def test_the_audit_trail_tells_the_kind_and_never_the_original():
    case, lin = draft(title="王建国超标排放油烟案"), cast.member("lin")
    actions.decide(case, "王建国", "accepted", by=lin)
    actions.add_replacement(case, "净化器", "设备", by=lin)
    entries = AuditEntry.objects.filter(verb__startswith="匿名处理")
    assert entries.count() == 2
    assert all("王建国" not in entry.detail + entry.target_label for entry in entries)
    assert "自然人姓名" in entries.earliest("pk").detail


def test_many_decisions_of_one_person_make_one_revision():
    case, lin = draft(), cast.member("lin")
    actions.decide(case, "王建国", "accepted", by=lin)
    before = case.revisions.count()
    actions.decide(case, "13800001234", "accepted", by=lin)
    assert case.revisions.count() == before


def test_who_may_not_edit_the_case_may_not_decide():
    with pytest.raises(PermissionDenied):
        actions.decide(draft(), "王建国", "accepted", by=cast.member("chen"))
