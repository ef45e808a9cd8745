"""Cited-by: who cites an article, counted beside it and listed on its page."""

import datetime as dt

import pytest
from django.core.cache import cache

from kb.models import Citation
from kb.reading.cited_by import Source, citing, counts_of, register_source
from tests.factories.kb import DomainFactory, PowerItemFactory, RegulationFactory, RegulationVersionFactory
from tests.kb.law_pages import text_of, two_versions

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 21)


@pytest.fixture
def law():
    cache.clear()
    return two_versions()


def cite(source, law, key: str, source_key: str = "", status: str = "resolved") -> Citation:
    return Citation.objects.create(
        source=source,
        source_key=source_key,
        raw=key,
        regulation=law,
        key=key,
        article_key=key.split(".")[0],
        status=status,
    )


def test_items_and_other_articles_are_listed_with_links(client, law):
    item = PowerItemFactory(name="对占道经营的处罚", code="420102C01CF00001")
    rule = RegulationVersionFactory(
        regulation=RegulationFactory(title="某管理办法", slug="rule"), articles={"7": ["甲。"]}
    )
    cite(item, law, "33.p1")
    cite(rule, law, "33", source_key="7.p1")
    html = client.get("/laws/xzcf/33").content.decode()
    assert "对占道经营的处罚" in html
    assert "《某管理办法》第七条" in html
    assert 'href="/laws/rule/7"' in html


def test_the_margin_counts_sources_not_mentions(client, law):
    item = PowerItemFactory()
    for key in ("33.p1", "33.p2", "33"):
        cite(item, law, key)
    assert counts_of(law, TODAY) == {"33": 1}
    assert "被引用1次" in text_of(client.get("/laws/xzcf/"))


def test_article_3_does_not_collect_the_citations_of_33(law):
    cite(PowerItemFactory(), law, "33.p1")
    assert citing(law, "3", TODAY) == []


def test_only_the_text_of_the_day_of_a_citing_law_counts(law):
    rule = RegulationFactory(title="某管理办法")
    old = RegulationVersionFactory(regulation=rule, effective_to=dt.date(2024, 1, 1), articles={"7": ["甲。"]})
    RegulationVersionFactory(regulation=rule, effective_from=dt.date(2024, 1, 1), articles={"8": ["甲。"]})
    cite(old, law, "33", source_key="7.p1")
    assert citing(law, "33", TODAY) == []
    assert counts_of(law, TODAY) == {}
    assert [g.label for g in citing(law, "33", dt.date(2023, 1, 1))] == ["其他条文"]


def test_unpublished_and_undecided_sources_are_neither_listed_nor_counted(law):
    draft = RegulationVersionFactory(live=False, articles={"7": ["甲。"]})
    cite(draft, law, "33", source_key="7.p1")
    cite(PowerItemFactory(), law, "33", status="unresolved")
    cite(PowerItemFactory(), law, "33", status="dismissed")
    assert citing(law, "33", TODAY) == []
    assert counts_of(law, TODAY) == {}


def test_an_upper_app_can_add_its_sources(law):
    domain = DomainFactory(name="示例来源")
    cite(domain, law, "33")
    assert citing(law, "33", TODAY) == []
    from kb.reading import cited_by

    register_source("kb.domain", "示例", lambda pks: {pk: Source("示例来源", "/") for pk in pks}, order=5)
    try:
        groups = citing(law, "33", TODAY)
    finally:
        cited_by._kinds.pop("kb.domain")
    assert [(g.label, [s.title for s in g.entries]) for g in groups] == [("示例", ["示例来源"])]


def test_a_thousand_citing_articles_cost_no_more_queries(client, law, django_assert_max_num_queries):
    rule = RegulationVersionFactory(articles={"1": ["甲。"]})
    Citation.objects.bulk_create(
        Citation(
            source=rule,
            source_key=f"{n}.p1",
            raw="x",
            regulation=law,
            key="33",
            article_key="33",
            status="resolved",
        )
        for n in range(1000)
    )
    with django_assert_max_num_queries(25):
        page = text_of(client.get("/laws/xzcf/33"))
    assert "其余980条" in page


def test_an_article_that_speaks_of_its_own_paragraphs_does_not_cite_itself(law):
    cite(law.version_on(), law, "33.p1", source_key="33.p2")
    cite(law.version_on(), law, "33.p1", source_key="34.p1")
    assert [s.title for g in citing(law, "33", TODAY) for s in g.entries] == ["《中华人民共和国行政处罚法》第三十四条"]
    assert counts_of(law, TODAY) == {"33": 1}
