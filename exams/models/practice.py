import datetime as dt

from django.conf import settings
from django.db import models
from django.utils import timezone

from exams.models.question import Question, QuestionVersion


class PracticeAnswer(models.Model):
    """One answer given in practice; progress and the wrong-answer book are derived from these rows."""

    class Mode(models.TextChoices):
        SEQUENTIAL = "sequential", "顺序练习"
        RANDOM = "random", "随机练习"
        WRONG = "wrong", "错题本"
        FAVOURITE = "favourite", "收藏"
        DUE = "due", "到期复习"
        DAILY = "daily", "每日五题"
        PAPER = "paper", "试卷练习"

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="practice_answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="practice_answers")
    version = models.ForeignKey(QuestionVersion, on_delete=models.PROTECT, related_name="+")
    part_no = models.PositiveSmallIntegerField(default=1)
    mode = models.CharField(max_length=12, choices=Mode.choices)
    answer = models.TextField(blank=True, default="")
    is_right = models.BooleanField()
    answered_at = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = "练习记录"
        db_table = "exams_practice"
        ordering = ["-answered_at", "-pk"]
        indexes = [models.Index(fields=["person", "answered_at"], name="exams_practice_mine")]

    def __str__(self) -> str:
        return f"{self.question_id}"


class PracticeStateQuerySet(models.QuerySet):
    def due(self, at: dt.datetime | None = None) -> "PracticeStateQuerySet":
        return self.filter(due_at__lte=at or timezone.now())


class PracticeState(models.Model):
    """Where a person stands with a question: FSRS's card, and whether it is in the wrong-answer book."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="practice_states")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="practice_states")
    due_at = models.DateTimeField(null=True, blank=True)
    card = models.TextField("复习状态", blank=True, default="", help_text="fsrs.Card 的 JSON")
    wrong_count = models.PositiveIntegerField(default=0)
    right_streak = models.PositiveIntegerField(default=0)
    in_wrong_book = models.BooleanField(default=False)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = PracticeStateQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "练习进度"
        db_table = "exams_practice_state"
        constraints = [models.UniqueConstraint(fields=["person", "question"], name="exams_practice_once")]
        indexes = [models.Index(fields=["person", "due_at"], name="exams_practice_due")]

    def __str__(self) -> str:
        return f"{self.person_id}/{self.question_id}"


class Favourite(models.Model):
    """A question somebody keeps."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="+")
    kept_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "收藏的试题"
        db_table = "exams_favourite"
        ordering = ["-kept_at"]
        constraints = [models.UniqueConstraint(fields=["person", "question"], name="exams_favourite_once")]

    def __str__(self) -> str:
        return f"{self.person_id}/{self.question_id}"
