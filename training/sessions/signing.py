"""The phone's side: scan or type the code on the wall, read at once that one is signed in.

A scan counts at its own moment: who has to log in first carries a ticket (`codes.ticket_for`) in a cookie of these
pages. Wrong codes lock nobody out; tries are limited by account, since a whole hall shares one network address.
"""

import datetime as dt
from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from people.addresses import client_address
from people.models import Officer, User
from people.throttle import Limit, seconds_to_wait, too_many
from training.actions.attendance import register_walk_in, sign_in, sign_out
from training.models import Attendance, TrainingSession, WalkIn
from training.models.session import SessionQuerySet
from training.sessions.codes import DIGITS, TICKET_SECONDS, Ticket, accepts, read_ticket, ticket_for
from training.sessions.devices import device_of, keep_device

TICKET = "scan"
TAKES = (TrainingSession.Status.PLANNED, TrainingSession.Status.OPEN)
CHANGED = "码已更换，请看屏幕上的新码。"
# Nobody types so fast; a guess has three chances in a million.
BY_ACCOUNT = Limit(per_minute=30, per_hour=300)
# Scans before logging in: three hundred phones may stand behind one address.
BY_ADDRESS = Limit(per_minute=900, per_hour=6000)


@never_cache
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Where the QR picture leads (`?c=`), and where a person sees whether the own sign-in is there."""
    session = get_object_or_404(TrainingSession.objects.select_related("unit"), pk=pk)
    if "c" in request.GET:
        return _scanned(request, session)
    if not request.user.is_authenticated:
        return redirect_to_login(request.path)
    if request.method == "POST":
        return _typed(request, [session])
    ticket = read_ticket(request.COOKIES.get(TICKET, ""))
    if ticket and ticket.session == session.pk:
        return _recorded(request, session, ticket)
    return _page(request, session)


@never_cache
@login_required
def sign_by_code(request: HttpRequest) -> HttpResponse:
    """Six digits alone: they tell which of today's sessions is meant."""
    sessions = list(todays_sessions())
    if request.method == "POST":
        return _typed(request, sessions)
    return _form(request, sessions)


def todays_sessions(now: dt.datetime | None = None) -> SessionQuerySet:
    """Those that may be signed in at today, by the day of Shanghai; one that runs past midnight is of both days."""
    day = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    today = TrainingSession.objects.filter(starts_at__lt=day + dt.timedelta(days=1), ends_at__gte=day)
    return today.filter(status__in=TAKES).select_related("unit").order_by("starts_at", "pk")


def direction(session: TrainingSession, code: str, now: dt.datetime) -> Ticket | None:
    """What the code is for, None where it is not on the wall: to come or, where people sign out, to go."""
    for leaving in (False, True) if session.needs_sign_out else (False,):
        if accepts(session.code_secret, code, now, leaving=leaving):
            return Ticket(session.pk, now, leaving)
    return None


def _scanned(request: HttpRequest, session: TrainingSession) -> HttpResponse:
    """Counts at once for who is logged in; gives everybody else a ticket and the way to log in."""
    user = request.user
    limit, client = (BY_ACCOUNT, f"user:{user.pk}") if user.is_authenticated else (BY_ADDRESS, _address(request))
    if wait := seconds_to_wait("sign", client, limit):
        return too_many(request, wait)
    ticket = direction(session, request.GET["c"], timezone.now())
    if ticket is None:
        return render(request, "training/sessions/changed.html", {"session": session, "words": CHANGED}, status=400)
    if user.is_authenticated:
        return _recorded(request, session, ticket)
    response = redirect_to_login(reverse("training:sign", args=[session.pk]))
    text = ticket_for(session.pk, ticket.scanned_at, leaving=ticket.leaving)
    options = {"httponly": True, "secure": settings.SESSION_COOKIE_SECURE, "samesite": "Lax"}
    response.set_cookie(TICKET, text, max_age=TICKET_SECONDS, path="/training/sign/", **options)  # type: ignore
    return response


def _typed(request: HttpRequest, sessions: list[TrainingSession]) -> HttpResponse:
    """POST `code` and, where the person chose it, `session`."""
    if wait := seconds_to_wait("sign", f"user:{request.user.pk}", BY_ACCOUNT):
        return too_many(request, wait)
    chosen, code = request.POST.get("session", ""), "".join(request.POST.get("code", "").split())
    asked = [one for one in sessions if not chosen or str(one.pk) == chosen]
    now = timezone.now()
    found = [(one, ticket) for one in asked if (ticket := direction(one, code, now))]
    if len(found) == 1:
        return _recorded(request, *found[0])
    words = "请选择是哪一场培训。" if found else _wrong(code)
    return _form(request, sessions, words, chosen)


def _wrong(code: str) -> str:
    return CHANGED if len(code) == DIGITS and code.isdigit() else f"请输入屏幕上的 {DIGITS} 位数字。"


def _recorded(request: HttpRequest, session: TrainingSession, ticket: Ticket) -> HttpResponse:
    """Signs in or out at the moment of the scan and leads to the page that says so."""
    cookie, device = device_of(request)
    try:
        _record(request, session, ticket, device)
    except ValidationError as refusal:
        for words in refusal.messages:
            messages.error(request, words)
    response = redirect("training:sign", session.pk)
    response.delete_cookie(TICKET, path="/training/sign/")
    return keep_device(response, cookie)


def _record(request: HttpRequest, session: TrainingSession, ticket: Ticket, device: str) -> None:
    user = cast(User, request.user)
    officer = Officer.objects.filter(user=user).first()
    if officer is None:
        _without_officer(session, user, ticket)
    elif ticket.leaving:
        sign_out(session, officer, at=ticket.scanned_at)
    else:
        address = client_address(request)
        sign_in(session, officer, at=ticket.scanned_at, device=device, address=address)


def _without_officer(session: TrainingSession, user: User, ticket: Ticket) -> None:
    """An account that belongs to nobody on the list waits, once, for a person to say who it is."""
    unit = user.unit.label if user.unit else ""
    if session.status == TrainingSession.Status.CLOSED or ticket.leaving:
        raise ValidationError("您的账号没有对应的执法人员；请会务人员登记。")
    if not _walk_ins(session, user).exists():
        note = "账号没有对应的执法人员"
        register_walk_in(session, str(user), unit, at=ticket.scanned_at, by=None, note=f"{note}：{user.username}")


def _walk_ins(session: TrainingSession, user: User):
    return WalkIn.objects.filter(session=session, note__endswith=f"：{user.username}")


def _page(request: HttpRequest, session: TrainingSession) -> HttpResponse:
    """How it stands with the person, and the field for the code where one is still to be typed."""
    own = Attendance.objects.filter(session=session, officer__user=cast(User, request.user)).first()
    takes = session.status in TAKES
    waits = own is None and _walk_ins(session, cast(User, request.user)).exists()
    is_in = bool(own and own.signed_in_at)
    context = {
        "session": session,
        "own": own,
        "waits": waits,
        "may_sign_in": takes and not is_in and not waits,
        "may_sign_out": takes and is_in and session.needs_sign_out,
        "is_early": takes and timezone.now() < session.starts_at,
    }
    return render(request, "training/sessions/sign.html", context)


def _form(request: HttpRequest, sessions: list[TrainingSession], words: str = "", chosen: str = "") -> HttpResponse:
    context = {"sessions": sessions, "words": words, "chosen": chosen}
    return render(request, "training/sessions/sign_by_code.html", context, status=400 if words else 200)


def _address(request: HttpRequest) -> str:
    return client_address(request) or ""
