"""Limits on how often one address may ask, counted in the database so that all worker processes share them.

    @throttled("card_lookup", Limit(per_minute=20, per_hour=200))
    def card_lookup(request): ...

A request over the limit is answered with the 429 page, which says when to try again.
"""

import datetime as dt
import math
from collections.abc import Callable
from functools import wraps
from typing import NamedTuple

from django.db.models import F, Min, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.crypto import salted_hmac

from people.addresses import subscriber
from people.models import RequestCount

MINUTE = 60  # seconds
KEPT = 60  # minutes


class Limit(NamedTuple):
    """How many requests pass within a minute of the clock, and within the last sixty."""

    per_minute: int
    per_hour: int


def throttled(purpose: str, limit: Limit, methods: tuple[str, ...] = ("POST",)) -> Callable:
    """Lets a view answer so many requests of one address; `methods` are the ones that count."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def limited(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            wait = seconds_to_wait(purpose, subscriber(request), limit) if request.method in methods else 0
            return too_many(request, wait) if wait else view(request, *args, **kwargs)

        return limited

    return decorate


def seconds_to_wait(purpose: str, client: str, limit: Limit, at: dt.datetime | None = None) -> int:
    """Counts one request of the client: 0 when it passes, else in how many seconds the next one will.

    The limit of a minute is exact across processes; that of the hour may be overstepped by requests that arrive at
    the same moment. Refused requests do not count.
    """
    now = (at or timezone.now()).timestamp()
    minute = int(now // MINUTE)
    digest = salted_hmac("people.throttle", client).hexdigest()[:32]
    rows = RequestCount.objects.filter(purpose=purpose, client=digest)
    hour = rows.filter(minute_no__gt=minute - KEPT).aggregate(hits=Sum("hits"), first=Min("minute_no"))
    if (hour["hits"] or 0) >= limit.per_hour:
        return _until(hour["first"] + KEPT, now)
    if not _count(rows, purpose, digest, minute, limit.per_minute):
        return _until(minute + 1, now)
    return 0


def too_many(request: HttpRequest, wait: int) -> HttpResponse:
    """The 429 page: when to try again, for people and (Retry-After) for programs."""
    words = f"{wait} 秒" if wait <= 2 * MINUTE else f"{math.ceil(wait / MINUTE)} 分钟"
    context = {"wait": words, "again_at": timezone.localtime() + dt.timedelta(seconds=wait)}
    page = render(request, "429.html", context, status=429)
    page["Retry-After"] = str(wait)
    return page


def _count(rows, purpose: str, digest: str, minute: int, most: int) -> bool:
    """Adds one to the minute's row unless it is full; whoever opens a minute sweeps the old ones."""
    if _add(rows, minute, most):
        return True
    _, made = RequestCount.objects.get_or_create(purpose=purpose, client=digest, minute_no=minute)
    if made:
        RequestCount.objects.filter(minute_no__lte=minute - KEPT).delete()
    return _add(rows, minute, most)


def _add(rows, minute: int, most: int) -> bool:
    return bool(rows.filter(minute_no=minute, hits__lt=most).update(hits=F("hits") + 1))


def _until(minute: int, now: float) -> int:
    return max(1, math.ceil(minute * MINUTE - now))
