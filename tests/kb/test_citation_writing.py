"""The standard form for copying, and the text as HTML with links."""

import pytest

from kb.citations import Link, link_text_spans, standard_citation, written_key


def test_the_form_of_enforcement_documents():
    wanted = "《中华人民共和国生态环境法典》第一千一百三十二条第三款"
    assert standard_citation("中华人民共和国生态环境法典", "1132.p3") == wanted


@pytest.mark.parametrize(
    ("key", "wanted"),
    [
        ("33", "第三十三条"),
        ("120-1.p2", "第一百二十条之一第二款"),
        ("58.p1.i2", "第五十八条第一款第（二）项"),
        ("3.p1.i2.s3", "第三条第一款第（二）项第3目"),
        ("57.i4", "第五十七条第（四）项"),
        ("c3.s1", "第三章第一节"),
        ("b2.sb1.c4", "第二编第一分编第四章"),
        ("三/二/5", "三、（二）5"),
        ("pre", "序言"),
        ("", ""),
    ],
)
def test_every_sort_of_key_is_written(key, wanted):
    assert written_key(key) == wanted


def test_the_first_paragraph_of_a_single_paragraph_article_is_not_written():
    assert standard_citation("甲条例", "34.p1.i2", single_paragraph=True) == "《甲条例》第三十四条第（二）项"
    assert standard_citation("甲条例", "17.p1", single_paragraph=True) == "《甲条例》第十七条"


def test_a_span_becomes_a_link_and_the_rest_is_escaped():
    html = link_text_spans("<b>见第三条</b>", [Link(4, 7, "/laws/甲/3", title='"甲"', data={"key": "3"})])
    link = '<a class="cite" href="/laws/甲/3" title="&quot;甲&quot;" data-key="3">第三条</a>'
    assert html == f"&lt;b&gt;见{link}&lt;/b&gt;"


def test_of_two_targets_with_one_span_the_first_is_linked():
    html = link_text_spans("前两款", [Link(0, 3, "#p1"), Link(0, 3, "#p2")])
    assert html == '<a class="cite" href="#p1">前两款</a>'


@pytest.mark.parametrize("href", ["javascript:alert(1)", "//evil.example", "data:text/html,x", ""])
def test_an_address_that_is_not_ours_is_marked_but_not_linked(href):
    assert link_text_spans("第三条", [Link(0, 3, href)]) == '<span class="cite">第三条</span>'
