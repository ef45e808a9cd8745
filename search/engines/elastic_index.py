"""What the Elasticsearch index holds, and how a query is put to it: plain values, no connection."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from json import loads
from typing import Any

from elasticsearch.dsl import A, Keyword, Mapping, Q, Search, Text
from elasticsearch.dsl.query import Query

from search.engines.base import FACETS, EngineQuery, Filters, Hit, Results, SearchDocument

# As in tantivy; Elasticsearch, unlike Lucene, keeps the constant factor k1 + 1, so scores are the same.
K1, B = 1.2, 0.75
MOST_FACET_VALUES = 200
# Lucene refuses a document with a longer term than 32,766 bytes: such a key is left out instead.
LONGEST_KEY = 8000
# Up to so many laws are counted exactly.
COUNTED_FOLDS = 40_000


def settings(replicas: int) -> dict[str, Any]:
    """One shard, so that BM25 counts over all documents. Nothing is seen before we say so (`refresh`)."""
    return {
        "number_of_shards": 1,
        "auto_expand_replicas": f"0-{replicas}" if replicas else "false",
        "number_of_replicas": 0,
        "refresh_interval": "-1",
        "similarity": {"default": {"type": "BM25", "k1": K1, "b": B}},
    }


def mapping() -> Mapping:
    """The fields of tantivy's schema. The tokens are not kept with the document: the database has the text."""
    made = Mapping()
    made.meta("dynamic", "strict")
    made.meta("_source", excludes=["text"])
    made.field("text", Text(analyzer="whitespace", index_options="freqs"))
    for name in ("key", "owner", "digest", "law", "fold", "exact", *FACETS):
        made.field(name, Keyword(ignore_above=LONGEST_KEY))
    for name in ("since", "until", "dated"):
        made.field(name, "integer")
    made.field("weight", "float")
    made.field("shown", Keyword(index=False, doc_values=False))
    return made


def row(document: SearchDocument) -> dict[str, Any]:
    """The document as the index takes it; an empty value is left out, so that no facet counts it."""
    names = ("key", "owner", "digest", "law", "fold", *FACETS)
    named = {name: value for name in names if (value := getattr(document, name))}
    return {
        **named,
        "text": " ".join(document.tokens()),
        "exact": list(document.exact),
        "since": _day(document.since),
        "until": _day(document.until),
        "dated": _day(document.dated),
        "weight": document.weight,
        "shown": document.json,
    }


def _day(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day


def compiled(asked: Search, query: EngineQuery, common: Collection[str]) -> Search:
    """The whole question in one request: filters, score, total, page, folds and facets."""
    asked = asked.query(_weighted(_wanted(query, common)))
    asked = asked.sort(*_order(query)).source(["shown"])
    asked = asked.extra(track_total_hits=True, track_scores=True)[query.offset : query.offset + query.limit]
    if query.fold:
        same = {"name": "same", "size": query.fold, "sort": _order(query), "track_scores": True, "_source": ["shown"]}
        asked = asked.source(False).extra(collapse={"field": "fold", "inner_hits": same})
        asked.aggs.metric("places", A("cardinality", field="fold", precision_threshold=COUNTED_FOLDS))
    if query.facets:
        for name, counted in _counted(query.filters.on):
            asked.aggs.bucket(name, counted)
    return asked


def _order(query: EngineQuery) -> list[Any]:
    latest = [{"dated": "desc"}] if query.by_date else []
    return [*latest, "_score", "key"]


def results(answer: Any, query: EngineQuery) -> Results:
    """The values of the contract from the server's answer."""
    total = answer.hits.total.value
    hits = tuple(hit for one in answer.hits for hit in (_together(one) if query.fold else [_hit(one)]))
    counted = facets(answer.aggregations, total) if query.facets else {}
    return Results(hits, total, counted, answer.aggregations.places.value if query.fold else total)


def _together(first: Any) -> Iterator[Hit]:
    """The shown hits of one law, the last with the number of those that are not."""
    same = first.meta.inner_hits.same
    *before, last = same
    yield from map(_hit, before)
    yield _hit(last, folded=same.hits.total.value - len(before) - 1)


def _hit(one: Any, folded: int = 0) -> Hit:
    return Hit(one.meta.score, SearchDocument.from_json(loads(one.shown)), folded)


def _weighted(wanted: Query) -> Query:
    return Q(
        "function_score",
        query=wanted,
        functions=[{"field_value_factor": {"field": "weight", "missing": 1.0}}],
        boost_mode="multiply",
    )


def _wanted(query: EngineQuery, common: Collection[str]) -> Query:
    """What scores; and, where some terms are common, that one of the others must be there."""
    kept = [*_filters(query.filters), *(Q("term", text=token) for token in query.required)]
    shut_out = [Q("term", text=token) for token in query.excluded]
    scored = list(_scored(query)) or [Q("match_all")]
    telling = [token for token in query.terms if token not in common]
    if telling and len(telling) < len(query.terms):
        kept.append(Q("bool", should=[Q("terms", text=telling), Q("terms", exact=list(query.exact))]))
    return Q("bool", should=scored, minimum_should_match=1, filter=kept, must_not=shut_out)


def _scored(query: EngineQuery) -> Iterator[Query]:
    for token, weight in query.terms.items():
        yield Q("term", text={"value": token, "boost": weight})
    for key, boost in query.exact.items():
        yield Q("constant_score", filter=Q("term", exact=key), boost=boost)


def _filters(filters: Filters) -> Iterator[Query]:
    for name, value in filters.terms():
        yield Q("term", **{name: value})
    on = _day(filters.on)
    if filters.status == "pending":
        yield Q("range", since={"gt": on})
    if filters.status == "in_force":
        yield Q("range", since={"lte": on})
        yield Q("range", until={"gt": on})
    if filters.status == "repealed":
        yield Q("range", until={"lte": on})


def _counted(on: date) -> Iterator[tuple[str, Any]]:
    for name in FACETS:
        yield name, A("terms", field=name, size=MOST_FACET_VALUES)
    yield "pending", A("filter", filter=Q("range", since={"gt": _day(on)}))
    yield "repealed", A("filter", filter=Q("range", until={"lte": _day(on)}))


def facets(answer: Any, total: int) -> dict[str, dict[str, int]]:
    """Counts by value; a document is pending, repealed or, being neither, in force."""
    counts = {name: {one.key: one.doc_count for one in answer[name].buckets} for name in FACETS}
    pending, repealed = answer.pending.doc_count, answer.repealed.doc_count
    statuses = {"pending": pending, "in_force": total - pending - repealed, "repealed": repealed}
    return {**counts, "status": {status: count for status, count in statuses.items() if count}}


def owned_by(owners: Iterable[str]) -> Query:
    return Q("terms", owner=list(owners))
