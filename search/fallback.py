"""When the engine is down: substrings in the database, ranked by the memory engine. Slower, and fewer."""

from collections.abc import Iterable

from search.documents import SOURCES, documents_of
from search.documents.regulations import article_keys
from search.engines.memory import MemoryEngine
from search.query import QueryPlan

MOST_ROWS = 30
MOST_WORDS = 6


def candidates(plan: QueryPlan) -> MemoryEngine:
    """An engine that holds a few rows whose names, or articles whose text, hold one of the words."""
    words = sorted(plan.marked or plan.text.split(), key=len, reverse=True)[:MOST_WORDS]
    owners = [source.owner(pk) for source in SOURCES for pk in source.matching(words)[:MOST_ROWS]]
    articles = set(_articles(plan, words))
    whole = {key.partition("#")[0] for key in articles}
    engine = MemoryEngine()
    engine.replace((), (doc for doc in documents_of({*owners, *whole}) if "#" not in doc.key or doc.key in articles))
    return engine


def _articles(plan: QueryPlan, words: Iterable[str]) -> Iterable[str]:
    if plan.law and plan.provision:
        yield f"regulation:{plan.law.key}#{plan.provision.split('.', 1)[0]}"
    yield from article_keys(words, MOST_ROWS)
