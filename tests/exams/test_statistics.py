"""The figures of an exam: Moodle's own example to nine places, and what must never fail."""

import csv
import json
from dataclasses import replace
from math import sqrt
from pathlib import Path
from statistics import fmean, pvariance, variance

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exams.statistics import alpha, figures, item_figures, random_papers
from tests.paths import shared

DATA = Path(__file__).parent / "data"
ITEM = {
    "facility": "facility",
    "sd": "sd",
    "effectiveweight": "effective_weight",
    "covariance": "covariance",
    "markvariance": "mark_variance",
    "othermarkvariance": "other_mark_variance",
    "discriminationindex": "discrimination",
    "covariancemax": "covariance_max",
    "discriminativeefficiency": "efficiency",
}
PAPER = {
    "median": "median",
    "allattemptsavg": "mean",
    "standarddeviation": "sd",
    "skewness": "skewness",
    "kurtosis": "kurtosis",
    "cic": "cic",
    "errorratio": "error_ratio",
    "standarderror": "standard_error",
}


def test_the_worked_example_is_reproduced_to_nine_places():
    with shared("exams", "lab-only", "results00.csv").open() as file:
        marks = [[float(row[f"slots.{slot}.mark"]) for slot in range(1, 8)] for row in csv.DictReader(file)]
    found, expected = figures(marks, [1.0] * 7), json.loads((DATA / "stats_worked_example.json").read_text())
    for one, item in zip(expected["per_question"], found.items, strict=True):
        assert {name: getattr(item, ours) for name, ours in ITEM.items()} == pytest.approx(
            {name: one[name] for name in ITEM}, abs=1e-9
        )
    assert {name: getattr(found.paper, ours) for name, ours in PAPER.items()} == pytest.approx(
        {name: expected["quiz"][name] for name in PAPER}, abs=1e-9
    )


def test_alpha_of_the_published_example():
    example = json.loads((DATA / "alpha_and_discrimination_examples.json").read_text())["alpha_example"]
    assert alpha(example["items"]) == pytest.approx(example["alpha"], abs=1e-12)


@given(
    st.integers(0, 6).flatmap(
        lambda n: st.lists(st.lists(st.sampled_from([0.0, 0.5, 1.0]), min_size=3, max_size=3), min_size=n, max_size=n)
    )
)
def test_no_exam_however_small_or_uniform_makes_an_error(marks):
    found = figures(marks, [1.0, 1.0, 0.0])
    assert len(found.items) == 3
    assert found.paper.count == len(marks)
    for item in found.items[:2]:
        assert item.facility is None or 0 <= item.facility <= 1
        assert item.discrimination is None or -100.0001 <= item.discrimination <= 100.0001


def test_where_nobody_differs_nothing_is_said_about_differences():
    found = figures([[1.0, 0.0], [1.0, 0.0]], [1.0, 1.0])
    assert found.paper.cic is None and found.paper.skewness is None
    assert found.items[0].discrimination is None and found.items[0].facility == 1


def test_a_row_of_the_wrong_length_is_refused():
    with pytest.raises(ValueError):
        figures([[1.0]], [1.0, 1.0])


def test_an_item_alone_has_the_figures_it_has_in_the_paper():
    marks = [[1.0, 0.0, 1.0], [0.0, 0.0, 1.0], [1.0, 1.0, 0.0], [1.0, 1.0, 1.0]]
    whole = figures(marks, [1.0] * 3).items[1]
    alone = item_figures([row[1] for row in marks], 1.0, [sum(row) for row in marks])
    assert replace(whole, effective_weight=None) == alone


def test_random_papers_of_right_and_wrong_have_the_coefficient_of_kuder_and_richardson_21():
    papers = [[1.0] * right + [0.0] * (10 - right) for right in (2, 4, 5, 7, 7, 9, 10)]
    found = random_papers([[paper] for paper in papers])
    totals = [sum(paper) for paper in papers]
    n, mean = 10, fmean(totals)
    # the formula's variance is that of the population, ours the sample's
    inner = fmean(x * (n - x) for x in totals) / (n - 1)
    assert found.cic == pytest.approx(100 * (1 - inner / variance(totals)), abs=1e-9)
    kr21 = n / (n - 1) * (1 - mean * (n - mean) / (n * pvariance(totals)))
    population = 1 - inner / pvariance(totals)
    assert population == pytest.approx(kr21, abs=1e-9)
    assert found.standard_error == pytest.approx(sqrt(inner), abs=1e-9)


@given(
    st.lists(
        st.lists(st.lists(st.sampled_from([0.0, 0.5, 2.0]), max_size=3), min_size=2, max_size=2), min_size=0, max_size=5
    )
)
def test_no_set_of_random_papers_makes_an_error(papers):
    assert random_papers(papers).count == len(papers)
