"""The dear part of an item page, kept for a minute.

Basis and neighbours take fifteen of the page's twenty-odd queries and change only when the item,
its citations or the regulations do. The first two are part of the key; a newly imported
regulation shows within the minute. Who holds the item, who answers for it and what is taken back
are never kept: acting on a taken-back item is acting without competence.
"""

import datetime as dt

from django.core.cache import cache
from django.db.models import Count, Max

from kb.hub.basis import Basis, basis_of
from kb.hub.related import related_to
from kb.models import PowerItem

KEPT_SECONDS = 60


def basis_and_related(item: PowerItem, on: dt.date) -> tuple[Basis, list[tuple[PowerItem, str]]]:
    """`basis_of` and `related_to` of the item, at most a minute old."""
    key = _key(item, on)
    found = cache.get(key)
    if found is None:
        basis = basis_of(item, on)
        found = basis, related_to(item, basis)
        cache.set(key, found, KEPT_SECONDS)
    return found


def _key(item: PowerItem, on: dt.date) -> str:
    """Names the state of the item and of its citations."""
    state = item.citations.aggregate(newest=Max("pk"), decided=Max("decided_at"), count=Count("pk"))
    parts = (item.pk, item.updated_at.timestamp(), on, state["newest"], state["decided"], state["count"])
    return "item-basis:" + ":".join(str(part).replace(" ", "T") for part in parts)
