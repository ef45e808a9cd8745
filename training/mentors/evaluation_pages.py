"""互评: `/mentoring/pairs/<id>/`, what a mentor and a mentee say of each other, once a year."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from people.models import User
from training.actions.mentors import evaluate
from training.mentors.forms import EvaluationForm
from training.models import Evaluation, Pairing


@login_required
def evaluation(request: HttpRequest, pk: int) -> HttpResponse:
    """The own side's form, with what was said this year in it already. The other side's words are not shown."""
    pairing = get_object_or_404(Pairing.objects.select_related("mentor__officer__unit", "officer__unit"), pk=pk)
    by, year = cast(User, request.user), timezone.localdate().year
    side = side_of(pairing, by)
    if side is None:
        raise Http404
    said = Evaluation.objects.filter(pairing=pairing, side=side, year_no=year, given_by=by).first()
    initial = {"points": said.points, "text": said.text} if said else {"points": 5}
    form = EvaluationForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            evaluate(pairing, side=side, year=year, by=by, **form.cleaned_data)
            messages.success(request, "评价已保存，本年内可以修改。")
            return redirect("people:me")
        except ValidationError as refusal:
            form.add_error(None, refusal)
    context = {"form": form, "title": f"{year} 年度互评", "button": "保存", "about": _about(pairing, side)}
    return render(request, "training/mentors/form.html", context)


def side_of(pairing: Pairing, user: User) -> str | None:
    """Which side of the pair the person is; None for anybody else, and for a pair with a whole street."""
    if pairing.officer is None:
        return None
    if pairing.officer.user_id == user.pk:
        return Evaluation.Side.BY_OFFICER
    return Evaluation.Side.BY_MENTOR if pairing.mentor.officer.user_id == user.pk else None


def to_evaluate(user: User) -> list[dict[str, Any]]:
    """Pairs of today on either side, and whether this year's words are there. Two queries."""
    today = timezone.localdate()
    pairs = Pairing.objects.on(today).filter(officer__isnull=False).select_related("mentor__officer", "officer")
    mine = [one for one in pairs.filter(_of(user)) if side_of(one, user)]
    done = Evaluation.objects.filter(given_by=user, year_no=today.year).values_list("pairing", flat=True)
    said = set(done)
    return [{"pairing": one, "name": _other(one, user), "is_done": one.pk in said} for one in mine]


def _of(user: User) -> Q:
    return Q(officer__user=user) | Q(mentor__officer__user=user)


def _other(pairing: Pairing, user: User) -> str:
    officer = pairing.officer
    is_mentee = officer is not None and officer.user_id == user.pk
    return pairing.mentor.officer.name if is_mentee else officer.name if officer else ""


def _about(pairing: Pairing, side: str) -> str:
    if side == Evaluation.Side.BY_OFFICER:
        return f"评价导师 {pairing.mentor.officer.name}。评价按年度汇总进导师履职记录，不显示评价人。"
    return f"评价学员 {pairing.officer}。"
