"""A register that was kept in Excel: with its history, without guessing, and twice without harm."""

import datetime as dt

import pytest
from django.utils import timezone

from people.card_importer import CardResource
from people.importing import run
from people.models import AuditEntry, Card, CardEvent
from tests.factories.people import CardFactory, CardIssuerFactory, OfficerFactory, UnitFactory

DAY = dt.date
HEAD = ["证号", "人员编号", "姓名", "单位", "发证机关", "发证日期", "有效期至", "状态", "状态日期", "换发自"]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda: DAY(2026, 11, 20))


@pytest.fixture
def officer():
    CardIssuerFactory()
    street = UnitFactory(name="滨江街道办事处", short_name="滨江街")
    return OfficerFactory(staff_no="S1", name="陈某", unit=street, in_enforcement_post=True)


def row(number, holder="S1", name="", unit="", issuer="江城区人民政府", **values):
    """A line of the file; `begins`, `ends`, `status`, `since`, `renews`."""
    rest = [values.get(key, "") for key in ("ends", "status", "since", "renews")]
    return [number, holder, name, unit, issuer, values.get("begins", "2024-01-01"), *rest]


def cards(*rows, head=HEAD, **options):
    sheet = [(line, list(cells)) for line, cells in enumerate([head, *rows], 1)]
    return run(CardResource(), sheet, filename="执法证.xlsx", **options)


def faults(report):
    return [str(problem) for problem in report.problems]


def test_a_card_comes_with_its_dates_and_the_last_day_follows_the_issuer(officer):
    report = cards(row("jc ００1"), row("JC002", begins="2025年3月1日", ends="2027-02-28", renews="JC001"))
    assert (report.created, faults(report), report.warnings) == (2, [], [])
    first, second = Card.objects.order_by("card_no")
    assert (first.card_no, first.valid_until, first.issuer.name) == ("JC001", DAY(2028, 12, 31), "江城区人民政府")
    assert (second.renews, second.valid_until) == (first, DAY(2027, 2, 28))
    assert [first.status_on(day) for day in (DAY(2025, 2, 28), DAY(2025, 3, 1))] == ["有效", "已换发"]
    assert AuditEntry.objects.filter(verb="发放执法证", detail="导入").count() == 2


def test_what_had_happened_comes_with_its_day(officer):
    report = cards(row("JC001", status="注销", since="2026-05-01"), row("JC002", status="暂扣", since="2026.6.1"))
    assert faults(report) == []
    assert [str(event) for event in CardEvent.objects.all()] == ["收回注销 2026-05-01", "暂扣 2026-06-01"]


def test_a_status_without_its_day_is_asked_for(officer):
    """From which day on a card was suspended is not guessed: figures of past days rest on it."""
    report = cards(row("JC001", status="暂扣"))
    assert faults(report) == ["第 2 行「证号」的状态是“暂扣”，但没有「状态日期」；请填写从哪一天起暂扣。"]
    assert not Card.objects.exists()


def test_a_status_that_follows_from_the_days_is_compared(officer):
    report = cards(row("JC001", status="有效", ends="2026-01-01"), row("JC002", status="已过期", ends="2026-01-01"))
    assert faults(report) == []
    assert [warning.line for warning in report.warnings] == [2]
    assert "表中是“有效”，按登记的日期和事件是“已过期”" in report.warnings[0].message


def test_a_person_is_found_by_name_and_unit(officer):
    assert cards(row("JC001", holder="", name="陈 某", unit="滨江街")).created == 1
    assert Card.objects.get().officer == officer


def test_a_file_without_staff_numbers_is_read_too(officer):
    head = ["证号", "姓名", "发证机关", "发证日期"]
    assert cards(["JC001", "陈某", "江城区人民政府", "2024-01-01"], head=head).created == 1


