"""Taking what a page sends: an answer is acknowledged only once it is stored, and an older one changes nothing.

Pages number their changes of each item. Whatever arrives twice, late or in the wrong order, the item ends with the
highest number, and the log of answers holds every change that was taken. All of it happens in one transaction that
begins by renewing the sitting's guard (open, this lease, in time), so that nothing is taken beside a hand-in or a
takeover: on PostgreSQL the guard's row lock, on SQLite the one writer keeps them apart.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Sum

from exams.models import AnswerEntry, Sitting, SittingItem
from exams.sittings import answers
from exams.sittings.leases import Lease

MOST_CHANGES = 400
HIGHEST_SEQ = 1_000_000
State = Sitting.State


class Malformed(ValueError):
    """What was sent is no list of changes."""


@dataclass(frozen=True)
class Change:
    """One change of an item as the page sends it: `answer` with the places it shows, whole state of the item."""

    order_no: int
    seq: int
    answer: Any
    is_flagged: bool = False


@dataclass
class Held:
    """What the server holds of an item; `ends_at` is its sitting's."""

    pk: int
    order_no: int
    kind: str
    option_order: str
    size: int
    answer: str
    seq: int
    is_flagged: bool
    ends_at: dt.datetime | None


@dataclass
class Receipt:
    """What the server has of what was sent.

    `seqs` says the highest number held of each item named. `again` names items whose number is held with another
    answer (two pages counted alike): the page sends those with a higher number. `faults` says in words which answers
    cannot be taken at all. `refusal` says why nothing was taken.
    """

    state: str = State.OPEN
    remaining: float = 0
    ends_at: dt.datetime | None = None
    seqs: dict[int, int] = field(default_factory=dict)
    again: list[int] = field(default_factory=list)
    faults: dict[int, str] = field(default_factory=dict)
    total: int | None = None
    refusal: str = ""


def read_changes(sent: Any) -> list[Change]:
    """The changes of a request's JSON, in their order. Raises Malformed."""
    if not isinstance(sent, list) or len(sent) > MOST_CHANGES:
        raise Malformed(f"items 应为不超过 {MOST_CHANGES} 项的列表")
    return [_change(one) for one in sent]


def renew(lease: Lease, at: dt.datetime) -> bool:
    """The guard: whether this lease may write now. In a transaction it stays so until the end of it."""
    open_to_it = Sitting.objects.filter(pk=lease.sitting_id, state=State.OPEN, lease_no=lease.lease_no, due_at__gte=at)
    return bool(open_to_it.update(seen_at=at))


def take(lease: Lease, changes: Sequence[Change], at: dt.datetime) -> Receipt:
    """Stores the changes; the caller holds the guard in a transaction."""
    held = _held(lease, {change.order_no for change in changes}) if changes else {}
    receipt, entries = Receipt(), []
    for change in changes:
        if (item := held.get(change.order_no)) is None:
            receipt.faults[change.order_no] = f"没有第 {change.order_no} 题"
        elif _take_one(item, change, at, receipt):
            entries.append(_entry(item, lease, at))
    if entries:
        AnswerEntry.objects.bulk_create(entries)
    receipt.seqs = {number: item.seq for number, item in held.items()}
    if not changes:
        receipt.total = held_total(lease.sitting_id)
    receipt.ends_at = next((item.ends_at for item in held.values()), None) or _ends_at(lease)
    receipt.remaining = seconds_left(receipt.ends_at, at)
    return receipt


def held_seqs(sitting_id: int, changes: Iterable[Change]) -> dict[int, int]:
    """The highest number held of each item that the changes name."""
    numbers = {change.order_no for change in changes}
    items = (
        SittingItem.objects.filter(sitting=sitting_id, order_no__in=numbers) if numbers else SittingItem.objects.none()
    )
    return dict(items.values_list("order_no", "seq"))


def held_total(sitting_id: int) -> int:
    """The sum of all numbers held: a page that counted more has lost something on the way and sends it again."""
    return SittingItem.objects.filter(sitting=sitting_id).aggregate(total=Sum("seq"))["total"] or 0


def seconds_left(ends_at: dt.datetime | None, at: dt.datetime) -> float:
    """Seconds until the end told to the candidate, never below 0."""
    return max(0.0, (ends_at - at).total_seconds()) if ends_at else 0.0


def _change(sent: Any) -> Change:
    try:
        change = Change(sent["no"], sent["seq"], sent["answer"], bool(sent.get("flagged", False)))
    except (TypeError, KeyError, AttributeError):
        raise Malformed("每一项应有 no、seq、answer") from None
    if type(change.order_no) is not int or type(change.seq) is not int or not 0 < change.seq <= HIGHEST_SEQ:
        raise Malformed("no 和 seq 应为正整数")
    return change


def _held(lease: Lease, numbers: Iterable[int]) -> dict[int, Held]:
    """The items by number, and with them the end of the sitting: one query."""
    rows = SittingItem.objects.filter(sitting=lease.sitting_id, order_no__in=numbers).order_by()
    columns = ("pk", "order_no", "kind", "option_order", "size", "answer", "seq", "is_flagged", "sitting__ends_at")
    return {row[1]: Held(*row) for row in rows.values_list(*columns)}


def _ends_at(lease: Lease) -> dt.datetime | None:
    return Sitting.objects.values_list("ends_at", flat=True).get(pk=lease.sitting_id)


def _entry(item: Held, lease: Lease, at: dt.datetime) -> AnswerEntry:
    return AnswerEntry(item_id=item.pk, seq=item.seq, answer=item.answer, lease_no=lease.lease_no, received_at=at)


def _take_one(item: Held, change: Change, at: dt.datetime, receipt: Receipt) -> bool:
    """Whether the change is new. An older one is passed over: what is held came after it."""
    try:
        answer = answers.kept(item.kind, item.option_order, item.size, change.answer)
    except answers.BadAnswer as fault:
        receipt.faults[item.order_no] = f"第 {item.order_no} 题：{fault}。"
        return False
    if change.seq <= item.seq:
        if change.seq == item.seq and (answer, change.is_flagged) != (item.answer, item.is_flagged):
            receipt.again.append(item.order_no)
        return False
    new = {"seq": change.seq, "answer": answer, "is_flagged": change.is_flagged, "answered_at": at}
    if not SittingItem.objects.filter(pk=item.pk, seq__lt=change.seq).update(**new):
        return False
    item.seq, item.answer, item.is_flagged = change.seq, answer, change.is_flagged
    return True
