"""A question and its answer: understands the query, asks the engine, falls back to the database."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from search.engines import get_engine
from search.engines.base import Engine, EngineUnavailable, Filters, Results
from search.fallback import candidates
from search.query import QueryPlan, understand
from search.vocabulary import lexicon

# Kinds in the order of their groups, with the hits a group shows before "all".
GROUPS: Mapping[str, int] = {"item": 5, "article": 5, "case": 3, "document": 3}
PAGE_SIZE = 20
# Deeper pages say nothing about a query any more.
DEEPEST = 10_000
# A group leaves out what scores less than this share of its best hit.
WORTH_SHOWING = 0.3


@dataclass(frozen=True)
class Group:
    """The best hits of one kind."""

    kind: str
    results: Results

    @property
    def best(self) -> float:
        return max((hit.score for hit in self.results.hits), default=0.0)


@dataclass(frozen=True)
class Found:
    """`groups` without a chosen kind, else `results`, one page of them. `reduced`: from the database."""

    plan: QueryPlan
    groups: tuple[Group, ...] = ()
    results: Results = field(default_factory=Results)
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    reduced: bool = False

    @property
    def beyond_last_page(self) -> bool:
        return bool(self.results.total and not self.results.hits)


def find(raw: str, filters: Filters, *, page: int = 1) -> Found:
    """What the search page shows: groups by kind, or one page of the chosen kind, and the facets."""
    plan = understand(raw, lexicon())
    if plan.empty:
        return Found(plan)
    return _with_fallback(plan, lambda engine: _found(engine, plan, filters, page))


def find_best(raw: str, filters: Filters, *, limit: int = 10) -> Found:
    """The best hits of all kinds in one list, for the command and the suggestions."""
    plan = understand(raw, lexicon())
    if plan.empty:
        return Found(plan)
    return _with_fallback(
        plan, lambda engine: Found(plan, results=engine.search(plan.engine_query(filters, limit=limit)))
    )


def _with_fallback(plan: QueryPlan, ask) -> Found:
    try:
        return ask(get_engine())
    except EngineUnavailable:
        return replace(ask(candidates(plan)), reduced=True)


def _found(engine: Engine, plan: QueryPlan, filters: Filters, page: int) -> Found:
    if not filters.kind:
        facets = engine.search(plan.engine_query(filters, limit=1, facets=True)).facets
        return Found(plan, groups=tuple(_groups(engine, plan, filters, facets.get("kind", {}))), facets=facets)
    offset = (page - 1) * PAGE_SIZE
    results = engine.search(plan.engine_query(filters, offset=offset, limit=PAGE_SIZE, facets=True))
    # counts of the other kinds, so that one can be chosen instead
    others = engine.search(plan.engine_query(replace(filters, kind=""), limit=1, facets=True)).facets
    return Found(plan, results=results, facets={**results.facets, "kind": others.get("kind", {})})


def _groups(engine: Engine, plan: QueryPlan, filters: Filters, counts: Mapping[str, int]) -> Iterator[Group]:
    """Non-empty groups, the one with the best hit first; of equals the one that stands first in GROUPS."""
    found = [
        Group(kind, engine.search(plan.engine_query(replace(filters, kind=kind), limit=size)))
        for kind, size in GROUPS.items()
        if counts.get(kind)
    ]
    for group in sorted(found, key=lambda one: -one.best):
        worth = tuple(hit for hit in group.results.hits if hit.score >= WORTH_SHOWING * group.best)
        yield Group(group.kind, replace(group.results, hits=worth))