def test_homonyms_are_reported_never_guessed(officer):
    OfficerFactory(staff_no="S2", name="陈某", unit=UnitFactory(name="沧澜街道", short_name="沧澜街"))
    report = cards(row("JC001", holder="", name="陈某"), row("JC002", holder="", name="陈某", unit="沧澜街"))
    assert faults(report) == [
        "第 2 行「人员编号」为空，叫“陈某”的有 2 人：S1（滨江街）、S2（沧澜街）；请填写人员编号。"
    ]
    assert not Card.objects.exists()


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"holder": "", "name": "王某"}, "没有叫“王某”的人员"),
        ({"holder": ""}, "为空；请填写人员编号或者姓名"),
        ({"holder": "S9"}, "没有这样的人员"),
        ({"name": "王某"}, "该编号的人员是陈某，不是王某"),
        ({"issuer": "某部"}, "没有这样的发证机关"),
        ({"issuer": ""}, "「有效期至」为空，「发证机关」也为空"),
        ({"ends": "2023-12-31"}, "「有效期至」早于「发证日期」"),
        ({"begins": "去年"}, "不是日期"),
        ({"status": "也许"}, "的「状态」是“也许”；请填写有效、"),
        ({"renews": "JC000"}, "没有这样的执法证"),
        ({"status": "暂扣", "since": "2023-12-31"}, "早于「发证日期」"),
    ],
)
def test_each_fault_is_named_and_nothing_is_kept(officer, cells, said):
    report = cards(row("JC001"), row("JC002", **cells))
    assert len(report.problems) == 1
    assert faults(report)[0].startswith("第 3 行")
    assert said in faults(report)[0]
    assert not Card.objects.exists()


def test_a_card_is_renewed_once_and_by_its_own_holder(officer):
    OfficerFactory(staff_no="S2", in_enforcement_post=True)
    later = {"begins": "2025-03-01", "renews": "JC001"}
    assert "持证人不是" in faults(cards(row("JC001"), row("JC002", holder="S2", **later)))[0]
    twice = faults(cards(row("JC001"), row("JC002", **later), row("JC003", **later)))
    assert len(twice) == 1
    assert "已换发为另一张证" in twice[0]


def test_auxiliary_staff_are_refused_and_a_desk_post_is_only_pointed_out(officer):
    OfficerFactory(staff_no="S2", is_auxiliary=True)
    OfficerFactory(staff_no="S3")
    report = cards(row("JC001", holder="S3"))
    assert "不在执法岗位" in str(report.warnings[0])
    assert "辅助人员，不能持证" in faults(cards(row("JC002", holder="S2")))[0]


def test_the_same_file_again_changes_nothing(officer):
    file = [row("JC001", status="已换发"), row("JC002", begins="2025-03-01", renews="JC001", status="有效")]
    cards(*file)
    events = list(CardEvent.objects.values())
    again = cards(*file)
    assert (again.created, again.updated, again.unchanged, again.problems) == (0, 0, 2, [])
    assert list(CardEvent.objects.values()) == events


def test_how_a_known_card_stands_is_not_changed_by_a_file_but_reported(officer):
    CardFactory(officer=officer, card_no="JC001")
    report = cards(row("JC001", ends="2028-12-31", status="暂扣", since="2026-05-01"))
    assert report.updated == 0
    assert "状态只能用暂扣、收回等操作登记，未导入" in str(report.warnings[0])
    assert not CardEvent.objects.exists()


def test_dates_of_a_known_card_are_put_right_in_sight(officer):
    CardFactory(officer=officer, card_no="JC001", field="")
    report = cards(row("JC001", ends="2027-12-31"))
    assert report.changes[0].fields == (("有效期至", "2028-12-31", "2027-12-31"),)
    assert AuditEntry.objects.get(verb="更正执法证").detail == "导入：有效期至 2028-12-31 → 2027-12-31"


def test_the_holder_of_a_known_card_stays(officer):
    CardFactory(card_no="JC001")
    assert "已登记在另一人名下" in faults(cards(row("JC001")))[0]


def test_a_trial_run_leaves_nothing_behind(officer):
    report = cards(row("JC001", status="暂扣", since="2026-05-01"), dry_run=True)
    assert report.created == 1
    assert not Card.objects.exists()
    assert not CardEvent.objects.exists()
