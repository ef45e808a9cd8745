"""`/figures/`: what was trained, by whatever it is divided, each number opening the records behind it."""

from collections.abc import Callable, Iterable
from typing import Any, cast

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.safestring import SafeString

from content.charts import Frame, bar
from content.downloads import download
from people.importing import workbook
from people.models import Unit, User
from people.roles import Role
from training.figures import listing, sheets
from training.figures.counting import WAYS, Line, Tally, divided, tally
from training.figures.dashboard import Tile, gap_tiles, people_tiles, training_tiles
from training.figures.records import LISTS as RECORDS
from training.figures.selecting import CHOICES, Selection
from training.models.choices import Form, OrganiserLevel, Topic
from training.permissions import can_read_figures, require

PER_PAGE = 50
LABELS = {"organiser": OrganiserLevel, "form": Form, "topic": Topic}


def overview(request: HttpRequest) -> HttpResponse:
    """The three figures, divided by `?by=`; `format=xlsx` gives the same table as a file."""
    selection, by = _asked(request), _way(request)
    whole, lines = tally(selection), divided(selection, by)
    label = WAYS[by].label
    if request.GET.get("format") == "xlsx":
        return download(sheets.table_sheet(lines, whole, label), f"培训统计（按{label}）{selection.on}.xlsx")
    context = {
        "selection": selection,
        "whole": _cells(whole, selection),
        "sections": _sections(whole, selection, cast(User, request.user)),
        "table": _table(lines, whole, selection, by),
        "chart": _chart(lines, label),
        "label": label,
        "ways": [(name, way.label, f"?{selection.query}&by={name}") for name, way in WAYS.items()],
        "by": by,
        "may_see_platform": cast(User, request.user).has_role(Role.TRAINER, Role.BUREAU_ADMIN),
        **_choices(selection),
    }
    return render(request, "training/figures/overview.html", context)


def session_list(request: HttpRequest) -> HttpResponse:
    """`/figures/sessions/`: 场次."""
    rows = listing.sessions(selection := _asked(request))
    return _list(request, selection, rows, "场次", sheets.SESSION_HEAD, sheets.session_cells, sheets.sessions_sheet)


def attendance_list(request: HttpRequest) -> HttpResponse:
    """`/figures/attendances/`: 人次."""
    rows = listing.attendances(selection := _asked(request))
    made = sheets.attendances_sheet
    return _list(request, selection, rows, "人次", sheets.ATTENDANCE_HEAD, sheets.attendance_cells, made)


def person_list(request: HttpRequest) -> HttpResponse:
    """`/figures/persons/`: 人数."""
    rows = listing.persons(selection := _asked(request))
    return _list(request, selection, rows, "人数", sheets.PERSON_HEAD, sheets.person_cells, sheets.persons_sheet)


def record_list(request: HttpRequest, name: str) -> HttpResponse:
    """`/figures/lists/<name>/`, `/figures/coachings/`: what another tile counts."""
    selection = _asked(request)
    if name not in RECORDS:
        raise Http404
    one = RECORDS[name]
    require(one.may(cast(User, request.user)), f"查看{one.label}")

    def sheet(rows: Iterable) -> bytes:
        return workbook(one.head, (one.cells(row) for row in rows), one.label)

    return _list(request, selection, one.rows(selection), one.label, one.head, one.cells, sheet, one.url)


def _sections(whole: Tally, selection: Selection, user: User) -> list[tuple[str, list[Tile]]]:
    """The tiles by heading, without headings of nothing."""
    found = [
        ("培训", training_tiles(whole, selection, user)),
        ("队伍、考试和案例", people_tiles(selection, user)),
        ("缺口", gap_tiles(selection, user)),
    ]
    return [(title, tiles) for title, tiles in found if tiles]


