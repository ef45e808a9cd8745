"""The whole index in Python dictionaries: for unit tests, and to show what the contract means."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from math import log

from search.engines.base import FACETS, STATUSES, EngineQuery, Filters, Hit, Results, SearchDocument, is_common
from search.engines.folding import folded_page

# The constants tantivy and Elasticsearch (Lucene) use.
K1, B = 1.2, 0.75


class MemoryEngine:
    """BM25 over a few thousand documents."""

    def __init__(self) -> None:
        self._documents: dict[str, SearchDocument] = {}
        self._counts: dict[str, Counter[str]] = {}
        self._spread: Counter[str] = Counter()

    def replace(self, owners: Iterable[str], documents: Iterable[SearchDocument]) -> int:
        gone = set(owners)
        for key in [key for key, held in self._documents.items() if held.owner in gone]:
            self._forget(key)
        written = 0
        for document in documents:
            self._forget(document.key)
            counts = Counter(document.tokens())
            self._documents[document.key], self._counts[document.key] = document, counts
            self._spread.update(counts.keys())
            written += 1
        return written

    def rebuild(self, documents: Iterable[SearchDocument]) -> int:
        fresh = MemoryEngine()
        written = fresh.replace((), documents)
        self.__dict__ = fresh.__dict__
        return written

    def search(self, query: EngineQuery) -> Results:
        found = [hit for hit in self._hits(query) if _passes(hit.document, query.filters)]
        found.sort(key=lambda hit: (-hit.score, hit.document.key))
        if query.by_date:
            found.sort(key=lambda hit: hit.document.dated, reverse=True)
        page, places = _page(found, query)
        return Results(page, len(found), _facets(found, query.filters) if query.facets else {}, places)

    def digests(self) -> Iterator[tuple[str, str]]:
        return ((key, document.digest) for key, document in self._documents.items())

    def _forget(self, key: str) -> None:
        if self._documents.pop(key, None):
            self._spread.subtract(self._counts.pop(key).keys())

    def _hits(self, query: EngineQuery) -> Iterator[Hit]:
        average = sum(counts.total() for counts in self._counts.values()) / (len(self._counts) or 1)
        telling = self._telling(query)
        everything = not (query.terms or query.exact)
        for key, document in self._documents.items():
            counts = self._counts[key]
            exact = [query.exact[name] for name in document.exact if name in query.exact]
            found = everything or exact or any(token in counts for token in telling)
            carried = all(token in counts for token in query.required)
            if found and carried and not any(token in counts for token in query.excluded):
                score = self._bm25(counts, average, query) + sum(exact)
                yield Hit(document.weight * (1.0 if everything else score), document)

    def _telling(self, query: EngineQuery) -> list[str]:
        rare = [token for token in query.terms if not is_common(self._spread[token], len(self._documents))]
        return rare or list(query.terms)

    def _bm25(self, counts: Counter[str], average: float, query: EngineQuery) -> float:
        norm = K1 * (1 - B + B * counts.total() / (average or 1))
        return sum(
            weight * self._rarity(token) * counts[token] * (K1 + 1) / (counts[token] + norm)
            for token, weight in query.terms.items()
            if token in counts
        )

    def _rarity(self, token: str) -> float:
        spread = self._spread[token]
        return log(1 + (len(self._documents) - spread + 0.5) / (spread + 0.5))


def _page(found: list[Hit], query: EngineQuery) -> tuple[tuple[Hit, ...], int]:
    if not query.fold:
        return tuple(found[query.offset : query.offset + query.limit]), len(found)
    folds = (hit.document.fold for hit in found)
    page, places = folded_page(found, folds, offset=query.offset, limit=query.limit, kept=query.fold)
    return tuple(replace(hit, folded=folded) for hit, folded in page), places


def _passes(document: SearchDocument, filters: Filters) -> bool:
    right = all(getattr(document, name) == value for name, value in filters.terms())
    return right and filters.status in ("", document.status(filters.on))


def _facets(found: list[Hit], filters: Filters) -> dict[str, dict[str, int]]:
    documents = [hit.document for hit in found]
    counted = {name: Counter(value for d in documents if (value := getattr(d, name))) for name in FACETS}
    statuses = Counter(document.status(filters.on) for document in documents)
    return {**counted, "status": {status: statuses[status] for status in STATUSES if statuses[status]}}
