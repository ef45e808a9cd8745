"""Articles of one law fold behind its best two; one kind can be had by date. The same from the database."""

import datetime as dt
import re
from html import unescape

import pytest

from search import outbox
from search.engines import get_engine
from search.engines.base import EngineUnavailable, Filters
from search.finding import GROUPS, find
from search.models import Synonym
from tests.factories.kb import PowerItemFactory, RegulationVersionFactory

MANY = 25
MORE = re.compile(r'href="([^"]+)"><span class="visually-hidden">([^<]+)：</span>还有 (\d+) 条同一法规的条文')


def lay(number, articles, since):
    RegulationVersionFactory(
        regulation__title=f"江城花坛办法{number}",
        regulation__slug=f"beds-{number}",
        effective_from=since,
        articles={str(n): [f"花坛由街道养护，第{number}号第{n}项。"] for n in range(1, articles + 1)},
    )


@pytest.fixture
def site(db):
    """One old law with six articles on flower beds, and many newer ones with one each."""
    Synonym.objects.all().delete()
    lay(0, 6, dt.date(2001, 1, 1))
    for number in range(1, MANY):
        lay(number, 1, dt.date(2001 + number, 1, 1))
    PowerItemFactory(name="对损坏花坛的处罚")
    outbox.rebuild()


@pytest.fixture
def page(client, site):
    def get(**asked):
        response = client.get("/search/", {"q": "花坛养护", "kind": "article", **asked})
        assert response.status_code == 200
        return response

    return get


def dates(response):
    hits = response.context["found"].results.hits
    return [hit.document.dated for hit in hits]


def more_of(response):
    return [(unescape(url), law, int(count)) for url, law, count in MORE.findall(response.content.decode())]


def test_what_is_folded_is_counted_and_a_link_away(page, client):
    pages = [page(page=number) for number in (1, 2)]
    ((url, law, count),) = [one for each in pages for one in more_of(each)]
    assert (law, count) == ("江城花坛办法0", 4)
    inside = client.get("/search/" + url)
    assert inside.context["found"].results.total == 6
    assert not more_of(inside)
    assert f"取消筛选：{law}" in inside.content.decode()


def test_the_total_counts_articles_and_the_pages_count_laws(page):
    first, second = page(), page(page=2)
    assert "涉及 25 部法规" in first.content.decode()
    assert "共 25 部法规" in first.content.decode()
    assert first.context["found"].results.total == MANY - 1 + 6
    shown = [hit.document.key for each in (first, second) for hit in each.context["found"].results.hits]
    assert len(shown) == len(set(shown)) == MANY - 1 + 2
    assert first.context["page_obj"].paginator.num_pages == 2


def test_without_folding_nothing_is_said_of_laws(page):
    assert "部法规" not in page(kind="item").content.decode()


def test_a_group_of_the_first_page_folds_too(site):
    (group,) = [one for one in find("花坛养护", Filters()).groups if one.kind == "article"]
    owners = [hit.document.owner for hit in group.results.hits]
    assert max(map(owners.count, owners)) <= 2
    assert len(owners) <= GROUPS["article"]
    assert group.results.total == MANY - 1 + 6


def test_a_list_of_one_kind_can_be_had_by_date(page):
    by_date = page(sort="date")
    assert dates(by_date) == sorted(dates(by_date), reverse=True)
    assert dates(by_date)[0] == dt.date(2025, 1, 1)
    assert '<span aria-current="true">按日期</span>' in by_date.content.decode()


def test_the_order_stays_on_the_next_page(page):
    first, second = page(sort="date"), page(sort="date", page=2)
    assert "sort=date" in first.content.decode().partition('aria-label="分页"')[2]
    assert dates(first)[-1] >= dates(second)[0]


@pytest.mark.parametrize("kind", ["", "item"])
def test_where_nothing_has_a_date_no_order_is_offered(page, kind):
    shown = page(kind=kind, sort="date").content.decode()
    assert "按日期" not in shown
    assert "花坛" in shown


def test_the_database_folds_and_sorts_as_the_engine_does(page, monkeypatch):
    with_engine = page(sort="date", page=2)

    def unavailable(query):
        raise EngineUnavailable("test")

    monkeypatch.setattr(get_engine(), "search", unavailable)
    without = page(sort="date", page=2)
    assert without.context["found"].reduced
    assert dates(without) == dates(with_engine)
    assert [(law, count) for _, law, count in more_of(without)] == [("江城花坛办法0", 4)]


def test_a_folded_page_costs_no_more_queries_than_another(page, django_assert_max_num_queries):
    page()
    with django_assert_max_num_queries(16):
        page()
