"""What is understood of a query, step by step."""

import pytest

from search.lexicon import Law, Lexicon, Meaning
from search.query import CITED, CODED, LAW_MEANT, LONGEST_QUERY, understand

PENALTIES = Law("1", "中华人民共和国行政处罚法")
PUBLIC_SECURITY = Law("2", "中华人民共和国治安管理处罚法")
CODE = Law("3", "中华人民共和国生态环境法典")
CRIMINAL = Law("4", "中华人民共和国刑法")
LEXICON = Lexicon.of(
    [
        ("中华人民共和国行政处罚法", PENALTIES),
        ("处罚法", PENALTIES),
        ("中华人民共和国治安管理处罚法", PUBLIC_SECURITY),
        ("中华人民共和国生态环境法典", CODE),
        ("法典", CODE),
        ("中华人民共和国刑法", CRIMINAL),
    ],
    [
        Meaning("占道经营", "擅自占用城市道路、公共场所经营", "UP"),
        Meaning("占道", "擅自占用城市道路", "UP"),
        Meaning("煤气", "燃气", "REL"),
        Meaning("气", "燃气", "REL"),
        Meaning("协管员", "行政执法辅助人员", "WARN", "无执法资格，不得独立执法"),
        Meaning("一般程序", "普通程序", "EQ"),
        Meaning("砍树", "擅自砍伐城市树木", "UP"),
    ],
)


def plan(text):
    return understand(text, LEXICON)


@pytest.mark.parametrize(
    ("text", "law", "key"),
    [
        ("行政处罚法第三十三条", PENALTIES, "33"),
        ("处罚法33条", PENALTIES, "33"),
        ("处罚法33", PENALTIES, "33"),
        ("处罚法 33", PENALTIES, "33"),
        ("处罚法第33", PENALTIES, "33"),
        ("处罚法§33", PENALTIES, "33"),
        ("处罚法三十三", PENALTIES, "33"),
        ("《行政处罚法》第三十三条第一款", PENALTIES, "33.p1"),
        ("《中华人民共和国行政处罚法》第58条第1款第(二)项", PENALTIES, "58.p1.i2"),
        ("《中华人民共和国行政处罚法》（2021年修订）第五十八条第一款第（二）项", PENALTIES, "58.p1.i2"),
        ("行政處罰法第３３條", PENALTIES, "33"),
        ("治安管理处罚法33条", PUBLIC_SECURITY, "33"),
        ("法典第一千一百六十九条", CODE, "1169"),
        ("刑法第一百二十条之一", CRIMINAL, "120-1"),
        ("刑法120-1", CRIMINAL, "120-1"),
    ],
)
def test_a_citation_is_found_however_it_is_typed(text, law, key):
    found = plan(text)
    assert (found.law, found.provision, found.text) == (law, key, "")
    assert found.jump
    assert found.exact[f"article:{law.key}#{key.partition('.')[0]}"] == CITED


@pytest.mark.parametrize(
    "text", ["处罚法2次违法", "处罚法一般程序", "处罚法2021年修订", "处罚法", "处罚法第一章", "处罚法99999"]
)
def test_what_only_looks_like_a_citation_is_none(text):
    assert not plan(text).provision


def test_words_beside_a_citation_are_searched_inside_its_law():
    found = plan("处罚法33条 首违不罚")
    assert (found.provision, found.text, found.jump) == ("33", "首违不罚", False)
    assert found.engine_query(_filters()).filters.law == PENALTIES.key


def test_a_law_named_alone_is_known_as_such():
    assert plan("《行政处罚法》").law_alone
    found = plan("处罚法 听证")
    assert (found.law, found.law_alone) == (PENALTIES, False)
    assert found.engine_query(_filters()).filters.law == ""


@pytest.mark.parametrize(
    "text",
    [
        "岸政2021 9号",
        "岸政〔2021〕9号",
        "岸政【2021】9号",
        "岸政(2021)9号",
        "岸政〔2021〕第9号",
        "岸政［２０２１］９号",
    ],
)
def test_a_document_number_is_known_with_any_bracket_or_none(text):
    assert plan(text).exact["no:岸政〔2021〕9号"] == CODED


