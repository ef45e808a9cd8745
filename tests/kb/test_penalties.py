"""Amounts out of penalty summaries: what is written is read, what is not is not invented."""

import csv
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.money import in_words, range_in_words
from kb.penalties import parse_penalties, yuan
from tests.paths import shared

AMOUNTS = st.integers(1, 9_999_999)


def only(text):
    (penalty,) = parse_penalties(text)
    return penalty


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("责令改正，五千—五万元", 5_000, 50_000),
        ("五千元以上五万元以下罚款", 5_000, 50_000),
        ("处5000元以上5万元以下罚款", 5_000, 50_000),
        ("处５０００元至５万元罚款", 5_000, 50_000),
        ("可处二万元以下罚款", None, 20_000),
        ("罚款不超过三万元", None, 30_000),
        ("处一千元以上罚款", 1_000, None),
        ("责令恢复原状，五十元", 50, 50),
        ("五—二十万元", 50_000, 200_000),
        ("五百—二千元", 500, 2_000),
        ("罚款十二万五千元", 125_000, 125_000),
    ],
)
def test_an_amount_is_read_in_figures_and_in_words(text, low, high):
    penalty = only(text)
    assert (penalty.kind, penalty.low, penalty.high) == ("amount", low, high)


def test_each_range_keeps_its_subject_and_condition():
    first, second = parse_penalties("责令限期改正；逾期不改正单位可处十万元以下、个人可处一千元以下")
    assert (first.subject, first.condition, first.high) == ("单位", "逾期不改正", 100_000)
    assert (second.subject, second.condition, second.high) == ("个人", "逾期不改正", 1_000)


def test_a_condition_does_not_reach_back_over_a_semicolon():
    first, second = parse_penalties("没收工具，五百—五千元；拒不改正五千—二万元")
    assert (first.condition, second.condition) == ("", "拒不改正")


def test_a_multiple_keeps_what_it_is_counted_from_and_its_cap():
    penalty = parse_penalties("单位可处应缴费三倍以下且不超过三万元")[0]
    assert (penalty.kind, penalty.high, penalty.base, penalty.cap) == ("multiple", 3, "应缴费", 30_000)


def test_a_percentage_keeps_its_base():
    penalty = only("责令停止施工、限期改正，合同价款1%—2%")
    assert (penalty.kind, penalty.low, penalty.high, penalty.base) == ("percent", 1, 2, "合同价款")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "责令改正，可并处罚款（数额由地方规定细化）",
        "不足一万按一万计",
        "五万—五千元",
        "行政强制法第十八条程序",
        "见咸宁公开案例：超量存储罚款二千元",
        "期限届满之日起三个月内；先催告",
    ],
)
def test_nothing_is_read_where_nothing_is_certain(text):
    assert parse_penalties(text) == ()


@given(AMOUNTS, AMOUNTS)
def test_a_range_in_the_words_of_the_law_comes_back(one, other):
    low, high = sorted((one, other))
    penalty = only(range_in_words(low, high))
    assert (penalty.low, penalty.high) == (low, high)


@given(AMOUNTS)
def test_words_and_figures_mean_the_same(amount):
    assert yuan(in_words(amount).removesuffix("元")) == yuan(f"{amount:,}") == Decimal(amount)


@given(st.text(alphabet="一二三四五六七八九十百千万亿零两0123456789.,，；（）元倍%以上下—-单位个人逾期每", max_size=60))
def test_no_text_makes_it_raise_and_bounds_stand_in_order(text):
    for penalty in parse_penalties(text):
        assert penalty.low is not None or penalty.high is not None
        assert penalty.low is None or penalty.high is None or penalty.low <= penalty.high


def test_every_figure_of_the_real_list_is_a_piece_of_its_summary():
    with shared("domain", "power_items.tsv").open(encoding="utf-8") as file:
        summaries = {row["penalty_summary"] for row in csv.DictReader(file, delimiter="\t")}
    found = {text: parse_penalties(text) for text in summaries}
    assert sum(map(len, found.values())) >= 100
    unread = [text for text, penalties in found.items() if "元" in text and not penalties]
    assert unread == ["见咸宁公开案例：超量存储罚款二千元"]
