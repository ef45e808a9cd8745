"""One session while it runs: who is there, calling the roll on a phone, walk-ins, opening and ending it."""

from collections.abc import Callable
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from content.downloads import download
from content.telling import told
from people.models import Officer, Unit, User
from training.actions import attendance as roll
from training.actions import sessions as verbs
from training.actions.credits import credit_session
from training.models import Attendance, TrainingSession, WalkIn
from training.permissions import can_run_session, require
from training.sessions.rolls import counts_of, expected_of, shared_devices, waiting_of
from training.sessions.sheets import result_sheet, roster_sheet

PER_PAGE = 100
DIGITS = 18  # more do not fit a key
MARKS = (("present", "到"), ("late", "迟到"), ("excused", "请假"), ("absent", "缺勤"), ("make_up", "补训"))


def live(request: HttpRequest, pk: int) -> HttpResponse:
    """`?unit=` (repeated) chooses whose roll is called, `?missed=` a session whose absent people are."""
    session = _session(request, pk)
    chosen, missed = _chosen(request)
    rows = session.attendances.select_related("officer", "unit").order_by("-signed_in_at", "officer__staff_no")
    context = {
        "session": session,
        "counts": counts_of(session),
        "page": _with_hints(Paginator(rows, PER_PAGE).get_page(request.GET.get("page")), session),
        "waiting": waiting_of(session),
        "units": Unit.objects.filter(kind__in=(Unit.Kind.STREET, Unit.Kind.DEPARTMENT)),
        "chosen": chosen,
        "missed": missed,
        "expected": _uncalled(session, chosen, missed),
        "marks": MARKS,
        "statuses": Attendance.Status.choices,
        "query": request.GET.urlencode(),
    }
    return render(request, "training/sessions/live.html", context)


@require_POST
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """POST `do`; goes back to the page as it was."""
    session, by = _session(request, pk), cast(User, request.user)
    done = DOINGS.get(request.POST.get("do", ""))
    if done:
        told(request, lambda: done(request, session, by))
    back = reverse("training:live", args=[pk])
    query = request.POST.get("query", "")
    return redirect(f"{back}?{query}" if query else back)


def roster(request: HttpRequest, pk: int) -> HttpResponse:
    """签到表 to print or fill in: the expected people of the chosen units, an empty column to sign."""
    session = _session(request, pk)
    chosen, missed = _chosen(request)
    return download(roster_sheet(session, expected_of(chosen, missed)), f"签到表 {session}.xlsx")


def result(request: HttpRequest, pk: int) -> HttpResponse:
    """Who was there, in the form in which the import reads it back."""
    session = _session(request, pk)
    rows = session.attendances.select_related("officer__unit", "unit").order_by("unit__sort_order", "officer__staff_no")
    return download(result_sheet(session, rows), f"考勤 {session}.xlsx")


@transaction.atomic
def _close(request: HttpRequest, session: TrainingSession, by: User) -> str:
    chosen, missed = _chosen(request)
    expected = tuple(expected_of(chosen, missed).values_list("pk", flat=True)) if chosen or missed else ()
    absent = verbs.close_session(session, by=by, expected=expected)
    credited = credit_session(session, by=by)
    return f"已结束签到，{absent} 人记为缺勤，{credited} 人的学时已计入。"


def _open(request: HttpRequest, session: TrainingSession, by: User) -> str:
    verbs.open_session(session, by=by)
    return "已开始签到。"


def _reopen(request: HttpRequest, session: TrainingSession, by: User) -> str:
    verbs.reopen_session(session, by=by)
    return "已重新开放签到。"


def _cancel(request: HttpRequest, session: TrainingSession, by: User) -> str:
    verbs.cancel_session(session, request.POST.get("reason", ""), by=by)
    return "已取消这场培训。"


@transaction.atomic
def _call(request: HttpRequest, session: TrainingSession, by: User) -> str:
    """`mark-<officer>` for everybody who was tapped."""
    given = {name.removeprefix("mark-"): str(value) for name, value in request.POST.items() if name[:5] == "mark-"}
    answers = {int(pk): status for pk, status in given.items() if pk.isdecimal() and len(pk) <= DIGITS and status}
    changed = roll.call_roll(session, answers, by=by)
    _tie_make_ups(session)
    _follow(session, by)
    return f"已登记 {changed} 人。"


