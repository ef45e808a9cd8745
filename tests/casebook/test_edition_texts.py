"""Plain text of a case as blocks: lines, lists, and links at exact offsets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.editions.texts import Link, blocks_of, line_of, numbered
from content.exports.document import Listing, Paragraph, Run, members


def test_lines_become_paragraphs_and_marked_lines_lists():
    blocks = blocks_of("开头。\n\n- 甲\n- 乙\n1. 一\n2、二\n结尾。")
    assert [type(block) for block in blocks] == [Paragraph, Listing, Listing, Paragraph]
    assert [block.numbered for block in blocks if isinstance(block, Listing)] == [False, True]
    assert [run.text for run in members(blocks[1], Run)] == ["甲", "乙"]


def test_a_link_covers_its_words_and_nothing_else():
    text = "- 依照《某法》第三条办理"
    start = text.index("《")
    runs = list(members(blocks_of(text, [Link(start, start + 7, "a")]), Run))
    assert [(run.text, run.target) for run in runs] == [("依照", ""), ("《某法》第三条", "a"), ("办理", "")]


def test_a_link_over_a_line_end_is_one_on_each_line():
    runs = list(members(blocks_of("甲乙\n丙丁", [Link(1, 4, "a")]), Run))
    assert [(run.text, run.target) for run in runs] == [("甲", ""), ("乙", "a"), ("丙", "a"), ("丁", "")]


def test_lines_of_a_basis_are_joined():
    assert "".join(run.text for run in line_of("甲法第一条\n乙法第二条\n")) == "甲法第一条；乙法第二条"


@given(st.text("甲乙。\n -1.、", max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=4))
def test_no_character_is_lost_or_doubled_by_links(text, spans):
    links = [Link(min(span), max(span), "a") for span in spans]
    without = ["".join(run.text for run in members(block, Run)) for block in blocks_of(text)]
    assert ["".join(run.text for run in members(block, Run)) for block in blocks_of(text, links)] == without


@pytest.mark.parametrize(("n", "said"), [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (35, "三十五")])
def test_sections_are_numbered_in_chinese(n, said):
    assert numbered(n) == said
