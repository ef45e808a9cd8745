"""`/courses/`: what can be learnt here, how far one is, the lessons and the quiz."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, re_path
from django.views.decorators.http import require_POST

from content.telling import told
from exams.sittings.answers import BadAnswer
from people.models import Officer, User
from training.actions import courses as verbs
from training.models import Course, CourseRecord, Lesson, LessonProgress
from training.quizzes import marked, quiz_of


@login_required
def course_list(request: HttpRequest) -> HttpResponse:
    """Open courses with the own progress. Three queries."""
    officer = _officer(request)
    mine = Q(lessons__progress__officer=officer, lessons__progress__done_at__isnull=False)
    courses = Course.objects.filter(is_open=True).annotate(
        all=Count("lessons", distinct=True), done=Count("lessons", filter=mine, distinct=True)
    )
    finished = set(CourseRecord.objects.filter(officer=officer).values_list("course", flat=True))
    rows = [{"course": one, "is_finished": one.pk in finished} for one in courses]
    return render(request, "training/courses/list.html", {"rows": rows, "officer": officer})


@login_required
def course(request: HttpRequest, slug: str) -> HttpResponse:
    one, officer = _course(slug), _officer(request)
    progress = {row.lesson_id: row for row in LessonProgress.objects.filter(lesson__course=one, officer=officer)}
    lessons = [(lesson, progress.get(lesson.pk)) for lesson in one.lessons.all()]
    context = {
        "course": one,
        "lessons": lessons,
        "record": CourseRecord.objects.filter(course=one, officer=officer).first(),
        "is_ready": all(row is not None and row.done_at for _, row in lessons),
        "officer": officer,
    }
    return render(request, "training/courses/course.html", context)


@login_required
def lesson(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """GET the lesson, POST 学完了."""
    one = get_object_or_404(Lesson.objects.select_related("course"), course=_course(slug), order_no=number)
    officer, by = _officer(request), cast(User, request.user)
    if officer is None:
        return render(request, "training/courses/lesson.html", {"lesson": one, "officer": None})
    if request.method == "POST" and told(
        request, lambda: verbs.finish_lesson(one, officer, by=by), f"已学完：{one.title}"
    ):
        return redirect(one.course)
    context = {"lesson": one, "officer": officer, "progress": verbs.follow_lesson(one, officer, by=by)}
    return render(request, "training/courses/lesson.html", context)


@login_required
@require_POST
def follow(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The page's sign of life every half minute: `position` in seconds."""
    one = get_object_or_404(Lesson, course=_course(slug), order_no=number)
    officer = _officer(request)
    if officer is None:
        raise Http404
    text = request.POST.get("position", "0")
    position = int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0
    row = verbs.follow_lesson(one, officer, by=cast(User, request.user), position=position)
    return JsonResponse({"spent": row.spent_seconds, "position": row.position_seconds})


@login_required
def quiz(request: HttpRequest, slug: str) -> HttpResponse:
    """The quiz at the end; a pass finishes the course."""
    one, officer = _course(slug), _officer(request)
    asked = quiz_of(one.quiz) if one.quiz else None
    if asked is None or officer is None:
        raise Http404
    if verbs.open_lessons(one, officer):
        messages.error(request, "还有没学完的课时；请先学完再做测验。")
        return redirect(one)
    context: dict[str, Any] = {"title": f"{one.title}：结业测验", "back": one, "course": one, "asked": asked.asked}
    if request.method == "POST":
        try:
            context["result"] = result = marked(asked, request.POST)
            verbs.record_quiz(one, officer, score=result.score, passed=result.passed)
        except (BadAnswer, ValidationError) as refusal:
            messages.error(request, str(refusal))
    return render(request, "training/quiz.html", context)


def _course(slug: str) -> Course:
    return get_object_or_404(Course.objects.select_related("quiz"), slug=slug, is_open=True)


def _officer(request: HttpRequest) -> Officer | None:
    return Officer.objects.filter(user=cast(User, request.user)).first()


urlpatterns = [
    path("courses/", course_list, name="courses"),
    re_path(r"^courses/(?P<slug>[-\w]+)/$", course, name="course"),
    re_path(r"^courses/(?P<slug>[-\w]+)/quiz/$", quiz, name="course_quiz"),
    re_path(r"^courses/(?P<slug>[-\w]+)/(?P<number>\d{1,4})/$", lesson, name="lesson"),
    re_path(r"^courses/(?P<slug>[-\w]+)/(?P<number>\d{1,4})/follow/$", follow, name="lesson_follow"),
]
