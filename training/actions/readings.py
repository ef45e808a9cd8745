"""Verbs of readings: assign from a template or by hand, open, confirm, write a note, pass the quiz, withdraw."""

import datetime as dt
from collections.abc import Collection, Iterable
from decimal import Decimal
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from kb.lookup import Resolved, provisions_on
from people import audit
from people.models import Officer, User
from training.actions.mentors import mentees_on
from training.following import counted_seconds
from training.models import Reader, ReadingAssignment, ReadingEntry, ReadingProgress, ReadingTemplate
from training.models.reading import EntryKind, ListEntry
from training.permissions import can_assign_readings, can_keep_mentors, can_see_assignment, current_mentor, require

COPIED = ("order_no", "kind", "regulation_id", "key", "case_id", "quiz_id", "note")


@transaction.atomic
def assign_reading(
    entries: Iterable[ListEntry],
    officers: Collection[Officer],
    *,
    by: User,
    title: str,
    due_on: dt.date,
    intro: str = "",
    needs_note: bool = False,
) -> ReadingAssignment:
    """What the entries name, for every officer; the wording of today is remembered, so that a change shows.

    A mentor assigns to the own mentees only. Raises ValidationError without entries or readers, and for a past day.
    """
    require(can_assign_readings(by), "布置阅读")
    lines = list(entries)
    _check(lines, officers, due_on, by)
    assignment = ReadingAssignment.objects.create(
        title=title[:80], intro=intro, assigned_by=by, due_on=due_on, needs_note=needs_note
    )
    ReadingEntry.objects.bulk_create(_copies(assignment, lines))
    Reader.objects.bulk_create(Reader(assignment=assignment, officer=officer) for officer in officers)
    audit.record(by=by, verb="布置阅读", target=assignment, detail=f"{len(officers)} 人，{len(lines)} 项")
    return assignment


def assign_template(
    template: ReadingTemplate, officers: Collection[Officer], *, by: User, due_on: dt.date | None = None, **values
) -> ReadingAssignment:
    """新到岗两周包: the template's entries, due in as many days as it says."""
    due_on = due_on or timezone.localdate() + dt.timedelta(days=template.days)
    values.setdefault("title", template.title)
    values.setdefault("intro", template.intro)
    return assign_reading(template.entries.all(), officers, by=by, due_on=due_on, **values)


def open_reading(reader: Reader, *, by: User) -> None:
    """The reader has the list before the eyes: its provisions are opened. Four queries at most."""
    follow_reading(reader, by=by)
    texts = reader.assignment.entries.filter(kind=EntryKind.PROVISION)
    fresh = texts.exclude(progress__reader=reader)
    now = timezone.now()
    ReadingProgress.objects.bulk_create(
        (ReadingProgress(reader=reader, entry=entry, opened_at=now) for entry in fresh), ignore_conflicts=True
    )


def follow_reading(reader: Reader, *, by: User) -> Reader:
    """A sign of life of the page; the server's clock counts."""
    require(reader.officer.user_id == by.pk, "阅读他人的任务")
    now = timezone.now()
    reader.spent_seconds += counted_seconds(reader.seen_at, now)
    reader.seen_at = now
    reader.save(update_fields=["spent_seconds", "seen_at"])
    return reader


@transaction.atomic
def confirm_entry(reader: Reader, entry: ReadingEntry, *, by: User) -> Reader:
    """我已阅读. A quiz is confirmed by passing it, nothing else."""
    require(reader.officer.user_id == by.pk, "确认他人的任务")
    if entry.kind == EntryKind.QUIZ:
        raise ValidationError("小测通过后自动完成。")
    now = timezone.now()
    row, _ = ReadingProgress.objects.get_or_create(reader=reader, entry=entry, defaults={"opened_at": now})
    ReadingProgress.objects.filter(pk=row.pk, confirmed_at__isnull=True).update(confirmed_at=now)
    return finish_when_done(reader)


@transaction.atomic
def record_quiz(reader: Reader, entry: ReadingEntry, *, score: Decimal, passed: bool) -> Reader:
    """The result of a quiz; the best one stays, and a pass is never lost."""
    row, _ = ReadingProgress.objects.get_or_create(reader=reader, entry=entry, defaults={"opened_at": timezone.now()})
    row.quiz_score = max(score, row.quiz_score or Decimal(0))
    row.quiz_passed = row.quiz_passed or passed
    row.confirmed_at = row.confirmed_at or (timezone.now() if passed else None)
    row.save(update_fields=["quiz_score", "quiz_passed", "confirmed_at"])
    return finish_when_done(reader)


