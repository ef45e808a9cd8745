"""What a candidate ticks by place is kept by the bank's letters, and shown again at the same place (peers 9)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exams.content import LETTERS
from exams.sittings.answers import BadAnswer, kept, shown

ORDERS = st.integers(min_value=2, max_value=8).flatmap(lambda n: st.permutations(LETTERS[:n])).map("".join)


@given(ORDERS, st.data())
def test_ticks_come_back_where_they_were_set(order, data):
    ticked = "".join(sorted(data.draw(st.sets(st.sampled_from(LETTERS[: len(order)])))))
    answer = kept("multiple", order, len(order), ticked)
    assert answer == "".join(sorted(answer))
    assert {order[LETTERS.index(letter)] for letter in ticked} == set(answer)
    assert shown("multiple", order, answer) == ticked


@given(st.lists(st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=20), min_size=1))
def test_blanks_come_back_as_they_were_written(words):
    answer = kept("fill", "", len(words), words)
    assert shown("fill", "", answer) == (words if any(word.strip() for word in words) else [])


@given(st.sets(st.integers(min_value=1, max_value=30)))
def test_ticked_sentences_come_back_in_order(numbers):
    assert shown("document", "", kept("document", "", 30, list(numbers))) == sorted(numbers)


@pytest.mark.parametrize(
    ("kind", "order", "size", "given", "answer"),
    [
        ("single", "CADB", 4, "A", "C"),
        ("single", "CADB", 4, "", ""),
        ("multiple", "CADB", 4, "BA", "AC"),
        ("judge", "", 0, "F", "F"),
        ("fill", "", 2, ["九十日", ""], '["九十日", ""]'),
        ("fill", "", 2, ["", " "], ""),
        ("short", "", 0, "第一，\n第二", "第一，\n第二"),
        ("document", "", 9, [7, 3, 7], "3,7"),
        ("document", "", 9, "", ""),
    ],
)
def test_the_kept_form(kind, order, size, given, answer):
    assert kept(kind, order, size, given) == answer


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        ("single", "AB"),
        ("single", "E"),
        ("single", "a"),
        ("single", 1),
        ("single", None),
        ("multiple", "AA"),
        ("multiple", "ABX"),
        ("multiple", ["A"]),
        ("judge", "对"),
        ("judge", True),
        ("fill", ["甲"]),
        ("fill", "甲"),
        ("fill", [1, 2]),
        ("fill", ["甲", "字" * 201]),
        ("short", "字" * 5001),
        ("short", "a\x00"),
        ("document", [0]),
        ("document", [5]),
        ("document", ["1"]),
        ("document", [True]),
        ("document", "1,2"),
        ("group", "A"),
    ],
)
def test_what_does_not_fit_the_question_is_refused_in_words(kind, given):
    with pytest.raises(BadAnswer, match=r"[一-鿿]"):
        kept(kind, "CADB", 4 if kind == "document" else 2, given)
