"""Verbs of the ledger: earn, revoke, and bring a session's hours in line with its attendance.

An entry is never edited. What changes is revoked, and a new entry takes its place (`source_turn` counts them), so that
the ledger reads the same on any past day as it did then.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Model, Sum
from django.utils import timezone

from people import audit
from people.models import Officer, User
from training.credits.rules import Rules
from training.models import Attendance, CreditEntry, CreditRevocation, TrainingSession
from training.permissions import can_set_rules, require


@transaction.atomic
def earn(
    officer: Officer,
    *,
    category: str,
    hours: Decimal,
    on: dt.date,
    source: Model,
    note: str = "",
    by: User | None = None,
    rules: Rules | None = None,
) -> CreditEntry | None:
    """An entry for what the source is worth, no more than the day still holds; None when it holds nothing.

    The same source earns once: while an entry of it stands, that one is given back.
    """
    rules = rules or Rules.on(on)
    standing = _entries_of(source).filter(officer=officer, category=category, revocation__isnull=True).first()
    if standing:
        return standing
    counted = min(hours, rules.by_category[category].daily_cap - _of_day(officer, category, on))
    if counted <= 0:
        return None
    last = _entries_of(source).filter(officer=officer, category=category).aggregate(last=Max("source_turn"))["last"]
    return CreditEntry.objects.create(
        officer=officer,
        category=category,
        hours=counted,
        earned_on=on,
        rule_id=rules.by_category[category].pk,
        source=source,
        source_turn=(last or 0) + 1,
        note=note[:200],
        made_by=by,
    )


@transaction.atomic
def revoke(entry: CreditEntry, reason: str, *, by: User | None) -> CreditRevocation:
    """Takes an entry out of the count. `by=None` is a correction of what it rests on. Raises ValidationError."""
    require(by is None or can_set_rules(by), "撤销学时")
    if not reason.strip():
        raise ValidationError("请写明撤销的理由。")
    if CreditRevocation.objects.filter(entry=entry).exists():
        raise ValidationError("这笔学时已经撤销。")
    row = CreditRevocation.objects.create(entry=entry, reason=reason.strip()[:200], revoked_by=by)
    audit.record(by=by, verb="撤销学时", target=entry, detail=row.reason)
    return row


@transaction.atomic
def credit_session(session: TrainingSession, rows: Iterable[Attendance] | None = None, by: User | None = None) -> int:
    """Gives who came the session's hours and takes them from who did not; gives the number of changes.

    May be called again at any time, for the whole session or for some rows of it. A fixed number of queries but for
    what changes.
    """
    came = {row.pk: row for row in (session.attendances.all() if rows is None else rows)}
    kind = ContentType.objects.get_for_model(Attendance)
    standing = CreditEntry.objects.filter(source_type=kind, source_id__in=came, revocation__isnull=True)
    entries = {entry.source_id: entry for entry in standing}
    due = [row for row in came.values() if row.status in Attendance.CAME and row.pk not in entries]
    undue = [entries[pk] for pk, row in came.items() if row.status not in Attendance.CAME and pk in entries]
    for entry in undue:
        revoke(entry, "考勤更正", by=None)
    return len(undue) + _give(session, due, kind, by)


def _give(session: TrainingSession, rows: list[Attendance], kind: ContentType, by: User | None) -> int:
    """New entries for the rows, in bulk, each within what the person's day still holds."""
    if not rows:
        return 0
    on = timezone.localdate(session.starts_at)
    rules = Rules.on(on)
    rule, hours = rules.by_category[session.category], rules.counted(session.hours, session.form)
    full, turns = _days_of(rows, session.category, on), _turns_of(rows, kind)
    fresh = [
        CreditEntry(
            officer_id=row.officer_id,
            category=session.category,
            hours=min(hours, rule.daily_cap - full[row.officer_id]),
            earned_on=on,
            rule_id=rule.pk,
            source_type=kind,
            source_id=row.pk,
            source_turn=turns[row.pk] + 1,
            note=session.title[:200],
            made_by=by,
        )
        for row in rows
        if full[row.officer_id] < rule.daily_cap and hours > 0
    ]
    CreditEntry.objects.bulk_create(fresh, batch_size=500)
    return len(fresh)


def _days_of(rows: list[Attendance], category: str, on: dt.date) -> dict[int, Decimal]:
    """officer -> hours that stand on the day already."""
    officers = {row.officer_id for row in rows}
    found = CreditEntry.objects.filter(officer__in=officers, category=category, earned_on=on, revocation__isnull=True)
    sums = dict(found.values_list("officer").annotate(hours=Sum("hours")).order_by())
    return defaultdict(Decimal, sums)


def _turns_of(rows: list[Attendance], kind: ContentType) -> dict[int, int]:
    """attendance -> entries that it had before."""
    found = CreditEntry.objects.filter(source_type=kind, source_id__in=[row.pk for row in rows])
    return defaultdict(int, dict(found.values_list("source_id").annotate(last=Max("source_turn")).order_by()))


def _entries_of(source: Model):
    kind = ContentType.objects.get_for_model(source)
    return CreditEntry.objects.filter(source_type=kind, source_id=source.pk)


def _of_day(officer: Officer, category: str, on: dt.date) -> Decimal:
    found = CreditEntry.objects.filter(officer=officer, category=category, earned_on=on, revocation__isnull=True)
    return found.aggregate(hours=Sum("hours"))["hours"] or Decimal(0)
