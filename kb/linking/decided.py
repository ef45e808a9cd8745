"""Rows that follow the text, merged with what a person decided.

A reference is recognised again by where it stands (provision, field), how it is written, and the
how-manieth of that writing it is there. If a person decided any row of it, all its rows stay as
they are and only their spans move. A decision whose words are gone from the text keeps its row
without a span, so that it is neither shown nor lost.
"""

from collections import defaultdict
from collections.abc import Iterable

from django.db import transaction

from kb.models import Citation

Place = tuple[str, str, str, int]
GONE = "原文已不含此引用"
_COMPARED = (
    "source_key", "field_name", "span_start", "span_end", "raw", "law_name", "regulation_id", "key", "article_key",
    "role", "status", "note",
)  # fmt: skip


def is_decided(row: Citation) -> bool:
    """Whether a person has had a say in the row."""
    return (
        row.origin == Citation.Origin.MANUAL or row.status == Citation.Status.DISMISSED or row.decided_by_id is not None
    )


def store(existing: Iterable[Citation], wanted: list[Citation]) -> list[Citation]:
    """Makes the stored rows of some texts of one source equal `wanted`, decisions kept.

    Gives the rows as they are stored now. Writes nothing when nothing has changed.
    """
    old, new = _by_place(existing), _by_place(wanted)
    kept, moved, fresh = [], [], []
    for place, rows in new.items():
        if place in old and any(is_decided(row) for row in old[place]):
            moved += _moved(old[place], rows[0])
            kept += old.pop(place)
        else:
            fresh += rows
    for rows in old.values():
        decided = [row for row in rows if is_decided(row)]
        moved += _without_span(decided)
        kept += decided
    stale = [row for rows in old.values() for row in rows if not is_decided(row)]
    unchanged = [_values(row) for row in stale] == [_values(row) for row in fresh]
    _write(moved, [] if unchanged else stale, [] if unchanged else fresh)
    return sorted(kept + (stale if unchanged else fresh), key=lambda row: (row.field_name, row.span_start))


def _write(moved: list[Citation], stale: list[Citation], fresh: list[Citation]) -> None:
    if not (moved or stale or fresh):
        return
    with transaction.atomic():
        if moved:
            Citation.objects.bulk_update(moved, ["span_start", "span_end", "note"])
        if stale:
            Citation.objects.filter(pk__in=[row.pk for row in stale]).delete()
        if fresh:
            Citation.objects.bulk_create(fresh, batch_size=500)


def _by_place(rows: Iterable[Citation]) -> dict[Place, list[Citation]]:
    """Rows grouped by reference; the rows of a range share one span and so one group."""
    groups: dict[Place, list[Citation]] = defaultdict(list)
    spans: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for row in sorted(rows, key=lambda one: (one.source_key, one.field_name, one.span_start, one.pk or 0)):
        written = (row.source_key, row.field_name, row.raw)
        if not spans[written] or spans[written][-1] != row.span_start:
            spans[written].append(row.span_start)
        groups[(*written, len(spans[written]))].append(row)
    return groups


def _moved(rows: list[Citation], found: Citation) -> list[Citation]:
    """The rows that stand elsewhere now, with their new span."""
    changed = [row for row in rows if (row.span_start, row.span_end) != (found.span_start, found.span_end)]
    for row in changed:
        row.span_start, row.span_end = found.span_start, found.span_end
        row.note = row.note.removesuffix(GONE).rstrip("；")
    return changed


def _without_span(rows: list[Citation]) -> list[Citation]:
    """Decided rows whose words are gone; rows made by hand without words never had a span."""
    changed = [row for row in rows if row.raw and row.span_end]
    for row in changed:
        row.span_start = row.span_end = 0
        row.note = f"{row.note}；{GONE}".lstrip("；")[:300]
    return changed


def _values(row: Citation) -> tuple:
    return tuple(getattr(row, name) for name in _COMPARED)
