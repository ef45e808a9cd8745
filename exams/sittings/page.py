"""What the pages of a sitting need to know, in as few queries as a start of hundreds allows."""

import gzip
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.safestring import mark_safe

from exams.models import Sitting
from exams.permissions import can_sit
from exams.sittings import answers
from exams.sittings.closing import close_overdue
from exams.sittings.leases import Lease, read, signed
from exams.sittings.saving import seconds_left
from exams.sittings.writing import paper_html
from people.models import Officer, User

# What the pages show of a sitting, in one query.
SHOWN = ("registration__exam__paper", "registration__officer", "written")
# Of those tables what the start and the paper need; the start is what hundreds do in one second.
NEEDED = (
    *("state", "ends_at", "lease_no", "written__body"),
    *("registration__exam__title", "registration__exam__status", "registration__exam__ip_ranges"),
    *("registration__exam__opens_at", "registration__exam__closes_at", "registration__exam__grace_seconds"),
    *("registration__exam__paper__minutes", "registration__extra_minutes"),
    *("registration__officer__user", "registration__officer__name", "registration__officer__staff_no"),
)
# How long the cookie outlives the time that is left: extensions come in the middle.
COOKIE_AFTER = 60 * 60 * 6


def own_sitting(pk: int, user: User) -> Sitting:
    """The candidate's sitting with all its page shows; strangers get 404. One that is overdue is closed first."""
    try:
        sitting = Sitting.objects.select_related(*SHOWN).get(pk=pk)
    except Sitting.DoesNotExist:
        raise Http404("没有这份答卷") from None
    if not can_sit(user, sitting.registration):
        raise Http404("没有这份答卷")
    if sitting.state == Sitting.State.OPEN and sitting.due_at and sitting.due_at <= timezone.now():
        close_overdue()
        sitting.refresh_from_db(fields=["state", "finished_at"])
    return sitting


def waiting_sitting(exam: int, user: User) -> Sitting | None:
    """The attempt that the person has begun or may begin, with all its page shows.

    Who it is comes from a query inside the query: whatever a database believes about tables that were filled an hour
    ago, it then looks up one registration by its unique pair and never walks through all candidates of the exam.
    """
    officer = Officer.objects.filter(user=user).values("pk")[:1]
    mine = Sitting.objects.filter(registration__exam=exam, registration__officer=officer)
    current = mine.filter(state__in=(Sitting.State.PREPARED, Sitting.State.OPEN))
    return current.select_related(*SHOWN).only(*NEEDED).order_by("attempt_no").first()


def held_lease(request: HttpRequest, sitting: Sitting) -> Lease | None:
    """The lease that this browser was given, if it still is the one that may write."""
    lease = read(request.COOKIES.get(_cookie(sitting.pk), ""))
    if lease == Lease(sitting.pk, sitting.lease_no, request.user.pk or 0):
        return lease
    return None


def give_lease(response: HttpResponse, lease: Lease) -> HttpResponse:
    """Lets this browser open the page again (reload, crash) without asking; another one has to take over."""
    response.set_cookie(
        _cookie(lease.sitting_id),
        signed(lease),
        max_age=COOKIE_AFTER,
        path=reverse("exams:sitting", args=[lease.sitting_id]),
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
    return response


def paper_page(request: HttpRequest, sitting: Sitting, lease: Lease, is_new: bool = False) -> HttpResponse:
    """The paper for the browser that holds the lease; `is_new`: nobody can have answered anything yet."""
    context = {
        "exam": sitting.registration.exam,
        "sitting": sitting,
        "officer": sitting.registration.officer,
        "state": _state(sitting, lease, is_new),
        "paper": mark_safe(paper_html(sitting)),  # noqa: S308  a template wrote it
        "csrf_token": get_token(request),
    }
    return _zipped(request, render_to_string("exams/sitting/paper.html", context))


def _state(sitting: Sitting, lease: Lease, is_new: bool) -> dict[str, Any]:
    """What the script starts from: answers as the page writes them; items that nobody has touched are left out."""
    return {
        "sitting": sitting.pk,
        "lease": lease.lease_no,
        "account": lease.user_id,
        "slip": signed(lease),
        "remaining": round(seconds_left(sitting.ends_at, timezone.now()), 1),
        "items": [] if is_new else _touched(sitting),
    }


def _touched(sitting: Sitting) -> list[dict[str, Any]]:
    columns = ("order_no", "kind", "option_order", "answer", "seq", "is_flagged")
    rows = sitting.items.filter(seq__gt=0).order_by("order_no").values_list(*columns)
    return [
        {"no": number, "seq": seq, "answer": answers.shown(kind, order, answer), "flagged": flagged}
        for number, kind, order, answer, seq, flagged in rows
    ]


def _zipped(request: HttpRequest, html: str) -> HttpResponse:
    """Compressed lightly: when hundreds start together, the middleware's thoroughness costs more than all queries.

    Nothing that a request brings along is in the page, so its secrets cannot be guessed from its length.
    """
    response = HttpResponse(html)
    patch_vary_headers(response, ["Accept-Encoding"])
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        response.content = gzip.compress(response.content, compresslevel=1)
        response.headers["Content-Encoding"] = "gzip"
    return response


def _cookie(sitting_id: int) -> str:
    return f"sitting-{sitting_id}"
