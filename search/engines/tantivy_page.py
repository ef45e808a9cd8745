"""Which hits of tantivy make one page: the best, the latest, or those of one law folded together."""

from dataclasses import dataclass
from hashlib import sha256

import tantivy
from tantivy import DocAddress, FieldType, Occur, Query

from search.engines.base import DEEPEST, EngineQuery
from search.engines.folding import folded_page
from search.engines.tantivy_query import silent

Scored = tuple[float, DocAddress]


@dataclass(frozen=True)
class Page:
    """Each hit with what stays folded behind it; how many documents are found, and how many places."""

    hits: list[tuple[Scored, int]]
    total: int
    places: int


def page_of(searcher: tantivy.Searcher, schema: tantivy.Schema, wanted: Query, query: EngineQuery) -> Page:
    """The engine itself knows one order and no folds, so all but the plain page is made from the whole ranking."""
    if not (query.fold or query.by_date):
        hits, total = _best(searcher, wanted, query.limit, query.offset)
        return Page([(hit, 0) for hit in hits], total, total)
    hits, total = _best(searcher, wanted, DEEPEST)
    if query.by_date:
        hits = _by_date(searcher, hits if total <= DEEPEST else _latest(searcher, schema, wanted, total))
    if not query.fold:
        return Page([(hit, 0) for hit in hits[query.offset : query.offset + query.limit]], total, total)
    folds = searcher.fast_field_values("fold", [address for _, address in hits])
    page, places = folded_page(hits, folds, offset=query.offset, limit=query.limit, kept=query.fold)
    return Page(page, total, places)


def fold_number(fold: str) -> int:
    """The engine reads only numbers of many documents at once: 64 bits of the name's hash."""
    return int.from_bytes(sha256(fold.encode()).digest()[:8], signed=True)


def _best(searcher: tantivy.Searcher, wanted: Query, limit: int, offset: int = 0) -> tuple[list[Scored], int]:
    found = searcher.search(wanted, limit, offset=offset, weight_by_field="weight")
    total: int = found.count  # type: ignore[attr-defined]  # absent from tantivy's stub
    return found.hits, total


def _by_date(searcher: tantivy.Searcher, hits: list[Scored]) -> list[Scored]:
    """The latest first; of one day the best."""
    days = searcher.fast_field_values("dated", [address for _, address in hits])
    return [hit for _, hit in sorted(zip(days, hits, strict=True), key=lambda pair: (-(pair[0] or 0), -pair[1][0]))]


def _latest(searcher: tantivy.Searcher, schema: tantivy.Schema, wanted: Query, total: int) -> list[Scored]:
    """The DEEPEST latest, and what is of the same day as the last of them, with their scores."""
    last_day = searcher.search(wanted, DEEPEST, count=False, order_by_field="dated").hits[-1][0]
    recent = Query.range_query(schema, "dated", FieldType.Integer, lower_bound=last_day)
    hits, _ = _best(searcher, Query.boolean_query([(Occur.Must, wanted), (Occur.Must, silent(recent))]), total)
    return hits
