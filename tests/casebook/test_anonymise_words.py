"""Names that are also words: told by their company, and left alone where they are part of a longer word."""

import pytest

from casebook.anonymise import Substitution, scan

COMPANY = {
    "打牌人员蒙田、荣耀、左右被劝离。": {"蒙田", "左右"},
    "由牛得草、季节担任听证员。": {"牛得草", "季节"},
    "安装工于是之、安全两人没有上岗证。": {"于是之", "安全"},
    "协管员石头在门口巡查。": {"石头"},
    "住户巫山堆物。巫山住2107室。": {"巫山"},
}
ORDINARY = [
    "桌椅、石材、水泥堆在路边。",
    "左右两侧、季节变化、金属粉尘都要记录。",
    "执法人员时常在现场，工作人员左右为难，住户楼梯被堵。",
    "当事人王某、程序合法、金额准确。",
    "申请人和被申请人两人均到场。",
]


@pytest.mark.parametrize("text", COMPANY)
def test_a_word_in_the_company_of_people_is_proposed_for_checking(text):
    found = {one.original: one.sure for one in scan({"facts": text})}
    assert COMPANY[text] <= set(found)
    assert not any(found[name] for name in COMPANY[text] - {"于是之", "牛得草"})


@pytest.mark.parametrize("text", ORDINARY)
def test_a_word_in_the_company_of_things_is_left_alone(text):
    assert [one.original for one in scan({"facts": text})] == []


LAYER = Substitution({"安全": "安某", "季节": "季某"})


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("安全称没有戴安全帽。", "安某称没有戴安全帽。"),
        ("违反《中华人民共和国安全生产法》第九条，安全不服。", "违反《中华人民共和国安全生产法》第九条，安某不服。"),
        ("食品安全由季节负责，季节性用工。", "食品安全由季某负责，季节性用工。"),
        ("安全生产责任，安全隐患。", "安全生产责任，安全隐患。"),
    ],
)
def test_an_accepted_word_stays_in_longer_words_terms_and_titles_of_laws(text, shown):
    assert LAYER.apply(text).text == shown


def test_a_name_that_is_no_word_is_replaced_wherever_it_stands():
    assert Substitution({"王建国": "王某"}).apply("《关于王建国的规定》王建国栋").text == "《关于王某的规定》王某栋"


def test_the_words_that_are_left_alone_are_named_for_the_editor():
    assert LAYER.spared("安全称没有戴安全帽，食品安全合格，又称安全帽") == ["安全帽", "食品安全"]


def test_offsets_follow_the_text_where_some_occurrences_stay():
    moved = LAYER.apply("安全帽丢了，安全到场")
    assert moved.text == "安全帽丢了，安某到场" and moved.span(8, 10) == (8, 10)
