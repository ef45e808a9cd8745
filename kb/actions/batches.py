"""Adjustment batches and confirmation letters: how the streets' list of items changes."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction

from kb.models import AdjustmentBatch, AdjustmentLine, ConfirmationLetter, PowerItem, StreetAssignment
from kb.models.assignment import AssignmentQuerySet
from kb.permissions import can_import_items, require
from kb.validity import valid_on
from people import audit
from people.models import Unit, User

Action = AdjustmentBatch.Kind
ENDING = (Action.TAKE_BACK, Action.CANCEL)


@transaction.atomic
def apply_batch(batch: AdjustmentBatch, lines: Iterable[AdjustmentLine], *, by: User | None) -> int:
    """Records the lines of a saved batch and starts or ends assignments on its day.

    A line that the batch already has is passed over, so a file may be imported again. Returns
    how many assignments began or ended. `by=None` is a command. Raises PermissionDenied, and
    ValidationError when an item would be taken back before it was given.
    """
    require(by is None or can_import_items(by), "登记调整批次")
    known = set(batch.lines.values_list("item_id", "street_id", "action"))
    new = [line for line in lines if (line.item_id, line.street_id, line.action) not in known]
    for line in new:
        line.batch = batch
    AdjustmentLine.objects.bulk_create(new)
    touched = sum(_apply_line(batch, line) for line in new)
    if new:
        audit.record(by=by, verb="登记调整批次", target=batch, detail=f"{len(new)} 项，{touched} 条承接记录")
    return touched


@transaction.atomic
def confirm(
    letter: ConfirmationLetter,
    items: Sequence[PowerItem],
    *,
    valid_from: dt.date,
    by: User | None,
    valid_to: dt.date | None = None,
) -> int:
    """A street takes over items by a saved letter; returns how many it did not hold that day."""
    require(by is None or can_import_items(by), "登记确认书")
    held = _held([letter.street], valid_from)
    rows = [
        StreetAssignment(item=item, street=letter.street, letter=letter, valid_from=valid_from, valid_to=valid_to)
        for item in items
        if (item.pk, letter.street_id) not in held
    ]
    StreetAssignment.objects.bulk_create(rows)
    if rows:
        audit.record(by=by, verb="登记确认书", target=letter, detail=f"{letter.street.label} {len(rows)} 项")
    return len(rows)


def _apply_line(batch: AdjustmentBatch, line: AdjustmentLine) -> int:
    if line.action == Action.DELEGATE:
        return _begin(batch, line)
    return _end(batch, line) if line.action in ENDING else 0


def _begin(batch: AdjustmentBatch, line: AdjustmentLine) -> int:
    streets = [line.street] if line.street else list(Unit.objects.streets())
    held = _held(streets, batch.decided_on, line.item)
    rows = [
        StreetAssignment(item=line.item, street=street, valid_from=batch.decided_on, start_batch=batch)
        for street in streets
        if (line.item_id, street.pk) not in held
    ]
    StreetAssignment.objects.bulk_create(rows)
    return len(rows)


def _end(batch: AdjustmentBatch, line: AdjustmentLine) -> int:
    check_line(batch, line)
    day = batch.decided_on
    return _concerned(line).filter(valid_on(day)).update(valid_to=day, end_batch=batch)


def check_line(batch: AdjustmentBatch, line: AdjustmentLine) -> None:
    """Raises ValidationError when the line would end what began on its day or later."""
    day = batch.decided_on
    if line.action in ENDING and _concerned(line).filter(valid_from__gte=day).exists():
        raise ValidationError(
            f"事项 {line.item.code} 的承接日期不早于批次日期 {day.isoformat()}；请核对「{batch.doc_number}」的日期。"
        )


def _concerned(line: AdjustmentLine) -> AssignmentQuerySet:
    rows = StreetAssignment.objects.filter(item=line.item)
    return rows.filter(street=line.street) if line.street else rows


def _held(streets: Iterable[Unit], on: dt.date, item: PowerItem | None = None) -> set[tuple[int, int]]:
    """(item, street) pairs of these streets that hold on the day."""
    rows = StreetAssignment.objects.valid_on(on).filter(street__in=[street.pk for street in streets])
    if item is not None:
        rows = rows.filter(item=item)
    return set(rows.values_list("item_id", "street_id"))
