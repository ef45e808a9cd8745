"""The text on the page is the text of the law: complete, safe, clean to copy, addressable in every part."""

import datetime as dt
import re

import pytest
from django.core.cache import cache

from kb.models import Citation, Provision
from tests.factories.kb import RegulationFactory, RegulationVersionFactory
from tests.kb.law_pages import document, text_of, two_versions

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_cache():
    cache.clear()


@pytest.fixture
def law():
    return two_versions()


def add_lines(version, parent_key: str, *lines: tuple[str, str, str, str]) -> None:
    """Rows (kind, key, label, text) at the end of a version."""
    last = version.provisions.count()
    for at, (kind, key, label, text) in enumerate(lines, 1):
        Provision.objects.create(
            version=version,
            kind=kind,
            key=key,
            article_key=key.split(".")[0],
            label=label,
            text=text,
            position=last + at,
        )


def test_every_paragraph_item_and_subitem_has_an_anchor(client):
    version = RegulationVersionFactory(regulation__slug="deep", articles={"9": ["有下列情形之一的："]})
    add_lines(
        version,
        "9.p1",
        ("item", "9.p1.i1", "（一）", "警告；"),
        ("subitem", "9.p1.i1.s1", "1.", "口头；"),
        ("item", "9.p1.i2", "（二）", "罚款。"),
        ("paragraph", "9.p2", "", "前款规定另有规定的除外。"),
    )
    article = client.get("/laws/deep/9").content.decode()
    for anchor in ("p1", "p1-i1", "p1-i1-s1", "p1-i2", "p2"):
        assert f'id="{anchor}"' in article
    whole = client.get("/laws/deep/").content.decode()
    assert 'id="9"' in whole
    assert 'id="9-p1-i2"' in whole
    assert "（一）警告；1.口头；（二）罚款。前款规定另有规定的除外。" in text_of(client.get("/laws/deep/9"))


def test_an_anchor_is_on_the_page_only_once(client, law):
    html = client.get("/laws/xzcf/").content.decode()
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))


def test_text_from_a_file_is_never_markup(client):
    RegulationVersionFactory(regulation__slug="evil", articles={"1": ['<img src=x onerror="alert(1)">']})
    for address in ("/laws/evil/", "/laws/evil/1", "/laws/evil/1?card=1"):
        assert "<img src=x" not in client.get(address).content.decode()


def test_an_official_document_shows_every_row(client):
    document()
    page = text_of(client.get("/laws/guifan/"))
    for words in (
        "各街道办事处：",
        "一、总体要求",
        "（一）编写案例。每季度编写一期。",
        "1.报送初稿。",
        "滨江街6",
        "2026年1月5日",
    ):
        assert words in page


def test_a_citation_in_the_text_is_a_link_with_a_card(client, law):
    other = RegulationVersionFactory(
        regulation__slug="other",
        effective_from=dt.date(2022, 1, 1),
        articles={"5": ["依照《行政处罚法》第三十三条第一款处理。"]},
    )
    Citation.objects.create(
        source=other,
        source_key="5.p1",
        span_start=2,
        span_end=18,
        raw="《行政处罚法》第三十三条第一款",
        regulation=law,
        key="33.p1",
        article_key="33",
        status="resolved",
    )
    html = client.get("/laws/other/").content.decode()
    assert 'href="/laws/xzcf/33#p1"' in html
    assert 'data-card="/laws/xzcf/33.p1?card=1"' in html
    assert "依照《行政处罚法》第三十三条第一款处理。" in text_of(client.get("/laws/other/5"))


def test_an_unresolved_citation_is_plain_text(client, law):
    version = law.version_on()
    Citation.objects.create(
        source=version, source_key="1.p1", span_start=0, span_end=2, raw="为了", status="unresolved"
    )
    assert 'class="cite"' not in client.get("/laws/xzcf/").content.decode()


def test_the_card_holds_the_text_of_the_very_paragraph(client, law):
    page = text_of(client.get("/laws/xzcf/33.p2?card=1"))
    citation = "《中华人民共和国行政处罚法》第三十三条第二款"
    assert page == citation + "守桥人有记录足以证明已经巡查的，不予停航处理。"


def test_the_standard_citation_and_the_bare_text_can_be_copied(client, law):
    html = client.get("/laws/xzcf/33").content.decode()
    assert 'data-copy="《中华人民共和国行政处罚法》第三十三条"' in html
    copied = re.findall(r'data-copy="([^"]+)"', html)[1]
    assert copied == (
        "第三十三条　桥灯损坏轻微并及时更换，没有影响通行的，不予停航处理。首次损坏且通行影响轻微并及时更换的，"
        "可以不予停航处理。\n守桥人有记录足以证明已经巡查的，不予停航处理。"
    )


def test_the_citation_of_each_paragraph_and_item_can_be_copied(client, law):
    version = law.version_on()
    add_lines(version, "34.p1", ("item", "34.p1.i1", "（一）", "公布；"))
    html = client.get("/laws/xzcf/33").content.decode()
    assert 'data-copy="《中华人民共和国行政处罚法》第三十三条第二款"' in html
    # one paragraph only: 第一款 would be a mistake
    html = client.get("/laws/xzcf/34").content.decode()
    assert 'data-copy="《中华人民共和国行政处罚法》第三十四条第（一）项"' in html
    assert "第三十四条第一款" not in html


def test_the_running_text_offers_the_citation_of_every_article(client, law):
    html = client.get("/laws/xzcf/").content.decode()
    assert html.count('data-copy="《中华人民共和国行政处罚法》第') == 3


def test_previous_and_next_lead_along_the_articles_of_the_version(client, law):
    html = client.get("/laws/xzcf/33").content.decode()
    assert 'rel="prev" href="/laws/xzcf/1"' in html
    assert 'rel="next" href="/laws/xzcf/34"' in html
    old = client.get("/laws/xzcf/27?on=2020-01-01").content.decode()
    assert 'rel="next" href="/laws/xzcf/64?on=2020-01-01"' in old


def test_links_stay_in_the_version_that_is_read(client, law):
    html = client.get("/laws/xzcf/?on=2020-01-01").content.decode()
    assert 'href="/laws/xzcf/27?on=2020-01-01"' in html


def test_the_paper_carries_title_version_and_address(client, law):
    html = client.get("/laws/xzcf/33").content.decode()
    head = html[html.index('class="print-header') :][:600]
    assert "《中华人民共和国行政处罚法》第三十三条" in head
    assert "2021年修订　2021年7月15日起施行" in head
    assert 'class="print-footer' in html


def test_the_history_of_an_article_follows_it_through_renumbering(client, law):
    page = text_of(client.get("/laws/xzcf/33"))
    assert "本条沿革2017年修正第二十七条此后有修改" in page
    assert "2021年7月15日修改" in text_of(client.get("/laws/xzcf/"))


def test_pages_are_complete_without_script(client, law):
    html = client.get("/laws/xzcf/").content.decode()
    assert "<script>" not in html
    assert 'href="/laws/xzcf/33"' in html


def test_a_law_without_headings_gets_contents_by_tens_of_articles(client):
    RegulationVersionFactory(
        regulation=RegulationFactory(slug="flat"), articles={str(n): ["甲。"] for n in range(1, 25)}
    )
    html = client.get("/laws/flat/").content.decode()
    assert "第一条—第十条" in html
    assert 'href="#21"' in html
