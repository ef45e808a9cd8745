"""What happened around a sitting: kept as evidence for a person, never acted upon (peers 51)."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from exams.models import Incident

# What a page may report; everything else the server notes itself.
REPORTED = (Incident.Kind.LEFT, Incident.Kind.RETURNED, Incident.Kind.RECONNECTED)
MOST_EVENTS = 20
# A page can report as often as it likes, so there is an end to what is kept of it.
MOST_INCIDENTS = 500
LONGEST_AGO = 60 * 60 * 4


@dataclass(frozen=True)
class Event:
    """Something that the page noticed, so many seconds before it said so."""

    kind: Incident.Kind
    seconds_ago: float = 0


def read_events(sent: Any) -> list[Event]:
    """The events of a request's JSON that are ones; anything else is passed over."""
    rows = sent[:MOST_EVENTS] if isinstance(sent, list) else []
    return [event for event in map(_event, rows) if event]


def note(
    sitting_id: int, kind: Incident.Kind, at: dt.datetime, address: str | None = None, detail: str = ""
) -> Incident:
    """Keeps an incident that the server saw itself."""
    return Incident.objects.create(sitting_id=sitting_id, kind=kind, detail=detail[:200], address=address, at=at)


def note_reported(
    sitting_id: int, kind: Incident.Kind, at: dt.datetime, address: str | None = None, detail: str = ""
) -> None:
    """Keeps one that a page can cause at will, up to a number."""
    if Incident.objects.filter(sitting=sitting_id).count() < MOST_INCIDENTS:
        note(sitting_id, kind, at, address, detail)


def _event(sent: Any) -> Event | None:
    kind, ago = (sent.get("kind"), sent.get("ago")) if isinstance(sent, dict) else (None, None)
    if kind not in REPORTED or not isinstance(ago, int | float) or not 0 <= ago <= LONGEST_AGO:
        return None
    return Event(Incident.Kind(kind), float(ago))
