"""A sitting's result, for its candidate when the exam's settings say so, for readers of all results at any time."""

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.views.decorators.cache import never_cache

from exams.models import Exam, ExamCertificate, Sitting
from exams.permissions import can_see_sitting, can_sit
from exams.results import review
from exams.results.visibility import Seen, seen
from people.models import User

When = Exam.When
LATER = {
    When.NEVER: "本场考试不显示",
    When.HANDED_IN: "交卷后可以查看",
    When.CLOSED: "考试结束后可以查看",
    When.PUBLISHED: "成绩公布后可以查看",
}


@never_cache
@login_required
def result(request: HttpRequest, pk: int) -> HttpResponse:
    """Score, items and keys as far as they may be seen; `only=wrong` leaves out what was right."""
    rows = Sitting.objects.select_related("registration__officer__unit", "registration__exam__paper")
    sitting, user = get_object_or_404(rows, pk=pk), cast(User, request.user)
    if not can_see_sitting(user, sitting):
        raise Http404("没有这份答卷")
    what = seen(user, sitting)
    sections = review.told_sections(sitting, what)
    only_wrong = what.answers and request.GET.get("only") == "wrong"
    context = {
        "sitting": sitting,
        "exam": sitting.registration.exam,
        "is_own": can_sit(user, sitting.registration),
        "seen": what,
        "later": later(sitting.registration.exam, what),
        "scores": review.section_scores(sitting) if what.score and sitting.is_marked else [],
        "sections": review.only_wrong(sections) if only_wrong else sections,
        "only_wrong": only_wrong,
        "certificate": _certificate(sitting),
    }
    return render(request, "exams/result.html", context)


def later(exam: Exam, what: Seen) -> list[tuple[str, str]]:
    """(what, when) of what cannot be seen yet."""
    settings = (
        ("分数", what.score, exam.score_shown),
        ("各题对错", what.answers, exam.answers_shown),
        ("答案与解析", what.key, exam.key_shown),
    )
    return [(name, LATER[When(when)]) for name, visible, when in settings if not visible]


def _certificate(sitting: Sitting) -> ExamCertificate | None:
    return sitting.certificates.filter(status=ExamCertificate.Status.VALID).first()


urlpatterns = [path("exams/sittings/<int:pk>/result/", result, name="result")]
