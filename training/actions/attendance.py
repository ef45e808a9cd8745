"""Verbs of attendance: sign in, sign out, call the roll, correct, and settle who could not be found."""

import datetime as dt
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from people import audit
from people.models import Officer, Posting, User
from training.models import Attendance, AttendanceChange, TrainingSession, WalkIn
from training.permissions import can_approve_changes, can_change_attendance, can_run_session, require

Status, Way = Attendance.Status, Attendance.Way
# Statuses that say that somebody was not there: signing in replaces them.
AWAY = (Status.ABSENT, Status.EXCUSED)


@transaction.atomic
def sign_in(
    session: TrainingSession,
    officer: Officer,
    *,
    at: dt.datetime,
    way: str = Way.CODE,
    device: str = "",
    address: str | None = None,
    by: User | None = None,
) -> Attendance:
    """The one row of this person at this session. Twice is once: the first moment stays.

    `at` is the moment of the scan, which may lie before the account was signed in. Raises ValidationError for a
    session that is over or was cancelled; one that has not begun takes everybody.
    """
    _check_takes(session)
    status = Status.LATE if at > _late_from(session) else Status.PRESENT
    values = {"status": status, "way": way, "signed_in_at": at, "device": device, "address": address}
    row, is_new = Attendance.objects.get_or_create(
        session=session, officer=officer, defaults={**values, "unit_id": unit_of(officer, session), "recorded_by": by}
    )
    if not is_new:
        Attendance.objects.filter(pk=row.pk, status__in=AWAY).update(**values)
        row.refresh_from_db()
    return row


@transaction.atomic
def sign_out(session: TrainingSession, officer: Officer, *, at: dt.datetime) -> Attendance:
    """Keeps the last moment of leaving; before the line of the session it is 早退.

    Raises ValidationError where the person never signed in: coming first, then leaving.
    """
    _check_takes(session)
    row = Attendance.objects.filter(session=session, officer=officer, signed_in_at__isnull=False).first()
    if row is None:
        raise ValidationError("还没有签到；请先签到，或请会务人员点名登记。")
    row.signed_out_at = max(at, row.signed_out_at or at)
    left_early = row.signed_out_at < session.ends_at - dt.timedelta(minutes=session.early_minutes)
    if row.status in (Status.PRESENT, Status.LEFT_EARLY):
        row.status = Status.LEFT_EARLY if left_early else Status.PRESENT
    row.save(update_fields=["signed_out_at", "status"])
    return row


@transaction.atomic
def call_roll(session: TrainingSession, answers: Mapping[int, str], *, by: User) -> int:
    """Statuses by officer (primary keys), for those who are not recorded yet or were away; gives how many changed.

    Who signed in by code keeps that: a correction says why it was wrong. Raises ValidationError for a strange status.
    """
    require(can_run_session(by, session), "给这场培训点名")
    if set(answers.values()) - set(Status.values):
        raise ValidationError("点名里有不认识的状态；请刷新页面后重新填写。")
    # held until the roll is written, so that a scan of this moment comes after it and stays
    recorded = session.attendances.select_for_update().filter(officer__in=answers)
    here = {row.officer_id: row for row in recorded}
    officers = Officer.objects.in_bulk(set(answers) - set(here))
    units = units_of(officers.values(), session)
    fresh = [_called(session, officers[pk], answers[pk], units[pk], by) for pk in officers]
    changed = [row for pk, row in here.items() if row.status in AWAY and row.status != answers[pk]]
    for row in changed:
        row.status, row.way, row.recorded_by = answers[row.officer_id], Way.ROSTER, by
    # who has scanned since `here` was read keeps that, and does not stop the roll of the others
    Attendance.objects.bulk_create(fresh, batch_size=500, ignore_conflicts=True)
    Attendance.objects.bulk_update(changed, ["status", "way", "recorded_by"])
    if fresh or changed:
        audit.record(by=by, verb="点名", target=session, detail=f"{len(fresh) + len(changed)} 人")
    return len(fresh) + len(changed)


@transaction.atomic
def ask_correction(row: Attendance, status: str, reason: str, *, by: User) -> AttendanceChange:
    """A correction that waits for a second person. Raises ValidationError without a reason or a change."""
    require(can_change_attendance(by, row), "申请更正考勤")
    if not reason.strip():
        raise ValidationError("请写明更正的理由。")
    if status not in Status.values or status == row.status:
        raise ValidationError("请选择与现在不同的状态。")
    change = AttendanceChange.objects.create(
        attendance=row, old_status=row.status, new_status=status, reason=reason.strip()[:200], asked_by=by
    )
    audit.record(by=by, verb="申请更正考勤", target=row, detail=str(change))
    return change


