"""How a query is put to tantivy, and what is counted of its hits."""

from collections.abc import Iterable, Iterator
from datetime import date

import tantivy
from tantivy import FieldType, Occur, Query

from search.engines.base import FACETS, EngineQuery, Filters, is_common

MOST_FACET_VALUES = 200


def day_number(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day


def compiled(searcher: tantivy.Searcher, schema: tantivy.Schema, query: EngineQuery) -> Query:
    """A boolean query of term queries: the tokens are ready, nothing is parsed."""
    kept = [(Occur.Must, silent(part)) for part in _filters(schema, query.filters)]
    shut_out = [(Occur.MustNot, Query.term_query(schema, "text", token, "freq")) for token in query.excluded]
    wanted = _wanted(searcher, schema, query)
    needed = [(Occur.Must, silent(Query.term_query(schema, "text", token, "freq"))) for token in query.required]
    return Query.boolean_query([*wanted, *kept, *needed, *shut_out])


def _wanted(searcher: tantivy.Searcher, schema: tantivy.Schema, query: EngineQuery) -> list[tuple[Occur, Query]]:
    """What scores, and, where some terms are common, that one of the others must be there."""
    terms = {token: Query.term_query(schema, "text", token, "freq") for token in query.terms}
    keys = {key: Query.term_query(schema, "exact", key, "basic") for key in query.exact}
    if not terms and not keys:
        return [(Occur.Must, Query.all_query())]
    rare = [term for token, term in terms.items() if not is_common(searcher.doc_freq("text", token), searcher.num_docs)]
    scored = _any(
        [Query.boost_query(term, query.terms[token]) for token, term in terms.items()]
        + [Query.const_score_query(key, query.exact[name]) for name, key in keys.items()]
    )
    if len(rare) in (0, len(terms)):
        return [(Occur.Must, scored)]
    return [(Occur.Must, silent(_any([*rare, *keys.values()]))), (Occur.Should, scored)]


def _any(parts: Iterable[Query]) -> Query:
    return Query.boolean_query([(Occur.Should, part) for part in parts])


def silent(part: Query) -> Query:
    """Decides what is found and adds nothing to the score."""
    return Query.const_score_query(part, 0.0)


def _filters(schema: tantivy.Schema, filters: Filters) -> Iterator[Query]:
    for name, value in filters.terms():
        yield Query.term_query(schema, name, value, "basic")
    on, whole = day_number(filters.on), FieldType.Integer
    if filters.status == "pending":
        yield Query.range_query(schema, "since", whole, lower_bound=on, include_lower=False)
    if filters.status == "in_force":
        yield Query.range_query(schema, "since", whole, upper_bound=on)
    if filters.status == "in_force":
        yield Query.range_query(schema, "until", whole, lower_bound=on, include_lower=False)
    if filters.status == "repealed":
        yield Query.range_query(schema, "until", whole, upper_bound=on)


def facets(searcher: tantivy.Searcher, wanted: Query, on: date, total: int) -> dict[str, dict[str, int]]:
    """Counts by value; the three statuses from two ranges, since a work has one status a day."""
    tomorrow = float(day_number(on) + 1)
    asked = {name: {"terms": {"field": name, "size": MOST_FACET_VALUES}} for name in FACETS}
    asked["pending"] = {"range": {"field": "since", "ranges": [{"from": tomorrow}]}}
    asked["repealed"] = {"range": {"field": "until", "ranges": [{"to": tomorrow}]}}
    answer = searcher.aggregate(wanted, asked)
    facets = {name: {b["key"]: b["doc_count"] for b in answer[name]["buckets"]} for name in FACETS}
    pending = sum(b["doc_count"] for b in answer["pending"]["buckets"] if "from" in b)
    repealed = sum(b["doc_count"] for b in answer["repealed"]["buckets"] if "to" in b)
    counts = {"pending": pending, "in_force": total - pending - repealed, "repealed": repealed}
    return {**facets, "status": {status: count for status, count in counts.items() if count}}
