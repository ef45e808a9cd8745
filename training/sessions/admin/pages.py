"""Plans and sessions in the admin: lists, forms, the board of the departments' duty plans."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from content.telling import told
from people.models import User
from training.actions import plans as planning
from training.actions.sessions import FROM_PLAN, cancel_plan
from training.models import Attendance, Plan, TrainingSession
from training.models.choices import Form, OrganiserLevel
from training.permissions import EVERYWHERE, can_plan, require
from training.sessions.admin.forms import PlanForm, PlannedForm, SessionForm
from training.sessions.admin.progress import STATES, Progress, board, with_held

PER_PAGE = 50


def plan_list(request: HttpRequest) -> HttpResponse:
    """`?year=`, `?organiser=`, `?duty=1`."""
    user = _user(request, "查看培训计划")
    asked = {name: request.GET.get(name, "") for name in ("year", "organiser", "duty")}
    plans = _own(Plan.objects.all(), user)
    if _is_year(asked["year"]):
        plans = plans.filter(year_no=int(asked["year"]))
    if asked["organiser"]:
        plans = plans.filter(organiser=asked["organiser"])
    if asked["duty"]:
        plans = plans.filter(is_duty=True)
    page = Paginator(with_held(plans), PER_PAGE).get_page(request.GET.get("page"))
    rows = [Progress(plan, plan.held, timezone.localdate()) for plan in page]
    context = {"page": page, "rows": rows, "asked": asked, "levels": OrganiserLevel.choices}
    return _show(request, "plan_list", "培训计划", "calendar", **context)


def duty_board(request: HttpRequest) -> HttpResponse:
    """部门责任计划 of a year."""
    _user(request, "查看部门责任计划")
    today = timezone.localdate()
    year = int(request.GET["year"]) if _is_year(request.GET.get("year", "")) else today.year
    rows = board(year, today)
    columns = [(label, [row for row in rows if row["state"] == state]) for state, label in STATES.items()]
    return _show(request, "board", f"{year} 年部门责任计划", "tasks", columns=columns[:4], year=year)


def plan_form(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """A new plan or one to change; a plan that was called off is shown with the reason."""
    user = _user(request, "制定培训计划")
    plan = get_object_or_404(Plan.objects.select_related("unit"), pk=pk) if pk else None
    if plan:
        require(can_plan(user, plan.unit), "修改这项培训计划")
    initial = {"year_no": timezone.localdate().year}
    form = PlanForm(request.POST or None, instance=plan, by=user, initial=initial)
    if form.is_valid() and _saved(form, lambda: planning.save_plan(form.instance, by=user, **form.lists())):
        messages.success(request, f"已保存“{form.instance}”。")
        return redirect("training_plans")
    sessions = plan.sessions.select_related("unit").order_by("starts_at") if plan else ()
    context = {"form": form, "plan": plan, "sessions": sessions}
    return _show(request, "plan_form", str(plan) if plan else "新建培训计划", "calendar", **context)


@require_POST
def plan_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    plan = get_object_or_404(Plan.objects.select_related("unit"), pk=pk)
    user = _user(request, "取消培训计划")
    told(request, lambda: cancel_plan(plan, request.POST.get("reason", ""), by=user), "已取消该计划。")
    return redirect("training_plan", pk)


def session_list(request: HttpRequest) -> HttpResponse:
    """`?q=`, `?status=`, `?form=`, `?organiser=`, `?year=`."""
    user = _user(request, "查看培训场次")
    asked = {name: request.GET.get(name, "") for name in ("q", "status", "form", "organiser", "year")}
    exact = {name: asked[name] for name in ("status", "form", "organiser") if asked[name]}
    sessions = _own(TrainingSession.objects.filter(**exact), user)
    if asked["q"]:
        sessions = sessions.filter(Q(title__contains=asked["q"]) | Q(code__iexact=asked["q"]))
    if _is_year(asked["year"]):
        sessions = sessions.filter(starts_at__year=int(asked["year"]))
    came = Count("attendances", filter=Q(attendances__status__in=Attendance.CAME))
    page = Paginator(sessions.select_related("unit"), PER_PAGE).get_page(request.GET.get("page"))
    keys = [one.pk for one in page.object_list]
    people = dict(TrainingSession.objects.filter(pk__in=keys).order_by().annotate(n=came).values_list("pk", "n"))
    choices = [
        ("status", "状态", TrainingSession.Status.choices),
        ("form", "形式", Form.choices),
        ("organiser", "主办层级", OrganiserLevel.choices),
    ]
    rows = [(one, people.get(one.pk, 0)) for one in page.object_list]
    return _show(request, "session_list", "培训场次", "date", page=page, rows=rows, asked=asked, choices=choices)


def session_form(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """A new session (`?plan=` takes over the plan's values, `?makes_up=` those of a session) or one to change."""
    user = _user(request, "安排培训")
    session = get_object_or_404(TrainingSession.objects.select_related("unit"), pk=pk) if pk else None
    if session:
        require(can_plan(user, session.unit), "修改这场培训")
    form = SessionForm(request.POST or None, instance=session, by=user, initial=_initial(request))
    if form.is_valid() and _saved(form, lambda: planning.save_session(form.instance, by=user, **form.lists())):
        messages.success(request, f"已保存“{form.instance}”。")
        return redirect("training_session", form.instance.pk)
    title = str(session) if session else "安排培训"
    return _show(request, "session_form", title, "date", form=form, session=session)


def _initial(request: HttpRequest) -> dict[str, Any]:
    plan = Plan.objects.filter(pk=_number(request, "plan")).first()
    if plan:
        lists = {name: list(getattr(plan, name).all()) for name in ("items", "cases", "lecturers")}
        return {name: getattr(plan, name) for name in FROM_PLAN} | lists | {"plan": plan, "hours": plan.hours_each}
    missed = TrainingSession.objects.filter(pk=_number(request, "makes_up")).first()
    if missed:
        taken = {name: getattr(missed, name) for name in (*FROM_PLAN, "plan", "hours", "place")}
        return taken | {"title": f"{missed.title}（补训）"[:120]}
    return {}


def _number(request: HttpRequest, name: str) -> int:
    text = request.GET.get(name, "")
    return int(text) if text.isdecimal() and len(text) <= 18 else 0


def _is_year(text: str) -> bool:
    return text.isdecimal() and len(text) == 4 and text > "1900"


def _own(rows: QuerySet, user: User) -> QuerySet:
    """The bureau's people see all, others those of the own unit."""
    return rows if user.has_role(*EVERYWHERE) else rows.filter(unit=user.unit_id)


def _saved(form: PlannedForm, save: Callable[[], object]) -> bool:
    try:
        save()
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return False
    return True


def _show(request: HttpRequest, template: str, title: str, icon: str, **context: Any) -> HttpResponse:
    return render(request, f"training/admin/{template}.html", {"page_title": title, "header_icon": icon, **context})


def _user(request: HttpRequest, doing: str) -> User:
    require(can_plan(request.user), doing)
    return cast(User, request.user)
