"""Saved searches: what a query finds now that it did not find at the last look.

Exact rule: the keys of the first KNOWN documents found are kept, and once known a key stays known, so that
a document that was hidden for a while or whose law was imported again is no news. New is a document among
the first LOOKED_AT, worth showing beside the best of its kind, whose key is not known. For a query that
finds up to KNOWN documents nothing is missed and nothing said twice.
"""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from urllib.parse import parse_qsl, urlencode

from django.db.models import Sum
from django.urls import reverse
from django.utils import timezone

from people.models import User
from search.engines import get_engine
from search.engines.base import EngineUnavailable, Filters, Hit, Results
from search.finding import WORTH_SHOWING
from search.models import SavedSearch
from search.query import understand
from search.vocabulary import lexicon

KNOWN, LOOKED_AT = 1000, 500
# Keys that outlive the documents found now.
MOST_KNOWN, MOST_FRESH = 2 * KNOWN, 100
# While somebody reads, their searches are looked at again after so long, and only so many at a time.
REST, AT_ONCE = timedelta(hours=1), 5


def narrowing_of(filters: Filters) -> str:
    """What narrows, as part of an address: `domain=市容环境&kind=case`, encoded and sorted."""
    status = [("status", filters.status)] if filters.status else []
    return urlencode(sorted([*filters.terms(), *status]))


def filters_of(saved: SavedSearch) -> Filters:
    """As of today."""
    return Filters(**dict(parse_qsl(saved.narrowing)), on=timezone.localdate())


def address_of(saved: SavedSearch) -> str:
    """The search page with this query; a citation stays on its results."""
    pairs = [("q", saved.query), *parse_qsl(saved.narrowing), ("stay", "1")]
    return f"{reverse('search:search')}?{urlencode(pairs)}"


def results_of(saved: SavedSearch) -> Results:
    """The first KNOWN documents. Raises EngineUnavailable."""
    plan = understand(saved.query, lexicon())
    return Results() if plan.empty else get_engine().search(plan.engine_query(filters_of(saved), limit=KNOWN))


def check(saved: SavedSearch) -> int:
    """Looks again, notes what is new and returns how many; writes the row. Raises EngineUnavailable."""
    found = results_of(saved)
    known = saved.known.splitlines()
    new = [hit.document.key for hit in _worth(found.hits[:LOOKED_AT]) if hit.document.key not in set(known)]
    if new:
        before = saved.fresh.splitlines() if saved.unread else []
        saved.fresh, saved.unread = _lines([*new, *before], MOST_FRESH), saved.unread + len(new)
    learn(saved, found)
    saved.save()
    return len(new)


def learn(saved: SavedSearch, found: Results) -> None:
    """Everything found counts as known from now on."""
    saved.known = _lines([*(hit.document.key for hit in found.hits), *saved.known.splitlines()], MOST_KNOWN)
    saved.total, saved.checked_at = found.total, timezone.now()


def check_due(user: User) -> None:
    """The person's searches that nobody looked at for REST, the oldest first. A broken engine waits for later."""
    due = SavedSearch.objects.of(user).filter(checked_at__lt=timezone.now() - REST)
    try:
        for saved in due.order_by("checked_at")[:AT_ONCE]:
            check(saved)
    except EngineUnavailable:
        return


def fresh_hits(saved: SavedSearch) -> list[Hit]:
    """What the page of the search shows as new, best first; what is gone meanwhile is left out."""
    fresh = set(saved.fresh.splitlines())
    return [hit for hit in results_of(saved).hits if hit.document.key in fresh] if fresh else []


def unread_of(user: User) -> int:
    """New documents over all searches of a person."""
    return SavedSearch.objects.of(user).aggregate(unread=Sum("unread"))["unread"] or 0


def _worth(hits: Iterable[Hit]) -> list[Hit]:
    hits = list(hits)
    best: Mapping[str, float] = _best_by_kind(hits)
    return [hit for hit in hits if hit.score >= WORTH_SHOWING * best[hit.document.kind]]


def _best_by_kind(hits: Iterable[Hit]) -> dict[str, float]:
    best: dict[str, float] = {}
    for hit in hits:
        best[hit.document.kind] = max(hit.score, best.get(hit.document.kind, 0.0))
    return best


def _lines(keys: Iterable[str], most: int) -> str:
    return "\n".join(list(dict.fromkeys(keys))[:most])
