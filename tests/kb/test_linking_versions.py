"""A law's own text: what is linked, what waits, and that doing it again changes nothing."""

import datetime as dt

import pytest

from kb.linking import link_version, resolve_waiting
from kb.models import Citation, Provision, RegulationAlias
from tests.factories.kb import RegulationFactory, RegulationVersionFactory

pytestmark = pytest.mark.django_db


def law(title: str, articles: dict[str, list[str]], **fields):
    fields.setdefault("promulgated_on", None)
    return RegulationVersionFactory(regulation=RegulationFactory(title=title), articles=articles, **fields)


def rows(version) -> list[tuple[str, str, str, str]]:
    return [(c.source_key, c.raw, c.key, c.status) for c in link_version(version)]


def one(version) -> Citation:
    (row,) = link_version(version)
    return row


def test_a_law_links_to_itself_by_this_law_and_by_position():
    version = law("甲法", {"1": ["总则"], "2": ["依照本法第一条", "违反前款规定，按第一条处理"]})
    assert rows(version) == [
        ("2.p1", "本法第一条", "1", "resolved"),
        ("2.p2", "前款", "2.p1", "resolved"),
        ("2.p2", "第一条", "1", "resolved"),
    ]
    assert {c.regulation for c in Citation.objects.all()} == {version.regulation}


def test_a_law_links_to_another_by_its_bare_name():
    target = law("中华人民共和国乙法", {"5": ["一", "二"]})
    found = one(law("甲条例", {"1": ["依照乙法第五条第二款处罚"]}))
    assert (found.regulation, found.key, found.article_key) == (target.regulation, "5.p2", "5")


@pytest.mark.parametrize("text", ["本条所称", "本章适用于", "本款规定", "《甲条例》自公布之日起施行", "《登记表》"])
def test_a_text_that_points_at_itself_or_at_no_law_gives_nothing(text):
    assert rows(law("甲条例", {"1": [text]})) == []


def test_a_provision_that_is_not_there_waits_with_the_reason():
    law("乙法", {"5": ["一"]})
    found = one(law("甲条例", {"1": ["依照《乙法》第五条第三款"]}))
    assert (found.status, found.key) == ("unresolved", "5.p3")
    assert "没有第五条第三款" in found.note


def test_a_law_that_is_not_here_waits_under_its_name():
    found = one(law("甲条例", {"1": ["依照公证法第三条"]}))
    assert (found.status, found.law_name, found.regulation) == ("unresolved", "公证法", None)


def test_an_ambiguous_name_waits_with_its_candidates():
    law("生态环境法典", {"3": ["一"]})
    found = one(law("甲条例", {"1": ["依照法典第三条"]}))
    assert (found.status, found.law_name, found.regulation) == ("ambiguous", "法典", None)
    assert "生态环境法典；民法典" in found.note


def test_an_item_without_its_paragraph_is_the_only_one_of_that_number():
    target = law("乙法", {"5": ["有下列情形之一的：", "其他"]})
    parent = target.provision("5.p1")
    Provision.objects.create(
        version=target, parent=parent, kind="item", key="5.p1.i2", article_key="5", text="二", position=9
    )
    found = one(law("甲条例", {"1": ["有《乙法》第五条第（二）项情形"]}))
    assert (found.status, found.key) == ("resolved", "5.i2")


def test_an_item_that_two_paragraphs_have_is_not_guessed():
    target = law("乙法", {"5": ["一", "二"]})
    for paragraph in (1, 2):
        key = f"5.p{paragraph}.i1"
        Provision.objects.create(version=target, kind="item", key=key, article_key="5", position=20 + paragraph)
    assert one(law("甲条例", {"1": ["有《乙法》第五条第（一）项情形"]})).status == "ambiguous"


def test_the_provision_must_exist_in_the_text_of_the_sources_day():
    target = law("乙法", {"5": ["旧"]}, effective_from=dt.date(2010, 1, 1), effective_to=dt.date(2020, 1, 1))
    RegulationVersionFactory(regulation=target.regulation, articles={"6": ["新"]}, effective_from=dt.date(2020, 1, 1))
    old = law("甲条例", {"1": ["依照《乙法》第五条"]}, effective_from=dt.date(2015, 1, 1))
    new = law("丙条例", {"1": ["依照《乙法》第五条"]}, effective_from=dt.date(2021, 1, 1))
    assert (one(old).status, one(new).status) == ("resolved", "unresolved")


