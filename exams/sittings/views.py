"""The candidate's pages: my exams, the waiting room, the paper, what comes after."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from exams.actions.sittings import start_sitting, take_over
from exams.models import Registration, Sitting
from exams.sittings import contact, mine, plain
from exams.sittings.building import prepare_attempt
from exams.sittings.closing import close_overdue
from exams.sittings.entitled import why_not_begun, why_not_here
from exams.sittings.page import give_lease, held_lease, own_sitting, paper_page, waiting_sitting
from people.addresses import client_address
from people.models import User
from people.views import AuthenticatedHttpRequest

State = Sitting.State


@login_required
def my_exams(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Exams that may be sat now, that will be, and that were."""
    close_overdue()
    return render(request, "exams/my_exams.html", {"groups": mine.groups(request.user)})


@never_cache
@login_required
def waiting_room(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Before the start: the rules of the day, the time until it opens, and the button."""
    close_overdue()
    registration = _registration(request, pk)
    sitting = prepare_attempt(registration)
    if sitting and sitting.state == State.OPEN:
        return redirect("exams:sitting", sitting.pk)
    now, exam = timezone.now(), registration.exam
    refusal = why_not_begun(exam, client_address(request), now)
    context = {
        "exam": exam,
        "registration": registration,
        "minutes": exam.paper.minutes + registration.extra_minutes,
        "sitting": sitting,
        "past": list(registration.sittings.finished().order_by("attempt_no")),
        "attempts": exam.attempts + registration.extra_attempts,
        "opens_in": max(0, round((exam.opens_at - now).total_seconds(), 1)),
        "is_early": now < exam.opens_at and sitting is not None,
        "refusal": refusal,
        "items": sitting.items.count() if sitting else 0,
    }
    return render(request, "exams/waiting_room.html", context)


@require_POST
@never_cache
@login_required
def start(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Begins the prepared attempt and answers with the paper at once; one that is running goes on at its own address.

    A redirection would ask session, account and sitting once more, in the second in which everybody starts. The script
    writes the paper's own address into the address bar, so that a reload does not press the button again.
    """
    sitting = waiting_sitting(pk, request.user) or prepare_attempt(_registration(request, pk))
    if sitting is None:
        messages.error(request, "没有可以开始的考试次数。")
        return redirect("exams:exam", pk)
    try:
        lease = start_sitting(sitting, by=request.user, address=client_address(request))
    except ValidationError as refusal:
        messages.error(request, "".join(refusal.messages))
        return redirect("exams:exam", pk)
    if lease is None:
        return redirect("exams:sitting", sitting.pk)
    return give_lease(paper_page(request, sitting, lease, is_new=True), lease)


@never_cache
@login_required
def paper(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """The paper, to the browser that may write; to any other the question whether to go on here."""
    sitting = own_sitting(pk, request.user)
    if away := _elsewhere(sitting):
        return away
    exam = sitting.registration.exam
    if refusal := why_not_here(exam, client_address(request)):
        return render(request, "exams/sitting/not_here.html", {"exam": exam, "refusal": refusal}, status=403)
    lease = held_lease(request, sitting)
    if lease is None:
        return render(request, "exams/sitting/elsewhere.html", {"exam": exam, "sitting": sitting})
    return paper_page(request, sitting, lease)


@require_POST
@login_required
def take(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """在此继续: this page writes from now on, the other one no more."""
    sitting = own_sitting(pk, request.user)
    try:
        lease = take_over(sitting, by=request.user, address=client_address(request))
    except ValidationError as refusal:
        messages.error(request, "".join(refusal.messages))
        return redirect("exams:sitting", pk)
    next_page = "exams:sitting_form" if "plain" in request.POST else "exams:sitting"
    return give_lease(redirect(next_page, pk), lease)


@never_cache
@login_required
def done(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """After the end: how it ended and what was kept; marks and keys when the exam's rules show them (`results`)."""
    sitting = own_sitting(pk, request.user)
    if not sitting.is_finished and sitting.state != State.VOID:
        return redirect("exams:sitting", pk)
    counted = sitting.items.aggregate(items=Count("pk"), answered=Count("pk", filter=~Q(answer="")))
    return render(
        request, "exams/sitting/done.html", {"sitting": sitting, "exam": sitting.registration.exam, **counted}
    )


def _elsewhere(sitting: Sitting) -> HttpResponseRedirect | None:
    """Where to go with a sitting that is not open."""
    if sitting.state == State.PREPARED:
        return redirect("exams:exam", sitting.registration.exam_id)
    return redirect("exams:sitting_done", sitting.pk) if sitting.state != State.OPEN else None


def _registration(request: HttpRequest, exam: int) -> Registration:
    """The person's own registration; who is not on the list sees no exam."""
    rows = Registration.objects.select_related("exam__paper", "officer")
    found = rows.filter(exam=exam, officer__user=cast(User, request.user)).first()
    if found is None:
        raise Http404("没有这场考试")
    return found


urlpatterns = [
    path("exams/", my_exams, name="mine"),
    path("exams/<int:pk>/", waiting_room, name="exam"),
    path("exams/<int:pk>/start/", start, name="start"),
    path("exams/sittings/<int:pk>/", paper, name="sitting"),
    path("exams/sittings/<int:pk>/take/", take, name="sitting_take"),
    path("exams/sittings/<int:pk>/save/", contact.save, name="sitting_save"),
    path("exams/sittings/<int:pk>/hand-in/", contact.finish, name="sitting_hand_in"),
    path("exams/sittings/<int:pk>/form/", plain.form, name="sitting_form"),
    path("exams/sittings/<int:pk>/form/hand-in/", plain.confirm, name="sitting_form_hand_in"),
    path("exams/sittings/<int:pk>/done/", done, name="sitting_done"),
]
