"""Verbs of a sitting: begin, save, report, take over, hand in, close. Each change of state is one conditional update.

The page that writes is known by its lease (`sittings.leases`), which only the candidate's own account is given.
"""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from exams.models import Incident, Sitting
from exams.permissions import can_sit, require
from exams.sittings.closing import close_overdue
from exams.sittings.entitled import why_not_begun, why_not_here
from exams.sittings.incidents import Event, note, note_reported
from exams.sittings.leases import Lease
from exams.sittings.saving import Change, Receipt, held_seqs, renew, take
from people.models import User

State = Sitting.State
# The page's clock may be this far ahead of ours when it hands in by itself.
AHEAD = dt.timedelta(seconds=5)
LOST = "这份答卷正在另一处作答，本页不再接受修改。"
OVER = {
    State.PREPARED: "考试还没有开始。",
    State.HANDED_IN: "已经交卷，不再接受修改。",
    State.LATE: "已经交卷，不再接受修改。",
    State.CLOSED: "考试时间已到，系统已收卷；此前保存的答案全部有效。",
    State.VOID: "这份答卷已作废，请联系监考人员。",
}


def start_sitting(sitting: Sitting, *, by: User, address: str | None, at: dt.datetime | None = None) -> Lease | None:
    """Opens a prepared sitting and gives the first lease; None where it is open already, however often it is pressed.

    Raises ValidationError in words for the candidate. The time is counted from now, whatever is left of the exam's
    window (peers 18).
    """
    registration = sitting.registration
    require(can_sit(by, registration), "作答他人的答卷")
    at = at or timezone.now()
    if sitting.state == State.PREPARED and (refusal := why_not_begun(registration.exam, address, at)):
        raise ValidationError(f"{refusal}。")
    minutes = registration.exam.paper.minutes + registration.extra_minutes
    ends_at = at + dt.timedelta(minutes=minutes)
    due_at = ends_at + dt.timedelta(seconds=registration.exam.grace_seconds)
    times = {"started_at": at, "seen_at": at, "ends_at": ends_at, "due_at": due_at, "lease_no": 1}
    with transaction.atomic():
        begun = Sitting.objects.filter(pk=sitting.pk, state=State.PREPARED).update(state=State.OPEN, **times)
        if begun:
            note(sitting.pk, Incident.Kind.STARTED, at, address)
    if not begun:
        sitting.refresh_from_db(fields=["state", *times])
        if sitting.state != State.OPEN:
            raise ValidationError(OVER[State(sitting.state)])
        return None
    for name, value in {"state": State.OPEN, **times}.items():
        setattr(sitting, name, value)
    return Lease(sitting.pk, 1, by.pk)


def take_over(sitting: Sitting, *, by: User, address: str | None, at: dt.datetime | None = None) -> Lease:
    """The page that asks may write from now on, the one before no more. Raises ValidationError where it is over."""
    require(can_sit(by, sitting.registration), "作答他人的答卷")
    at = at or timezone.now()
    if refusal := why_not_here(sitting.registration.exam, address):
        raise ValidationError(f"{refusal}。")
    with transaction.atomic():
        still_open = Sitting.objects.filter(pk=sitting.pk, state=State.OPEN, due_at__gte=at)
        if still_open.update(lease_no=F("lease_no") + 1, seen_at=at):
            note(sitting.pk, Incident.Kind.TAKEN_OVER, at, address)
        sitting.refresh_from_db(fields=["state", "lease_no"])
    if sitting.state != State.OPEN:
        raise ValidationError(OVER[State(sitting.state)])
    return Lease(sitting.pk, sitting.lease_no, by.pk)


def save_answers(
    lease: Lease,
    changes: Sequence[Change] = (),
    *,
    events: Iterable[Event] = (),
    address: str | None = None,
    at: dt.datetime | None = None,
) -> Receipt:
    """Stores what a page sends, and says what is stored; without changes it is a sign of life.

    What comes too late or from a page that was taken over is refused in words and leaves an incident.
    """
    at = at or timezone.now()
    with transaction.atomic():
        if renew(lease, at):
            for event in events:
                moment = at - dt.timedelta(seconds=event.seconds_ago)
                note_reported(lease.sitting_id, event.kind, moment, address)
            return take(lease, changes, at)
    return _refused(lease, changes, address, at)


def hand_in(
    lease: Lease,
    changes: Sequence[Change] = (),
    *,
    automatic: bool = False,
    address: str | None = None,
    at: dt.datetime | None = None,
) -> Receipt:
    """Stores the last changes and closes the sitting, in one. Twice is once: the receipt says the state it has.

    `automatic`: the page's time ran out. A candidate's own hand-in after the end, within grace, is late on record.
    """
    at = at or timezone.now()
    with transaction.atomic():
        if renew(lease, at):
            receipt = take(lease, changes, at)
            receipt.state = _finish(lease, receipt.ends_at or at, automatic, address, at)
            return receipt
    return _refused(lease, changes, address, at)


def close_due(at: dt.datetime | None = None) -> int:
    """Closes what is overdue; gives how many. The server's own act: nobody has to be asked."""
    return close_overdue(at)


def _finish(lease: Lease, ends_at: dt.datetime, automatic: bool, address: str | None, at: dt.datetime) -> State:
    state, kind, detail = _ending(ends_at, automatic, at)
    Sitting.objects.filter(pk=lease.sitting_id, state=State.OPEN).update(state=state, finished_at=at)
    note(lease.sitting_id, kind, at, address, detail)
    return state


def _ending(ends_at: dt.datetime, automatic: bool, at: dt.datetime) -> tuple[State, Incident.Kind, str]:
    if automatic and at >= ends_at - AHEAD:
        return State.CLOSED, Incident.Kind.CLOSED, "时间到，页面自动交卷"
    if at > ends_at:
        return State.LATE, Incident.Kind.HANDED_IN, "超过应交卷时间"
    return State.HANDED_IN, Incident.Kind.HANDED_IN, ""


def _refused(lease: Lease, changes: Sequence[Change], address: str | None, at: dt.datetime) -> Receipt:
    """What cannot be taken any more; a repeated post of what is held is no incident."""
    close_overdue(at)
    state = State(Sitting.objects.values_list("state", flat=True).filter(pk=lease.sitting_id).first() or State.VOID)
    refusal = LOST if state == State.OPEN else OVER[state]
    held = held_seqs(lease.sitting_id, changes)
    missed = [change.order_no for change in changes if change.seq > held.get(change.order_no, 0)]
    if missed:
        detail = f"{refusal}第 {'、'.join(map(str, missed))} 题"
        with transaction.atomic():
            note_reported(lease.sitting_id, Incident.Kind.REFUSED, at, address, detail)
    return Receipt(state=state, seqs=held, refusal=refusal)
