"""Dates, money and procedure are read from sentences as officers write them, each with its sentence."""

import datetime as dt
from decimal import Decimal

import pytest

from casebook.intake.figures import read_figures

DAYS = [
    ("2025年10月13日立案调查。", {"filed_on": dt.date(2025, 10, 13)}),
    ("二〇二五年十月十三日，我街道予以立案。", {"filed_on": dt.date(2025, 10, 13)}),
    ("立案日期：2025-10-13", {"filed_on": dt.date(2025, 10, 13)}),
    ("立案日期 | 2025年10月13日", {"filed_on": dt.date(2025, 10, 13)}),
    ("2025.10.13立案，11月2日作出行政处罚决定。",
     {"filed_on": dt.date(2025, 10, 13), "decided_on": dt.date(2025, 11, 2)}),
    ("2025年12月30日立案，次年1月20日作出处罚决定。",
     {"filed_on": dt.date(2025, 12, 30), "decided_on": dt.date(2026, 1, 20)}),
    ("２０２５年１１月１０日向当事人送达《行政处罚事先告知书》。", {"informed_on": dt.date(2025, 11, 10)}),
    ("2025年11月19日送达行政处罚决定书，同年11月28日缴清罚款，2025年12月2日结案。",
     {"served_on": dt.date(2025, 11, 19), "performed_on": dt.date(2025, 11, 28), "closed_on": dt.date(2025, 12, 2)}),
    ("2025年11月5日举行听证。", {"heard_on": dt.date(2025, 11, 5)}),
    ("2025年11月18日，街道依法作出罚款的行政處罰決定。", {"decided_on": dt.date(2025, 11, 18)}),
    ("2025年13月40日立案。", {}),
    ("2025年10月13日执法人员到场检查。", {}),
]  # fmt: skip
FINES = [
    ("决定处罚款人民币8000元。", "8000"),
    ("决定罚款八千元。", "8000"),
    ("给予罚款0.8万元的行政处罚。", "8000"),
    ("处以人民币1,500元罚款。", "1500"),
    ("罰款壹萬貳仟元整。", "12000"),
    ("罚款壹万贰仟元整。", "12000"),
    ("罚款金额：3000.50元", "3000.50"),
    ("给予五百元罚款的行政处罚。", "500"),
    ("处五千元以上五万元以下罚款。", None),
    ("可以处一千元以下罚款。", None),
    ("逾期不缴纳的，每日按罚款数额的百分之三加处罚款300元。", None),
]
FACTS = [
    ("本案适用简易程序。", ("procedure", "simple")),
    ("执法人员当场作出处罚决定。", ("procedure", "simple")),
    ("适用普通程序办理。", ("procedure", "ordinary")),
    ("应当事人申请举行了听证。", ("heard", True)),
    ("经法制审核和负责人集体讨论。", ("legal_reviewed", True)),
    ("经法制审核和负责人集体讨论。", ("collective", True)),
    ("街道依法决定不予行政处罚。", ("kind", "no_penalty")),
    ("经12345热线转办。", ("source_kind", "hotline")),
    ("接到居民投诉，楼下油烟扰民。", ("source_kind", "complaint")),
    ("執法人員在巡查中發現。", ("source_kind", "patrol")),
    ("复议机关决定维持原处罚决定。", ("challenge", "review_upheld")),
]
NOT_SAID = [
    ("当事人放弃听证。", "heard"),
    ("当事人未要求举行听证。", "heard"),
    ("本案无需法制审核。", "legal_reviewed"),
    ("未经集体讨论。", "collective"),
    ("当事人可以申请行政复议。", "kind"),
    ("本案不适用简易程序。", "procedure"),
]


@pytest.mark.parametrize(("sentence", "days"), DAYS)
def test_days_of_the_acts(sentence, days):
    found = [one for one in read_figures([sentence]) if isinstance(one.value, dt.date)]
    assert {one.field: one.value for one in found} == days
    assert all(one.sentence in sentence for one in found)


@pytest.mark.parametrize(("sentence", "amount"), FINES)
def test_fines_that_were_imposed_and_no_others(sentence, amount):
    found = [one.value for one in read_figures([sentence]) if one.field == "fine_amount"]
    assert found == ([Decimal(amount)] if amount else [])


def test_confiscated_gains():
    found = {one.field: one.value for one in read_figures(["没收违法所得人民币34592元，并处罚款三千六百元。"])}
    assert found == {"confiscated_amount": Decimal("34592.00"), "fine_amount": Decimal("3600.00")}


@pytest.mark.parametrize(("sentence", "fact"), FACTS)
def test_facts_of_the_procedure(sentence, fact):
    assert fact in [(one.field, one.value) for one in read_figures([sentence])]


@pytest.mark.parametrize(("sentence", "field"), NOT_SAID)
def test_what_did_not_happen_is_not_proposed(sentence, field):
    assert field not in [one.field for one in read_figures([sentence])]


def test_contradictions_are_all_shown_with_their_sentences():
    found = read_figures(["2025年10月13日立案。后文称2025年10月15日立案调查。"])
    assert [(one.value.day, one.sentence) for one in found if one.field == "filed_on"] == [
        (13, "2025年10月13日立案。"),
        (15, "后文称2025年10月15日立案调查。"),
    ]
