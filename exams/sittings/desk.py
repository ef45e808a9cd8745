"""Exams in the Wagtail admin: plan, candidates, papers, the live board, one sitting and what may be done to it."""

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_POST

from content.telling import told
from exams.actions import exams as verbs
from exams.models import Exam, Registration, Sitting
from exams.permissions import can_hold_exams, can_read_results, can_register, require, visible_registrations
from exams.sittings import board
from exams.sittings.candidates import Outcome, pasted
from exams.sittings.closing import close_overdue
from exams.sittings.forms import CandidateListForm, ExamForm, ExtendForm, GrantForm
from people.importing import UnreadableSheet, read_rows
from people.importing.spreadsheets import Row
from people.models import User

ICON = "calendar-alt"
PER_PAGE = 50
# Papers of one request: some seconds, well below a server's patience.
BUILT_AT_ONCE = 300
_WRITING = Q(registrations__sittings__state=Sitting.State.OPEN)


def exam_list(request: HttpRequest) -> HttpResponse:
    """All exams, newest first, with how far each is."""
    require(can_read_results(request.user), "查看考试")
    close_overdue()
    rows = Exam.objects.select_related("paper").annotate(
        listed=Count("registrations", distinct=True),
        writing=Count("registrations__sittings", filter=_WRITING, distinct=True),
    )
    page = Paginator(rows.order_by("-opens_at", "-pk"), PER_PAGE).get_page(request.GET.get("page"))
    return _show(request, "exams", "考试安排", page=page, may_hold=can_hold_exams(request.user))


def new_exam(request: HttpRequest) -> HttpResponse:
    require(can_hold_exams(request.user), "组织考试")
    form = ExamForm(request.POST or None, initial={"paper": request.GET.get("paper")})
    if form.is_valid():
        try:
            return redirect("exams_exam", verbs.plan_exam(form.cleaned_data, by=_user(request)).pk)
        except ValidationError as refusal:
            form.add_error(None, refusal)
    return _show(request, "exam_form", "新建考试", form=form)


def edit_exam(request: HttpRequest, pk: int) -> HttpResponse:
    require(can_hold_exams(request.user), "组织考试")
    exam = get_object_or_404(Exam, pk=pk)
    form = ExamForm(request.POST or None, instance=exam)
    if form.is_valid():
        try:
            verbs.change_exam(exam, form.cleaned_data, by=_user(request))
            messages.success(request, "已保存。")
            return redirect("exams_exam", pk)
        except ValidationError as refusal:
            form.add_error(None, refusal)
    return _show(request, "exam_form", f"修改：{exam.title}", form=form, exam=exam)


def show_exam(request: HttpRequest, pk: int) -> HttpResponse:
    """The exam, the steps that lead to it, and what may be done next."""
    require(can_read_results(request.user), "查看考试")
    exam = _exam(pk)
    listed = visible_registrations(request.user, exam)
    context = {
        "exam": exam,
        "listed": listed.count(),
        "built": listed.filter(sittings__isnull=False).distinct().count(),
        "counters": board.counters(request.user, exam),
        "extend_form": ExtendForm(),
        "may_hold": can_hold_exams(request.user),
        "may_register": can_register(request.user),
    }
    return _show(request, "exam", exam.title, **context)


@require_POST
def take_step(request: HttpRequest, pk: int) -> HttpResponse:
    """POST `step`: build, close, or extend for everybody who is writing."""
    exam, by = _exam(pk), _user(request)
    match request.POST.get("step"):
        case "build":
            told(request, lambda: _build(request, exam))
        case "close":
            told(request, lambda: verbs.close_exam(exam, by=by), "考试已结束。")
        case "extend":
            _extend(request, exam)
    return redirect("exams_board" if request.POST.get("back") == "board" else "exams_exam", pk)


def candidates(request: HttpRequest, pk: int) -> HttpResponse:
    """The list, and the form that adds to it; POST shows what became of each row."""
    require(can_register(request.user), "报名")
    exam = _exam(pk)
    form, report = CandidateListForm(request.POST or None, request.FILES or None), []
    if form.is_valid():
        try:
            rows = _rows(form)
            report = verbs.register_list(exam, rows, by=_user(request), dry_run="check" in request.POST)
            # what somebody has to look at comes first
            report.sort(key=lambda row: (row.outcome != Outcome.REFUSED, not row.words, row.line))
            form = form if "check" in request.POST else CandidateListForm()
        except (ValidationError, UnreadableSheet) as refusal:
            form.add_error(None, refusal.messages if isinstance(refusal, ValidationError) else str(refusal))
    listed = board.candidates(request.user, exam)
    if words := request.GET.get("q", "").strip():
        listed = listed.filter(Q(officer__name__icontains=words) | Q(officer__staff_no__icontains=words))
    page = Paginator(listed, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "exam": exam,
        "form": form,
        "report": report,
        "was_checked": "check" in request.POST,
        "tally": [(one.label, sum(row.outcome == one for row in report)) for one in Outcome],
        "page": page,
        "rows": board.rows_of(list(page)),
        "words": words,
        "may_hold": can_hold_exams(request.user),
    }
    return _show(request, "exam_candidates", f"考生：{exam.title}", **context)


