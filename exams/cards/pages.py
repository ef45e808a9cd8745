"""持证率 as of any day, the names behind each number, and the lists of what is due. Each as a page and as Excel."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import partial
from typing import cast
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from content.downloads import download
from exams.cards.rows import DAYS, LISTS, NAMES, CardList, Column, cells, names, sheet
from exams.permissions import require
from kb.hub.listing import parsed_day
from people.cards import SOON, Coverage, UnitCoverage, coverage, units_of
from people.importing import workbook
from people.models import Unit, User
from people.permissions import can_read_card_figures
from people.roles import Role

PAGE = 50
FIRST_YEAR, LAST_YEAR = 1990, 2100
HAVE = {"": "应持证", "held": "持证", "without": "无证"}
HEAD = ("单位", "应持证人数", "持证人数", "无证人数", "持证率（%）")


@dataclass(frozen=True)
class Asked:
    """What a request asks for, and how far its sender may see: `scope` is None for the whole district.

    `within` are the units of what is asked for.
    """

    on: dt.date
    scope: Collection[int] | None
    within: Collection[int] | None
    unit: Unit | None
    place: str
    wrong_day: str = ""

    @property
    def cn_day(self) -> str:
        return f"{self.on.year}年{self.on.month}月{self.on.day}日"

    def query(self, **more: object) -> str:
        """The query string of this day and unit with something added."""
        said = {"on": self.on.isoformat(), "unit": self.unit.pk if self.unit else ""} | more
        return "?" + urlencode({name: value for name, value in said.items() if value != ""})


def scope_of(user: User) -> frozenset[int] | None:
    """The units whose people this person may see in figures; None for all. Nobody's for others."""
    if user.has_role(Role.BUREAU_ADMIN):
        return None
    return units_of(user.unit) if can_read_card_figures(user) and user.unit else frozenset()


def read(request: HttpRequest) -> Asked:
    """Raises PermissionDenied for whoever may not see these figures, Http404 for a unit that is not theirs."""
    require(can_read_card_figures(request.user), "查看持证情况")
    user, said = cast(User, request.user), request.GET.get("on", "").strip()
    scope = scope_of(user)
    day = parsed_day(said)
    if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
        day = None
    unit = _unit(request.GET.get("unit", ""))
    if unit and scope is not None and unit.pk not in scope:
        raise Http404
    within = units_of(unit) if unit else scope
    place = unit.label if unit else "全区" if scope is None else str(user.unit)
    return Asked(day or timezone.localdate(), scope, within, unit, place, said if said and not day else "")


def figures(request: HttpRequest) -> HttpResponse:
    """`/figures/cards/?on=`: by street with a total; each number opens its names."""
    asked = read(request)
    found = coverage(asked.on, asked.within)
    by_rate = request.GET.get("sort") == "rate"
    rows = sorted(found.rows, key=_low_first) if by_rate else list(found.rows)
    if request.GET.get("format") == "xlsx":
        lines = [_line(row) for row in (*rows, found.total)]
        return download(workbook(HEAD, lines, "持证率"), f"持证率 {asked.on.isoformat()}.xlsx")
    context = _frame(asked, "持证率") | {
        "coverage": found,
        "table": _table(asked, found, rows, by_rate),
        "is_today": asked.on == timezone.localdate(),
    }
    return render(request, "exams/cards/figures.html", context)


def people(request: HttpRequest) -> HttpResponse:
    """`/figures/cards/names/?on=&unit=&have=`: the people behind a number."""
    asked, have = read(request), request.GET.get("have", "")
    if have not in HAVE:
        raise Http404
    title = f"{HAVE[have]}人员（{asked.place}，{asked.cn_day}）"
    rows = names(asked.on, asked.within, have)
    return _listed(request, asked, title, NAMES, rows, "这一天没有这样的人员", current="持证率")


def due(request: HttpRequest, name: str) -> HttpResponse:
    """`/figures/cards/<list>/`: what is due today."""
    if name not in LISTS:
        raise Http404
    chosen, asked = LISTS[name], read(request)
    days = _days(request.GET.get("days", "")) if chosen.asks_days else SOON
    rows = chosen.rows(timezone.localdate(), days, asked.within)
    title = f"{days} 天内到期的执法证" if chosen.asks_days else chosen.title
    more = {"chosen": chosen, "days": days, "choices": DAYS}
    return _listed(request, asked, title, chosen.columns, rows, chosen.empty, current=chosen.title, **more)


