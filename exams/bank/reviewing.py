"""待审: what reviewers have to read, question by question on one page, with approval of many at once."""

from typing import Any, cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from exams.actions.bulk import approve_many
from exams.bank.law import Cited, law_of_questions, moves_of
from exams.bank.reading import options_of
from exams.bank.versions import key_in_words
from exams.bank.waiting import overtaken, to_approve
from exams.basis import basis_field
from exams.models import Question, QuestionVersion
from exams.permissions import can_read_bank, can_review_questions, require
from people.models import User

PER_PAGE = 20
DRAFTS, LAW = "drafts", "law"


def queue(request: HttpRequest) -> HttpResponse:
    """`?why=law` what a change of law has overtaken, else drafts; without choice whatever waits."""
    require(can_read_bank(request.user), "查看待审试题")
    user = cast(User, request.user)
    waiting = {DRAFTS: _waiting(user, DRAFTS), LAW: _waiting(user, LAW)}
    counts = {why: questions.count() for why, questions in waiting.items()}
    why = request.GET.get("why", "")
    if why not in waiting:
        why = LAW if counts[LAW] and not counts[DRAFTS] else DRAFTS
    rows = waiting[why].select_related("newest__made_by", "current", "domain", "author").order_by("updated_at", "pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page_title": "待审试题",
        "header_icon": "tasks",
        "page": page,
        "entries": _entries(list(page)),
        "why": why,
        "counts": counts,
        "may_review": can_review_questions(user),
    }
    return render(request, "exams/admin/review_queue.html", context)


@require_POST
def approve_ticked(request: HttpRequest) -> HttpResponse:
    """Approves what is ticked, or `one` alone; says which were not, and why. A tick is `question:version`."""
    require(can_review_questions(request.user), "审定试题")
    wanted = request.POST.getlist("one") or request.POST.getlist("approve")
    ticked = dict(pair for one in wanted if (pair := _pair(one)))
    questions = list(Question.objects.filter(pk__in=ticked).order_by("code"))
    approved, refused = approve_many(questions, ticked, by=cast(User, request.user))
    if approved:
        messages.success(request, f"已审定 {len(approved)} 道。")
    for question, why in refused:
        messages.error(request, f"{question.code} 没有审定：{why}")
    if not questions:
        messages.warning(request, "没有勾选试题。")
    return redirect(f"{reverse('exams_review_queue')}?why={request.POST.get('why', DRAFTS)}")


def _waiting(user: User, why: str) -> QuerySet[Question]:
    """To a reviewer what others wrote; to a trainer everything, to look at."""
    if can_review_questions(user):
        return overtaken(user) if why == LAW else to_approve(user)
    status = Question.Status.NEEDS_REVIEW if why == LAW else Question.Status.DRAFT
    return Question.objects.waiting().filter(status=status)


def _entries(questions: list[Question]) -> list[dict[str, Any]]:
    """Each question with its key in view, and what the law did to it."""
    moves = moves_of(one for one in questions if one.status == Question.Status.NEEDS_REVIEW)
    law = law_of_questions(questions)
    return [{"question": one, "parts": _parts(one, law), "moves": moves.get(one.pk, [])} for one in questions]


def _parts(question: Question, law: dict[tuple[int, str], list[Cited]]) -> list[dict[str, Any]]:
    parts = enumerate(cast(QuestionVersion, question.newest).content.parts, 1)
    return [
        {
            "no": number,
            "part": part,
            "options": options_of(part),
            "key": key_in_words(part),
            "law": law.get((question.pk, basis_field(number))),
        }
        for number, part in parts
    ]


def _pair(ticked: str) -> tuple[int, int] | None:
    pk, _, version = ticked.partition(":")
    return (int(pk), int(version)) if pk.isdecimal() and version.isdecimal() else None


urlpatterns = [
    path("questions/review/", queue, name="exams_review_queue"),
    path("questions/review/approve/", approve_ticked, name="exams_review_approve"),
]
