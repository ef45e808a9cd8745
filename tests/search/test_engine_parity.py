"""tantivy and Elasticsearch rank alike: the same articles in the same places, through the whole ranking."""

import csv
import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from search.engines.base import Filters
from search.engines.tantivy import TantivyEngine
from search.lexicon import Law, Lexicon, Meaning
from search.management.commands.load_synonyms import SHIPPED
from search.query import understand
from tests.paths import shared
from tests.search.articles import competing_articles
from tests.search.conftest import on_test_servers, taken_off

pytestmark = pytest.mark.servers

ARTICLES, QUERIES = 4000, 200
LEAST_OVERLAP = 0.99


def day_of(law):
    """Some day, the same for all articles of a law, and for some laws the same."""
    return date(2000, 1, 1) + timedelta(days=len(law) * 40)


@pytest.fixture(scope="module")
def both(tmp_path_factory, search_server):
    """The same articles on both engines, and their laws."""
    documents = [replace(one, dated=day_of(one.law)) for one in competing_articles(ARTICLES)]
    engines = TantivyEngine(tmp_path_factory.mktemp("index")), on_test_servers(search_server)
    for engine in engines:
        engine.rebuild(documents)
    yield *engines, {document.law for document in documents}
    taken_off(engines[1])


def plans(laws):
    with SHIPPED.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        meanings = [Meaning(row["colloquial"], row["statutory"], row["relation"], row["note"] or "") for row in rows]
    known = Lexicon.of(((law, Law(law, law)) for law in laws), meanings)
    officers = shared("search", "officer_items.jsonl").read_text("utf-8").splitlines()
    everybody = shared("search", "queries.jsonl").read_text("utf-8").splitlines()
    citations = shared("search", "citations.jsonl").read_text("utf-8").splitlines()
    lines = [*officers, *everybody[:: len(everybody) // 120], *citations[:: len(citations) // 40]]
    return [understand(json.loads(line)["query"], known) for line in lines]


@pytest.mark.parametrize(
    ("page", "share"),
    [
        ({"facets": True}, 1),
        ({"facets": True, "fold": 2}, 1),
        ({"offset": 40}, 4),
        ({"offset": 10, "fold": 2}, 4),
        ({"by_date": True}, 4),
        ({"by_date": True, "fold": 1}, 4),
    ],
    ids=["first ten", "first ten laws", "places 41 to 50", "laws 11 to 20", "latest ten", "latest ten laws"],
)
def test_both_engines_put_the_same_in_the_same_pages(both, page, share):
    tantivy, elasticsearch, laws = both
    asked = plans(laws)
    assert len(asked) >= QUERIES
    wanted = shared_places = same_counts = 0
    for plan in asked[::share]:
        query = plan.engine_query(Filters(), limit=10, **page)
        ours, theirs = tantivy.search(query), elasticsearch.search(query)
        assert ours.facets == theirs.facets, plan.raw
        wanted += len(ours.hits)
        shared_places += len(shown(ours) & shown(theirs))
        same_counts += (ours.total, ours.places) == (theirs.total, theirs.places)
    assert wanted > QUERIES / share
    assert shared_places / wanted >= LEAST_OVERLAP
    assert same_counts == len(asked[::share])


def shown(results):
    """What stands on the page, with what is folded behind it."""
    return {(hit.document.key, hit.folded) for hit in results.hits}
