"""No text makes the parser raise, and nothing that goes in is lost."""

import re

from hypothesis import example, given, settings
from hypothesis import strategies as st

from kb.parser import Severity, parse_text
from kb.parser.fidelity import of_nodes, squeeze
from kb.parser.nodes import BLANK

WORDS = st.text(alphabet="甲乙丙丁处罚款街道，。；：“”（）一二三条章第附件规定的 　\u200b", max_size=30)
OPENINGS_SEEN = (
    "第一条 |第二条　|第三条|第一百二十条之一 |第１条 |（一）|(二)|（１）|1.|2、|①|一、|二、|",
    "第一章 总则|第二节　|第一编 总则|第一分编 甲|## 第三章 罚则|**第四条**　|附件1：|附表|附则|目录|序言|",
    "抄送：|- （一）|甲\t乙|江城区人民政府|2021年1月1日|# |— 2 —|<!-- 注 -->|本办法自2021年5月1日起施行。|",
    "---|3.2.1 |“第五条 |”|1 范围|关注公众号|",
)
OPENINGS = st.sampled_from("".join(OPENINGS_SEEN).split("|"))
LINES = st.lists(st.tuples(OPENINGS, WORDS).map("".join), max_size=25)
CLEAN_OPENINGS = st.sampled_from(
    [
        "第一条 ",
        "第二条　",
        "第三条之一 ",
        "（一）",
        "(二)",
        "1．",
        "（1）",
        "①",
        "一、",
        "第一章 ",
        "第二节 ",
        "附件：",
        "",
        "“第六条 ",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=400))
def test_no_text_makes_the_parser_raise(text):
    parse_text(text, "某办法(2020-01-01).md")


@settings(max_examples=300, deadline=None)
@given(LINES)
@example(["第一条 ", "抄送：", "甲\t乙", "第一条 "])
@example(["第一条 街", "1.的", "①街", "甲\t乙", "(二)"])
@example(["（一）", "抄送：“甲", "第一章 总则", "“第五条 街"])
def test_mixtures_of_openings_are_never_lost(lines):
    for title in ("某办法", "关于修改某法的决定"):
        parsed = parse_text(title + "\n" + "\n".join(lines), "某办法.txt")
        assert not [n for n in parsed.notes if n.code == "text_lost"]
        assert len({n.key for n in parsed.nodes}) == len(parsed.nodes)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.tuples(CLEAN_OPENINGS, st.text(alphabet="甲乙丙丁处罚，。；：（）", min_size=1, max_size=40)).map("".join),
        max_size=25,
    )
)
def test_unmarked_text_comes_back_exactly(lines):
    text = "\n".join(lines)
    parsed = parse_text("# 江城区某办法\n\n<!-- INFO END -->\n\n" + text)
    assert of_nodes(parsed.nodes) == squeeze(text)


@settings(max_examples=200, deadline=None)
@given(LINES)
def test_parents_come_before_their_children(lines):
    seen = {""}
    for node in parse_text("关于修改某办法的决定\n" + "\n".join(lines)).nodes:
        assert node.parent in seen
        assert len(node.key) <= 60
        seen.add(node.key)


def test_characters_of_no_width_survive():
    text = "# 某法\n\n2020年1月1日通过\n\n<!-- INFO END -->\n\n\u200b\n\n## 第一章 总则\n\n\u200b\n\n第一条 甲。\n"
    parsed = parse_text(text)
    assert "".join(n.label + n.heading + n.text for n in parsed.nodes) == "\u200b第一章总则\u200b第一条甲。"
    assert [n.key for n in parsed.nodes] == ["c1", "1", "1.p1"]


def test_an_empty_page_is_an_error_note_and_no_crash():
    parsed = parse_text("---\ntitle: 甲\n---\n")
    assert [n.code for n in parsed.notes if n.severity is Severity.ERROR] == ["no_text"]


def test_blank_covers_what_python_calls_white_space_in_text():
    assert all(re.fullmatch(r"[\s\u200b-\u200d\u2060\ufeff\u00ad]", c) for c in BLANK)
