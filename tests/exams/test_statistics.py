"""The figures of an exam: Moodle's own example to nine places, and what must never fail."""

import csv
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exams.statistics import alpha, figures
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
