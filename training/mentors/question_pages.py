"""问指导员: asked on an item's page, answered by its instructor or a mentor, settled for everybody to read."""

from collections.abc import Callable
from typing import cast

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from content.telling import told
from kb.models import PowerItem
from people.models import User
from training.actions import consultations as verbs
from training.mentors.forms import AnswerForm, ProposeForm
from training.models import Consultation
from training.permissions import answerable, can_answer, can_approve_answers, can_read_question

PER_PAGE = 20
State = Consultation.State


class QuestionForm(forms.Form):
    question = forms.CharField(
        label="问题",
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=verbs.MOST,
        help_text="请不要写当事人的姓名、电话和地址。只有您和答复人能看到；整理成公开问答时，审核人也会看到。",
    )


@login_required
def ask(request: HttpRequest, code: str) -> HttpResponse:
    """`/items/<code>/ask/`."""
    item = get_object_or_404(PowerItem, code=code.upper())
    form = QuestionForm(request.POST or None)
    if form.is_valid():
        try:
            made = verbs.ask(item, form.cleaned_data["question"], by=cast(User, request.user))
            messages.success(request, "已提交给指导员，答复后会显示在这里。")
            return redirect("training:question", made.pk)
        except ValidationError as refusal:
            form.add_error(None, refusal)
    context = {"form": form, "title": "问指导员", "button": "提交", "about": item.name}
    return render(request, "training/mentors/form.html", context)


@login_required
def questions(request: HttpRequest) -> HttpResponse:
    """What I asked, what waits for my answer, what waits for approval."""
    user = cast(User, request.user)
    mine = Consultation.objects.filter(asked_by=user).select_related("item")
    context = {
        "waiting": list(answerable(user).filter(state__in=(State.ASKED, State.ANSWERED)).select_related("item")[:50]),
        "proposed": list(Consultation.objects.filter(state=State.PROPOSED).select_related("item")[:50])
        if can_approve_answers(user)
        else [],
        "page": Paginator(mine, PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "training/mentors/questions.html", context)


@login_required
def question(request: HttpRequest, pk: int) -> HttpResponse:
    """One question: for who asked, for who answers, for who approves."""
    one = _seen(request, pk)
    user = cast(User, request.user)
    answers = can_answer(user, one)
    context = {
        "one": one,
        "own": one.asked_by_id == user.pk,
        "answer_form": AnswerForm(initial={"answer": one.answer})
        if answers and one.state in (State.ASKED, State.ANSWERED)
        else None,
        "propose_form": ProposeForm(initial=_public_words(one))
        if answers and one.state in (State.ANSWERED, State.PROPOSED)
        else None,
        "may_approve": can_approve_answers(user) and one.state == State.PROPOSED and one.proposed_by_id != user.pk,
        "may_take_back": can_approve_answers(user) and one.state in (State.PROPOSED, State.SETTLED),
    }
    return render(request, "training/mentors/question.html", context)


@login_required
@require_POST
def step(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """answer, propose, approve, take-back, close, rate."""
    one, by, posted = _seen(request, pk), cast(User, request.user), request.POST
    points = posted.get("points", "")
    steps: dict[str, tuple[Callable[[], object], str]] = {
        "answer": (lambda: verbs.answer(one, posted.get("answer", ""), by=by), "已答复。"),
        "propose": (
            lambda: verbs.propose(one, posted.get("question", ""), posted.get("answer", ""), by=by),
            "已提交，经另一人审核后公开。",
        ),
        "approve": (lambda: verbs.approve(one, by=by), "已公开在事项页。"),
        "take-back": (lambda: verbs.take_back(one, posted.get("reason", ""), by=by), "已退回。"),
        "close": (lambda: verbs.close(one, by=by), "已关闭。"),
        "rate": (lambda: verbs.rate(one, int(points) if points.isdecimal() else 0, by=by), "谢谢评价。"),
    }
    if name not in steps:
        raise Http404
    told(request, *steps[name])
    one.refresh_from_db(fields=["state"])
    # who sent a proposal back has no part in the question any more
    return redirect("training:question", pk) if can_read_question(by, one) else redirect("training:questions")


def _seen(request: HttpRequest, pk: int) -> Consultation:
    """For whoever has no part in it a question does not exist."""
    one = get_object_or_404(Consultation.objects.select_related("item", "answered_by", "asked_by", "street"), pk=pk)
    if not can_read_question(request.user, one):
        raise Http404
    return one


def _public_words(one: Consultation) -> dict[str, str]:
    return {"question": one.public_question or one.question, "answer": one.public_answer or one.answer}
