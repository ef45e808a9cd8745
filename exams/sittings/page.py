"""What the pages of a sitting need to know, in as few queries as a start of hundreds allows."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from exams.models import Sitting
from exams.permissions import can_sit
from exams.sittings import answers
from exams.sittings.closing import close_overdue
from exams.sittings.leases import Lease, read, signed
from people.models import User

# How long the cookie outlives the time that is left: extensions come in the middle.
COOKIE_AFTER = 60 * 60 * 6


def own_sitting(pk: int, user: User) -> Sitting:
    """The candidate's sitting with all its page shows; strangers get 404. What is overdue is closed first."""
    close_overdue()
    related = ("registration__exam__paper", "registration__officer")
    sitting = Sitting.objects.select_related(*related).filter(pk=pk).first()
    if sitting is None or not can_sit(user, sitting.registration):
        raise Http404("没有这份答卷")
    return sitting


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


@dataclass(frozen=True)
class PageState:
    """What the script starts from: answers as the page writes them, and how to reach the server."""

    sitting: Sitting
    lease: Lease
    remaining: float

    def as_json(self) -> dict[str, Any]:
        """Items that nobody has touched are left out."""
        columns = ("order_no", "kind", "option_order", "answer", "seq", "is_flagged")
        touched = self.sitting.items.filter(seq__gt=0).order_by("order_no").values_list(*columns)
        return {
            "sitting": self.sitting.pk,
            "lease": self.lease.lease_no,
            "account": self.lease.user_id,
            "slip": signed(self.lease),
            "remaining": round(self.remaining, 1),
            "items": [
                {"no": number, "seq": seq, "answer": answers.shown(kind, order, answer), "flagged": flagged}
                for number, kind, order, answer, seq, flagged in touched
            ],
        }


def _cookie(sitting_id: int) -> str:
    return f"sitting-{sitting_id}"