def _listed(
    request: HttpRequest,
    asked: Asked,
    title: str,
    columns: tuple[Column, ...],
    rows,
    empty: str,
    *,
    current: str,
    **more: object,
) -> HttpResponse:
    """A list of names, fifty a page; Excel takes all of the same rows."""
    if request.GET.get("format") == "xlsx":
        return download(sheet(columns, rows, current), f"{title}.xlsx")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query["format"] = "xlsx"
    query.pop("page", None)
    table = {
        "caption": title,
        "hide_caption": True,
        "columns": [{"label": column.label, "numeric": column.numeric} for column in columns],
        "rows": cells(columns, page),
        "export_url": f"?{query.urlencode()}",
    }
    context = _frame(asked, current) | {"title": title, "page": page, "table": table, "empty": empty} | more
    return render(request, "exams/cards/list.html", context)


def _frame(asked: Asked, current: str) -> dict:
    """What all these pages share: the tabs with their numbers, the units to choose from."""
    count = partial(_count, asked)
    tabs = [{"label": "持证率", "url": reverse("exams:card_figures"), "current": current == "持证率"}]
    tabs += [
        {"label": one.title, "url": address(one), "count": count(one), "current": current == one.title}
        for one in LISTS.values()
    ]
    tops = Unit.objects.exclude(kind=Unit.Kind.OFFICE)
    return {"asked": asked, "tabs": tabs, "units": tops if asked.scope is None else tops.filter(pk__in=asked.scope)}


def address(chosen: CardList) -> str:
    return reverse("exams:card_list", args=[chosen.name])


def _count(asked: Asked, chosen: CardList) -> int:
    return chosen.rows(timezone.localdate(), SOON, asked.within).count()


def _table(asked: Asked, found: Coverage, rows: list[UnitCoverage], by_rate: bool) -> dict:
    sort = asked.query() if by_rate else asked.query(sort="rate")
    labels = ("单位", "应持证", "持证", "无证", "持证率")
    columns = [{"label": label, "numeric": label != "单位"} for label in labels]
    columns[-1] |= {"sort_url": sort, "sorted": "ascending" if by_rate else ""}
    return {
        "caption": f"{asked.cn_day}持证率",
        "hide_caption": True,
        "columns": columns,
        "rows": [_cells(asked, row) for row in (*rows, found.total)],
        "export_url": asked.query(format="xlsx", sort="rate" if by_rate else ""),
    }


def _cells(asked: Asked, row: UnitCoverage) -> list:
    """A row of the page: each number opens its names, nought does not."""
    there = replace(asked, unit=row.unit or asked.unit)
    base = reverse("exams:card_names")
    counts = (("", row.posts), ("held", row.holders), ("without", row.without))
    numbers = [{"text": n, "url": base + there.query(have=have)} if n else "0" for have, n in counts]
    return [row.unit.label if row.unit else format_html("<b>合计</b>"), *numbers, _rate(row)]


def _rate(row: UnitCoverage) -> str:
    if row.rate is None:
        return "—"
    bar = '<span class="rate"><progress aria-hidden="true" max="100" value="{}"></progress><span>{}%</span></span>'
    return format_html(bar, row.rate, row.rate)


def _line(row: UnitCoverage) -> list:
    """The same row in Excel, numbers as numbers."""
    rate = float(row.rate) if row.rate is not None else ""
    return [row.unit.name if row.unit else "合计", row.posts, row.holders, row.without, rate]


def _low_first(row: UnitCoverage) -> tuple[bool, float]:
    return row.rate is None, float(row.rate or 0)


def _unit(said: str) -> Unit | None:
    if not said:
        return None
    unit = Unit.objects.filter(pk=int(said)).first() if said.isdecimal() and len(said) < 10 else None
    if unit is None:
        raise Http404
    return unit


def _days(said: str) -> int:
    """Any number of days up to two years; 90 for nonsense."""
    return min(int(said), 730) if said.isdecimal() and len(said) < 6 else SOON
