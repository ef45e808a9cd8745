"""Validity in time: one convention for everything that begins and ends. Ends are exclusive."""

import datetime as dt

from django.db.models import Q


def valid_on(on: dt.date, start: str = "valid_from", end: str = "valid_to") -> Q:
    """Rows whose span covers the day: start <= on < end; an empty end never comes."""
    return Q(**{f"{start}__lte": on}) & (Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gt": on}))