def _walk_in(request: HttpRequest, session: TrainingSession, by: User) -> str:
    made = roll.register_walk_in(
        session, request.POST.get("name", ""), request.POST.get("unit", ""), at=timezone.now(), by=by
    )
    return f"已登记 {made}，请核对后归并。"


@transaction.atomic
def _merge(request: HttpRequest, session: TrainingSession, by: User) -> str:
    """`officer` by primary key (proposed), or by `staff_no` (typed)."""
    walk_in, typed = _own_walk_in(request, session), request.POST.get("staff_no", "").strip().upper()
    chosen = {"staff_no": typed} if typed else {"pk": _number(request, "officer")}
    officer = Officer.objects.select_related("unit").filter(**chosen).first()
    if officer is None:
        raise ValidationError(f"没有人员编号是“{typed}”的人员；请核对。" if typed else "请选择是哪位人员。")
    roll.merge_walk_in(walk_in, officer, by=by)
    _follow(session, by)
    return f"{walk_in} 已归并到 {officer}。"


def _dismiss(request: HttpRequest, session: TrainingSession, by: User) -> str:
    roll.dismiss_walk_in(_own_walk_in(request, session), request.POST.get("reason", ""), by=by)
    return "已标记为不计入。"


def _correct(request: HttpRequest, session: TrainingSession, by: User) -> str:
    row = get_object_or_404(session.attendances, pk=_number(request, "row"))
    roll.ask_correction(row, request.POST.get("status", ""), request.POST.get("reason", ""), by=by)
    return "更正已提交，由另一人审批后生效。"


DOINGS: dict[str, Callable[[HttpRequest, TrainingSession, User], str]] = {
    "open": _open,
    "close": _close,
    "reopen": _reopen,
    "cancel": _cancel,
    "call": _call,
    "walk-in": _walk_in,
    "merge": _merge,
    "dismiss": _dismiss,
    "correct": _correct,
}


def _session(request: HttpRequest, pk: int) -> TrainingSession:
    session = get_object_or_404(TrainingSession.objects.select_related("unit", "plan"), pk=pk)
    require(can_run_session(request.user, session), "管理这场培训")
    return session


def _chosen(request: HttpRequest) -> tuple[list[int], int | None]:
    """(units, missed session) of the query, or of the form that closes the session."""
    asked = request.POST if request.method == "POST" else request.GET
    units = [int(pk) for pk in asked.getlist("unit") if pk.isdecimal() and len(pk) <= DIGITS]
    missed = asked.get("missed", "")
    return units, int(missed) if missed.isdecimal() and len(missed) <= DIGITS else None


def _uncalled(session: TrainingSession, chosen: list[int], missed: int | None) -> list[Officer]:
    """Expected, and on no list yet."""
    if not chosen and not missed:
        return []
    return list(expected_of(chosen, missed).exclude(attendances__session=session))


def _with_hints(page: Any, session: TrainingSession) -> Any:
    """Each row of the page with `sharing`: how many signed in with the same device, 0 for one alone."""
    devices, page.object_list = shared_devices(session), list(page.object_list)
    for row in page.object_list:
        row.sharing = devices.get(row.device, 0)
    return page


def _tie_make_ups(session: TrainingSession) -> None:
    """Ties 补训 to what it makes up for: the newest absence of the person from the same plan."""
    untied = list(session.attendances.filter(status=Attendance.Status.MAKE_UP, make_up_of__isnull=True))
    if not untied or session.plan_id is None:
        return
    missed = Attendance.objects.filter(session__plan=session.plan_id, status__in=roll.AWAY).exclude(session=session)
    newest = {row.officer_id: row for row in missed.order_by("session__starts_at")}
    for row in untied:
        row.make_up_of = newest.get(row.officer_id)
    Attendance.objects.bulk_update(untied, ["make_up_of"])


def _follow(session: TrainingSession, by: User) -> None:
    """Hours of a session that is over follow its attendance at once."""
    if session.status == TrainingSession.Status.CLOSED:
        credit_session(session, by=by)


def _own_walk_in(request: HttpRequest, session: TrainingSession) -> WalkIn:
    return get_object_or_404(session.walk_ins.select_related("session__unit"), pk=_number(request, "walk_in"))


def _number(request: HttpRequest, name: str) -> int:
    """A primary key that was posted, 0 for anything else."""
    text = request.POST.get(name, "")
    return int(text) if text.isdecimal() and len(text) <= DIGITS else 0
