"""`/figures/platform/`: numbers that other systems counted, by period, each with its source and day."""

from collections.abc import Iterable
from itertools import groupby
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse

from content.downloads import download
from people.importing import workbook
from people.models import User
from people.roles import Role
from training.figures.sheets import whole
from training.models import ImportedFigure
from training.permissions import can_import_figures, require

HEAD = ["指标", "单位", "统计期自", "统计期至", "数值", "来源", "截至日"]


def platform(request: HttpRequest) -> HttpResponse:
    """The newest number of each indicator, unit and period, the older ones beside it; the file has them all."""
    user = cast(User, request.user)
    require(isinstance(user, User) and user.has_role(Role.TRAINER, Role.BUREAU_ADMIN), "查看外部数据")
    rows = list(_ordered())
    if request.GET.get("format") == "xlsx":
        return download(workbook(HEAD, map(cells, rows), "外部数据"), "外部数据.xlsx")
    table = {
        "caption": "外部数据",
        "hide_caption": True,
        "columns": [{"label": label, "numeric": label == "数值"} for label in (*HEAD, "较早的数据")],
        "rows": [_shown(list(same)) for _, same in groupby(rows, key=_period)],
        "export_url": "?format=xlsx",
    }
    upload = reverse("kb_import", args=["figures"]) if can_import_figures(user) else ""
    return render(request, "training/figures/platform.html", {"table": table, "upload_url": upload})


def cells(one: ImportedFigure) -> list:
    """A row of the file; it can be imported again."""
    days = [one.starts_on.isoformat(), one.ends_on.isoformat()]
    unit = one.unit.name if one.unit else ""
    return [one.name, unit, *days, whole(one.quantity), one.source, one.as_of.isoformat()]


def _ordered() -> Iterable[ImportedFigure]:
    """The latest period first, of a period the latest day first."""
    found = ImportedFigure.objects.select_related("unit")
    return found.order_by("-ends_on", "-starts_on", "name", "unit__sort_order", "unit_id", "-as_of", "-pk")


def _period(one: ImportedFigure) -> tuple:
    return (one.ends_on, one.starts_on, one.name, one.unit_id)


def _shown(same: list[ImportedFigure]) -> list:
    newest, *older = same
    shown = [cell if cell != "" else "全区" for cell in cells(newest)]
    return [*shown, "；".join(f"{one.as_of}：{whole(one.quantity)}（{one.source}）" for one in older) or "—"]


urlpatterns = [path("figures/platform/", platform, name="figure_platform")]