@transaction.atomic
def decide_correction(change: AttendanceChange, *, by: User, refuse: str = "") -> Attendance:
    """Puts a correction into effect, or refuses it with a reason. Nobody decides on the own.

    Raises ValidationError for one that is decided already, and where the attendance has changed in the meantime.
    """
    require(can_approve_changes(by) and change.asked_by_id != by.pk, "审批这次更正（不能审批自己提出的更正）")
    change = AttendanceChange.objects.select_for_update().select_related("attendance").get(pk=change.pk)
    if change.approved_by_id or change.refused_reason:
        raise ValidationError("这次更正已经处理过。")
    if not refuse and change.attendance.status != change.old_status:
        raise ValidationError("考勤在申请之后又有变化；请按现在的状态重新申请。")
    change.approved_by, change.approved_at, change.refused_reason = by, timezone.now(), refuse.strip()[:200]
    change.save(update_fields=["approved_by", "approved_at", "refused_reason"])
    if not refuse:
        change.attendance.status = change.new_status
        change.attendance.save(update_fields=["status"])
    audit.record(by=by, verb="不同意更正考勤" if refuse else "更正考勤", target=change.attendance, detail=str(change))
    return change.attendance


@transaction.atomic
def register_walk_in(
    session: TrainingSession, name: str, unit_text: str, *, at: dt.datetime | None, by: User | None, note: str = ""
) -> WalkIn:
    """Somebody who is not to be found on the list; counted once a person says who it is."""
    require(by is None or can_run_session(by, session), "登记现场人员")
    if not name.strip():
        raise ValidationError("请填写姓名。")
    return WalkIn.objects.create(
        session=session, name=name.strip()[:40], unit_text=unit_text.strip()[:80], signed_in_at=at, note=note[:200]
    )


@transaction.atomic
def merge_walk_in(walk_in: WalkIn, officer: Officer, *, by: User) -> Attendance:
    """Gives a walk-in to a person; where that person is recorded already, the two become one."""
    require(can_run_session(by, walk_in.session), "归并现场人员")
    _check_open(walk_in)
    session, at = walk_in.session, walk_in.signed_in_at or walk_in.session.starts_at
    status = Status.LATE if at > _late_from(session) else Status.PRESENT
    row, _ = Attendance.objects.get_or_create(
        session=session,
        officer=officer,
        defaults={
            "status": status,
            "way": Way.WALK_IN,
            "signed_in_at": at,
            "unit_id": unit_of(officer, session),
            "recorded_by": by,
        },
    )
    already = WalkIn.objects.filter(attendance=row).exists()
    walk_in.attendance = None if already else row
    walk_in.dismissed_reason = "与已登记的人员重复" if already else ""
    return _settle(walk_in, by, row, f"归并到 {officer}")


@transaction.atomic
def dismiss_walk_in(walk_in: WalkIn, reason: str, *, by: User) -> None:
    """Leaves a walk-in out of the count, with a reason."""
    require(can_run_session(by, walk_in.session), "处理现场人员")
    _check_open(walk_in)
    if not reason.strip():
        raise ValidationError("请写明不计入的理由。")
    walk_in.dismissed_reason = reason.strip()[:200]
    _settle(walk_in, by, walk_in, reason)


def unit_of(officer: Officer, session: TrainingSession) -> int:
    """Where the person served on the day of the session (primary key of the unit)."""
    return units_of([officer], session)[officer.pk]


def units_of(officers, session: TrainingSession) -> dict[int, int]:
    """officer -> unit on the day of the session; today's unit where no posting tells. One query."""
    officers = list(officers)
    day = timezone.localdate(session.starts_at)
    served = Posting.objects.on(day).filter(officer__in=[officer.pk for officer in officers])
    known = dict(served.values_list("officer_id", "unit_id"))
    return {officer.pk: known.get(officer.pk, officer.unit_id) for officer in officers}


def _called(session: TrainingSession, officer: Officer, status: str, unit: int, by: User) -> Attendance:
    return Attendance(session=session, officer=officer, unit_id=unit, status=status, way=Way.ROSTER, recorded_by=by)


def _late_from(session: TrainingSession) -> dt.datetime:
    return session.starts_at + dt.timedelta(minutes=session.late_minutes)


def _check_takes(session: TrainingSession) -> None:
    if session.status == TrainingSession.Status.CANCELLED:
        raise ValidationError("这场培训已取消。")
    if session.status == TrainingSession.Status.CLOSED:
        raise ValidationError("这场培训已结束签到；如有遗漏，请会务人员补登。")


def _check_open(walk_in: WalkIn) -> None:
    if walk_in.settled_at is not None:
        raise ValidationError("这条登记已经处理过。")


def _settle(walk_in: WalkIn, by: User, target, detail: str):
    walk_in.settled_by, walk_in.settled_at = by, timezone.now()
    walk_in.save(update_fields=["attendance", "dismissed_reason", "settled_by", "settled_at"])
    audit.record(by=by, verb="处理现场登记", target=walk_in, detail=detail)
    return target
