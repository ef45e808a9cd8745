"""Verbs of an exam: plan, change, register candidates, build the papers, extend, void, close."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from exams.models import Exam, Incident, Registration, Sitting
from exams.permissions import can_hold_exams, can_register, require
from exams.sittings import building
from exams.sittings.addresses import check_ranges
from exams.sittings.candidates import Outcome, RowReport, Wanted, wanted_rows
from exams.sittings.closing import close_overdue
from exams.sittings.entitled import why_not_registered
from exams.sittings.incidents import note
from people import audit
from people.importing.spreadsheets import Row
from people.models import Officer, User

State = Sitting.State
# What candidates have been told by the papers they hold.
FROZEN_ONCE_BUILT = {"paper": "试卷", "form": "卷别", "purpose": "性质"}
LONGEST_EXTENSION = 600


@transaction.atomic
def plan_exam(values: dict[str, Any], *, by: User) -> Exam:
    """A new exam from the fields of its form. Raises ValidationError."""
    require(can_hold_exams(by), "组织考试")
    exam = Exam(**values, made_by=by)
    _check(exam)
    exam.save()
    audit.record(by=by, verb="发起考试", target=exam)
    return exam


@transaction.atomic
def change_exam(exam: Exam, values: dict[str, Any], *, by: User) -> Exam:
    """Changes fields. Raises ValidationError, also for what built papers have fixed."""
    require(can_hold_exams(by), "组织考试")
    if exam.status == Exam.Status.CLOSED:
        raise ValidationError("考试已结束，不能再修改。")
    changed = [name for name, value in values.items() if getattr(exam, name) != value]
    fixed = [label for name, label in FROZEN_ONCE_BUILT.items() if name in changed]
    if exam.status == Exam.Status.BUILT and fixed:
        raise ValidationError(f"试卷已生成，不能再改{'、'.join(fixed)}；请另建一场考试。")
    for name in changed:
        setattr(exam, name, values[name])
    _check(exam)
    exam.save()
    audit.record(by=by, verb="修改考试", target=exam, detail="、".join(changed))
    return exam


def register(exam: Exam, officers: Iterable[Officer], *, by: User) -> list[RowReport]:
    """Puts officers on the list; each row says what became of it."""
    wanted = [Wanted(number, officer.staff_no) for number, officer in enumerate(officers, 1)]
    return _register(exam, wanted, by=by, dry_run=False)


def register_list(exam: Exam, rows: Iterable[Row], *, by: User, dry_run: bool = False) -> list[RowReport]:
    """Puts the people of a list on the exam's list: (line, cells), see `sittings.candidates`.

    A row that cannot be registered is reported and keeps no other row out. Papers of those who come after the others
    were built are built at once.
    """
    return _register(exam, wanted_rows(rows), by=by, dry_run=dry_run)


@transaction.atomic
def unregister(registration: Registration, *, by: User) -> None:
    """Takes a candidate off the list. Raises ValidationError once the candidate has begun."""
    require(can_register(by, registration.officer), "调整考生名单")
    if registration.sittings.exclude(state=State.PREPARED).exists():
        raise ValidationError(f"{registration.officer} 已经开考，不能移出名单；如需取消，请作废其答卷。")
    audit.record(by=by, verb="移出考生", target=registration.exam, detail=str(registration.officer))
    registration.sittings.all().delete()
    registration.delete()


def build_exam(exam: Exam, *, by: User | None, most: int | None = None) -> int:
    """Builds the first attempt of every candidate without one, at most so many; gives how many are still missing.

    Once none is missing the exam may be begun in its window. May be called again at any time.
    """
    require(by is None or can_hold_exams(by), "生成试卷")
    if exam.status == Exam.Status.CLOSED:
        raise ValidationError("考试已结束。")
    source = building.source_of(exam)
    building.build(source, building.unbuilt(exam)[:most])
    left = building.unbuilt(exam).count()
    if not left and exam.status == Exam.Status.PLANNED:
        with transaction.atomic():
            Exam.objects.filter(pk=exam.pk, status=Exam.Status.PLANNED).update(status=Exam.Status.BUILT)
            audit.record(by=by, verb="生成试卷", target=exam, detail=f"{exam.registrations.count()} 名考生")
        exam.refresh_from_db(fields=["status"])
    return left


@transaction.atomic
def grant(registration: Registration, *, minutes: int = 0, attempts: int = 0, reason: str, by: User) -> None:
    """More time or more attempts for one candidate; a running attempt gets the minutes at once."""
    require(can_hold_exams(by), "延长时间")
    _check_extension(minutes, reason)
    Registration.objects.filter(pk=registration.pk).update(
        extra_minutes=F("extra_minutes") + minutes, extra_attempts=F("extra_attempts") + attempts, reason=reason[:200]
    )
    if minutes:
        _lengthen(Sitting.objects.filter(registration=registration), minutes, reason)
    detail = f"{registration.officer}：延长 {minutes} 分钟，增加 {attempts} 次；{reason}"
    audit.record(by=by, verb="延长时间", target=registration.exam, detail=detail)
    registration.refresh_from_db()


@transaction.atomic
def extend_all(exam: Exam, minutes: int, *, reason: str, by: User) -> int:
    """More time for everybody who is writing now, in one update (a power cut in the room); gives for how many."""
    require(can_hold_exams(by), "延长时间")
    _check_extension(minutes, reason)
    extended = _lengthen(Sitting.objects.filter(registration__exam=exam), minutes, reason)
    audit.record(by=by, verb="全场延长", target=exam, detail=f"{minutes} 分钟，{extended} 人；{reason}")
    return extended


@transaction.atomic
def void_sitting(sitting: Sitting, reason: str, *, by: User) -> None:
    """A sitting that shall not count, from whatever state; the attempt may be made again. Never taken back."""
    require(can_hold_exams(by), "作废答卷")
    if not reason.strip():
        raise ValidationError("请写明作废的理由。")
    if Sitting.objects.filter(pk=sitting.pk).exclude(state=State.VOID).update(state=State.VOID):
        note(sitting.pk, Incident.Kind.VOIDED, timezone.now(), detail=reason)
        audit.record(by=by, verb="作废答卷", target=sitting, detail=reason.strip())
    sitting.refresh_from_db(fields=["state"])


@transaction.atomic
def close_exam(exam: Exam, *, by: User) -> None:
    """Nobody begins any more. Raises ValidationError while somebody is writing: extend, hand in or void first."""
    require(can_hold_exams(by), "结束考试")
    close_overdue()
    writing = Sitting.objects.filter(registration__exam=exam, state=State.OPEN).count()
    if writing:
        raise ValidationError(f"还有 {writing} 人正在作答；请等到收卷，或先收回答卷。")
    if Exam.objects.filter(pk=exam.pk).exclude(status=Exam.Status.CLOSED).update(status=Exam.Status.CLOSED):
        audit.record(by=by, verb="结束考试", target=exam)
    exam.refresh_from_db(fields=["status"])


@transaction.atomic
def collect_sitting(sitting: Sitting, reason: str, *, by: User) -> bool:
    """收卷 before the time: what is saved counts. Whether it was still open."""
    require(can_hold_exams(by), "收卷")
    now = timezone.now()
    collected = Sitting.objects.filter(pk=sitting.pk, state=State.OPEN).update(state=State.CLOSED, finished_at=now)
    if collected:
        note(sitting.pk, Incident.Kind.CLOSED, now, detail=f"管理员收卷：{reason}")
        audit.record(by=by, verb="收卷", target=sitting, detail=reason)
    sitting.refresh_from_db(fields=["state"])
    return bool(collected)


def _register(exam: Exam, wanted: Sequence[Wanted], *, by: User, dry_run: bool) -> list[RowReport]:
    require(can_register(by), "报名")
    officers = _officers({row.staff_no for row in wanted})
    listed = set(exam.registrations.values_list("officer__staff_no", flat=True))
    report, new = [], []
    for row in wanted:
        officer = officers.get(row.staff_no)
        words = row.fault or _why_not(exam, officer, by)
        if words or officer is None:
            report.append(RowReport(row.line, row.staff_no, officer.name if officer else "", Outcome.REFUSED, words))
        elif row.staff_no in listed:
            report.append(RowReport(row.line, row.staff_no, officer.name, Outcome.KEPT))
        else:
            listed.add(row.staff_no)
            new.append(_registration(exam, officer, row, by))
            warning = "" if officer.user_id else "还没有账号；开考前请先为其开通账号"
            report.append(RowReport(row.line, row.staff_no, officer.name, Outcome.ADDED, warning))
    if new and not dry_run:
        _add(exam, new, by)
    return report


def _officers(numbers: Iterable[str]) -> dict[str, Officer]:
    return {one.staff_no: one for one in Officer.objects.filter(staff_no__in=numbers).select_related("unit")}


def _why_not(exam: Exam, officer: Officer | None, by: User) -> str:
    if officer is None:
        return "没有这个人员编号"
    if not can_register(by, officer):
        return "不是本街道人员"
    return why_not_registered(exam, officer)


def _registration(exam: Exam, officer: Officer, row: Wanted, by: User) -> Registration:
    return Registration(
        exam=exam,
        officer=officer,
        extra_minutes=row.extra_minutes,
        extra_attempts=row.extra_attempts,
        reason=row.reason,
        registered_by=by,
    )


def _add(exam: Exam, new: Sequence[Registration], by: User) -> None:
    with transaction.atomic():
        # somebody else may be adding the same people
        Registration.objects.bulk_create(new, ignore_conflicts=True)
        audit.record(by=by, verb="报名", target=exam, detail=f"{len(new)} 人")
    if exam.status == Exam.Status.BUILT:
        building.build(building.source_of(exam), building.unbuilt(exam))


def _lengthen(sittings: Any, minutes: int, reason: str) -> int:
    more = dt.timedelta(minutes=minutes)
    writing = list(sittings.filter(state=State.OPEN).values_list("pk", flat=True))
    open_ones = Sitting.objects.filter(pk__in=writing, state=State.OPEN)
    extended = open_ones.update(ends_at=F("ends_at") + more, due_at=F("due_at") + more)
    now, detail = timezone.now(), f"延长 {minutes} 分钟：{reason}"[:200]
    rows = [Incident(sitting_id=pk, kind=Incident.Kind.EXTENDED, detail=detail, at=now) for pk in writing]
    Incident.objects.bulk_create(rows)
    return extended


def _check_extension(minutes: int, reason: str) -> None:
    if not 0 <= minutes <= LONGEST_EXTENSION:
        raise ValidationError(f"延长的时间应在 0 至 {LONGEST_EXTENSION} 分钟之间。")
    if not reason.strip():
        raise ValidationError("请写明延长的理由。")


def _check(exam: Exam) -> None:
    check_ranges(exam.ip_ranges)
    if exam.form and exam.form.paper_id != exam.paper_id:
        raise ValidationError(f"{exam.form} 不是试卷「{exam.paper}」的卷别。")
    if exam.closes_at <= exam.opens_at:
        raise ValidationError({"closes_at": "截止开考时间须晚于开放时间。"})
    exam.full_clean(exclude=["made_by"])
