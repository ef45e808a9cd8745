"""Places from judges' scores."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from casebook.teaching.ranking import chosen, places, total

POINTS = st.decimals(min_value=0, max_value=100, places=1)


def test_the_total_is_the_mean_of_the_judges_sums():
    sheets = [{1: Decimal("30"), 2: Decimal("40.5")}, {1: Decimal("28"), 2: Decimal("44")}]
    assert total(sheets) == Decimal("71.250")


def test_a_third_is_rounded_half_up():
    assert total([{1: Decimal(1)}, {1: Decimal(0)}, {1: Decimal(1)}]) == Decimal("0.667")


def test_equal_totals_share_a_place_and_the_next_is_left_out():
    totals = {"a": Decimal(90), "b": Decimal(85), "c": Decimal(85), "d": Decimal(70)}
    assert places(totals) == {"a": 1, "b": 2, "c": 2, "d": 4}


def test_a_tie_on_the_last_place_takes_all_who_share_it():
    assert chosen({"a": 1, "b": 2, "c": 2, "d": 4}, 2) == {"a", "b", "c"}


@given(st.dictionaries(st.integers(), POINTS, min_size=1, max_size=12))
def test_who_has_more_stands_before_who_has_less(totals):
    placed = places(totals)
    assert min(placed.values()) == 1
    assert all((totals[a] > totals[b]) == (placed[a] < placed[b]) for a in totals for b in totals)


@given(st.lists(st.dictionaries(st.integers(0, 4), POINTS, min_size=1), min_size=1, max_size=6))
def test_the_order_of_the_judges_does_not_matter(sheets):
    assert total(sheets) == total(sheets[::-1])
