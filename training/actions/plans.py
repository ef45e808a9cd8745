"""Verbs of planning: put a plan or a session on record, change it."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from people import audit
from people.models import User
from training.models import Plan, TrainingSession
from training.permissions import can_plan, require


@transaction.atomic
def save_plan(plan: Plan, *, by: User, **lists: Iterable[Any]) -> Plan:
    """A new plan, or one with changes; `lists` are items, cases, lecturers. Raises ValidationError."""
    _check_unit(plan, by, "制定该单位的培训计划")
    if plan.ends_on < plan.starts_on:
        raise ValidationError({"ends_on": "“计划至”早于“计划自”；请核对。"})
    return _kept(plan, by, "培训计划", lists)


@transaction.atomic
def save_session(session: TrainingSession, *, by: User, **lists: Iterable[Any]) -> TrainingSession:
    """A new session, or one with changes. What a session that is over is worth stays: its hours are given.

    Raises ValidationError.
    """
    _check_unit(session, by, "安排该单位的培训")
    if session.status == TrainingSession.Status.CANCELLED:
        raise ValidationError("这场培训已取消，不能修改。")
    if session.ends_at <= session.starts_at:
        raise ValidationError({"ends_at": "结束时间要晚于开始时间。"})
    return _kept(session, by, "培训场次", lists)


def _check_unit(row: Plan | TrainingSession, by: User, doing: str) -> None:
    """Both the unit it is of and the one it was of: nobody takes over what others hold."""
    require(can_plan(by, row.unit), doing)
    if row.pk:
        was = type(row).objects.select_related("unit").get(pk=row.pk)
        require(can_plan(by, was.unit), doing)


def _kept(row: Any, by: User, what: str, lists: dict[str, Iterable[Any]]) -> Any:
    is_new = row.pk is None
    if is_new:
        row.made_by = by
    row.save()
    for name, members in lists.items():
        getattr(row, name).set(members)
    audit.record(by=by, verb=f"{'新增' if is_new else '修改'}{what}", target=row)
    return row
