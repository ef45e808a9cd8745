"""A code of 1,260 articles is read by parts, quickly and lightly."""

import gzip

import pytest
from django.core.cache import cache

from kb.models import Provision
from kb.reading.outline import outline_of
from tests.factories.kb import RegulationVersionFactory
from tests.kb.law_pages import long_law, text_of

pytestmark = pytest.mark.django_db
LIGHT = 120 * 1024


@pytest.fixture
def code():
    cache.clear()
    return long_law()


def test_the_parts_cover_every_row_once_and_in_order(code):
    outline = outline_of(code)
    positions = [row.position for row in code.provisions.order_by("position")]
    covered = [p for part in outline.parts for p in positions if part.start <= p < part.end]
    assert covered == positions
    assert max(len(part.articles) for part in outline.parts) <= 150
    assert sum(len(part.articles) for part in outline.parts) == 1260


def test_each_part_has_its_address_and_leads_to_the_next(client, code):
    first = client.get("/laws/code/").content.decode()
    assert 'id="1"' in first
    assert 'id="1260"' not in first
    last = outline_of(code).parts[-1]
    page = client.get(f"/laws/code/?part={last.key}")
    assert 'id="1260"' in page.content.decode()
    assert "全文共1260条" in text_of(page)


def test_small_chapters_share_a_page_and_each_still_leads_there(client, code):
    outline = outline_of(code)
    assert [len(part.articles) for part in outline.parts[:2]] == [100, 80]
    assert outline.part("b1.c3") is outline.parts[0]
    assert "第一编通则第一章—第五章（第一条—第一百条）" in text_of(client.get("/laws/code/?part=b1.c3"))


def test_an_unknown_part_shows_the_first(client, code):
    assert 'id="1"' in client.get("/laws/code/?part=nonsense").content.decode()


def test_an_article_is_shown_in_its_chapter_with_its_neighbours(client, code):
    response = client.get("/laws/code/1132")
    html = response.content.decode()
    assert 'rel="prev" href="/laws/code/1131"' in html
    assert 'rel="next" href="/laws/code/1133"' in html
    assert "第七编　通则" in html
    # ten before and eight after it in its chapter, itself, previous and next, its own anchor
    assert html.count('href="/laws/code/11') == 10 + 8 + 1 + 2 + 1


def test_contents_of_other_parts_are_linked_by_part_and_anchor(client, code):
    html = client.get("/laws/code/").content.decode()
    assert "#b7.c9" in html
    assert "?part=b7" in html


@pytest.mark.parametrize("address", ["/laws/code/", "/laws/code/1132"])
def test_it_stays_light_and_needs_few_queries(client, code, address, django_assert_max_num_queries):
    with django_assert_max_num_queries(25):
        response = client.get(address)
    assert len(gzip.compress(response.content)) < LIGHT
    client.get(address)
    with django_assert_max_num_queries(20):
        client.get(address)


def test_the_kept_text_saves_the_work_of_the_next_reader(client, code, django_assert_max_num_queries):
    client.get("/laws/code/")
    with django_assert_max_num_queries(8):
        client.get("/laws/code/")


def test_an_editor_reads_what_is_stored_now(client, as_member, code):
    client.get("/laws/code/")
    Provision.objects.filter(version=code, key="1.p1").update(text="刚刚改过的文字。")
    assert "刚刚改过的文字" in text_of(as_member("wu").get("/laws/code/"))


def test_a_long_law_without_headings_is_cut_by_hundreds(client):
    version = RegulationVersionFactory(regulation__slug="flat")
    Provision.objects.bulk_create(
        Provision(
            version=version, kind="article", key=str(n), article_key=str(n), label=f"第{n}条", text="甲。", position=n
        )
        for n in range(1, 351)
    )
    outline = outline_of(version)
    assert [len(part.articles) for part in outline.parts] == [100, 100, 100, 50]
    assert "第101条—第200条" in client.get("/laws/flat/").content.decode()
    assert 'id="101"' in client.get(f"/laws/flat/?part={outline.parts[1].key}").content.decode()