@transaction.atomic
def write_note(reader: Reader, text: str, *, by: User) -> Reader:
    """心得: the reader's own words, changed until the due day."""
    require(reader.officer.user_id == by.pk, "填写他人的心得")
    reader.note = text.strip()
    reader.save(update_fields=["note"])
    return finish_when_done(reader)


@transaction.atomic
def withdraw_assignment(assignment: ReadingAssignment, *, by: User) -> None:
    """Takes an assignment back; what was read stays on record."""
    require(can_see_assignment(by, assignment), "撤回该阅读任务")
    ReadingAssignment.objects.filter(pk=assignment.pk, withdrawn_at__isnull=True).update(withdrawn_at=timezone.now())
    audit.record(by=by, verb="撤回阅读", target=assignment)


def finish_when_done(reader: Reader) -> Reader:
    """Done when every entry is confirmed and the note, where one is asked for, is written. Never undone."""
    is_read = not reader.waiting_entries().exists()
    if reader.finished_at is None and is_read and (reader.note or not reader.assignment.needs_note):
        reader.finished_at = timezone.now()
        reader.save(update_fields=["finished_at"])
    return reader


def changed_entries(assignment: ReadingAssignment, on: dt.date) -> list[tuple[ReadingEntry, Resolved]]:
    """Provisions that read differently on the day than on the day of the assignment. At most eleven queries."""
    entries = [one for one in assignment.entries.all() if one.kind == EntryKind.PROVISION and one.regulation_id]
    found = provisions_on([(one.regulation_id or 0, one.key) for one in entries], on)
    pairs = [(one, found[one.regulation_id or 0, one.key]) for one in entries if (one.regulation_id, one.key) in found]
    before = digests_before(assignment, entries)
    return [(one, now) for one, now in pairs if digest_of(now) != before[one.pk]]


def digests_before(assignment: ReadingAssignment, entries: Iterable[ReadingEntry]) -> dict[int, str]:
    """Entry -> the digest of its wording on the day of the assignment.

    Where none was kept, the law's text may have been imported since; that is no change of the law, so what is on
    record for that day today decides. At most five queries, none where every digest was kept.
    """
    lines = list(entries)
    unknown = [(one.regulation_id or 0, one.key) for one in lines if not one.digest and one.regulation_id]
    found = provisions_on(unknown, timezone.localdate(assignment.assigned_at)) if unknown else {}
    return {one.pk: one.digest or digest_of(found.get((one.regulation_id or 0, one.key))) for one in lines}


def digest_of(resolved: Resolved | None) -> str:
    """Of the wording in force; empty where there is none or its text is not held."""
    if resolved is None or not resolved.in_force or not resolved.rows:
        return ""
    return sha256("\n".join(resolved.lines).encode()).hexdigest()


def _copies(assignment: ReadingAssignment, lines: list[ListEntry]) -> list[ReadingEntry]:
    pairs = [(line.regulation_id, line.key) for line in lines if line.regulation_id]
    found = provisions_on(pairs, timezone.localdate())
    copies = []
    for number, line in enumerate(lines, 1):
        values = {name: getattr(line, name) for name in COPIED} | {"order_no": number}
        digest = digest_of(found.get((line.regulation_id or 0, line.key)))
        copies.append(ReadingEntry(assignment=assignment, digest=digest, **values))
    return copies


def _check(lines: list[ListEntry], officers: Collection[Officer], due_on: dt.date, by: User) -> None:
    if not lines:
        raise ValidationError("阅读清单是空的；请至少选择一项。")
    if not officers:
        raise ValidationError("请选择学员。")
    if due_on < timezone.localdate():
        raise ValidationError("截止日期已过；请选择今天或以后的日期。")
    if can_keep_mentors(by):
        return
    mentor = current_mentor(by)
    known = mentees_on(mentor, timezone.localdate()) if mentor else set()
    if strangers := [officer.name for officer in officers if officer.pk not in known]:
        raise ValidationError(f"{'、'.join(strangers)} 不是您的学员。")
