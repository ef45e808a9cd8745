"""`/me/hours/`: what somebody has and still needs; `/figures/hours/`: who is how far, by unit."""

import datetime as dt
from decimal import Decimal
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from content.downloads import download
from content.exports.document import ExportError
from content.models import SiteBranding
from content.numbers import plain_number
from content.telling import told
from people.models import Officer, User
from people.roles import Role
from training.actions.credits import revoke
from training.credits import summary
from training.credits.certificate import hours_pdf
from training.credits.rules import Rules
from training.credits.standing import standing_of
from training.models import CreditEntry
from training.permissions import can_read_figures, can_see_officer, can_set_rules, require

PER_PAGE = 50
PDF = "application/pdf"


@login_required
def my_hours(request: HttpRequest) -> HttpResponse:
    """The own year, entry by entry."""
    officer = Officer.objects.filter(user=cast(User, request.user)).select_related("unit").first()
    if officer is None:
        return render(request, "training/credits/nobody.html")
    return _person(request, officer)


def person(request: HttpRequest, pk: int) -> HttpResponse:
    """`/figures/hours/<officer>/`: somebody's year, for who may see it."""
    return _person(request, _seen(request, pk))


def certificate(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """年度学时证明 as PDF, up to today or to the end of a past year."""
    officer = _seen(request, pk)
    on = min(timezone.localdate(), dt.date(year, 12, 31)) if 2000 <= year <= 9998 else timezone.localdate()
    branding = SiteBranding.for_request(request)
    try:
        data = hours_pdf(officer, on, branding.district or "区司法局")
    except ExportError as refusal:
        messages.error(request, str(refusal))
        return redirect("training:hours_of", pk)
    return download(data, f"{officer.name}{year}年学时证明.pdf", PDF)


@require_POST
def revoke_entry(request: HttpRequest, pk: int) -> HttpResponse:
    """The bureau takes an entry out of the count, with a reason."""
    require(can_set_rules(request.user), "撤销学时")
    entry = get_object_or_404(CreditEntry, pk=pk)
    reason, by = request.POST.get("reason", ""), cast(User, request.user)
    told(request, lambda: revoke(entry, reason, by=by), "已撤销这笔学时。")
    return redirect("training:hours_of", entry.officer_id)


def by_unit(request: HttpRequest) -> HttpResponse:
    """Units with how many are done; `?unit=` opens the names, `format=xlsx` gives the same people as a file."""
    require(can_read_figures(request.user), "查看学时统计")
    on, unit = _day(request), _unit(request)
    members, behind = summary.members_on(on, unit), request.GET.get("who") == "behind"
    if behind:
        members = [one for one in members if not one.standing.is_done]
    if request.GET.get("format") == "xlsx":
        return download(summary.sheet(members), f"学时完成情况 {on}.xlsx")
    query = f"on={on.isoformat()}"
    context: dict[str, Any] = {
        "on": on,
        "rules": Rules.on(on),
        "export_url": f"?{query}&format=xlsx" + (f"&unit={unit}" if unit else "") + ("&who=behind" if behind else ""),
        "behind": behind,
        "may_set_rules": can_set_rules(request.user),
    }
    if unit is None and not behind:
        context["table"] = _units_table(members, query)
    else:
        page = Paginator(members, PER_PAGE).get_page(request.GET.get("page"))
        context |= {
            "page": page,
            "table": _people_table(list(page)),
            "unit": members[0].unit if unit and members else None,
        }
    return render(request, "training/credits/by_unit.html", context)


def _person(request: HttpRequest, officer: Officer) -> HttpResponse:
    on = _day(request)
    entries = CreditEntry.objects.filter(officer=officer, earned_on__year=on.year).select_related("revocation")
    context = {
        "officer": officer,
        "on": on,
        "standing": standing_of(officer, on),
        "entries": Paginator(entries.order_by("-earned_on", "-pk"), PER_PAGE).get_page(request.GET.get("page")),
        "may_revoke": can_set_rules(request.user),
        "own": officer.user_id == request.user.pk,
    }
    return render(request, "training/credits/person.html", context)


def _seen(request: HttpRequest, pk: int) -> Officer:
    """Somebody whose hours this person may see; others are as if they did not exist."""
    officer = get_object_or_404(Officer.objects.select_related("unit"), pk=pk)
    if not can_see_officer(request.user, officer):
        raise Http404
    return officer


def _day(request: HttpRequest) -> dt.date:
    try:
        return dt.date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return timezone.localdate()


def _unit(request: HttpRequest) -> int | None:
    """The unit that was asked for; a street's administrator and a department have only their own."""
    user = cast(User, request.user)
    if not user.has_role(Role.TRAINER, Role.BUREAU_ADMIN):
        return user.unit_id or -1
    asked = request.GET.get("unit", "")
    return int(asked) if asked.isdecimal() else None


def _units_table(members: list[summary.Member], query: str) -> dict[str, Any]:
    lines = summary.by_unit(members)
    rows = [
        [
            {"text": line.unit.label, "url": f"?{query}&unit={line.unit.pk}"},
            line.members,
            line.done,
            line.behind,
            f"{line.percent}%",
            plain_number(line.missing),
        ]
        for line in lines
    ]
    done = sum(line.done for line in lines)
    whole = [
        "合计", len(members), done, len(members) - done, f"{100 * done // len(members) if members else 100}%",
        plain_number(sum((line.missing for line in lines), Decimal(0))),
    ]  # fmt: skip
    labels = ("应完成人数", "已完成", "未完成", "完成率", "还差学时")
    columns = [{"label": "单位"}, *({"label": label, "numeric": True} for label in labels)]
    return {"caption": "学时完成情况", "hide_caption": True, "columns": columns, "rows": [*rows, whole]}


def _people_table(members: list[summary.Member]) -> dict[str, Any]:
    rows = [
        [
            {"text": one.officer.name, "url": reverse("training:hours_of", args=[one.officer.pk])},
            one.officer.staff_no,
            *(plain_number(hours) for _, hours, _ in one.standing.lines()),
            plain_number(one.standing.counted),
            plain_number(one.standing.missing),
        ]
        for one in members
    ]
    numbers = (*(label for label, _, _ in members[0].standing.lines()), "计入学时", "还差") if members else ()
    columns = [{"label": "姓名"}, {"label": "编号"}, *({"label": label, "numeric": True} for label in numbers)]
    return {"caption": "人员学时", "hide_caption": True, "columns": columns, "rows": rows}


urlpatterns = [
    path("me/hours/", my_hours, name="my_hours"),
    path("figures/hours/", by_unit, name="hours"),
    path("figures/hours/<int:pk>/", person, name="hours_of"),
    path("figures/hours/<int:pk>/<int:year>.pdf", certificate, name="hours_pdf"),
    path("figures/hours/entries/<int:pk>/revoke/", revoke_entry, name="hours_revoke"),
]
