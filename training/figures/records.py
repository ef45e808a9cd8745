"""The lists behind the dashboard's other numbers: coaching, plans, and what is missing.

A `RecordList` gives one queryset as of the day of a selection; its count is the number on the tile, its rows are the
page and the file.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from casebook.quarter.gaps import items_without_case
from kb.models import PowerItem
from kb.waiting import without_instructor
from people.models import Unit, User
from people.roles import Role
from training.figures.selecting import Selection, end_of
from training.figures.sheets import whole
from training.models import CoachingLog, Plan, TrainingSession

ITEM_HEAD = ["事项编码", "事项", "职权类型", "领域", "主管部门"]
PLAN_HEAD = ["年度", "名称", "主办单位", "计划自", "计划至", "计划场次", "已办场次", "每场学时", "取消理由"]
EVERYBODY = (Role.TRAINER, Role.BUREAU_ADMIN)
DEPARTMENT = (*EVERYBODY, Role.INSTRUCTOR)
STREET = (*EVERYBODY, Role.STREET_ADMIN)


@dataclass(frozen=True)
class RecordList:
    """A list by its name in the address: what it is called, its columns, its rows as of a selection, who has it.

    `cells` gives texts and numbers; `url` the page of a row, "" where it has none.
    """

    name: str
    label: str
    head: list[str]
    rows: Callable[[Selection], QuerySet]
    cells: Callable[[Any], list]
    roles: tuple[Role, ...]
    url: Callable[[Any], str] = lambda row: ""
    note: str = ""
    is_gap: bool = True

    def may(self, user: User) -> bool:
        return user.has_role(*self.roles)


def coachings(selection: Selection) -> QuerySet:
    """带教 of the period, the newest first."""
    found = selection.coaching().select_related("mentor__officer__unit", "street", "item")
    return found.order_by("-happened_on", "-pk")


def plans(selection: Selection) -> QuerySet:
    """Plans of the year of the day, with `held`: sessions that were held up to the day."""
    held = Q(sessions__status__in=TrainingSession.HELD, sessions__starts_at__lt=end_of(selection.on))
    found = Plan.objects.filter(year_no=selection.on.year).select_related("unit")
    if unit := selection.unit or selection.street:
        found = found.filter(unit=unit)
    return found.annotate(held=Count("sessions", filter=held)).order_by("starts_on", "unit__sort_order", "pk")


def duties_open(selection: Selection) -> QuerySet[Plan]:
    """部门责任计划 that are not cancelled and have fewer sessions than they promised."""
    return plans(selection).filter(is_duty=True, cancelled_reason="", held__lt=F("session_count"))


def items_without_instructor(selection: Selection) -> QuerySet[PowerItem]:
    """Items that some street holds on the day, for which nobody is appointed; a department sees its own."""
    found = without_instructor(PowerItem.objects.for_lists(), selection.on)
    return _of_department(found, selection).order_by("domain__sort_order", "code")


def uncovered_items(selection: Selection) -> QuerySet[PowerItem]:
    """Items that some street holds on the day and no public case teaches."""
    return _of_department(items_without_case(selection.on), selection)


def streets_without_reviewer(selection: Selection) -> QuerySet[Unit]:
    """Streets where no account holds the role 法制审核员 today: accounts keep no past."""
    reviewers = User.objects.filter(unit=OuterRef("pk"), is_active=True, groups__name=Role.LEGAL_REVIEWER)
    found = Unit.objects.streets().filter(~Exists(reviewers)).order_by("sort_order", "pk")
    return found.filter(pk=selection.street) if selection.street else found


def _of_department(items: QuerySet[PowerItem], selection: Selection) -> QuerySet[PowerItem]:
    return items.filter(department=selection.unit) if selection.unit else items


def coaching_cells(row: CoachingLog) -> list:
    return [
        row.happened_on.isoformat(),
        row.mentor.officer.name,
        row.mentor.officer.unit.label,
        row.street.label if row.street else "",
        row.item.label if row.item else "",
        row.get_way_display(),
        row.minutes,
        row.gist,
        row.source,
    ]


def plan_cells(row: Any) -> list:
    days = [row.starts_on.isoformat(), row.ends_on.isoformat()]
    hours = whole(row.hours_each)
    return [row.year_no, row.title, row.unit.label, *days, row.session_count, row.held, hours, row.cancelled_reason]


def item_cells(row: PowerItem) -> list:
    return [row.code, row.name, row.get_power_type_display(), row.domain.name, row.department.name]


def _item_url(row: PowerItem) -> str:
    return row.get_absolute_url()


COACHING_HEAD = ["日期", "导师", "导师单位", "街道", "事项", "方式", "时长（分钟）", "要点", "数据来源"]
LISTS = {
    one.name: one
    for one in (
        RecordList("coachings", "带教", COACHING_HEAD, coachings, coaching_cells, STREET, is_gap=False),
        RecordList(
            "plans", "培训计划", PLAN_HEAD, plans, plan_cells, (*DEPARTMENT, Role.STREET_ADMIN),
            note="本年度", is_gap=False,
        ),
        RecordList(
            "duties", "未完成的责任计划", PLAN_HEAD, duties_open, plan_cells, DEPARTMENT, note="已办场次少于计划"
        ),
        RecordList(
            "no-instructor", "没有业务指导员的事项", ITEM_HEAD, items_without_instructor, item_cells, DEPARTMENT,
            _item_url,
        ),
        RecordList("no-case", "缺少案例的事项", ITEM_HEAD, uncovered_items, item_cells, DEPARTMENT, _item_url),
        RecordList(
            "no-reviewer", "没有法制审核员的街道", ["单位编码", "街道"], streets_without_reviewer,
            lambda row: [row.code, row.name], STREET, note="按账号角色，只看当前",
        ),
    )
}  # fmt: skip
