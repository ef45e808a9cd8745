"""A mentor's side: `/mentoring/`, twenty minutes a month: who has not read, a coaching in four fields, questions."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from content.downloads import download
from content.exports.document import ExportError
from people.models import Mentor, Officer, User
from training.actions import mentors as verbs
from training.actions import readings
from training.mentors.forms import AssignForm, CoachingForm
from training.mentors.record import record_of, record_pdf
from training.models import CoachingLog, Pairing, ReadingAssignment
from training.permissions import (
    can_assign_readings,
    can_coach,
    can_keep_mentors,
    can_see_assignment,
    current_mentor,
    require,
)

PER_PAGE = 20
PDF = "application/pdf"


def mentoring(request: HttpRequest) -> HttpResponse:
    """Mentees, assignments with who is not done, the last coachings."""
    mentor = _mentor(request)
    today = timezone.localdate()
    context = {
        "mentor": mentor,
        "today": today,
        "pairings": Pairing.objects.on(today).filter(mentor=mentor).select_related("officer__unit", "street"),
        "assignments": _assignments(cast(User, request.user))[:10],
        "logs": CoachingLog.objects.filter(mentor=mentor).select_related("item").prefetch_related("officers")[:5],
        "counts": record_of(mentor, today.year),
    }
    return render(request, "training/mentors/mentoring.html", context)


def log_coaching(request: HttpRequest) -> HttpResponse:
    """The four fields; a second press of the button is the same entry."""
    mentor = _mentor(request)
    form = CoachingForm(request.POST or None, mentees=verbs.mentees_on(mentor, timezone.localdate()))
    if form.is_valid():
        try:
            verbs.log_coaching(by=cast(User, request.user), **form.cleaned_data)
            messages.success(request, "已登记带教。")
            return redirect("training:mentoring")
        except ValidationError as refusal:
            form.add_error(None, refusal)
    return render(request, "training/mentors/form.html", {"form": form, "title": "登记带教", "button": "登记"})


def assign(request: HttpRequest) -> HttpResponse:
    """A template for mentees; who keeps the mentors assigns to everybody."""
    require(can_assign_readings(request.user), "布置阅读")
    form = AssignForm(request.POST or None, mentees=_assignable(cast(User, request.user)))
    if form.is_valid():
        values = dict(form.cleaned_data)
        try:
            made = readings.assign_template(
                values.pop("template"), values.pop("officers"), by=cast(User, request.user), **values
            )
            messages.success(request, f"已布置给 {made.readers.count()} 人。")
            return redirect("training:assignment", made.pk)
        except ValidationError as refusal:
            form.add_error(None, refusal)
    return render(request, "training/mentors/form.html", {"form": form, "title": "布置阅读", "button": "布置"})


@login_required
def assignment(request: HttpRequest, pk: int) -> HttpResponse:
    """Who has opened, confirmed, passed and written what; what the law has changed meanwhile."""
    one = get_object_or_404(ReadingAssignment.objects.select_related("assigned_by"), pk=pk)
    if not can_see_assignment(request.user, one):
        raise Http404
    if request.method == "POST":
        readings.withdraw_assignment(one, by=cast(User, request.user))
        messages.success(request, "已撤回，未完成的不再提醒。")
        return redirect("training:assignment", pk)
    readers = one.readers.select_related("officer__unit").prefetch_related("progress").order_by("officer__staff_no")
    total = one.entries.count()
    context = {
        "assignment": one,
        "today": timezone.localdate(),
        "total": total,
        "readers": [_progress(reader, total) for reader in readers],
        "changed": readings.changed_entries(one, max(one.due_on, timezone.localdate())),
    }
    return render(request, "training/mentors/assignment.html", context)


def record(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """The yearly page of a mentor as PDF: for the mentor, and for who keeps the mentors."""
    mentor = get_object_or_404(Mentor.objects.select_related("officer__unit"), pk=pk)
    own = request.user.is_authenticated and mentor.officer.user_id == request.user.pk
    require(own or can_keep_mentors(request.user), "查看导师履职记录")
    try:
        return download(record_pdf(mentor, year), f"{mentor.officer.name}{year}年导师履职记录.pdf", PDF)
    except ExportError as refusal:
        messages.error(request, str(refusal))
        return redirect("training:mentoring")


def coaching_list(request: HttpRequest) -> HttpResponse:
    """The mentor's own log, all of it."""
    logs = CoachingLog.objects.filter(mentor=_mentor(request)).select_related("item").prefetch_related("officers")
    page = Paginator(logs, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "training/mentors/coachings.html", {"page": page})


def _mentor(request: HttpRequest) -> Mentor:
    require(can_coach(request.user), "使用导师工作台（仅限聘期内的导师）")
    return cast(Mentor, current_mentor(request.user))


def _assignable(user: User) -> set[int]:
    if can_keep_mentors(user):
        return set(Officer.objects.active().filter(unit__kind="street").values_list("pk", flat=True))
    mentor = current_mentor(user)
    return verbs.mentees_on(mentor, timezone.localdate()) if mentor else set()


def _assignments(user: User):
    done = Count("readers", filter=Q(readers__finished_at__isnull=False))
    mine = ReadingAssignment.objects.filter(assigned_by=user, withdrawn_at__isnull=True)
    return mine.annotate(all=Count("readers"), done=done)


def _progress(reader, total: int) -> dict:
    rows = list(reader.progress.all())
    return {
        "reader": reader,
        "opened": sum(row.opened_at is not None for row in rows),
        "confirmed": sum(row.confirmed_at is not None for row in rows),
        "minutes": round(reader.spent_seconds / 60),
        "quiz": [row.quiz_score for row in rows if row.quiz_score is not None],
        "total": total,
    }
