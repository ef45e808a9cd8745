"""A reader's side: `/readings/`, what is to be read; `/readings/<id>/`, one list with the texts in force."""

import datetime as dt
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from casebook import layer
from casebook.models import Case
from content.telling import told
from exams.sittings.answers import BadAnswer
from kb.lookup import Resolved, provisions_on
from people.models import User
from training.actions import readings as verbs
from training.models import Reader, ReadingEntry
from training.models.reading import EntryKind
from training.quizzes import marked, quiz_of


@login_required
def readings(request: HttpRequest) -> HttpResponse:
    """What is to be read, the next due first, then what is done."""
    mine = _mine(request).select_related("assignment__assigned_by").order_by("assignment__due_on", "pk")
    rows = [reader for reader in mine if reader.assignment.withdrawn_at is None or reader.finished_at]
    context = {
        "today": timezone.localdate(),
        "open": [reader for reader in rows if reader.finished_at is None],
        "done": [reader for reader in reversed(rows) if reader.finished_at],
    }
    return render(request, "training/mentors/readings.html", context)


@login_required
def reading(request: HttpRequest, pk: int) -> HttpResponse:
    """The entries with their texts as in force today, what will have changed by the due day, and how far one is."""
    reader = get_object_or_404(_mine(request).select_related("assignment__assigned_by"), pk=pk)
    verbs.open_reading(reader, by=cast(User, request.user))
    entries = shown(reader)
    waiting = [one for one in entries if not (one["progress"] and one["progress"].confirmed_at)]
    context = {
        "reader": reader,
        "entries": entries,
        "done": len(entries) - len(waiting),
        "next": waiting[0]["entry"].order_no if waiting else 0,
        "today": timezone.localdate(),
    }
    return render(request, "training/mentors/reading.html", context)


@login_required
@require_POST
def follow(request: HttpRequest, pk: int) -> HttpResponse:
    """The page's sign of life every half minute."""
    reader = verbs.follow_reading(get_object_or_404(_mine(request), pk=pk), by=cast(User, request.user))
    return JsonResponse({"spent": reader.spent_seconds})


@login_required
@require_POST
def confirm(request: HttpRequest, pk: int, entry: int) -> HttpResponse:
    reader = get_object_or_404(_mine(request), pk=pk)
    one = get_object_or_404(ReadingEntry, pk=entry, assignment=reader.assignment_id)
    told(request, lambda: verbs.confirm_entry(reader, one, by=cast(User, request.user)), "已确认阅读。")
    following = reader.waiting_entries().filter(order_no__gt=one.order_no).first()
    address = reverse("training:reading", args=[pk])
    return redirect(f"{address}#entry-{following.order_no}" if following else address)


@login_required
@require_POST
def note(request: HttpRequest, pk: int) -> HttpResponse:
    reader = get_object_or_404(_mine(request).select_related("assignment"), pk=pk)
    text = request.POST.get("note", "")
    told(request, lambda: verbs.write_note(reader, text, by=cast(User, request.user)), "心得已保存。")
    return redirect("training:reading", pk)


@login_required
def quiz(request: HttpRequest, pk: int, entry: int) -> HttpResponse:
    """The quiz of a list: asked, and after the answer told part by part; it may be tried again."""
    reader = get_object_or_404(_mine(request).select_related("assignment"), pk=pk)
    one = get_object_or_404(ReadingEntry.objects.select_related("quiz"), pk=entry, assignment=reader.assignment_id)
    asked = quiz_of(one.quiz) if one.quiz else None
    if asked is None:
        raise Http404("这份小测还没有题目")
    context: dict[str, Any] = {"title": asked.paper.title, "back": reader, "asked": asked.asked}
    if request.method == "POST":
        try:
            context["result"] = result = marked(asked, request.POST)
            verbs.record_quiz(reader, one, score=result.score, passed=result.passed)
        except BadAnswer as refusal:
            messages.error(request, str(refusal))
    return render(request, "training/quiz.html", context)


def shown(reader: Reader) -> list[dict[str, Any]]:
    """Each entry with what the page needs. A fixed number of queries."""
    today, due = timezone.localdate(), reader.assignment.due_on
    entries = list(reader.assignment.entries.select_related("regulation", "quiz"))
    pairs = [(one.regulation_id, one.key) for one in entries if one.regulation_id]
    now, then = provisions_on(pairs, today), provisions_on(pairs, max(due, today))
    public = Case.objects.published().filter(pk__in=[one.case_id for one in entries if one.case_id])
    cases = {case.pk: case for case in public.prefetch_related("replacements")}
    progress = {row.entry_id: row for row in reader.progress.all()}
    before = verbs.digests_before(reader.assignment, entries)
    return [
        _entry(one, now.get(_pair(one)), cases.get(one.case_id or 0))
        | {"progress": progress.get(one.pk)}
        | {"changes": _changes(one, before[one.pk], now.get(_pair(one)), then.get(_pair(one)), due)}
        for one in entries
    ]


def _pair(one: ReadingEntry) -> tuple[int, str]:
    return (one.regulation_id or 0, one.key)


def _entry(one: ReadingEntry, now: Resolved | None, case: Case | None) -> dict[str, Any]:
    told = {"title": layer.title(case), "url": case.get_absolute_url()} if case else None
    return {"entry": one, "now": now, "case": told}


def _changes(one: ReadingEntry, before: str, now: Resolved | None, then: Resolved | None, due: dt.date) -> list[str]:
    """What both sides are told when the law moves between the assignment and the due day."""
    if now is None or one.kind != EntryKind.PROVISION:
        return []
    words = []
    if verbs.digest_of(now) != before:
        words.append("布置之后这一条已有变化，下面是现行文本。")
    if then is not None and verbs.digest_of(then) != verbs.digest_of(now):
        words.append(f"这一条在截止日（{due:%Y年%-m月%-d日}）之前将有变化，请届时再看一遍。")
    return words


def _mine(request: HttpRequest):
    return Reader.objects.filter(officer__user=cast(User, request.user)).select_related("officer")
