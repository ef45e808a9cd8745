"""Keys as people write them, read and written back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exams.content import Point
from exams.written import (
    read_blanks,
    read_judge,
    read_letters,
    read_points,
    read_stem,
    write_blanks,
    write_judge,
    write_points,
)

words = st.text("五日书面责令改正", min_size=1, max_size=6)


@pytest.mark.parametrize("text", ["AC", "ca", "A、C", "Ａ，Ｃ", "A C", "C和A。"])
def test_letters_are_read_in_any_spelling(text):
    assert read_letters(text) == "AC"


def test_a_letter_twice_is_left_for_the_check():
    assert read_letters("AAC") == "AAC"


@pytest.mark.parametrize("text", ["对", "正确", "√", "t", "Ｔ", " true "])
def test_right_is_right(text):
    assert read_judge(text) == "T"


@pytest.mark.parametrize("text", ["错", "错误", "×", "F", "x", "不正确。"])
def test_wrong_is_wrong(text):
    assert read_judge(text) == "F"


def test_what_is_neither_has_no_key():
    assert read_judge("也许") == write_judge("") == ""


def test_a_missing_answer_leaves_its_blank_empty():
    assert read_blanks("五日；；书面") == (("五日",), (), ("书面",))


@pytest.mark.parametrize("text", ["在____日内", "在（ ）日内", "在()日内", "在（＿＿）日内", "在（____）日内"])
def test_blanks_of_a_stem_are_known_however_they_are_drawn(text):
    assert read_stem(text) == "在（____）日内"


def test_points_may_stand_on_lines_of_their_own():
    assert read_points("责令改正（30%）\n罚款(70％)。") == (Point("责令改正", 30), Point("罚款", 70))


def test_a_point_without_percent_is_named():
    with pytest.raises(ValueError, match="罚款"):
        read_points("责令改正（30%）；罚款")


@given(st.lists(st.lists(words, min_size=1), min_size=1))
def test_blanks_are_written_as_they_are_read(blanks):
    assert read_blanks(write_blanks(blanks)) == tuple(map(tuple, blanks))


@given(st.lists(st.builds(Point, words, st.integers(0, 100))))
def test_points_are_written_as_they_are_read(points):
    assert read_points(write_points(points)) == tuple(points)
