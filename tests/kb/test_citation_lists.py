"""Lists, ranges, inherited parts, 之一, and every width a number is written in."""

import pytest

from kb.citations import Context, parse
from kb.citations.registry import standard_names


def keys(text: str, context: str = "甲法#20.p2") -> list[str]:
    return [c.key for c in parse(text, Context.parse(context), standard_names())]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("本法第十七条第一项、第二项", ["17.i1", "17.i2"]),
        ("本法第十七条第一款第一项、第二款", ["17.p1.i1", "17.p2"]),
        ("本法第二、三条的规定", ["2", "3"]),
        ("本法第七十条第（一）、（二）、（六）项", ["70.i1", "70.i2", "70.i6"]),
        ("第八十九条第(二)至第(四)项", ["89.i2", "89.i3", "89.i4"]),
        ("本法第二十条至第二十三条", ["20", "21", "22", "23"]),
        ("第一百二十条之一至第一百二十条之三", ["120-1", "120-2", "120-3"]),
        ("第一百二十条之一第二款", ["120-1.p2"]),
        ("第三条第一款第（二）项第3目", ["3.p1.i2.s3"]),
        ("本法第三十条、前条和第十条", ["30", "19", "10"]),
        ("依照本法第二章至第四章", ["c2", "c3", "c4"]),
        ("违反本法第二编第三分编规定", ["b2.sb3"]),
        ("本法第六章第二节", ["c6.s2"]),
        ("前款规定的第一项", ["20.p1.i1"]),
        ("§ 33", ["33"]),
        ("第３３条", ["33"]),
        ("第 三十三 条 第 一 款", ["33.p1"]),
        ("第三十三條第一款第二項", ["33.p1.i2"]),
        ("行政处罚法33条1款", ["33.p1"]),
        ("第六十条以及第六十二条或者第六十四条第二款", ["60", "62", "64.p2"]),
    ],
)
def test_a_list_or_range_gives_one_key_per_target(text, wanted):
    assert keys(text) == wanted


def test_a_range_has_one_span_and_a_list_a_span_for_each():
    ranged = parse("本法第五条至第七条", Context("甲法"))
    assert {c.raw for c in ranged} == {"本法第五条至第七条"}
    listed = parse("本法第五条、第七条", Context("甲法"))
    assert [c.raw for c in listed] == ["本法第五条", "第七条"]


def test_an_absurd_range_is_not_spelt_out():
    found = parse("第一条至第九千条", Context("甲法"))
    assert [c.key for c in found] == ["1", "9000"]


@pytest.mark.parametrize(
    "text",
    [
        "第三条件", "第三十条例", "第一项目", "第一款项", "目前条件尚不具备", "提前条件", "基本条件", "资本项目",
        "本条例", "本款项", "第二节课", "第零条", "第十号", "2021年9号",
    ],
)  # fmt: skip
def test_words_that_hold_a_unit_word_are_no_citations(text):
    assert keys(text) == []


def test_a_heading_that_opens_an_article_cites_nothing():
    assert keys("第三十三条　桥灯损坏轻微并及时更换") == []
    assert keys("第三十三条　违反本法第九条的") == ["9"]


def test_a_number_after_a_year_is_no_article():
    assert keys("行政处罚法2021年修订", "") == []
    assert keys("行政处罚法2021", "") == []
