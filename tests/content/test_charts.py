"""Charts are plain SVG: no style, script or address, every text escaped, read aloud as one picture."""

import re

import pytest
from lxml import etree

from content.charts import Dot, Frame, bar, line, scatter, stacked_bar

BINS = ["0—10", "10—20", "20—30"]


def drawn() -> dict[str, str]:
    frame = Frame("成绩分布", "三人", "得分率", "人数")
    dots = {"一般": [Dot(50, 30, "第 1 题")], "请检查": [Dot(20, -30, "3", is_named=True)]}
    return {
        "bar": bar(frame, BINS, [1, 0, 2]),
        "stacked": stacked_bar(frame, BINS, {"及格": [0, 1, 2], "未及格": [2, 0, 0]}),
        "line": line(frame, BINS, {"甲": [1.5, None, 3.0], "乙": [1.0, 2.0, 3.0]}),
        "scatter": scatter(frame, dots, x_range=(0, 100), y_range=(-100, 100)),
        "empty": bar(frame, [], []),
        "nobody": scatter(frame, {"一般": []}),
    }


@pytest.mark.parametrize("name", drawn())
def test_a_chart_holds_nothing_that_the_policy_forbids(name):
    svg = drawn()[name]
    root = etree.fromstring(svg)
    assert {etree.QName(node).localname for node in root.iter()} <= {
        "svg",
        "g",
        "rect",
        "path",
        "circle",
        "text",
        "title",
    }
    assert not re.search(r"style=|href|\son\w+=|<!--|http", svg)
    assert (root.get("role"), root.get("aria-label")) == ("img", "成绩分布。三人。")


def test_the_same_numbers_give_the_same_chart():
    assert drawn() == drawn()


def test_what_is_hovered_says_its_value_and_its_bar_has_its_height():
    root = etree.fromstring(drawn()["bar"])
    bars = [one for one in root.iter("rect") if "rect" in (one.get("class") or "")]
    heights = [float(one.get("height")) for one in bars]
    assert heights[2] == pytest.approx(2 * heights[0])
    assert [one.getparent().findtext("title") for one in bars] == ["1", "0", "2"]


def test_points_are_named_by_hovering_and_where_asked_in_print():
    root = etree.fromstring(drawn()["scatter"])
    assert [dot.getparent().findtext("title") for dot in root.iter("circle")] == ["第 1 题", "3"]
    assert [text.text for text in root.iter("text") if text.get("class") == "label"] == ["3"]
    assert {"-100", "0", "100"} <= {text.text for text in root.iter("text")}


def test_counts_have_no_halves_on_their_scale():
    scale = [text.text for text in etree.fromstring(bar(Frame("人数"), ["一"], [1])).iter("text")]
    assert not [words for words in scale if words and "." in words]


def test_a_text_is_never_markup():
    svg = stacked_bar(Frame("<b>&"), ["<script>"], {"<i>": [1], '"': [2]})
    assert "<script>" not in svg and "<i>" not in svg
    assert etree.fromstring(svg).get("aria-label") == "<b>&。"
