"""Verbs of online courses: follow a lesson, finish it, finish the course."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from people.models import Officer, User
from training.actions.credits import earn
from training.credits.rules import Rules
from training.following import counted_seconds
from training.models import Course, CourseRecord, Lesson, LessonProgress
from training.models.choices import Form
from training.permissions import require

LONGEST = 24 * 60 * 60


def follow_lesson(lesson: Lesson, officer: Officer, *, by: User, position: int = 0) -> LessonProgress:
    """A sign of life of the page: the server's clock counts the time, the page only says where the video stands."""
    require(officer.user_id == by.pk, "学习他人的课程")
    now = timezone.now()
    row, is_new = LessonProgress.objects.get_or_create(
        lesson=lesson, officer=officer, defaults={"seen_at": now, "position_seconds": min(position, LONGEST)}
    )
    if not is_new:
        row.spent_seconds += counted_seconds(row.seen_at, now)
        row.position_seconds = max(row.position_seconds, min(position, LONGEST))
        row.seen_at = now
        row.save(update_fields=["spent_seconds", "position_seconds", "seen_at"])
    return row


def finish_lesson(lesson: Lesson, officer: Officer, *, by: User) -> LessonProgress:
    """学完了. Raises ValidationError before the lesson's least time has been spent."""
    row = follow_lesson(lesson, officer, by=by)
    missing = lesson.minutes * 60 - row.spent_seconds
    if missing > 0:
        raise ValidationError(f"这一课至少学习 {lesson.minutes} 分钟，还差约 {-(-missing // 60)} 分钟。")
    LessonProgress.objects.filter(pk=row.pk, done_at__isnull=True).update(done_at=timezone.now())
    if lesson.course.quiz_id is None:
        complete(lesson.course, officer)
    return row


@transaction.atomic
def record_quiz(course: Course, officer: Officer, *, score: Decimal, passed: bool) -> CourseRecord | None:
    """The quiz at the end. Raises ValidationError while lessons are open; None where it was not passed."""
    if open_lessons(course, officer):
        raise ValidationError("还有没学完的课时；请先学完再做测验。")
    return complete(course, officer, score) if passed else None


@transaction.atomic
def complete(course: Course, officer: Officer, score: Decimal | None = None) -> CourseRecord | None:
    """The course is done and earns its hours, once; None while a lesson is open."""
    if open_lessons(course, officer):
        return None
    now = timezone.now()
    record, _ = CourseRecord.objects.get_or_create(
        course=course, officer=officer, defaults={"finished_at": now, "quiz_score": score}
    )
    on = timezone.localdate(record.finished_at)
    rules = Rules.on(on)
    hours = rules.counted(course.hours, Form.ONLINE)
    earn(officer, category=course.category, hours=hours, on=on, source=record, note=f"线上课程：{course}", rules=rules)
    return record


def open_lessons(course: Course, officer: Officer) -> int:
    """How many lessons the person has not finished."""
    done = LessonProgress.objects.filter(officer=officer, done_at__isnull=False).values("lesson")
    return course.lessons.exclude(pk__in=done).count()
