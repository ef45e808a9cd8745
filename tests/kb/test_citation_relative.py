"""前款, 前条, 前项, 本条, 本款: read from where the text stands."""

import pytest

from kb.citations import Context, parse


def keys(text: str, key: str, articles: tuple[str, ...] = ()) -> list[str]:
    return [c.key for c in parse(text, Context("甲法", key, articles=articles))]


@pytest.mark.parametrize(
    ("text", "here", "wanted"),
    [
        ("违反前款规定的", "33.p2", ["33.p1"]),
        ("违反前款规定的", "33.p3.i1", ["33.p2"]),
        ("前三款行为", "9.p4", ["9.p1", "9.p2", "9.p3"]),
        ("有前款第三项、第五项至第七项行为", "9.p2", ["9.p1.i3", "9.p1.i5", "9.p1.i6", "9.p1.i7"]),
        ("前款(一)、(二)项因特殊情况", "9.p2", ["9.p1.i1", "9.p1.i2"]),
        ("前款三项行为", "9.p2", ["9.p1"]),
        ("依照前条规定", "10.p1", ["9"]),
        ("依照前条第二款规定", "10.p1", ["9.p2"]),
        ("依照前条规定", "120-2.p1", ["120-1"]),
        ("依照前条规定", "120-1.p1", ["120"]),
        ("前两条规定", "10.p1", ["8", "9"]),
        ("不满前项规定的", "5.p1.i2", ["5.p1.i1"]),
        ("前四项以外的", "5.p1.i5", ["5.p1.i1", "5.p1.i2", "5.p1.i3", "5.p1.i4"]),
        ("本条第二款", "5.p4", ["5.p2"]),
        ("除本款第一项外", "5.p4.i2", ["5.p4.i1"]),
        ("本款规定", "5.p4", ["5.p4"]),
        ("第二项规定的", "5.p4.i3", ["5.p4.i2"]),
        ("有第二项规定情形的", "5.p4", ["5.i2"]),
    ],
)
def test_a_relative_reference_counts_from_its_place(text, here, wanted):
    assert keys(text, here) == wanted


def test_the_previous_article_follows_the_order_of_the_law():
    assert keys("依照前条规定", "121.p1", ("119", "120", "120-1", "121")) == ["120-1"]


@pytest.mark.parametrize(
    ("text", "here"),
    [("前款规定", "5.p1"), ("前两款规定", "5.p2"), ("前条规定", "1.p1"), ("前项规定", "5.p1"), ("前款规定", "")],
)
def test_what_has_nothing_before_it_names_no_provision(text, here):
    assert keys(text, here) == [""]


@pytest.mark.parametrize(
    "text", ["对前三项污染物征收", "第一部分第一项规定", "附件二第三项规定", "用于上述第(三)项的设备"]
)
def test_items_of_other_lists_are_not_items_of_the_article(text):
    assert keys(text, "5.p1.i9") == []


def test_this_chapter_is_the_chapter_where_it_is_known():
    (found,) = parse("本章所称", Context("甲法", "9.p1", chapter="c3"))
    assert found.key == "c3"
