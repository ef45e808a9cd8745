"""Two versions article by article: what is new, gone, changed or only renumbered."""

import re

import pytest
from django.core.cache import cache

from kb.reading.comparison import ArticleText, compare_articles, marked_texts, runs
from tests.factories.kb import RegulationVersionFactory
from tests.kb.law_pages import text_of, two_versions


def article(number: int, text: str) -> ArticleText:
    return ArticleText(str(number), f"第{number}条", (text,))


def states(old: list[ArticleText], new: list[ArticleText]) -> list[tuple[str, str, str]]:
    changes = compare_articles(old, new)
    return [(c.state, c.old.key if c.old else "", c.new.key if c.new else "") for c in changes]


PURPOSE = "为了照亮桥梁和栈道的夜间通行，制定本法。"
LENIENT = "桥灯损坏轻微并及时修复，没有影响通行的，不予停航处理。"
LENIENT_NOW = "桥灯损坏轻微并及时更换，没有影响通行的，不予停航处理。"
TIERS = "守桥单位可以依法制定桥灯亮度分级表，按表安排灯具更换次序。"


def test_equal_texts_under_one_number_are_unchanged():
    assert states([article(1, PURPOSE)], [article(1, PURPOSE)]) == [("same", "1", "1")]


def test_white_space_is_no_change():
    assert states([article(1, "甲　乙。")], [article(1, "甲乙。")]) == [("same", "1", "1")]


def test_a_renumbered_article_is_recognised_by_its_text():
    assert states([article(27, LENIENT)], [article(33, LENIENT)]) == [("moved", "27", "33")]


def test_a_renumbered_and_changed_article_is_still_recognised():
    assert states([article(27, LENIENT)], [article(33, LENIENT_NOW)]) == [("changed", "27", "33")]


def test_another_text_under_an_old_number_is_new_and_the_old_one_gone():
    assert states([article(27, LENIENT)], [article(27, TIERS)]) == [("removed", "27", ""), ("added", "", "27")]


def test_a_removed_article_stands_where_it_stood():
    old = [article(1, PURPOSE), article(2, "本条已经完全不用了，内容另行规定。"), article(3, TIERS)]
    new = [article(1, PURPOSE), article(2, TIERS)]
    assert states(old, new) == [("same", "1", "1"), ("removed", "2", ""), ("moved", "3", "2")]


def test_a_text_that_occurs_twice_is_paired_by_number():
    old = [article(1, PURPOSE), article(2, PURPOSE)]
    assert states(old, list(old)) == [("same", "1", "1"), ("same", "2", "2")]


def test_the_words_that_changed_are_marked_on_both_sides():
    old, new = marked_texts("处五百元以下罚款<b>", "处一千元以下罚款<b>")
    assert old == "处<del>五百</del>元以下罚款&lt;b&gt;"
    assert new == "处<ins>一千</ins>元以下罚款&lt;b&gt;"


def test_marking_gives_back_both_texts():
    old, new = marked_texts(LENIENT, TIERS)
    assert re.sub("<.*?>", "", old) == LENIENT
    assert re.sub("<.*?>", "", new) == TIERS


def test_unchanged_articles_are_folded_into_one_run():
    old = [article(n, f"第{n}种情形不适用本办法的规定。") for n in range(1, 6)]
    new = [*old[:3], article(4, "全新的内容与此前毫无共同之处呢"), old[4]]
    assert [(run.state, len(run.changes)) for run in runs(compare_articles(old, new))][0] == ("same", 3)


@pytest.mark.django_db
def test_the_page_shows_the_last_two_versions_by_default(client):
    cache.clear()
    two_versions()
    page = text_of(client.get("/laws/xzcf/compare/"))
    assert "有修改1条" in page
    assert "新增1条" in page
    assert "删去1条" in page
    assert "第二十七条" in page


@pytest.mark.django_db
def test_versions_are_chosen_in_the_address_and_nonsense_is_ignored(client):
    cache.clear()
    law = two_versions()
    old, new = law.dated_versions()
    assert "有修改1条" in text_of(client.get(f"/laws/xzcf/compare/?old={old.pk}&new={new.pk}"))
    assert client.get("/laws/xzcf/compare/?old=abc&new=999999").status_code == 200


@pytest.mark.django_db
def test_a_law_with_one_version_says_that_there_is_nothing_to_compare(client):
    RegulationVersionFactory(regulation__slug="single", articles={"1": ["甲。"]})
    assert "无从对照" in text_of(client.get("/laws/single/compare/"))