def _list(
    request: HttpRequest,
    selection: Selection,
    rows: Any,
    what: str,
    head: list[str],
    cells: Callable[[Any], list],
    sheet: Callable[[Iterable], bytes],
    url: Callable[[Any], str] = lambda row: "",
) -> HttpResponse:
    if request.GET.get("format") == "xlsx":
        return download(sheet(rows), f"{what}明细 {selection.since}至{selection.on}.xlsx")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    table = {
        "caption": f"{what}明细",
        "hide_caption": True,
        "columns": [{"label": label} for label in head],
        "rows": [_shown(cells(row), url(row)) for row in page],
        "export_url": f"?{selection.query}&format=xlsx",
    }
    context = {"selection": selection, "page": page, "table": table, "what": what, "narrowed": _narrowed(selection)}
    return render(request, "training/figures/list.html", context)


def _shown(cells: list, url: str) -> list:
    """The cells of a page: 无 as a dash, the second one (the name) leading to the record."""
    found = [cell if cell not in ("", None) else "—" for cell in cells]
    return [found[0], {"text": found[1], "url": url}, *found[2:]] if url else found


def _asked(request: HttpRequest) -> Selection:
    """What the person may see of what was asked: a street's administrator the own street, a department what it held."""
    user = request.user
    require(can_read_figures(user), "查看培训统计")
    selection = Selection.from_query(request.GET)
    if not isinstance(user, User) or user.has_role(Role.TRAINER, Role.BUREAU_ADMIN):
        return selection
    if user.has_role(Role.STREET_ADMIN):
        return selection.with_(street=user.unit_id or -1)
    return selection.with_(unit=user.unit_id or -1)


def _way(request: HttpRequest) -> str:
    by = request.GET.get("by", "")
    return by if by in WAYS else "month"


def _cells(one: Tally, selection: Selection) -> list[dict[str, Any]]:
    """The figures as cells that lead to their records."""
    figures = {"sessions": one.sessions, "attendances": one.attendances, "persons": one.persons}
    urls = {name: f"{reverse(f'training:figure_{name}')}?{selection.query}" for name in figures}
    return [{"text": number, "url": urls[name] if number else ""} for name, number in figures.items()]


def _table(lines: list[Line], whole: Tally, selection: Selection, by: str) -> dict[str, Any]:
    numbers = [{"label": label, "numeric": True} for label in ("场次", "人次", "人数")]
    rows = [[line.label, *_cells(line.tally, line.selection)] for line in lines]
    return {
        "caption": f"按{WAYS[by].label}",
        "columns": [{"label": WAYS[by].label}, *numbers],
        "rows": [*rows, ["合计", *_cells(whole, selection)]],
        "export_url": f"?{selection.query}&by={by}&format=xlsx",
    }


def _chart(lines: list[Line], label: str) -> SafeString | None:
    if len(lines) < 2:
        return None  # one bar compares nothing
    frame = Frame(f"人次（按{label}）", "数字见下表", label, "人次")
    return bar(frame, [line.label for line in lines], [line.tally.attendances for line in lines])


def _choices(selection: Selection) -> dict[str, Any]:
    """What the form offers."""
    fields = [(name, _field_label(name), LABELS[name].choices, getattr(selection, name)) for name in CHOICES]
    return {"fields": fields, "narrowed": _narrowed(selection)}


def _field_label(name: str) -> str:
    return WAYS[name].label


def _narrowed(selection: Selection) -> list[str]:
    """In words: 形式：场景演练."""
    words = [
        f"{_field_label(name)}：{LABELS[name](getattr(selection, name)).label}"
        for name in CHOICES
        if getattr(selection, name)
    ]
    units = {"unit": "主办单位", "street": "参训人员单位"}
    named = dict(Unit.objects.filter(pk__in=[selection.unit or 0, selection.street or 0]).values_list("pk", "name"))
    words += [f"{label}：{named.get(pk, '—')}" for name, label in units.items() if (pk := getattr(selection, name))]
    return words + ([f"月份：{selection.month}"] if selection.month else [])


urlpatterns = [
    path("figures/", overview, name="figures"),
    path("figures/sessions/", session_list, name="figure_sessions"),
    path("figures/attendances/", attendance_list, name="figure_attendances"),
    path("figures/persons/", person_list, name="figure_persons"),
    path("figures/coachings/", record_list, {"name": "coachings"}, name="figure_coachings"),
    path("figures/lists/<slug:name>/", record_list, name="figure_records"),
]
