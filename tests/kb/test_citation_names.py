"""Whose article it is: bare names, verbs before them, own names, numbers, and what is left alone."""

import pytest

from kb.citations import Context, LawNames, defined_names, normalise_document_number, parse
from kb.citations.names import plain_name
from kb.citations.registry import standard_names

NAMES = LawNames(
    titles=[
        "中华人民共和国刑法",
        "治安管理处罚法",
        "城市绿化条例",
        "商标法",
        "企业所得税法",
        "企业所得税法实施条例",
        "水法",
    ],
    aliases=[("税收征管法", "中华人民共和国税收征收管理法"), ("绿化条例", "城市绿化条例")],
)


def laws(text: str, context: Context | None = None) -> list[tuple[str, bool]]:
    return [(c.law, c.known) for c in parse(text, context, NAMES)]


@pytest.mark.parametrize(
    "text",
    [
        "依照刑法第三条",
        "构成犯罪的，依照中华人民共和国刑法第三条",
        "违反刑法第三条",
        "我国刑法第三条",
        "适用于刑法第三条",
    ],
)
def test_the_words_before_a_bare_name_are_no_part_of_it(text):
    assert laws(text) == [("刑法", True)]


def test_the_longest_known_name_wins():
    assert laws("依照治安管理处罚法第二十条") == [("治安管理处罚法", True)]


@pytest.mark.parametrize("text", ["北京市绿化条例第三条", "节水法第三条", "广西商标法第三条"])
def test_a_known_name_inside_a_longer_unknown_one_is_not_taken(text):
    ((_, known),) = laws(text)
    assert not known


def test_an_unknown_bare_name_is_given_as_written_and_not_as_our_own_law():
    assert laws("依照公证法第三条", Context("刑法")) == [("公证法", False)]


def test_a_bare_name_may_carry_its_year():
    (found,) = parse("刑法（2020修正）第三条", names=NAMES)
    assert (found.law, found.version, found.raw) == ("刑法", "2020", "刑法（2020修正）第三条")


def test_a_title_with_its_implementing_regulation_outside_the_marks():
    assert laws("《企业所得税法》实施条例第三条") == [("企业所得税法实施条例", True)]


def test_a_title_without_article_counts_only_when_the_name_is_known():
    assert laws("填写《现场检查笔录》，依据《刑法》") == [("刑法", True)]


def test_a_name_that_the_document_defines_for_itself():
    text = "根据《中华人民共和国税收征收管理法》（以下简称征管法），……依照征管法第三条、《征管法》第四条"
    context = Context(aliases=defined_names(text))
    assert [c.law for c in parse(text, context, NAMES)][1:] == ["税收征收管理法", "税收征收管理法"]


@pytest.mark.parametrize("text", ["劳动合同法第八十七条", "香港基本法第五条"])
def test_characters_of_a_name_are_not_read_as_this_law_or_the_same_law(text):
    (found,) = parse(text, Context("刑法"))
    assert (found.own, found.known) == (False, False)


def test_the_said_law_is_the_one_named_last():
    assert [c.law for c in parse("《水法》第一条、《刑法》第二条，以及该法第三条", names=NAMES)][-1] == "刑法"


def test_in_a_law_an_article_without_name_is_its_own():
    assert [(c.law, c.own) for c in parse("有第八条规定情形的", Context("甲法"))] == [("甲法", True)]


def test_after_another_law_in_the_same_sentence_it_is_not_guessed():
    (_, second) = parse("刑法第六条所称资产，按第九条计算", Context("甲法"), NAMES)
    assert (second.law, second.candidates) == ("", ("甲法", "刑法"))


def test_a_list_of_candidates_does_not_come_from_a_form_in_marks():
    (found,) = parse("领取《放射性药品经营企业许可证》的，按第十条审批", Context("甲法"), NAMES)
    assert found.own


def test_without_context_an_article_belongs_to_the_law_of_its_sentence_only():
    text = "违反《刑法》第三条，依据第五条处理。另据第七条。"
    assert [c.law for c in parse(text, names=NAMES)] == ["刑法", "刑法", ""]


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("鄂政办发(2024)11号", "鄂政办发〔2024〕11号"),
        ("鄂政办发【2024】11号", "鄂政办发〔2024〕11号"),
        ("鄂政办发[2024]第11号", "鄂政办发〔2024〕11号"),
        ("岸政2021 9号", "岸政〔2021〕9号"),
        ("武政规〔２０２３〕１５号", "武政规〔2023〕15号"),
        ("建设部157号令", "建设部令第157号"),
        ("中华人民共和国国务院令第八百号", "国务院令第800号"),
        ("交通运输部令2019年第1号", "交通运输部令2019年第1号"),
        ("没有文号", "没有文号"),
    ],
)
def test_a_document_number_has_one_normal_form(written, normal):
    assert normalise_document_number(written) == normal


def test_a_decree_number_stands_for_its_law():
    (found,) = parse("依据《条例》和国务院令第101号第三十四条", names=standard_names())[-1:]
    assert (found.law, found.key) == ("城市市容和环境卫生管理条例", "34")


def test_a_name_is_compared_without_country_year_marks_and_width():
    assert plain_name("《中华人民共和国 行政处罚法（2021年修订）》") == "行政处罚法"
    assert plain_name("某办法(试行)") == "某办法（试行）"
    assert LawNames(["某办法"]).find("某办法（试行）").title == "某办法"
