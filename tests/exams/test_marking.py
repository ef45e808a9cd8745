"""What an answer earns: the vectors of the rules, and what must hold for every answer."""

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exams.content import Kind, Part, Point, Segment
from exams.marking import ALL_OR_NOTHING, BY_FRACTION, HALF_POINT_EACH, earned, fraction, is_right

VECTORS = json.loads((Path(__file__).parent / "data/multiselect_scoring_vectors.json").read_text())["vectors"]
COLUMNS = {
    ALL_OR_NOTHING: "all_or_nothing",
    HALF_POINT_EACH: "cn_missing_half_point",
    BY_FRACTION: "moodle_sum_wrong_minus_100pct",
}
RULES = st.sampled_from(sorted(COLUMNS))


def choice(key: str, count: int = 4) -> Part:
    kind = Kind.SINGLE if len(key) == 1 else Kind.MULTIPLE
    return Part(kind, "题干", tuple(f"选项{n}" for n in range(count)), key)


@pytest.mark.parametrize("rule", COLUMNS)
def test_each_rule_gives_the_marks_of_its_vectors(rule):
    for one in VECTORS:
        part = choice(one["key"], len(one["options"]))
        marks = earned(part, one["selected"], rule, Decimal(one["full"]))
        assert float(marks) == pytest.approx(one[COLUMNS[rule]], abs=0.005), one


subsets = st.sets(st.sampled_from("ABCDE"), min_size=1).map(lambda letters: "".join(sorted(letters)))


@given(subsets, subsets, RULES, st.integers(1, 20))
def test_marks_lie_between_nothing_and_all_and_only_the_key_earns_all_by_the_strict_rule(key, answer, rule, full):
    share = fraction(choice(key, 5), answer, rule, Fraction(full))
    assert 0 <= share <= 1
    if answer == key:
        assert share == 1
    elif set(answer) - set(key):
        assert share == 0


@given(subsets.filter(lambda key: key != "ABCDE"), RULES)
def test_ticking_everything_earns_nothing(key, rule):
    assert fraction(choice(key, 5), "ABCDE", rule) == 0


def test_marks_are_exact_cents_and_halves_go_up():
    assert earned(choice("ABC"), "A", BY_FRACTION, Decimal(2)) == Decimal("0.67")
    assert earned(choice("ABCD", 8), "A", BY_FRACTION, Decimal("0.5")) == Decimal("0.13")


def test_an_empty_answer_earns_nothing_and_a_written_one_waits_for_a_person():
    short = Part(Kind.SHORT, "简述", key="略", points=(Point("要点", 100),))
    assert earned(short, " ", ALL_OR_NOTHING, Decimal(10)) == 0
    assert earned(short, "我认为", ALL_OR_NOTHING, Decimal(10)) is None
    assert earned(choice("A"), "", ALL_OR_NOTHING, Decimal(1)) == 0


def test_true_and_false():
    part = Part(Kind.JUDGE, "题干", key="F")
    assert [is_right(part, answer) for answer in ("F", "T", "")] == [True, False, False]


def test_each_blank_earns_its_share_in_any_accepted_spelling():
    part = Part(Kind.FILL, "（____）内，（____）人", blanks=(("九十日", "90日"), ("二", "2")))
    assert fraction(part, '["９０ 日", "2"]') == 1
    assert fraction(part, '["六十日", "2"]') == Fraction(1, 2)
    assert fraction(part, "不是答案") == 0


def test_a_faulty_document_is_marked_by_its_sentences():
    segments = (Segment("一。"), Segment("二。", "二", "贰"), Segment("三。", "三", "叁"))
    part = Part(Kind.DOCUMENT, "找错", segments=segments)
    assert [fraction(part, answer, BY_FRACTION) for answer in ("2,3", "2", "1,2")] == [1, Fraction(1, 2), 0]
