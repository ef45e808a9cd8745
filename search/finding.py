"""A question and its answer: understands the query, asks the engine, falls back to the database."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby

from search.engines import get_engine
from search.engines.base import DEEPEST, Engine, EngineQuery, EngineUnavailable, Filters, Hit, Results
from search.fallback import candidates
from search.query import MOST_OFFERED, QueryPlan, understand
from search.typos import Correction, corrections
from search.vocabulary import lexicon

# Kinds in the order of their groups, with the hits a group shows before "all".
GROUPS: Mapping[str, int] = {"item": 5, "article": 5, "case": 3, "form": 3, "document": 3}
PAGE_SIZE = 20
# Of the articles of one law so many are shown, the others folded behind them.
FOLD = {"article": 2}
# A group leaves out what scores less than this share of its best hit, but not of its first three: a complaint
# often touches two items (烧烤 and 油烟), and one that a synonym names outright must not hide the other.
WORTH_SHOWING, AT_LEAST = 0.3, 3


__all__ = ["DEEPEST", "Found", "Group", "find", "find_best"]


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
    """`groups` without a chosen kind, else `results`, one page of them. `reduced`: from the database.

    `offered` are queries that may have been meant; `corrected` is the one searched instead of
    what was typed, which is `asked` in one spelling.
    """

    plan: QueryPlan
    groups: tuple[Group, ...] = ()
    results: Results = field(default_factory=Results)
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    reduced: bool = False
    offered: tuple[str, ...] = ()
    corrected: str = ""
    asked: str = ""

    @property
    def total(self) -> int:
        return self.results.total + sum(group.results.total for group in self.groups)

    @property
    def beyond_last_page(self) -> bool:
        return bool(self.results.total and not self.results.hits)


def find(raw: str, filters: Filters, *, page: int = 1, literal: bool = False, by_date: bool = False) -> Found:
    """What the search page shows: groups by kind, or one page of the chosen kind, and the facets.

    Only one kind can be had `by_date`: a group shows its best.
    """

    def page_of(plan: QueryPlan) -> Found:
        return _with_fallback(plan, lambda engine: _found(engine, plan, filters, page, by_date))

    return _corrected(raw, page_of, literal)


def find_best(raw: str, filters: Filters, *, limit: int = 10) -> Found:
    """The best hits of all kinds in one list, for the command and the suggestions."""

    def best(plan: QueryPlan) -> Found:
        query = plan.engine_query(filters, limit=limit)
        return _with_fallback(plan, lambda engine: Found(plan, results=engine.search(query)))

    return _corrected(raw, best)


def _corrected(raw: str, ask: Callable[[QueryPlan], Found], literal: bool = False) -> Found:
    """The answer to what was typed and what else may have been meant.

    What was meant is searched instead when what was typed finds nothing, or when no document at all has
    a word that sounds like a known name throughout; `literal` searches what was typed come what may.
    """
    known = lexicon()
    plan = understand(raw, known)
    found = Found(plan) if plan.empty else ask(plan)
    found = replace(found, asked=plan.typed)
    if literal or plan.jump:
        return found
    misspelt = [one for one in corrections(plan.typed, known) if not _defended(one)]
    offered = tuple(dict.fromkeys((*plan.offered, *(one.text for one in misspelt))))[:MOST_OFFERED]
    certain = misspelt and misspelt[0].sure and not plan.offered
    if not offered or (found.total and not certain):
        return replace(found, offered=offered)
    instead = ask(understand(offered[0], known))
    if not instead.total:
        return replace(found, offered=offered)
    return replace(instead, offered=offered[1:], corrected=offered[0], asked=plan.typed)


def _defended(correction: Correction) -> bool:
    """Whether the index knows the word as it was typed; an engine that is down is asked nothing."""
    try:
        return get_engine().search(EngineQuery(required=correction.against, limit=1)).total > 0
    except EngineUnavailable:
        return True


def _with_fallback(plan: QueryPlan, ask) -> Found:
    try:
        return ask(get_engine())
    except EngineUnavailable:
        return replace(ask(candidates(plan)), reduced=True)


def _found(engine: Engine, plan: QueryPlan, filters: Filters, page: int, by_date: bool) -> Found:
    if not filters.kind:
        facets = engine.search(plan.engine_query(filters, limit=1, facets=True)).facets
        return Found(plan, groups=tuple(_groups(engine, plan, filters, facets.get("kind", {}))), facets=facets)
    place = {"offset": (page - 1) * PAGE_SIZE, "limit": PAGE_SIZE, "fold": FOLD.get(filters.kind, 0)}
    results = engine.search(plan.engine_query(filters, **place, facets=True, by_date=by_date))
    # counts of the other kinds, so that one can be chosen instead
    others = engine.search(plan.engine_query(replace(filters, kind=""), limit=1, facets=True)).facets
    return Found(plan, results=results, facets={**results.facets, "kind": others.get("kind", {})})


def _groups(engine: Engine, plan: QueryPlan, filters: Filters, counts: Mapping[str, int]) -> Iterator[Group]:
    """Non-empty groups: the kind asked for, then by the best hit; of equals the one that stands first in GROUPS."""
    found = [
        Group(kind, engine.search(plan.engine_query(replace(filters, kind=kind), limit=size, fold=FOLD.get(kind, 0))))
        for kind, size in GROUPS.items()
        if counts.get(kind)
    ]
    for group in sorted(found, key=lambda one: (one.kind != plan.wanted, -one.best)):
        hits = _worth_showing(group.results.hits, GROUPS[group.kind], WORTH_SHOWING * group.best)
        yield Group(group.kind, replace(group.results, hits=tuple(hits)))


def _worth_showing(hits: Iterable[Hit], most: int, least_score: float) -> list[Hit]:
    """The first hits, what is folded together shown or left out together."""
    shown: list[Hit] = []
    for _, together in groupby(hits, key=lambda hit: hit.document.fold):
        fold = list(together)
        if len(shown) >= AT_LEAST and (fold[0].score < least_score or len(shown) + len(fold) > most):
            break
        shown += fold
    return shown
