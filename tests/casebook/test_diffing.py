"""Two texts side by side: nothing is lost, and only what differs is marked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.review.diffing import Piece, compare, sentences

texts = st.text(alphabet="甲乙丙丁戊。；！？”\n（）1a", max_size=60)


def joined(pieces) -> str:
    return "".join(piece.text for piece in pieces)


@given(texts, texts)
def test_both_sides_hold_their_whole_text(old, new):
    rows = compare(old, new)
    assert "".join(joined(row.old) for row in rows) == old
    assert "".join(joined(row.new) for row in rows) == new


@given(texts)
def test_a_text_does_not_differ_from_itself(text):
    assert not any(row.changed for row in compare(text, text))


def test_a_sentence_ends_with_its_mark_and_the_quotation_mark_behind_it():
    assert sentences("他说：“停下。”然后离开！结束") == ["他说：“停下。”", "然后离开！", "结束"]


def test_a_changed_word_is_marked_and_the_rest_of_its_sentence_is_not():
    (row,) = compare("执法人员当场责令停止。", "执法人员当日责令停止。")
    assert row.old == (Piece("执法人员当"), Piece("场", True), Piece("责令停止。"))
    assert row.new == (Piece("执法人员当"), Piece("日", True), Piece("责令停止。"))


def test_sentences_that_have_little_in_common_stand_whole_against_each_other():
    (row,) = compare("当事人缴纳了罚款。", "本案宜当场处罚。")
    assert row.old == (Piece("当事人缴纳了罚款。", True),)


@pytest.mark.parametrize(("old", "new", "side"), [("甲。", "甲。乙。", "new"), ("甲。乙。", "甲。", "old")])
def test_a_sentence_that_came_or_went_has_an_empty_other_side(old, new, side):
    same, row = compare(old, new)
    assert not same.changed and joined(getattr(row, side)) == "乙。"
    assert getattr(row, "old" if side == "new" else "new") == ()


def test_a_row_of_line_ends_alone_has_nothing_to_show():
    assert [row.is_blank for row in compare("甲。", "甲。\n乙。")] == [False, True, False]
