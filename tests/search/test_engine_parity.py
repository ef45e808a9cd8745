"""tantivy and Elasticsearch rank alike: the same articles in the same places, through the whole ranking."""

import csv
import json

import pytest

from search.engines.base import Filters
from search.engines.tantivy import TantivyEngine
from search.lexicon import Law, Lexicon, Meaning
from search.management.commands.load_synonyms import SHIPPED
from search.query import understand
from tests.paths import shared
from tests.search.articles import competing_articles

pytestmark = pytest.mark.servers

ARTICLES, QUERIES = 4000, 200
LEAST_OVERLAP = 0.99


@pytest.fixture
def both(tmp_path, elasticsearch_engine):
    documents = list(competing_articles(ARTICLES))
    engines = TantivyEngine(tmp_path / "index"), elasticsearch_engine
    for engine in engines:
        engine.rebuild(documents)
    return *engines, {document.law for document in documents}


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


def test_both_engines_put_the_same_ten_first(both):
    tantivy, elasticsearch, laws = both
    asked = plans(laws)
    assert len(asked) >= QUERIES
    wanted = shared_places = same_total = 0
    for plan in asked:
        query = plan.engine_query(Filters(), limit=10, facets=True)
        ours, theirs = tantivy.search(query), elasticsearch.search(query)
        assert ours.facets == theirs.facets, plan.raw
        wanted += len(ours.hits)
        shared_places += len({hit.document.key for hit in ours.hits} & {hit.document.key for hit in theirs.hits})
        same_total += ours.total == theirs.total
    assert wanted > QUERIES
    assert shared_places / wanted >= LEAST_OVERLAP
    assert same_total == len(asked)
