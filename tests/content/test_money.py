"""Amounts read as law writes them."""

from decimal import Decimal

import pytest

from content import money


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (5, "五元"),
        (10, "十元"),
        (200, "二百元"),
        (110, "一百一十元"),
        (1005, "一千零五元"),
        (5000, "五千元"),
        (12500, "一万二千五百元"),
        (10005, "一万零五元"),
        (100000, "十万元"),
        (1050000, "一百零五万元"),
        (10_000_000, "一千万元"),
        (500_000_000, "五亿元"),
        (Decimal("250.50"), "二百五十元五角"),
        (Decimal("0.05"), "五分"),
        (0, "零元"),
        (None, ""),
    ],
)
def test_an_amount_in_words(amount, words):
    assert money.in_words(amount) == words


@pytest.mark.parametrize(
    ("low", "high", "figures", "words"),
    [
        (5000, 50000, "¥5,000 — ¥50,000", "五千元以上五万元以下"),
        (None, 200, "不超过 ¥200", "二百元以下"),
        (200, None, "¥200 以上", "二百元以上"),
        (200, 200, "¥200", "二百元"),
        (None, None, "", ""),
    ],
)
def test_a_range(low, high, figures, words):
    assert money.range_in_figures(low, high) == figures
    assert money.range_in_words(low, high) == words


def test_fen_show_only_where_there_are_some():
    assert money.in_figures(Decimal("1234.50")) == "¥1,234.50"
    assert money.in_figures(Decimal("1234.00")) == "¥1,234"
