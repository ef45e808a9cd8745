"""What the streets could do on a day, and what changed between two days."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from kb.models import AdjustmentBatch, AdjustmentLine, PowerItem, StreetAssignment
from people.models import Unit

ADDED, REMOVED, CHANGED = "新增", "减少", "变更"
# Batches of these kinds change an item and leave it with its streets.
REWRITING = (AdjustmentBatch.Kind.RENAME, AdjustmentBatch.Kind.REBASE, AdjustmentBatch.Kind.RESHAPE)


@dataclass(frozen=True)
class ItemChange:
    """One item that the list of `after` has and that of `before` has not, or the other way round."""

    kind: str
    item: PowerItem
    streets: tuple[Unit, ...]
    on: dt.date
    batch: AdjustmentBatch | None = None
    note: str = ""

    @property
    def streets_text(self) -> str:
        """Up to three streets by name, more by number; no street means all of them."""
        names = [street.label for street in self.streets]
        if not names:
            return "全部街道"
        return "、".join(names) if len(names) <= 3 else f"{len(names)} 个街道"


def changes_between(before: dt.date, after: dt.date, street: Unit | None = None) -> list[ItemChange]:
    """How the list of the later day differs from that of the earlier; by kind, then by code."""
    before, after = sorted((before, after))
    found = [*_moved(before, after, street), *_rewritten(before, after, street)]
    order = {ADDED: 0, REMOVED: 1, CHANGED: 2}
    return sorted(found, key=lambda change: (order[change.kind], change.item.code, change.on))


def _moved(before: dt.date, after: dt.date, street: Unit | None) -> Iterable[ItemChange]:
    """Assignments that began or ended in between; a pair that did both is where it was."""
    window = Q(valid_from__gt=before, valid_from__lte=after) | Q(valid_to__gt=before, valid_to__lte=after)
    rows = StreetAssignment.objects.filter(window).select_related(
        "item__domain", "item__department", "street", "start_batch", "end_batch"
    )
    rows = rows.filter(street=street) if street else rows
    started = {(r.item_id, r.street_id): r for r in rows if r.valid_from > before and not _over(r, after)}
    ended = {(r.item_id, r.street_id): r for r in rows if r.valid_from <= before and _over(r, after)}
    yield from _grouped(ADDED, [row for pair, row in started.items() if pair not in ended])
    yield from _grouped(REMOVED, [row for pair, row in ended.items() if pair not in started])


def _over(row: StreetAssignment, day: dt.date) -> bool:
    return row.valid_to is not None and row.valid_to <= day


def _grouped(kind: str, rows: list[StreetAssignment]) -> Iterable[ItemChange]:
    """One change an item, day and batch, with all the streets it concerns."""
    together: dict[tuple, list[StreetAssignment]] = defaultdict(list)
    for row in rows:
        batch = row.start_batch if kind == ADDED else row.end_batch
        day = row.valid_from if kind == ADDED else row.valid_to
        together[row.item_id, day, batch].append(row)
    for (_, day, batch), members in together.items():
        streets = sorted((row.street for row in members), key=lambda unit: (unit.sort_order, unit.pk))
        yield ItemChange(kind, members[0].item, tuple(streets), day, batch)


def _rewritten(before: dt.date, after: dt.date, street: Unit | None) -> Iterable[ItemChange]:
    lines = AdjustmentLine.objects.filter(
        action__in=REWRITING, batch__decided_on__gt=before, batch__decided_on__lte=after
    ).select_related("item__domain", "item__department", "street", "batch")
    if street:
        lines = lines.filter(Q(street__isnull=True) | Q(street=street))
    for line in lines:
        note = "，".join(part for part in (line.get_action_display(), line.note) if part)
        streets = (line.street,) if line.street else ()
        yield ItemChange(CHANGED, line.item, streets, line.batch.decided_on, line.batch, note)


def matrix(items: Iterable[PowerItem], on: dt.date) -> tuple[list[Unit], list[tuple[PowerItem, set[int]]]]:
    """The streets, and each item with the keys of the streets that hold it on the day."""
    holders: dict[int, set[int]] = defaultdict(set)
    for item_id, street_id in StreetAssignment.objects.valid_on(on).values_list("item_id", "street_id"):
        holders[item_id].add(street_id)
    return list(Unit.objects.streets()), [(item, holders[item.pk]) for item in items]