@require_POST
def remove_candidate(request: HttpRequest, pk: int) -> HttpResponse:
    registration = get_object_or_404(Registration.objects.select_related("exam", "officer__unit"), pk=pk)
    name = registration.officer.name
    told(request, lambda: verbs.unregister(registration, by=_user(request)), f"已移出名单：{name}")
    return redirect("exams_candidates", registration.exam_id)


def live_board(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is writing, how far, and since when nothing was heard; `fragment` is what the script renews."""
    require(can_read_results(request.user), "查看考试情况")
    close_overdue()
    exam, chosen = _exam(pk), request.GET.get("state", "")
    page = Paginator(board.candidates(request.user, exam, chosen), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "exam": exam,
        "page": page,
        "rows": board.rows_of(list(page)),
        "counters": board.counters(request.user, exam),
        "chosen": chosen,
        "now": timezone.now(),
    }
    if "fragment" in request.GET:
        return render(request, "exams/admin/board_rows.html", context)
    may_hold = can_hold_exams(request.user)
    return _show(request, "board", f"考场：{exam.title}", extend_form=ExtendForm(), may_hold=may_hold, **context)


def show_sitting(request: HttpRequest, pk: int) -> HttpResponse:
    """One attempt: its times and incidents; POST `step` grants, collects or voids."""
    require(can_read_results(request.user), "查看答卷")
    close_overdue()
    sitting = get_object_or_404(Sitting.objects.select_related("registration__exam__paper"), pk=pk)
    exam = sitting.registration.exam
    registration = get_object_or_404(board.candidates(request.user, exam), pk=sitting.registration_id)
    form = GrantForm()
    if request.method == "POST":
        form = GrantForm(request.POST)
        if _change_sitting(request, sitting, form):
            return redirect("exams_sitting", pk)
    context = {
        "exam": exam,
        "sitting": sitting,
        "registration": registration,
        "incidents": sitting.incidents.order_by("at", "pk"),
        "attempts": registration.sittings.order_by("attempt_no"),
        "counted": sitting.items.aggregate(items=Count("pk"), answered=Count("pk", filter=~Q(answer=""))),
        "form": form,
        "may_hold": can_hold_exams(request.user),
    }
    return _show(request, "sitting", f"答卷：{registration.officer.name}", **context)


def _change_sitting(request: HttpRequest, sitting: Sitting, form: GrantForm) -> bool:
    by, reason = _user(request), request.POST.get("reason", "").strip()
    match request.POST.get("step"):
        case "void":
            return told(request, lambda: verbs.void_sitting(sitting, reason, by=by), "答卷已作废，可以重新开考。")
        case "collect":
            return told(request, lambda: verbs.collect_sitting(sitting, reason, by=by), "已收卷。")
        case "grant" if form.is_valid():
            given = form.cleaned_data
            return told(request, lambda: verbs.grant(sitting.registration, by=by, **given), "已保存。")
    return False


def _build(request: HttpRequest, exam: Exam) -> None:
    left = verbs.build_exam(exam, by=_user(request), most=BUILT_AT_ONCE)
    if left:
        messages.warning(request, f"还有 {left} 份试卷没有生成，请再按一次“生成试卷”。")
    else:
        messages.success(request, f"试卷已全部生成：{exam.registrations.count()} 份。")


def _extend(request: HttpRequest, exam: Exam) -> None:
    form = ExtendForm(request.POST)
    if not form.is_valid():
        messages.error(request, "请填写延长的分钟数和理由。")
        return
    given = form.cleaned_data

    def extend() -> None:
        people = verbs.extend_all(exam, given["minutes"], reason=given["reason"], by=_user(request))
        messages.success(request, f"已为正在作答的 {people} 人延长 {given['minutes']} 分钟。")

    told(request, extend)


def _rows(form: CandidateListForm) -> list[Row]:
    file = form.cleaned_data["file"]
    return read_rows(file.read(), file.name) if file else pasted(form.cleaned_data["numbers"])


def _exam(pk: int) -> Exam:
    return get_object_or_404(Exam.objects.select_related("paper", "form", "made_by"), pk=pk)


def _show(request: HttpRequest, template: str, title: str, **context: Any) -> HttpResponse:
    return render(request, f"exams/admin/{template}.html", {"page_title": title, "header_icon": ICON, **context})


def _user(request: HttpRequest) -> User:
    return cast(User, request.user)


admin_urlpatterns = [
    path("exams/", exam_list, name="exams_exams"),
    path("exams/new/", new_exam, name="exams_exam_new"),
    path("exams/<int:pk>/", show_exam, name="exams_exam"),
    path("exams/<int:pk>/edit/", edit_exam, name="exams_exam_edit"),
    path("exams/<int:pk>/step/", take_step, name="exams_exam_step"),
    path("exams/<int:pk>/candidates/", candidates, name="exams_candidates"),
    path("exams/<int:pk>/board/", live_board, name="exams_board"),
    path("exams/candidates/<int:pk>/remove/", remove_candidate, name="exams_candidate_remove"),
    path("exams/sittings/<int:pk>/", show_sitting, name="exams_sitting"),
]
