"""The pages of practice. Each works by plain POST and redirect; htmx gets the card alone."""

import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect

from exams.actions.practice import (
    Overtaken,
    answer_question,
    keep_question,
    let_question_go,
    rate_answer,
)
from exams.bank.law_watch import ensure_checked
from exams.models import PracticeAnswer, PracticeState, Question, QuestionVersion
from exams.permissions import can_practise, require
from exams.practice import pages
from exams.practice.answers import read_answers
from exams.practice.drawing import next_question
from exams.practice.hub import hub_context, start_address
from exams.practice.open_questions import practisable
from exams.practice.schedule import Recall
from exams.practice.scope import LARGEST_SEED, Mode, Scope, UnknownScope, read_scope
from exams.practice.tokens import StaleToken, read_token
from exams.sittings.answers import BadAnswer
from people.views import AuthenticatedHttpRequest

View = Callable[..., HttpResponse]
ON_A_PAGE = 20


def for_practice(view: View) -> View:
    """Signed in, entitled, and never out of a cache: the same address shows another question next time."""

    @wraps(view)
    def guarded(request: AuthenticatedHttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        require(can_practise(request.user), "练习")
        return view(request, *args, **kwargs)

    @wraps(view)
    def entry(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.htmx and not request.user.is_authenticated:
            # the session has ended: a page to sign in is no card
            return HttpResponseClientRedirect(f"{reverse(settings.LOGIN_URL)}?next={reverse('exams:practice')}")
        return signed_in(request, *args, **kwargs)

    signed_in = login_required(never_cache(guarded))
    return entry


@for_practice
def practice(request: AuthenticatedHttpRequest) -> HttpResponse:
    """练习: what waits today, what there is, how far one has come. `?item=`, `?law=`, `?domain=` narrow it."""
    ensure_checked()
    return render(request, "exams/practice/hub.html", hub_context(request.user, _scope(request)))


@for_practice
def question(request: AuthenticatedHttpRequest) -> HttpResponse:
    """GET asks the next question of the scope, POST takes the answer and leads to what it was worth."""
    scope = _scope(request)
    if request.method == "POST":
        return _take_answer(request, scope)
    if scope.mode == Mode.RANDOM and not scope.seed:
        return redirect(f"{request.path}?{_with_seed(scope).query()}")
    after = _after(request)
    if after is None:
        ensure_checked()
    found = next_question(request.user, scope, after)
    if found is None:
        return _card(request, "exams/practice/finished.html", pages.finished_context(request.user, scope))
    return _card(request, "exams/practice/ask.html", pages.ask_context(request.user, scope, found))


@for_practice
def answered(request: AuthenticatedHttpRequest, code: str) -> HttpResponse:
    """What an answer was worth: the key, the explanation, the law in force, a case. Only its own author's."""
    rows = _rows(request, code)
    context = pages.answered_context(request.user, _scope(request), rows)
    return _card(request, "exams/practice/answered.html", context)


@for_practice
@require_POST
def rate(request: AuthenticatedHttpRequest, code: str) -> HttpResponse:
    """`recall` says how well it was remembered; then comes the next question."""
    rows, scope = _rows(request, code), _scope(request)
    given = request.POST.get("recall", "")
    if given in {str(recall.value) for recall in Recall}:
        rate_answer(code, Recall(int(given)), by=request.user)
    return redirect(pages.question_address(scope, rows[0].question))


@for_practice
@require_POST
def favourite(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """`keep=1` keeps the question, anything else lets it go; htmx gets the button alone."""
    kept = get_object_or_404(Question, pk=pk)
    try:
        (keep_question if request.POST.get("keep") else let_question_go)(kept, by=request.user)
    except ValidationError as refusal:
        messages.error(request, "；".join(refusal.messages))
    if request.htmx:  # type: ignore[attr-defined]
        context = {"question_id": pk, "is_kept": bool(request.POST.get("keep")), "back": request.POST.get("back", "")}
        return render(request, "exams/practice/favourite.html", context)
    return redirect(_back(request))


@for_practice
def wrong_book(request: AuthenticatedHttpRequest) -> HttpResponse:
    """错题本: what is in it, and a way to practise it."""
    states = PracticeState.objects.filter(person=request.user, in_wrong_book=True)
    return _list(request, "exams/practice/wrong.html", Mode.WRONG, states.order_by("-answered_at", "pk"))


@for_practice
def favourites(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The questions kept."""
    kept = request.user.favourite_questions.order_by("-kept_at", "pk")
    return _list(request, "exams/practice/favourites.html", Mode.FAVOURITE, kept)


def _list(request: AuthenticatedHttpRequest, template: str, mode: Mode, rows: Any) -> HttpResponse:
    rows = rows.filter(question__in=practisable().values("pk")).select_related("question__current", "question__domain")
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, template, {"page_obj": page, "start": start_address(Scope(mode))})


def _take_answer(request: AuthenticatedHttpRequest, scope: Scope) -> HttpResponse:
    try:
        shown = read_token(request.POST.get("token", ""), request.user)
    except StaleToken as refusal:
        messages.error(request, str(refusal))
        return redirect(request.get_full_path())
    version = get_object_or_404(QuestionVersion, pk=shown.version_id)
    try:
        answers = read_answers(request.POST, version.content)
    except BadAnswer as refusal:
        messages.error(request, f"{refusal}；请重新作答。")
        return redirect(request.get_full_path())
    if not any(answers) and not request.POST.get("give_up"):
        messages.error(request, "还没有作答；请先作答，不会的可以点“不会，看答案”。")
        return redirect(request.get_full_path())
    try:
        code = answer_question(shown, answers, by=request.user, mode=scope.mode).token
    except Overtaken as refusal:
        messages.warning(request, refusal.message)
        code = refusal.token
    except ValidationError as refusal:
        messages.error(request, refusal.message)
        return redirect(request.get_full_path())
    return redirect(f"{reverse('exams:answered', args=[code])}?{scope.query()}")


def _card(request: AuthenticatedHttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """The card in its page; htmx gets the card alone, but a whole page when it restores one from history."""
    htmx = request.htmx  # type: ignore[attr-defined]
    if htmx and not htmx.history_restore_request:
        response = render(request, template, context)
    else:
        response = render(request, "exams/practice/page.html", {**context, "card": template})
    patch_vary_headers(response, ["HX-Request"])
    return response


def _scope(request: AuthenticatedHttpRequest) -> Scope:
    try:
        return read_scope(request.GET)
    except UnknownScope as reason:
        raise Http404(str(reason)) from reason


def _with_seed(scope: Scope) -> Scope:
    return Scope(scope.mode, scope.domain, scope.law, scope.item, scope.paper, 1 + secrets.randbelow(LARGEST_SEED - 1))


def _after(request: AuthenticatedHttpRequest) -> int | None:
    text = request.GET.get("after", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


def _rows(request: AuthenticatedHttpRequest, code: str) -> list[PracticeAnswer]:
    """The person's answer of that token; 404 for anybody else's."""
    answers = PracticeAnswer.objects.filter(token=code, person=request.user).order_by("part_no")
    rows = list(answers.select_related("question", "version"))
    if not rows:
        raise Http404("没有这次作答")
    return rows


def _back(request: AuthenticatedHttpRequest) -> str:
    back = request.POST.get("back", "")
    return back if url_has_allowed_host_and_scheme(back, allowed_hosts=None) else reverse("exams:favourites")
