"""更正考勤: what was asked for, to be approved by somebody else; the hours follow at once."""

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from content.dashboard import Waiting
from people.models import User
from training.actions.attendance import decide_correction
from training.actions.credits import credit_session
from training.models import AttendanceChange, TrainingSession, WalkIn
from training.permissions import EVERYWHERE, can_approve_changes, can_plan, require

PER_PAGE = 50


def corrections(request: HttpRequest) -> HttpResponse:
    """Those that wait first; `?all=1` shows the decided ones."""
    require(can_approve_changes(request.user), "审批考勤更正")
    shows_all = request.GET.get("all") == "1"
    rows = AttendanceChange.objects.all() if shows_all else open_changes()
    related = ("attendance__officer__unit", "attendance__session", "asked_by", "approved_by")
    page = Paginator(rows.select_related(*related), PER_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {"page_title": "考勤更正", "header_icon": "edit", "page": page, "shows_all": shows_all}
    return render(request, "training/admin/corrections.html", context)


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """POST `refuse` with a reason, or without to approve."""
    change = get_object_or_404(AttendanceChange, pk=pk)
    refuses = "refuse" in request.POST
    reason = request.POST.get("reason", "").strip()
    try:
        if refuses and not reason:
            raise ValidationError("请写明不同意的理由。")
        _decide(change, cast(User, request.user), reason if refuses else "")
        messages.success(request, "已退回。" if refuses else "更正已生效，学时已随之调整。")
    except ValidationError as refusal:
        for words in refusal.messages:
            messages.error(request, words)
    except PermissionDenied as refusal:
        messages.error(request, str(refusal))
    return redirect("training_corrections")


@transaction.atomic
def _decide(change: AttendanceChange, by: User, refuse: str) -> None:
    row = decide_correction(change, by=by, refuse=refuse)
    session = row.session
    if not refuse and session.status == TrainingSession.Status.CLOSED:
        credit_session(session, [row], by=by)


def open_changes() -> QuerySet[AttendanceChange]:
    return AttendanceChange.objects.filter(approved_by__isnull=True, refused_reason="")


def waiting_for(user: User) -> list[Waiting]:
    """What the admin's home page counts for the person. One query a number."""
    entries = []
    if can_approve_changes(user):
        count = open_changes().exclude(asked_by=user).count()
        entries.append(Waiting("待审批的考勤更正", count, reverse("training_corrections"), "核对理由后同意或者退回"))
    if can_plan(user):
        mine = WalkIn.objects.filter(settled_at__isnull=True)
        mine = mine if user.has_role(*EVERYWHERE) else mine.filter(session__unit=user.unit_id)
        entries.append(
            Waiting("待归并的参训人员", mine.count(), reverse("training_walk_ins"), "核对姓名后归并或不计入")
        )
    return entries


def walk_ins(request: HttpRequest) -> HttpResponse:
    """Sessions with people whom nobody has found yet; they are merged on the session's own page."""
    require(can_plan(request.user), "查看待归并人员")
    user = cast(User, request.user)
    rows = WalkIn.objects.filter(settled_at__isnull=True).select_related("session__unit")
    rows = rows if user.has_role(*EVERYWHERE) else rows.filter(session__unit=user.unit_id)
    page = Paginator(rows.order_by("-session__starts_at", "pk"), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page_title": "待归并人员", "header_icon": "group", "page": page}
    return render(request, "training/admin/walk_ins.html", context)
