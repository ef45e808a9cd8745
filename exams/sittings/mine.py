"""My exams: what may be sat now, what comes, what was. Also for the home page and the desk."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

from exams.models import Exam, Registration, Sitting
from people.models import User

PAST_SHOWN = 30
State = Sitting.State


@dataclass(frozen=True)
class Entry:
    """One exam of one person."""

    exam: Exam
    sittings: tuple[Sitting, ...]
    attempts: int
    now: dt.datetime

    @property
    def running(self) -> Sitting | None:
        """The attempt that is being written."""
        return next((one for one in self.sittings if one.state == State.OPEN), None)

    @property
    def finished(self) -> list[Sitting]:
        return [one for one in self.sittings if one.is_finished]

    @property
    def attempts_left(self) -> int:
        """How often it may still be begun."""
        begun = sum(one.state not in (State.PREPARED, State.VOID) for one in self.sittings)
        return max(0, self.attempts - begun)

    @property
    def is_open(self) -> bool:
        exam = self.exam
        in_window = exam.status == Exam.Status.BUILT and exam.opens_at <= self.now < exam.closes_at
        return bool(self.running) or (in_window and bool(self.attempts_left))

    @property
    def is_coming(self) -> bool:
        return not self.is_open and self.exam.status != Exam.Status.CLOSED and self.exam.opens_at > self.now


def entries(user: User) -> list[Entry]:
    """Every exam on whose list the person is, newest first. Two queries."""
    own = (
        Registration.objects.filter(officer__user=user).select_related("exam__paper").order_by("-exam__opens_at", "-pk")
    )
    own = own.prefetch_related(Prefetch("sittings", Sitting.objects.order_by("attempt_no")))
    now = timezone.now()
    return [Entry(one.exam, tuple(one.sittings.all()), one.exam.attempts + one.extra_attempts, now) for one in own]


def groups(user: User) -> list[tuple[str, list[Entry]]]:
    """(heading, exams) in the order of what is urgent."""
    found = entries(user)
    past = [entry for entry in found if not entry.is_open and not entry.is_coming]
    return [
        ("现在可以参加", [entry for entry in found if entry.is_open]),
        ("即将开始", sorted((entry for entry in found if entry.is_coming), key=_opens)),
        ("已经结束", past[:PAST_SHOWN]),
    ]


def today_strip(request: HttpRequest | None, subject: Any) -> str:
    """On the home page: the exam that is open for this person, or the next."""
    entry = _next_of(request)
    return render_to_string("exams/panels/today.html", {"entry": entry}) if entry else ""


def desk_panel(request: HttpRequest | None, subject: Any) -> str:
    """On the desk: the next exam and the way to all of them."""
    user = request.user if request else None
    found = entries(user) if isinstance(user, User) else []
    if not found:
        return ""
    return render_to_string("exams/panels/desk.html", {"entry": _urgent(found), "count": len(found)})


def _next_of(request: HttpRequest | None) -> Entry | None:
    user = request.user if request else None
    return _urgent(entries(user)) if isinstance(user, User) else None


def _urgent(found: Iterable[Entry]) -> Entry | None:
    rows = list(found)
    now = next((entry for entry in rows if entry.running), None) or next((one for one in rows if one.is_open), None)
    return now or min((entry for entry in rows if entry.is_coming), key=_opens, default=None)


def _opens(entry: Entry) -> dt.datetime:
    return entry.exam.opens_at
