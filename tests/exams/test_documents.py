"""A faulty document as people type it, and the sentences that come of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exams.content import Segment
from exams.documents import MarkupError, key_of, mended, numbered_lines, read_markup, write_markup

NOTICE = """江城区滨江街道办事处行政处罚决定书
当事人占用道路经营，事实清楚；{证据可能充分=>证据充分}。
　　限{三十日=>十五日}内缴纳罚款。逾期不缴的，每日加处{百分之五=>百分之三}。"""


def test_sentences_end_at_stops_and_lines():
    texts = [one.text for one in read_markup(NOTICE)]
    assert texts == [
        "江城区滨江街道办事处行政处罚决定书",
        "当事人占用道路经营，事实清楚；",
        "证据可能充分。",
        "限三十日内缴纳罚款。",
        "逾期不缴的，每日加处百分之五。",
    ]


def test_the_candidate_sees_the_wrong_words_and_the_key_counts_sentences():
    segments = read_markup(NOTICE)
    assert key_of(segments) == "3,4,5"
    assert segments[3] == Segment("限三十日内缴纳罚款。", "三十日", "十五日", at=1)
    assert [mended(one) for one in segments[3:]] == ["限十五日内缴纳罚款。", "逾期不缴的，每日加处百分之三。"]


def test_lines_are_kept_and_numbered_through():
    assert [[number for number, _ in line] for line in numbered_lines(read_markup(NOTICE))] == [[1], [2, 3], [4, 5]]


def test_a_closing_quotation_mark_stays_with_its_sentence():
    assert [one.text for one in read_markup("他说：“我不签。”随后离开。")] == ["他说：“我不签。”", "随后离开。"]


def test_two_errors_in_a_sentence_are_one_stretch():
    (segment,) = read_markup("自{立案=>收到}之日起{六十日=>九十日}内")
    assert (segment.wrong, segment.right, segment.at) == ("立案之日起六十日", "收到之日起九十日", 1)


def test_the_second_of_two_equal_words_keeps_its_place():
    (segment,) = read_markup("三日内告知，{三日=>五日}内申请")
    assert segment.at == 6
    assert write_markup([segment]) == "三日内告知，{三日=>五日}内申请"


def test_superfluous_words_have_nothing_right():
    (segment,) = read_markup("处以罚款{并拘留=>}")
    assert segment.is_faulty
    assert mended(segment) == "处以罚款"


def test_full_width_brackets_are_read_alike():
    assert read_markup("限｛三十日＝＞十五日｝内") == read_markup("限{三十日=>十五日}内")


def test_a_stop_inside_an_error_does_not_end_the_sentence():
    assert [one.text for one in read_markup("甲{乙。丙=>丁}戊。己。")] == ["甲乙。丙戊。", "己。"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("一。\n限{三十日内", "第 2 行的“{”"),
        ("限三十日}内", "第 1 行的“}”"),
        ("限{三十日}内", "第 1 行的“{”"),
        ("限{=>十五日}内", "没有错误文字"),
        ("限{十五日=>十五日}内", "改后与原文相同"),
    ],
)
def test_what_is_wrong_with_the_markup_is_said_with_its_line(text, said):
    with pytest.raises(MarkupError, match=said):
        read_markup(text)


@given(st.text("甲乙 。；！？”=>{}｛＝＞｝\n\r　", max_size=40))
def test_what_was_read_is_written_so_that_it_reads_the_same(text):
    try:
        segments = read_markup(text)
    except MarkupError:
        return
    assert read_markup(write_markup(segments)) == segments


@given(st.lists(st.tuples(st.text("甲乙，", min_size=1), st.text("丙丁", min_size=1), st.text("戊己"))))
def test_no_character_of_a_document_is_lost(pieces):
    text = "\n".join(f"{plain}{{{wrong}=>{right}}}。" for plain, wrong, right in pieces)
    segments = read_markup(text)
    assert "".join(one.text for one in segments) == "".join(f"{plain}{wrong}。" for plain, wrong, _ in pieces)
    assert all(one.is_faulty and one.text[one.at :].startswith(one.wrong) for one in segments)
