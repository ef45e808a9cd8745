"""Verbs of plans and sessions: hold one, open it, end it, call it off."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from people import audit
from people.models import Officer, User
from training.actions.attendance import call_roll
from training.models import Attendance, Plan, TrainingSession
from training.permissions import can_plan, can_run_session, require

Status = TrainingSession.Status
# What a session takes over from its plan unless somebody says otherwise.
FROM_PLAN = ("title", "unit", "organiser", "form", "topic", "category", "lecturer_text")


@transaction.atomic
def hold_session(plan: Plan, *, by: User, **values: Any) -> TrainingSession:
    """A session of a plan with what the plan says, `values` before it (`starts_at`, `ends_at` are needed).

    Raises ValidationError for a plan that was called off and for faulty values.
    """
    require(can_plan(by, plan.unit), "安排这项培训")
    if plan.cancelled_reason:
        raise ValidationError(f"该计划已取消：{plan.cancelled_reason}")
    taken = {name: getattr(plan, name) for name in FROM_PLAN} | {"hours": plan.hours_each}
    session = TrainingSession(plan=plan, made_by=by, **{**taken, **values})
    session.full_clean()
    session.save()
    session.items.set(plan.items.all())
    session.cases.set(plan.cases.all())
    session.lecturers.set(plan.lecturers.all())
    audit.record(by=by, verb="安排培训", target=session)
    return session


def open_session(session: TrainingSession, *, by: User) -> None:
    """Signing in begins to count; a second call changes nothing."""
    _step(session, (Status.PLANNED,), Status.OPEN, by=by, verb="开始签到")


@transaction.atomic
def close_session(session: TrainingSession, *, by: User, expected: tuple[int, ...] = ()) -> int:
    """Ends the session; who was expected (officers' primary keys) and is on no list is 缺勤. Gives how many."""
    require(can_run_session(by, session), "结束这场培训")
    here = set(session.attendances.values_list("officer_id", flat=True))
    missing = Officer.objects.filter(pk__in=set(expected) - here).values_list("pk", flat=True)
    absent = call_roll(session, dict.fromkeys(missing, Attendance.Status.ABSENT), by=by)
    _step(session, (Status.PLANNED, Status.OPEN), Status.CLOSED, by=by, verb="结束签到")
    return absent


def reopen_session(session: TrainingSession, *, by: User) -> None:
    """Takes people again after a session was ended too early."""
    _step(session, (Status.CLOSED,), Status.OPEN, by=by, verb="重新开放签到")


@transaction.atomic
def cancel_session(session: TrainingSession, reason: str, *, by: User) -> None:
    """Calls a session off. One at which somebody was stays: its records would lose their place."""
    if not reason.strip():
        raise ValidationError("请写明取消的理由。")
    if session.attendances.exists():
        raise ValidationError("这场培训已有考勤记录，不能取消；请改为结束，或逐条更正考勤。")
    _step(session, (Status.PLANNED, Status.OPEN), Status.CANCELLED, by=by, verb="取消培训", detail=reason.strip())


@transaction.atomic
def cancel_plan(plan: Plan, reason: str, *, by: User) -> None:
    """Calls a plan off; what was held stays."""
    require(can_plan(by, plan.unit), "取消该计划")
    if not reason.strip():
        raise ValidationError("请写明取消的理由。")
    plan.cancelled_reason = reason.strip()[:200]
    plan.save(update_fields=["cancelled_reason"])
    audit.record(by=by, verb="取消培训计划", target=plan, detail=plan.cancelled_reason)


def _step(
    session: TrainingSession, before: tuple[str, ...], after: str, *, by: User, verb: str, detail: str = ""
) -> None:
    """One conditional change of state: two people pressing at once make one change."""
    require(can_run_session(by, session), verb)
    if TrainingSession.objects.filter(pk=session.pk, status__in=before).update(status=after):
        session.status = after
        audit.record(by=by, verb=verb, target=session, detail=detail)
