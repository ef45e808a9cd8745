"""Shares become whole numbers that add up (peers 56: 50 questions at 33, 33, 34 % became 49)."""

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exams.quotas import apportion

VECTORS = json.loads(Path(__file__).with_name("rounding_vectors.json").read_text(encoding="utf-8"))["vectors"]
percents = st.lists(st.decimals(0, 100, places=2), min_size=1, max_size=12).filter(any)
totals = st.integers(0, 2000)


@pytest.mark.parametrize("vector", VECTORS, ids=str)
def test_the_vectors_are_reproduced(vector):
    assert apportion(vector["total"], [str(one) for one in vector["percent"]]) == vector["largest_remainder"]


@pytest.mark.parametrize("vector", [one for one in VECTORS if one["truncation_sum"] < one["total"]], ids=str)
def test_cutting_off_would_lose_questions(vector):
    assert sum(vector["truncation"]) < sum(apportion(vector["total"], [str(one) for one in vector["percent"]]))


@given(totals, percents)
def test_the_parts_add_up_and_each_is_within_one_of_its_share(total, weights):
    parts = apportion(total, weights)
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - total * Fraction(weight) / sum(map(Fraction, weights))) < 1


@given(totals, percents)
def test_what_has_no_share_gets_nothing(total, weights):
    parts = apportion(total, weights)
    assert all(part == 0 for part, weight in zip(parts, weights, strict=True) if not weight)


@given(totals, percents, st.randoms(use_true_random=False))
def test_a_larger_weight_never_gets_less_and_ties_go_to_the_first(total, weights, chance):
    chance.shuffle(weights)
    parts = apportion(total, weights)
    for first in range(len(weights)):
        for second in range(first + 1, len(weights)):
            if weights[first] >= weights[second]:
                assert parts[first] >= parts[second]
            else:
                assert parts[first] <= parts[second]


def test_ten_parts_of_a_tenth_are_exact():
    assert apportion(10, [Decimal("0.1")] * 10) == [1] * 10


@pytest.mark.parametrize(("total", "weights"), [(-1, [1]), (1, [-1, 2]), (1, [0, 0]), (1, [])])
def test_what_cannot_be_shared_is_refused(total, weights):
    with pytest.raises(ValueError, match="比例|负数"):
        apportion(total, weights)
