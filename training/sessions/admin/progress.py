"""How far plans are, counted from the sessions that were held."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from people.models import Unit
from training.models import Plan, TrainingSession

STATES = {"todo": "未开始", "doing": "进行中", "done": "已完成", "late": "逾期", "cancelled": "已取消"}


@dataclass(frozen=True)
class Progress:
    """A plan, the number of sessions that were held, and what that makes it on a day."""

    plan: Plan
    held: int
    on: dt.date

    @property
    def state(self) -> str:
        """Done is done, whatever the day; late is what ought to be done by now and is not."""
        if self.plan.cancelled_reason:
            return "cancelled"
        if self.held >= self.plan.session_count:
            return "done"
        if self.plan.ends_on < self.on:
            return "late"
        return "doing" if self.held else "todo"

    @property
    def label(self) -> str:
        return STATES[self.state]


def with_held(plans: QuerySet[Plan]) -> QuerySet:
    """Plans with `held`: how many of their sessions are over."""
    held = Count("sessions", filter=Q(sessions__status=TrainingSession.Status.CLOSED))
    return plans.select_related("unit").annotate(held=held).order_by("-year_no", "starts_on", "pk")


def board(year: int, on: dt.date) -> list[dict[str, Any]]:
    """部门责任计划: every department with its duty plans of the year; those without a plan stand there too."""
    rows: dict[int, list[Progress]] = {}
    for plan in with_held(Plan.objects.filter(year_no=year, is_duty=True)):
        rows.setdefault(plan.unit_id, []).append(Progress(plan, plan.held, on))
    found = [(unit, rows.get(unit.pk, [])) for unit in Unit.objects.departments()]
    return [{"unit": unit, "plans": plans, "state": worst(plans)} for unit, plans in found]


def worst(found: list[Progress]) -> str:
    """One word for a department: late before all, done only when every plan is."""
    states = [one.state for one in found if one.state != "cancelled"]
    if not states:
        return "todo"
    if "late" in states:
        return "late"
    if set(states) == {"done"}:
        return "done"
    return "doing" if {"doing", "done"} & set(states) else "todo"
