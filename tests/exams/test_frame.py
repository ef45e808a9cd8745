"""Papers are frozen as they are shown: order of questions and options, shares of marks."""

import random
from decimal import Decimal
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from exams.content import LETTERS, Content, Kind, Part
from exams.sittings.frame import Rules, option_order, places, shares
from tests.factories.exams import judge, multiple, single
from tests.factories.sittings import group

CONTENTS = {1: single("甲"), 2: single("乙"), 3: multiple("丙"), 4: judge("丁"), 5: group(), 6: single("己")}
SECTION = {1: 1, 2: 1, 6: 1, 3: 2, 4: 3, 5: 4}
DRAWN = [SimpleNamespace(section_no=SECTION[n], question_id=n, version_id=n) for n in CONTENTS]
RULES = {n: Rules(n, Decimal(2), "all") for n in range(1, 5)}


def framed(seed, items=True, options=True):
    return places(DRAWN, CONTENTS, RULES, seed=seed, shuffles_items=items, shuffles_options=options)


def choice(*options, stem="问", explanation=""):
    return Part(Kind.SINGLE, stem, options, "A", explanation=explanation)


@given(st.integers(min_value=0, max_value=2**62), st.booleans(), st.booleans())
def test_every_part_has_one_place_in_its_section_and_a_seed_always_gives_the_same_paper(seed, items, options):
    paper = framed(seed, items, options)
    assert [place.order_no for place in paper] == list(range(1, 8))
    assert [place.section_no for place in paper] == [1, 1, 1, 2, 3, 4, 4]
    assert sorted((place.question_id, place.part_no) for place in paper) == [(n, 1) for n in range(1, 6)] + [
        (5, 2),
        (6, 1),
    ]
    assert [place.part_no for place in paper[-2:]] == [1, 2]
    assert all(sorted(place.option_order) == list(LETTERS[: len(place.option_order)]) for place in paper)
    assert paper == framed(seed, items, options)


def test_questions_and_options_stand_in_many_orders():
    papers = [framed(seed) for seed in range(40)]
    assert len({tuple(place.question_id for place in paper) for paper in papers}) > 4
    assert len({paper[3].option_order for paper in papers}) > 10


def test_without_shuffling_the_order_is_that_of_the_bank():
    paper = framed(7, items=False, options=False)
    assert [place.question_id for place in paper] == [1, 2, 6, 3, 4, 5, 5]
    assert {place.option_order for place in paper} == {"ABCD", ""}


@given(st.integers(min_value=0, max_value=2**62))
def test_an_option_that_speaks_of_those_above_stays_below_them(seed):
    part = choice("三日", "五日", "七日", "以上都不对")
    assert option_order(part, random.Random(seed))[-1] == "D"


@given(st.integers(min_value=0, max_value=2**62))
def test_where_a_text_names_letters_nothing_is_shuffled(seed):
    named = [
        choice("罚款", "警告", "A和B"),
        choice("罚款", "警告", "AB都对", "没收"),
        choice("罚款", "警告", stem="选项A与选项B的区别"),
        choice("罚款", "警告", "没收", explanation="B项错误，应为没收"),
    ]
    assert [option_order(part, random.Random(seed)) for part in named] == ["ABC", "ABCD", "AB", "ABC"]


def test_a_word_in_latin_letters_is_no_reference():
    part = choice("检测 VOCs 排放", "APP 登记", "GPS 定位", "DNA 检验")
    assert len({option_order(part, random.Random(seed)) for seed in range(20)}) > 5


@given(st.integers(min_value=1, max_value=99_999), st.integers(min_value=1, max_value=12))
def test_shares_of_a_group_add_up_to_its_marks_and_differ_by_a_cent_at_most(cents, parts):
    marks = Decimal(cents) / 100
    shared = shares(marks, parts)
    assert sum(shared) == marks
    assert max(shared) - min(shared) <= Decimal("0.01")


def test_a_group_of_three_for_ten_marks():
    assert shares(Decimal(10), 3) == [Decimal("3.34"), Decimal("3.33"), Decimal("3.33")]


def test_a_content_is_never_changed_by_its_place():
    before = Content(Kind.SINGLE, (choice("甲", "乙"),))
    option_order(before.parts[0], random.Random(1))
    assert before == Content(Kind.SINGLE, (choice("甲", "乙"),))
