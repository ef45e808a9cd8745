"""The reviewer's page of a case: its text as readers would see it, the law of the day, the steps, the checklist."""

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from casebook import actions, layer
from casebook.citing import citations_of
from casebook.findings.entries import open_findings
from casebook.models import Case, CaseCheck, CaseComment
from casebook.models.workflow import stage_of
from casebook.permissions import can_edit_case, can_resolve_comment, can_see_case, can_sign
from casebook.rendering import links_of, paragraphs
from casebook.review.as_of import law_of_the_day
from casebook.review.checklist import CHECKLIST, answers_of
from casebook.review.comments import Thread, by_place, places_of, threads_of
from casebook.review.panel import returned_by
from casebook.review.procedure import points_of
from casebook.review.steps import steps_open_to
from people.models import User


def review(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything a reviewer looks at; the same page tells the others where their case stands."""
    case = _case_for(request, pk)
    return render(request, "casebook/admin/review.html", _context(request, case))


def _case_for(request: HttpRequest, pk: int) -> Case:
    row = get_object_or_404(Case.objects.select_related("latest_revision"), pk=pk)
    if not can_see_case(request.user, row):
        raise PermissionDenied("您没有权限查看该案例的底稿。")
    return row.get_latest_revision_as_object()


def _context(request: HttpRequest, case: Case) -> dict[str, Any]:
    citations, threads = citations_of(case), threads_of(case)
    law = law_of_the_day(case, citations)
    answers = answers_of(case)
    return {
        "case": case,
        "shown": layer.shown(case),
        "stage": stage_of(case),
        "returned": returned_by(case),
        "steps": steps_open_to(request.user, case),
        "sections": _sections(case, citations, by_place(threads)),
        "law": [entry for entry in law if entry.is_resolved],
        "unresolved": [entry for entry in law if not entry.is_resolved],
        "points": points_of(case),
        "answers": answers,
        "answered": sum(answer.settled for answer in answers),
        "verdicts": CaseCheck.Verdict.choices,
        "may_answer": can_sign(request.user, case),
        "may_edit": can_edit_case(request.user, case),
        "open_remarks": sum(thread.is_open for thread in threads),
        "open_findings": len(open_findings(case)),
        "edit_url": reverse(Case.snippet_viewset.get_url_name("edit"), args=[case.pk]),
        "history_url": reverse(Case.snippet_viewset.get_url_name("history"), args=[case.pk]),
        "comparison": _comparison(case),
    }


def _sections(case: Case, citations: list, threads: dict[str, list[Thread]]) -> list[dict[str, Any]]:
    """The places of the text in reading order, each with what is said about it."""
    reading = layer.shown(case)
    parts = [{"code": "", "heading": "全文", "html": ""}]
    parts += [{"code": one.field_name, "heading": one.heading, "html": one.text} for one in reading.basis if one.text]
    for one in reading.sections:
        links = links_of([c for c in citations if c.field_name == one.field_name], case.conduct_date, one.moved)
        parts.append({"code": one.field_name, "heading": one.heading, "html": paragraphs(one.text, links)})
    known = {part["code"] for part in parts}
    lost = [thread for place, found in threads.items() if place not in known for thread in found]
    for part in parts:
        part["threads"] = threads.get(str(part["code"]), []) + (lost if part["code"] == "" else [])  # type: ignore[assignment]
    return parts


def _comparison(case: Case) -> list[tuple[str, str]]:
    """(label, address) of the comparisons that a reviewer wants: with the published text, with the revision before."""
    view = Case.snippet_viewset.get_url_name("revisions_compare")
    found = []
    if case.live and case.live_revision_id and case.live_revision_id != case.latest_revision_id:
        found.append(
            ("与已发布的文本比较", reverse(view, args=[case.pk, case.live_revision_id, case.latest_revision_id]))
        )
    before = case.revisions.exclude(pk=case.latest_revision_id).order_by("-created_at", "-pk").values_list("pk")[:1]
    found += [("与上一版比较", reverse(view, args=[case.pk, pk, case.latest_revision_id])) for (pk,) in before]
    return found


@require_POST
def answer_checklist(request: HttpRequest, pk: int) -> HttpResponse:
    """Keeps the lines that were answered; open ones stay open."""
    case = _case_for(request, pk)
    given = {
        line.code: (request.POST.get(line.code, ""), request.POST.get(f"{line.code}-remark", "")) for line in CHECKLIST
    }
    try:
        actions.answer_checks(case, {code: answer for code, answer in given.items() if answer[0]}, by=_user(request))
        messages.success(request, "审核清单已保存。")
    except ValidationError as refusal:
        messages.error(request, "；".join(refusal.messages))
    return redirect(f"{reverse('casebook_review', args=[pk])}#checklist")


@require_POST
def add_remark(request: HttpRequest, pk: int) -> HttpResponse:
    """A remark at a place, or an answer to one; htmx gets the place alone."""
    case = _case_for(request, pk)
    place, remark_id = request.POST.get("place", ""), request.POST.get("answers", "")
    answered = get_object_or_404(CaseComment, pk=remark_id, case_id=pk, answers=None) if remark_id else None
    quote = request.POST.get("quote", "")
    problem = ""
    try:
        actions.comment(
            case,
            request.POST.get("text", ""),
            by=_user(request),
            field_name=place,
            quote=quote,
            answers=answered,
        )
    except ValidationError as refusal:
        problem = "；".join(refusal.messages)
    return _place(request, case, answered.field_name if answered else place, problem)


@require_POST
def resolve_remark(request: HttpRequest, pk: int, remark: int) -> HttpResponse:
    case = _case_for(request, pk)
    row = get_object_or_404(CaseComment.objects.select_related("case"), pk=remark, case_id=pk)
    if not can_resolve_comment(request.user, row):
        raise PermissionDenied("这条意见由提出人或者案例的编辑人员处理。")
    actions.resolve_comment(row, by=_user(request))
    return _place(request, case, row.field_name)


def _user(request: HttpRequest) -> User:
    """Admin pages have somebody signed in."""
    return cast(User, request.user)


def _place(request: HttpRequest, case: Case, place: str, problem: str = "") -> HttpResponse:
    """The remarks of one place for htmx; the whole page, at that place, for everybody else."""
    if not request.htmx:  # type: ignore[attr-defined]
        if problem:
            messages.error(request, problem)
        return redirect(f"{reverse('casebook_review', args=[case.pk])}#place-{place or 'all'}")
    part = {"code": place, "heading": dict(places_of(case)).get(place, ""), "problem": problem}
    part["threads"] = by_place(threads_of(case)).get(place, [])  # type: ignore[assignment]
    return render(
        request, "casebook/admin/remarks.html", {"case": case, "part": part, "typed": request.POST if problem else {}}
    )


urlpatterns = [
    path("cases/<int:pk>/review/", review, name="casebook_review"),
    path("cases/<int:pk>/checks/", answer_checklist, name="casebook_checks"),
    path("cases/<int:pk>/remarks/", add_remark, name="casebook_remark"),
    path("cases/<int:pk>/remarks/<int:remark>/resolve/", resolve_remark, name="casebook_resolve"),
]
