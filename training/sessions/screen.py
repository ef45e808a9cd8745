"""What the projector shows: title, six digits, the QR picture of the address to sign in at, how many are here.

The page asks the server again every few seconds; the only code it ever holds is that of the moment, and how long it
lasts is told in seconds left, so that the clock of the projecting computer does not count.
"""

import math
from typing import Any

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.cache import never_cache

from training.models import TrainingSession
from training.permissions import can_run_session, require
from training.sessions.codes import SECONDS, code_at, seconds_left
from training.sessions.signing import TAKES


@never_cache
def screen(request: HttpRequest, pk: int) -> HttpResponse:
    """`?out=1` shows the codes by which people sign out."""
    return render(request, "training/sessions/screen.html", _shown(request, pk))


@never_cache
def screen_now(request: HttpRequest, pk: int) -> HttpResponse:
    """The part of the screen that changes."""
    return render(request, "training/sessions/screen_now.html", _shown(request, pk))


def qr_picture(text: str) -> SafeString:
    """An inline SVG without style, black on white whatever the colours of the page."""
    picture = segno.make(text, error="m", micro=False)
    return mark_safe(picture.svg_inline(omitsize=True, border=4, dark="#000", light="#fff", svgclass="screen__qr"))


def _shown(request: HttpRequest, pk: int) -> dict[str, Any]:
    session = get_object_or_404(TrainingSession.objects.select_related("unit"), pk=pk)
    require(can_run_session(request.user, session), "投放这场培训的签到码")
    leaving = request.GET.get("out") == "1" and session.needs_sign_out
    context: dict[str, Any] = {"session": session, "leaving": leaving, "takes": session.status in TAKES}
    signed = session.attendances.filter(signed_in_at__isnull=False)
    context["here"] = signed.count()
    context["left"] = signed.filter(signed_out_at__isnull=False).count() if leaving else 0
    if context["takes"]:
        context |= _of_the_moment(request, session, leaving)
    return context


def _of_the_moment(request: HttpRequest, session: TrainingSession, leaving: bool) -> dict[str, Any]:
    now = timezone.now()
    code = code_at(session.code_secret, now, leaving=leaving)
    address = request.build_absolute_uri(f"{reverse('training:sign', args=[session.pk])}?c={code}")
    typed = request.build_absolute_uri(reverse("training:sign_by_code"))
    return {
        "code": code,
        "halves": (code[:3], code[3:]),
        "picture": qr_picture(address),
        "typed": typed,
        # never longer than the code lasts, so that the page does not show it when its time is over
        "seconds": math.floor(seconds_left(now) * 10) / 10,
        "whole": SECONDS,
    }
