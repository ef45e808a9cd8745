"""An officer's trainings: what comes, what was attended. Also the strip on the home page and the part of the desk."""

from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone

from people.models import User
from training.models import Attendance, TrainingSession
from training.models.choices import OrganiserLevel
from training.permissions import EVERYWHERE, can_plan
from training.sessions.signing import TAKES, todays_sessions

PER_PAGE = 20
COMING_SHOWN = 20


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """`/training/`: today, what comes, and the own attendance with its state."""
    user = cast(User, request.user)
    own = Attendance.objects.filter(officer__user=user).select_related("session__unit")
    page = Paginator(own.order_by("-session__starts_at", "-pk"), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "today": _with_own(todays_sessions(), user),
        "coming": meant_for(user).filter(starts_at__gt=timezone.now())[:COMING_SHOWN],
        "run": list(run_by(user)[:COMING_SHOWN]),
        "page": page,
        "table": _table(page),
    }
    return render(request, "training/sessions/home.html", context)


def meant_for(user: Any) -> QuerySet[TrainingSession]:
    """What is still to be held for the person: by the own unit, or by whoever trains the whole district."""
    unit = getattr(user, "unit_id", None)
    officer = getattr(user, "officer", None)
    units = {pk for pk in (unit, officer and officer.unit_id) if pk}
    wide = Q(organiser__in=(OrganiserLevel.CITY, OrganiserLevel.DISTRICT, OrganiserLevel.DEPARTMENT))
    found = TrainingSession.objects.filter(wide | Q(unit__in=units), status__in=TAKES)
    return found.select_related("unit").order_by("starts_at", "pk")


def run_by(user: User) -> QuerySet[TrainingSession]:
    """Sessions that are not over and that the person runs: of every unit, or of the own one."""
    found = TrainingSession.objects.filter(status__in=TAKES).select_related("unit").order_by("starts_at", "pk")
    if not can_plan(user):
        return found.none()
    return found if user.has_role(*EVERYWHERE) else found.filter(unit=user.unit_id)


def today_strip(request: HttpRequest | None, subject: Any) -> str:
    """On the home page: today's session with the way to sign in."""
    found = _todays_own(request)
    return render_to_string("training/sessions/today.html", {"sessions": found[:2]}) if found else ""


def desk_panel(request: HttpRequest | None, subject: Any) -> str:
    """On the desk: today's session, the next one, and the way to all."""
    user = request.user if request else None
    if not isinstance(user, User):
        return ""
    coming = meant_for(user).filter(starts_at__gt=timezone.now()).first()
    count = Attendance.objects.came().filter(officer__user=user).count()
    context = {"sessions": _todays_own(request), "coming": coming, "count": count}
    return render_to_string("training/sessions/desk.html", context) if any(context.values()) else ""


def _todays_own(request: HttpRequest | None) -> list[TrainingSession]:
    user = request.user if request else None
    if not isinstance(user, User):
        return []
    units = meant_for(user).values("pk")
    return _with_own(todays_sessions().filter(pk__in=units), user)


def _with_own(sessions: QuerySet[TrainingSession], user: Any) -> list[TrainingSession]:
    """Each with `own`: the list of the person's attendance, empty or one. Two queries."""
    own = Attendance.objects.filter(officer__user=user)
    return list(sessions.prefetch_related(Prefetch("attendances", own, to_attr="own")))


def _table(page: Any) -> dict[str, Any]:
    labels = ("日期", "培训", "主办", "考勤", "签到")
    rows = [
        [
            f"{timezone.localtime(row.session.starts_at):%Y-%m-%d}",
            row.session.title,
            row.session.unit.label,
            row.get_status_display(),
            f"{timezone.localtime(row.signed_in_at):%H:%M}" if row.signed_in_at else "—",
        ]
        for row in page
    ]
    return {"caption": "我的考勤", "hide_caption": True, "columns": [{"label": one} for one in labels], "rows": rows}
