"""Names typed in pinyin, and names typed with a wrong character."""

import pytest

from search.lexicon import Law, Lexicon, Meaning
from search.query import CITED, understand
from search.typos import corrections

PENALTIES = Law("1", "中华人民共和国行政处罚法")
LEXICON = Lexicon.of(
    [("中华人民共和国行政处罚法", PENALTIES), ("处罚法", PENALTIES)],
    [
        Meaning("占道经营", "擅自占用城市道路、公共场所经营", "UP"),
        Meaning("油烟扰民", "超标排放油烟", "UP"),
        Meaning("ktv", "歌舞娱乐场所", "UP"),
        Meaning("渣土车", "运输建筑垃圾的车辆", "UP"),
    ],
    titles=("敲承重墙", "群租"),
)


def plan(text):
    return understand(text, LEXICON)


@pytest.mark.parametrize("text", ["xzcff 33", "xzcff33", "XZCFF 33条", "xingzhengchufafa 33", "xingzheng chufafa 33"])
def test_a_law_may_be_named_by_its_pinyin(text):
    found = plan(text)
    assert (found.law, found.provision) == (PENALTIES, "33")
    assert found.exact["article:1#33"] == CITED


@pytest.mark.parametrize("text", ["zhandao jingying", "zhandaojingying", "zdjy", "ZDJY"])
def test_a_term_may_be_typed_in_full_pinyin_or_by_initials(text):
    assert plan(text).text == "占道经营"


def test_a_word_of_several_readings_is_read_as_in_the_word():
    assert plan("qiaochengzhongqiang").text == "敲承重墙"


def test_names_typed_without_a_blank_are_read_one_after_another():
    assert plan("zhandaojingyingqunzu").text == "占道经营群租"


@pytest.mark.parametrize("text", ["420102C01CF00100", "ktv", "wifi", "zd"])
def test_codes_and_other_letters_stay_as_they_are(text):
    assert plan(text).text == text.lower()


def test_pinyin_is_explained():
    assert {"name": "拼音", "found": "zdjy → 占道经营"} in plan("zdjy").explain()["steps"]


def test_a_chinese_query_never_needs_the_table_of_sounds():
    lexicon = Lexicon.of([("行政处罚法", PENALTIES)], [])
    understand("占道经营 怎么罚", lexicon)
    assert "sounds" not in lexicon.__dict__


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("占到经营", "占道经营"),
        ("行证处罚法33条", "行政处罚法33条"),
        ("楼下油湮扰民", "楼下油烟扰民"),
    ],
)
def test_a_word_of_the_same_sound_is_surely_meant(typed, meant):
    first = next(corrections(typed, LEXICON))
    assert (first.text, first.sure) == (meant, True)


@pytest.mark.parametrize(("typed", "meant"), [("碴土车", "渣土车"), ("占道经蕾", "占道经营")])
def test_one_other_character_is_a_guess(typed, meant):
    guesses = {one.text: one.sure for one in corrections(typed, LEXICON)}
    assert guesses[meant] is False


@pytest.mark.parametrize(
    "text", ["占道经营", "行政处罚法33条", "油烟扰民怎么罚", "小区", "", "abc 123", "第一千一百条"]
)
def test_what_is_written_right_has_no_corrections(text):
    assert not list(corrections(text, LEXICON))
