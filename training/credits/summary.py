"""Who is how far, by unit, as of a day: the people in enforcement posts that day, and their standing."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from people.importing import workbook
from people.models import Officer, Posting, Unit
from training.credits.standing import Standing, standings
from training.models.choices import Category

HEAD = [
    "单位",
    "人员编号",
    "姓名",
    *(f"{label}学时" for label in Category.labels),
    "计入学时",
    "应有学时",
    "还差",
    "是否完成",
]


@dataclass(frozen=True)
class Member:
    """One person with the unit of that day."""

    officer: Officer
    unit: Unit
    standing: Standing


@dataclass(frozen=True)
class UnitLine:
    """A unit: how many have to, how many are done, how many hours are missing altogether."""

    unit: Unit
    members: int
    done: int
    missing: Decimal

    @property
    def behind(self) -> int:
        return self.members - self.done

    @property
    def percent(self) -> int:
        return 100 * self.done // self.members if self.members else 100


def members_on(on: dt.date, unit: int | None = None) -> list[Member]:
    """Everybody in an enforcement post on the day, by unit and number. Four queries."""
    posts = Posting.objects.on(on).enforcing().select_related("officer", "unit")
    posts = posts.order_by("unit__sort_order", "unit_id", "officer__staff_no")
    if unit is not None:
        posts = posts.filter(unit_id=unit)
    once = {post.officer_id: post for post in posts}
    found = standings(once, on)
    return [Member(post.officer, post.unit, found[pk]) for pk, post in once.items()]


def by_unit(members: Iterable[Member]) -> list[UnitLine]:
    """In the order in which the members come."""
    groups: dict[int, list[Member]] = {}
    for member in members:
        groups.setdefault(member.unit.pk, []).append(member)
    return [_line(group) for group in groups.values()]


def sheet(members: Iterable[Member]) -> bytes:
    """One row a person, exactly those of the page."""
    return workbook(HEAD, (_cells(member) for member in members), "学时")


def _line(group: list[Member]) -> UnitLine:
    done = sum(member.standing.is_done for member in group)
    missing = sum((member.standing.missing for member in group), Decimal(0))
    return UnitLine(group[0].unit, len(group), done, missing)


def _cells(member: Member) -> list:
    one = member.standing
    hours = [one.hours[name] for name in Category.values]
    done = "是" if one.is_done else "否"
    return [
        member.unit.label,
        member.officer.staff_no,
        member.officer.name,
        *hours,
        one.counted,
        one.wanted,
        one.missing,
        done,
    ]
