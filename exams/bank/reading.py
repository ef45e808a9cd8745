"""The page of a question: what it says with its key, the law behind it, what may be done with it; and its history."""

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from exams.actions.questions import review_question, send_back_question, stop_question, submit_again
from exams.bank.law import law_of_parts, moves_of
from exams.bank.listing import facility_label, status_label, use_label
from exams.bank.usage import with_usage
from exams.bank.versions import differences, in_words, key_in_words
from exams.content import LETTERS, Content, Kind, Part
from exams.models import PaperItem, Question, QuestionRemark, QuestionVersion, SittingItem
from exams.permissions import can_edit_questions, can_read_bank, can_review_questions, can_review_version, require
from people.models import AuditEntry, User

Status = Question.Status
# verb -> (what it does with the question, the reader, the words written and the version read; what is said then)
STEPS = {
    "approve": (lambda q, by, text, seen: review_question(q, by=by, seen=seen), "已审定"),
    "return": (lambda q, by, text, seen: send_back_question(q, text, by=by), "已退回"),
    "stop": (lambda q, by, text, seen: stop_question(q, text, by=by), "已停用"),
    "submit": (lambda q, by, text, seen: submit_again(q, by=by), "已重新送审"),
}


def question_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything a reviewer looks at; for the others where their question stands."""
    require(can_read_bank(request.user), "查看题库")
    return render(request, "exams/admin/question.html", _context(request, _question(pk)))


def _question(pk: int) -> Question:
    rows = Question.objects.select_related("newest__made_by", "current", "domain", "author", "reviewer")
    question = get_object_or_404(with_usage(rows), pk=pk)
    if question.newest is None:
        raise Http404("这道题没有内容")
    return question


def _context(request: HttpRequest, question: Question) -> dict[str, Any]:
    newest = cast(QuestionVersion, question.newest)
    content, current = newest.content, question.current
    overtaken = question.status == Status.NEEDS_REVIEW
    return {
        "page_title": f"试题 {question.code}",
        "header_icon": "help",
        "question": question,
        "content": content,
        "parts": shown_parts(content, question),
        "status": status_label(question),
        "used": use_label(question),
        "facility": facility_label(question),
        "items": question.items.all(),
        "moves": moves_of([question])[question.pk] if overtaken else [],
        "since": differences(current.content, content) if current and current.pk != newest.pk else [],
        "remarks": QuestionRemark.objects.filter(version__question=question).select_related("made_by", "version"),
        "may_edit": can_edit_questions(request.user),
        "may_approve": _may_approve(request.user, question),
        "may_submit": question.status == Status.STOPPED or question.is_sent_back,
        "may_settle": can_review_questions(request.user),
        "is_own": can_review_questions(request.user) and not can_review_version(request.user, newest),
    }


def _may_approve(user: Any, question: Question) -> bool:
    waits = question.status in Question.WAITING
    return waits and can_review_version(user, cast(QuestionVersion, question.newest))


def shown_parts(content: Content, question: Question | None = None) -> list[dict[str, Any]]:
    """Every part with its options, key and law, for the pages of editors."""
    laws = law_of_parts(content, question)
    return [
        {"no": number, "part": part, "options": options_of(part), "key": key_in_words(part), "law": law}
        for number, (part, law) in enumerate(zip(content.parts, laws, strict=True), 1)
    ]


def options_of(part: Part) -> list[tuple[str, str, bool]]:
    """(letter, text, whether it is right)."""
    if part.kind == Kind.JUDGE:
        return [("", "对", part.key == "T"), ("", "错", part.key == "F")]
    return [(letter, text, letter in part.key) for letter, text in zip(LETTERS, part.options, strict=False)]


@require_POST
def take_step(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """One verb of the page; a refusal is said on the page, with what was written kept by the browser's history."""
    if verb not in STEPS:
        raise Http404("没有这个步骤")
    question = get_object_or_404(Question, pk=pk)
    act, said = STEPS[verb]
    seen = request.POST.get("seen", "")
    try:
        act(question, cast(User, request.user), request.POST.get("text", ""), int(seen) if seen.isdecimal() else None)
        messages.success(request, f"{said} {question.code}。")
    except ValidationError as refusal:
        messages.error(request, f"{question.code}：{'；'.join(refusal.messages)}")
    except PermissionDenied as refusal:
        messages.error(request, str(refusal))
    if why := request.POST.get("queue"):
        return redirect(f"{reverse('exams_review_queue')}?{urlencode({'why': why})}")
    return redirect("exams_question", pk)


def history(request: HttpRequest, pk: int) -> HttpResponse:
    """Every version with where it was used; `?old=1&new=3` puts two of them side by side."""
    require(can_read_bank(request.user), "查看题库")
    question = get_object_or_404(Question.objects.select_related("newest", "current"), pk=pk)
    versions = list(_with_use(question))
    by_number = {str(one.version_no): one for one in versions}
    new = by_number.get(request.GET.get("new", ""), versions[0])
    old = by_number.get(request.GET.get("old", ""), versions[min(1, len(versions) - 1)])
    context = {
        "page_title": f"历史版本 {question.code}",
        "header_icon": "history",
        "question": question,
        "versions": versions,
        "old": old,
        "new": new,
        "old_label": f"第 {old.version_no} 版",
        "new_label": f"第 {new.version_no} 版",
        "differences": differences(old.content, new.content),
        "said": [(label, text) for label, text in in_words(new.content) if text],
        "entries": AuditEntry.objects.filter(target_type="exams.question", target_id=str(pk)).select_related("actor"),
        "papers": _papers(question),
    }
    return render(request, "exams/admin/question_history.html", context)


def _with_use(question: Question):
    """Versions, newest first, with `papers` and `sittings` that keep them."""
    return question.versions.select_related("made_by").annotate(
        papers=_count(PaperItem.objects.all()), sittings=_count(SittingItem.objects.filter(part_no=1))
    )


def _count(rows) -> Coalesce:
    of_version = rows.filter(version=OuterRef("pk")).order_by().values("version")
    return Coalesce(Subquery(of_version.annotate(n=Count("pk")).values("n")), 0)


def _papers(question: Question):
    """The papers in which the question stands, with the version that each keeps."""
    rows = PaperItem.objects.filter(question=question).select_related("form__paper", "version")
    return rows.order_by("-form__built_at")[:50]


urlpatterns = [
    path("questions/<int:pk>/", question_page, name="exams_question"),
    path("questions/<int:pk>/history/", history, name="exams_question_history"),
    path("questions/<int:pk>/step/<slug:verb>/", take_step, name="exams_question_step"),
]
