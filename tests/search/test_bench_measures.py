"""Measures against values worked out by hand."""

import pytest

from search.bench.measures import Relevance, half_width, hit, ndcg, recall, reciprocal_rank
from search.bench.timing import Clock, Spread, measure, percentile

RANKED = ["a", "b", "c", "d"]


@pytest.mark.parametrize(
    ("right", "k", "expected"), [({"a"}, 1, 1.0), ({"b"}, 1, 0.0), ({"a", "d", "x"}, 4, 2 / 3), ({"x"}, 10, 0.0)]
)
def test_recall_is_the_share_of_right_answers_found(right, k, expected):
    assert recall(RANKED, right, k) == pytest.approx(expected)


@pytest.mark.parametrize(("right", "k", "expected"), [({"a"}, 10, 1.0), ({"c", "d"}, 10, 1 / 3), ({"c"}, 2, 0.0)])
def test_the_reciprocal_rank_is_that_of_the_first_right_answer(right, k, expected):
    assert reciprocal_rank(RANKED, right, k) == pytest.approx(expected)


def test_ndcg_discounts_by_place_and_divides_by_the_ideal():
    # places 2 and 4: 1/log2(3) + 1/log2(5) = 0.63093 + 0.43068; ideal of two: 1 + 0.63093
    assert ndcg(RANKED, {"b", "d"}, 10) == pytest.approx(1.06161 / 1.63093, abs=1e-5)
    assert ndcg(RANKED, {"a"}, 10) == 1.0
    assert ndcg(RANKED, {"x"}, 10) == 0.0


def test_the_ideal_holds_no_more_than_k_answers():
    assert ndcg(["a", "b"], {"a", "b", "c"}, 2) == 1.0


def test_a_hit_is_any_right_answer_in_front():
    assert hit(RANKED, {"c", "x"}, 3) == 1.0
    assert hit(RANKED, {"c"}, 2) == 0.0


def test_means_are_over_questions_and_count_those_that_found_nothing():
    found = Relevance.of([(RANKED, {"a"}), ([], {"a"})])
    assert (found.questions, found.nothing_found) == (2, 1)
    assert (found.recall_10, found.mrr_10, found.ndcg_10, found.hit_1) == (0.5, 0.5, 0.5, 0.5)
    # standard deviation of 1 and 0 is 0.70711, by sqrt(2) gives 0.5, by 1.96
    assert found.ndcg_10_within == pytest.approx(0.98)


def test_one_value_has_no_interval():
    assert half_width([0.4]) == 0.0


@pytest.mark.parametrize(("share", "expected"), [(0.5, 10), (0.95, 19), (0.99, 20), (0.0, 1)])
def test_a_percentile_is_a_value_that_was_measured(share, expected):
    assert percentile(list(range(20, 0, -1)), share) == expected


def test_percentiles_are_told_in_milliseconds():
    assert Spread.of([0.001, 0.002, 0.0123456]) == Spread(2.0, 12.346, 12.346)


@pytest.mark.parametrize("clients", [1, 3])
def test_every_call_is_timed_once_whatever_the_number_of_clients(clients):
    asked = []

    def ask(text):
        asked.append(text)
        return Clock(0.001, 0.0005), Clock(0.004, 0.002)

    speed = measure(ask, ["a", "b"], calls=5, clients=clients)
    assert sorted(asked) == ["a", "a", "a", "b", "b"]
    assert (speed.calls, speed.clients) == (5, clients)
    assert (speed.engine.p50, speed.engine_cpu.p50, speed.whole.p95, speed.whole_cpu.p95) == (1.0, 0.5, 4.0, 2.0)
