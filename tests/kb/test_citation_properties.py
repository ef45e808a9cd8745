"""What holds for every text: numbers come back, nothing raises, spans are the text."""

from hypothesis import given
from hypothesis import strategies as st

from kb.citations import Context, Link, link_text_spans, parse, standard_citation, written_key
from kb.citations.grammar import fold
from kb.citations.registry import standard_names
from kb.numerals import LARGEST, from_chinese, to_chinese

WORDS = (
    "第 条 款 项 目 之 一 二十 三百零五 九千九百九十九 33 ３ （ ） ( ) "
    "、 和 至 本法 本条 前款 前两项 前条 《 》 行政处罚法 法典 "
    "《行政处罚法》 （2021年修订） 国务院令 号 〔2021〕 附件 该法 依照 违反 。 § 后半段 编 章 节 规定 岸政 令 0"
)
PIECES = [*WORDS.split(), "\n", " ", "　"]
citation_like = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)
KEYS = ["", "33", "33.p3", "X.p3", "120-1.p2.i3", "三/二/5", "pre.p1", "..", "c3.s1"]
texts = st.one_of(citation_like, st.text(max_size=200))
contexts = st.builds(
    Context,
    law=st.sampled_from(["", "行政处罚法", "甲法", "《》"]),
    key=st.one_of(
        st.sampled_from(["", "33", "33.p3", "X.p3", "120-1.p2.i3", "三/二/5", "pre.p1", "..", "c3.s1"]), st.text()
    ),
    articles=st.sampled_from([(), ("32", "32-1", "33")]),
)


def test_numbers_up_to_9999_come_back():
    for number in range(1, LARGEST + 1):
        assert from_chinese(to_chinese(number)) == number


@given(st.integers(1, LARGEST))
def test_an_article_of_any_number_is_found(number):
    (found,) = parse(f"《行政处罚法》第{to_chinese(number)}条")
    assert found.key == str(number)


@given(texts, contexts)
def test_no_text_makes_the_parser_raise_and_every_span_is_the_text(text, context):
    for found in parse(text, context, standard_names()):
        assert text[found.start : found.end] == found.raw != ""


@given(texts, contexts)
def test_citations_come_in_order_and_overlap_only_when_they_share_a_span(text, context):
    found = parse(text, context, standard_names())
    spans = sorted({(c.start, c.end) for c in found})
    assert [c.start for c in found] == sorted(c.start for c in found)
    assert all(a[1] <= b[0] for a, b in zip(spans, spans[1:], strict=False))


@given(st.text())
def test_folding_keeps_every_position(text):
    assert len(fold(text)) == len(text)


@given(st.integers(1, 9999), st.integers(0, 9), st.integers(1, 40), st.integers(0, 30), st.booleans())
def test_a_standard_citation_is_read_back(article, sub, paragraph, item, with_item):
    key = f"{article}" + (f"-{sub}" if sub else "") + f".p{paragraph}" + (f".i{item}" if item and with_item else "")
    (found,) = parse(standard_citation("行政处罚法", key))
    assert (found.law, found.key) == ("行政处罚法", key)


@given(st.text())
def test_no_key_makes_the_writer_raise(key):
    written_key(key)


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(-5, 70), st.integers(-5, 70)), max_size=6))
def test_markup_shows_the_text_and_no_more(text, spans):
    html = link_text_spans(text, [Link(a, b, "/laws/x/1") for a, b in spans])
    bare = html.replace("</a>", "").replace('<a class="cite" href="/laws/x/1">', "")
    assert bare == link_text_spans(text, [])
