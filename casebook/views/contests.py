from decimal import Decimal, InvalidOperation
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from casebook.models import Contest, Judge
from casebook.pages import crumbs
from casebook.permissions import can_compile_issues, require
from casebook.teaching import contest_pages, judging
from content.downloads import download
from people.models import User


def contest_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The published ranking; before that only its editors and judges see the contest."""
    contest = get_object_or_404(Contest, pk=pk)
    judge = _judge(request, contest)
    if contest.status != Contest.Status.PUBLISHED and not (judge or can_compile_issues(request.user)):
        raise Http404("没有这次评选")
    context = contest_pages.ranking_context(contest)
    return render(request, "casebook/contest.html", {**context, "judge": judge, "crumbs": crumbs()})


@login_required
def contest_sheets(request: HttpRequest, pk: int) -> HttpResponse:
    """A judge's scoring sheets, one a case; POST stores one of them."""
    contest = get_object_or_404(Contest, pk=pk)
    judge = _judge(request, contest)
    if judge is None:
        raise PermissionDenied("您不是这次评选的评委。")
    if request.method == "POST":
        return redirect(f"{reverse('casebook:contest_sheets', args=[pk])}{_score(request, contest)}")
    context = {**contest_pages.sheets_context(contest, judge), "crumbs": crumbs()}
    return render(request, "casebook/contest_sheets.html", context)


def contest_scores(request: HttpRequest, pk: int) -> HttpResponse:
    """Every point given, by judge and criterion, as .xlsx: what the ranking was made of."""
    require(can_compile_issues(request.user), "导出评分明细")
    contest = get_object_or_404(Contest, pk=pk)
    return download(contest_pages.score_sheet(contest), f"{contest.title}评分明细.xlsx")


def _score(request: HttpRequest, contest: Contest) -> str:
    """Stores the sheet; gives the place on the page to go on from, which is its top where something is wrong."""
    nomination = get_object_or_404(contest.nominations, pk=request.POST.get("nomination"))
    try:
        judging.score(nomination, _points(request, contest), by=cast(User, request.user))
        messages.success(request, f"已保存评分：{nomination}")
        return f"#n{nomination.pk}"
    except ValidationError as refusal:
        messages.error(request, f"{nomination}：{''.join(refusal.messages)}")
        return ""


def _points(request: HttpRequest, contest: Contest) -> dict[int, Decimal]:
    """What was typed for each criterion; what is no number is left out, so that the sheet is refused by name."""
    points: dict[int, Decimal] = {}
    for criterion in contest.criteria.all():
        try:
            points[criterion.pk] = Decimal(request.POST.get(f"points-{criterion.pk}", ""))
        except InvalidOperation:
            continue
    return {pk: value for pk, value in points.items() if value.is_finite()}


def _judge(request: HttpRequest, contest: Contest) -> Judge | None:
    user: Any = request.user
    return Judge.objects.filter(contest=contest, person=user).first() if user.is_authenticated else None
