"""A reference is (regulation, key) and means the text of a day."""

import datetime as dt

import pytest

from kb.lookup import predecessors_of, provision_on, provisions_on
from kb.models import Gist, Provision, ProvisionSuccession
from kb.models.status import LegalStatus
from tests.factories.kb import RegulationFactory, RegulationVersionFactory

pytestmark = pytest.mark.django_db
OLD, NEW = dt.date(2018, 1, 1), dt.date(2022, 1, 1)


@pytest.fixture
def law():
    law = RegulationFactory(title="中华人民共和国行政处罚法", slug="xzcf")
    RegulationVersionFactory(
        regulation=law,
        effective_from=dt.date(2017, 9, 1),
        effective_to=dt.date(2021, 7, 15),
        articles={"27": ["旧二十七条。"], "33": ["旧三十三条。"]},
    )
    RegulationVersionFactory(
        regulation=law,
        effective_from=dt.date(2021, 7, 15),
        articles={"33": ["违法行为轻微的，不予处罚。", "当事人有证据的："], "120-1": ["只有一款。"]},
    )
    return law


def add_items(version, paragraph_key: str, *texts: str) -> None:
    parent = version.provision(paragraph_key)
    for index, text in enumerate(texts, 1):
        Provision.objects.create(
            version=version,
            parent=parent,
            kind="item",
            key=f"{paragraph_key}.i{index}",
            article_key=parent.article_key,
            label=f"（{'一二三四五'[index - 1]}）",
            text=text,
            position=900 + index,
        )


def test_the_day_decides_which_text_is_meant(law):
    assert provision_on(law, "33", OLD).lines == ["旧三十三条。"]
    assert provision_on(law, "33", NEW).lines[0].startswith("违法行为轻微")


def test_the_day_a_new_version_begins_belongs_to_it(law):
    assert provision_on(law, "33", dt.date(2021, 7, 14)).lines == ["旧三十三条。"]
    assert provision_on(law, "33", dt.date(2021, 7, 15)).lines != ["旧三十三条。"]


def test_an_article_comes_with_its_paragraphs_and_items_in_reading_order(law):
    add_items(law.version_on(NEW), "33.p2", "甲；", "乙。")
    found = provision_on(law, "33", NEW)
    assert found.text == "第三十三条　违法行为轻微的，不予处罚。\n当事人有证据的：\n（一）甲；\n（二）乙。"


def test_a_paragraph_comes_without_its_neighbours(law):
    assert provision_on(law, "33.p1", NEW).text == "违法行为轻微的，不予处罚。"


def test_an_item_cited_without_its_paragraph_is_the_only_one_of_that_number(law):
    add_items(law.version_on(NEW), "33.p2", "甲；", "乙。")
    found = provision_on(law, "33.i2", NEW)
    assert (found.key, found.text) == ("33.p2.i2", "（二）乙。")


def test_an_item_that_could_be_two_is_not_guessed(law):
    add_items(law.version_on(NEW), "33.p1", "甲。")
    add_items(law.version_on(NEW), "33.p2", "乙。")
    assert not provision_on(law, "33.i1", NEW)


def test_the_citation_is_the_one_of_an_enforcement_document(law):
    assert provision_on(law, "33.p1", NEW).citation == "《中华人民共和国行政处罚法》第三十三条第一款"


def test_the_first_paragraph_is_not_named_where_there_is_only_one(law):
    assert provision_on(law, "120-1.p1", NEW).citation == "《中华人民共和国行政处罚法》第一百二十条之一"


def test_a_missing_article_is_false_but_keeps_version_and_status(law):
    found = provision_on(law, "999", NEW)
    assert not found
    assert (found.status, found.version) == (LegalStatus.IN_FORCE, law.version_on(NEW))


def test_repealed_law_stays_readable_and_points_to_its_successor():
    air = RegulationFactory(title="中华人民共和国大气污染防治法")
    code = RegulationFactory(title="中华人民共和国生态环境法典", slug="sthjfd")
    RegulationVersionFactory(
        regulation=air, effective_to=dt.date(2026, 8, 15), articles={"118": ["排放油烟。", "新建项目。"]}
    )
    RegulationVersionFactory(regulation=code, effective_from=dt.date(2026, 8, 15), articles={"1132": ["排放油烟。"]})
    ProvisionSuccession.objects.create(
        old_regulation=air, old_key="118.p1", new_regulation=code, new_key="1132.p1", note="幅度未变"
    )
    found = provision_on(air, "118.p1", dt.date(2026, 11, 21))
    assert found.text == "排放油烟。"
    assert (found.status, found.in_force) == (LegalStatus.REPEALED, False)
    assert found.successor.label == "《中华人民共和国生态环境法典》第一千一百三十二条第一款"
    assert found.successor.since == dt.date(2026, 8, 15)
    assert provision_on(air, "118", dt.date(2026, 11, 21)).successor.key == "1132.p1"
    assert not provision_on(air, "118.p2", dt.date(2026, 11, 21)).successors
    assert predecessors_of([(code.pk, "1132")])[code.pk, "1132"][0].regulation == air


def test_a_law_known_by_gist_gives_the_gist_and_no_text():
    law = RegulationFactory()
    RegulationVersionFactory(regulation=law, has_text=False)
    Gist.objects.create(regulation=law, key="17", text="乱倒垃圾的处罚")
    found = provision_on(law, "17.p1", NEW)
    assert (bool(found), found.gist) == (False, "乱倒垃圾的处罚")


def test_the_address_carries_the_day_only_when_it_is_not_today(law):
    assert provision_on(law, "33.p1").url == "/laws/xzcf/33#p1"
    assert provision_on(law, "33", NEW).url == "/laws/xzcf/33?on=2022-01-01"


def test_levels_of_an_official_document_are_found_with_what_lies_below():
    version = RegulationVersionFactory(regulation__slug="notice")
    for position, (key, text) in enumerate([("三", "任务"), ("三/二", "案例"), ("三/二.p1", "正文"), ("四", "其他")]):
        Provision.objects.create(version=version, kind="level1", key=key, text=text, position=position)
    found = provision_on(version.regulation, "三/二")
    assert [row.key for row in found.rows] == ["三/二", "三/二.p1"]
    assert [row.key for row in provision_on(version.regulation, "三").rows] == ["三", "三/二", "三/二.p1"]
    assert found.url == "/laws/notice/%E4%B8%89/%E4%BA%8C"


def test_two_hundred_references_cost_as_many_queries_as_two(law, django_assert_max_num_queries):
    others = [RegulationVersionFactory(articles={"1": ["甲。"], "2": ["乙。"]}).regulation for _ in range(100)]
    pairs = [(law.pk, "33.p1"), *((other.pk, key) for other in others for key in ("1", "2"))]
    with django_assert_max_num_queries(5):
        found = provisions_on(pairs, NEW)
    assert len(found) == 201
    assert all(found.values())


def test_an_unknown_regulation_is_left_out(law):
    assert provisions_on([(10**6, "1")], NEW) == {}
