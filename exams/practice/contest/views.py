"""The page of a contest: its rule, and its ranking once the results are published."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from content.downloads import download
from exams.actions.contests import set_contest_rule
from exams.models import ContestRule, Exam
from exams.permissions import can_hold_exams, can_publish_results, require
from exams.practice.contest import standings
from exams.practice.views import for_practice
from exams.results.visibility import is_published
from people.models import User
from people.views import AuthenticatedHttpRequest


class RuleForm(forms.ModelForm):
    """The rule as the organisers set it."""

    class Meta:
        model = ContestRule
        fields = ["best_of", "fewest", "counts_absent", "time_breaks_ties"]


@for_practice
def contest(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Before the results are published, only the organisers see a ranking, and it says that it is none yet."""
    exam = _contest(pk)
    may_change, published = can_hold_exams(request.user), is_published(exam)
    rule = standings.rule_of(exam)
    context = {
        "exam": exam,
        "rule": standings.rule_in_words(rule),
        "is_published": published,
        "may_export": can_publish_results(request.user),
        "form": _form(exam) if may_change and not published else None,
        "unmarked": standings.unmarked_of(exam) if may_change else 0,
        **(_ranking(exam, rule, request.user) if published or may_change else {}),
    }
    return render(request, "exams/contest/contest.html", context)


@for_practice
@require_POST
def rule(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Sets the rule, until the results are published."""
    exam = _contest(pk)
    require(can_hold_exams(request.user), "修改大比武的排名规则")
    form = RuleForm(request.POST)
    try:
        if not form.is_valid():
            raise ValidationError(_faults(form))
        set_contest_rule(exam, form.cleaned_data, by=request.user)
        messages.success(request, "已保存排名规则。")
    except ValidationError as refusal:
        messages.error(request, "；".join(refusal.messages))
    return redirect("exams:contest", pk)


@for_practice
def ranking_sheet(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Every participant's result by name, for the bureau."""
    exam = _contest(pk)
    require(can_publish_results(request.user), "导出大比武成绩")
    return download(standings.sheet_of(exam), f"{exam.title}成绩.xlsx")


def _contest(pk: int) -> Exam:
    return get_object_or_404(Exam, pk=pk, purpose=Exam.Purpose.CONTEST)


def _form(exam: Exam) -> RuleForm:
    return RuleForm(instance=ContestRule.objects.filter(exam=exam).first())


def _faults(form: RuleForm) -> list[str]:
    return [f"{form[name].label}：{one}" for name, errors in form.errors.items() for one in errors]


def _ranking(exam: Exam, rule: standings.Rule, viewer: User) -> dict[str, Any]:
    """Streets for everybody; persons where the exam ever shows scores."""
    entrants = standings.entrants_of(exam)
    shows_scores = exam.score_shown != Exam.When.NEVER
    people = standings.people_of(entrants, exam, viewer, rule) if shows_scores else []
    rows = standings.streets_of(entrants, rule)
    own = next((one.street for one in entrants if one.officer.user_id == viewer.pk), None) or viewer.unit
    return {"streets": [(row, standings.in_minutes(row.seconds), row.key == own) for row in rows], "people": people}