def test_a_text_older_than_any_we_have_of_the_law_is_not_linked_by_number():
    law("乙法", {"5": ["新"]}, effective_from=dt.date(2020, 1, 1))
    found = one(law("甲条例", {"1": ["依照《乙法》第五条"]}, effective_from=dt.date(1994, 1, 1)))
    assert found.status == "unresolved"
    assert "文本未收录" in found.note


def test_a_text_made_public_later_than_it_says_it_began_counts_from_its_publication():
    law("乙法", {"5": ["新"]}, effective_from=dt.date(1991, 6, 1), promulgated_on=dt.date(2020, 11, 11))
    found = one(law("甲条例", {"1": ["依照《乙法》第五条"]}, effective_from=dt.date(2013, 1, 1)))
    assert found.status == "unresolved"


def test_a_part_without_article_belongs_to_the_article_just_cited():
    law("乙法", {"5": ["一", "二"]})
    version = law("甲条例", {"1": ["依照《乙法》第五条第一款执行；有第二款情形的除外"]})
    assert [(raw, key, status) for _, raw, key, status in rows(version)] == [
        ("《乙法》第五条第一款", "5.p1", "resolved"),
        ("第二款", "5.p2", "resolved"),
    ]


def test_a_part_that_both_articles_have_is_not_guessed():
    law("乙法", {"5": ["一", "二"]})
    version = law("甲条例", {"1": ["依照《乙法》第五条执行", "有第一款情形的", "《乙法》第五条，第一款"]})
    assert rows(version)[-1] == ("1.p3", "第一款", "5.p1", "ambiguous")


def test_a_law_that_has_ended_is_linked_to_its_last_text():
    target = law("乙法", {"5": ["旧"]}, effective_from=dt.date(2010, 1, 1), effective_to=dt.date(2015, 1, 1))
    found = one(law("甲条例", {"1": ["依照《乙法》第五条"]}, effective_from=dt.date(2016, 1, 1)))
    assert (found.status, found.regulation) == ("resolved", target.regulation)


def test_a_law_known_by_gists_only_is_linked_unchecked():
    RegulationVersionFactory(regulation=RegulationFactory(title="乙法"), has_text=False)
    found = one(law("甲条例", {"1": ["依照《乙法》第五条"]}))
    assert (found.status, found.note) == ("resolved", "全文未收录，条号未经核对")


def test_bare_numbers_in_an_amending_decision_are_not_its_own():
    text = "一、将第三条修改为：“第三条 依照本法第一条”。二、《乙法》第五条"
    law("乙法", {"5": ["一"]})
    version = law("关于修改《甲法》的决定", {"1": [text], "3": ["三"]})
    assert [raw for _, raw, _, _ in rows(version)] == ["《乙法》第五条"]


def test_articles_of_a_form_in_an_annex_are_not_the_laws_own():
    version = law("甲办法", {"3": ["三"]})
    Provision.objects.create(
        version=version, kind="attachment", key="att1", text="合同第三条；本办法第三条", position=9
    )
    assert rows(version) == [("att1", "本办法第三条", "3", "resolved")]


def test_a_name_that_the_document_defines_holds_in_all_its_articles():
    target = law("中华人民共和国乙法", {"5": ["一"]})
    texts = {"1": ["根据《中华人民共和国乙法》（以下简称《条例》），制定本办法"], "2": ["依照《条例》第五条"]}
    assert [c.regulation for c in link_version(law("甲办法", texts))] == [target.regulation] * 2


def test_linking_again_changes_no_row():
    version = law("甲法", {"1": ["一"], "2": ["依照本法第一条、公证法第三条"]})
    before = [c.pk for c in link_version(version)]
    assert [c.pk for c in link_version(version)] == before


def test_rows_follow_a_changed_text():
    version = law("甲法", {"1": ["一"], "2": ["依照本法第一条"]})
    link_version(version)
    version.provisions.filter(key="2.p1").update(text="依照本法第二条第一款、第一条")
    assert [key for _, _, key, _ in rows(version)] == ["1"]


def test_what_waited_for_a_law_is_resolved_when_it_comes():
    link_version(law("甲条例", {"1": ["依照公证法第三条、公证法第九条"]}))
    target = law("中华人民共和国公证法", {"3": ["三"]})
    RegulationAlias.objects.create(regulation=target.regulation, name="公证条例")
    assert resolve_waiting(target.regulation) == 1
    assert list(Citation.objects.order_by("key").values_list("key", "status")) == [
        ("3", "resolved"),
        ("9", "unresolved"),
    ]