def test_a_year_and_a_count_are_no_document_number():
    assert not [key for key in plan("武汉2021 9个案例").exact if key.startswith("no:")]


def test_an_item_code_is_looked_up_whole():
    assert plan("420102C01CF00100").exact["code:420102c01cf00100"] == CODED


def test_words_that_ask_are_taken_out_and_steer():
    found = plan("占道经营怎么罚？")
    assert found.text == "占道经营"
    assert 0 < found.terms["罚款"] < found.terms["占道经营"]


def test_a_question_made_of_nothing_else_is_still_searched():
    assert plan("怎么处罚").terms


def test_the_longest_colloquial_term_wins():
    assert [row.colloquial for row in plan("占道经营").meanings] == ["占道经营"]


def test_the_statutory_words_weigh_less_than_the_typed_ones():
    found = plan("占道经营 听证")
    assert found.terms["听证"] == 2.0, "the word and the bigram"
    assert 0 < found.terms["擅自"] < 2.0


def test_equal_terms_lead_both_ways_the_others_only_up():
    assert plan("普通程序").meanings[0].statutory == "一般程序"
    assert not plan("行政执法辅助人员").meanings


def test_a_term_of_one_character_counts_only_as_a_word():
    assert plan("换 气 点").meanings
    assert not plan("空气污染").meanings


def test_verb_and_object_may_stand_apart():
    assert [row.statutory for row in plan("砍了小区的树").meanings] == ["擅自砍伐城市树木"]
    assert not plan("砍价的时候说到小区门口那一大片树").meanings


def test_words_that_say_nothing_are_left_out_unless_they_are_all():
    assert "的" not in plan("砍了小区的树").terms
    assert plan("的").terms


def test_a_warning_gives_one_routing_card():
    assert [card.note for card in plan("协管员能不能执法").cards] == ["无执法资格，不得独立执法"]


def test_a_word_with_a_minus_is_shut_out():
    found = plan("渣土 -运输")
    assert found.excluded == ("运输",)
    assert "运输" not in found.terms


def test_every_step_is_explained():
    explained = plan("ＡＢ 占道经营怎么罚").explain()
    assert [step["name"] for step in explained["steps"]] == ["统一写法", "提问", "同义词"]
    assert explained["terms"]["占道经营"] == 1.0


@pytest.mark.parametrize("text", ["", "   ", "？？", "的" * 5000, "第条", "《》", "-", "第零条", "处罚法第零条"])
def test_nothing_typed_breaks_the_reader(text):
    found = plan(text)
    assert len(found.text) <= LONGEST_QUERY
    found.explain()


def _filters():
    from search.engines.base import Filters

    return Filters()


@pytest.mark.parametrize("text", ["行政处罚", "治安管理处罚", "生态环境法典"])
def test_a_law_without_its_last_character_is_meant_all_the_same(text):
    found = plan(text)
    assert found.law_alone
    assert found.exact[f"work:{found.law.key}"] >= LAW_MEANT
    assert found.terms, "the words are searched as well"


@pytest.mark.parametrize("text", ["处罚", "刑", "行政处罚 听证", "占道经营"])
def test_other_words_name_no_law(text):
    assert not plan(text).law


@pytest.mark.parametrize("text", ["张某", "李某某", "王某甲"])
def test_names_of_one_letter_are_searched_whole(text):
    assert text[:2] in plan(text).terms
    assert plan(f"{text} 占道").marked[0].startswith(text[:2])


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("询问笔录 表格", "询问笔录"),
        ("现场检查笔录怎么写", "现场检查笔录"),
        ("占道经营用什么文书", "占道经营"),
        ("行政处罚决定书", "行政处罚决定书"),
        ("询问笔录", "询问笔录"),
    ],
)
def test_who_asks_for_a_form_is_shown_forms_first(text, left):
    found = plan(text)
    assert (found.wanted, found.text) == ("form", left)


@pytest.mark.parametrize("text", ["笔录要几个人做", "占道经营", "告知书几天送达"])
def test_a_form_mentioned_is_not_asked_for(text):
    assert plan(text).wanted == ""
