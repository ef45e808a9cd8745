"""标题:, 文号:, 领域:, 部门:, quotation marks, minus: what narrows a query, and errors in words."""

import pytest

from search.engines.base import Filters, SearchDocument
from search.engines.memory import MemoryEngine
from search.lexicon import Lexicon
from search.query import CODED, understand

LEXICON = Lexicon.of(
    (), (), domains=("市容环境", "市政道路", "燃气管理"), departments=("区城市管理执法局", "区水务和湖泊局")
)


def plan(text):
    return understand(text, LEXICON)


def filters(text):
    return plan(text).engine_query(Filters()).filters


@pytest.mark.parametrize(
    "text", ["领域:市容环境 摆摊", "领域：市容环境 摆摊", "摆摊 领域: 市容", "摆摊 领域：“市容环境”"]
)
def test_a_domain_narrows_and_its_name_is_not_searched(text):
    assert filters(text).domain == "市容环境"
    assert plan(text).text == "摆摊"


def test_a_department_may_be_named_for_short():
    assert filters("部门:城管局 油烟").department == "区城市管理执法局"


def test_what_the_address_narrows_wins():
    assert plan("领域:市容").engine_query(Filters(domain="燃气管理")).filters.domain == "燃气管理"


def test_a_domain_alone_lists_what_is_in_it():
    assert not plan("领域:燃气").empty


def test_an_unknown_value_is_explained_and_its_word_searched():
    found = plan("领域:火星 油烟")
    assert found.notes == ("「领域:火星」没有这个领域；可选：市容环境、市政道路、燃气管理。".replace(":", "：", 1),)
    assert found.text == "火星 油烟"
    assert not found.narrowed


def test_a_value_that_fits_several_is_explained():
    assert "市容环境、市政道路" in plan("领域:市").notes[0]


@pytest.mark.parametrize(
    ("text", "said"), [("街道:望津", "不是检索字段"), ("领域: ", "后面没有内容"), ("文号:随便写写", "不像文号")]
)
def test_every_other_error_is_said_too(text, said):
    (note,) = plan(text).notes
    assert said in note


def test_an_error_loses_no_word():
    assert plan("街道:望津 油烟").text == "望津 油烟"


@pytest.mark.parametrize("text", ["文号:岸政2021 9号", "文号：岸政〔2021〕9号"])
def test_a_document_number_may_be_called_one(text):
    found = plan(text)
    assert found.exact["no:岸政〔2021〕9号"] == CODED
    assert not found.notes


@pytest.mark.parametrize("text", ["国务院令第583号", "国务院令583", "国务院583号令", "国务院令第五百八十三号"])
def test_a_decree_is_known_however_it_is_written(text):
    assert plan(text).exact["no:国务院令第583号"] == CODED


@pytest.fixture
def engine():
    made = MemoryEngine()
    made.replace(
        (),
        [
            SearchDocument(key="item:1", kind="item", title="占用城市道路", url="/1", body="摆摊"),
            SearchDocument(key="item:2", kind="item", title="摆摊经营", url="/2", body="占用了城市的道路"),
            SearchDocument(key="item:3", kind="item", title="垃圾清运", url="/3", body="占用城市道路 张某"),
            SearchDocument(key="item:4", kind="item", title="垃圾", url="/4", body="城市道路"),
        ],
    )
    return made


def keys(engine, text):
    hits = engine.search(plan(text).engine_query(Filters())).hits
    return {hit.document.key.partition(":")[2] for hit in hits}


def test_a_title_term_wants_its_word_in_the_title(engine):
    assert keys(engine, "标题:占用") == {"1"}


@pytest.mark.parametrize("text", ["“占用城市道路”", '"占用城市道路"', "「占用城市道路」"])
def test_a_quoted_phrase_must_stand_there_as_it_is(engine, text):
    assert keys(engine, text) == {"1", "3"}


def test_quotation_marks_within_a_sentence_ask_for_nothing(engine):
    assert not plan("老板说“占用道路”不算").required
    assert plan("老板说“占用道路”不算").text == "老板说 占用道路 不算"
    assert plan("摆摊 “城市道路” 张某").required


def test_a_stray_quotation_mark_is_none(engine):
    assert keys(engine, "“占用城市道路") == {"1", "2", "3", "4"}


def test_a_word_of_two_words_shuts_out_only_what_has_both_together(engine):
    assert keys(engine, "城市道路 -垃圾清运") == {"1", "2", "4"}


def test_a_persons_shortened_name_is_a_word():
    assert plan("张某").terms


def test_a_persons_shortened_name_is_found(engine):
    assert "3" in keys(engine, "张某")
