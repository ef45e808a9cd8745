import datetime as dt
import secrets

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from exams.models.question import Question, QuestionVersion


def new_token() -> str:
    """What tells one showing of a question from another: 32 hexadecimal digits."""
    return secrets.token_hex(16)


class PracticeAnswer(models.Model):
    """One answer given in practice, a row for each part of the question; progress and figures are derived from them.

    `token` belongs to one showing of the question, so that an answer posted twice is one. `is_right` is empty where the
    person compares the answer with a reference instead of being marked (short answers): such rows count as answered and
    in no share of right ones.
    """

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
    is_right = models.BooleanField(null=True, blank=True)
    answered_at = models.DateTimeField()
    token = models.CharField(max_length=32, default=new_token, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "练习记录"
        db_table = "exams_practice"
        ordering = ["-answered_at", "-pk"]
        indexes = [
            models.Index(fields=["person", "answered_at"], name="exams_practice_mine"),
            models.Index(fields=["answered_at"], name="exams_practice_when"),
        ]
        constraints = [models.UniqueConstraint(fields=["token", "part_no"], name="exams_practice_token")]

    def __str__(self) -> str:
        return f"{self.question_id}"


class PracticeStateQuerySet(models.QuerySet):
    def due(self, at: dt.datetime | None = None) -> "PracticeStateQuerySet":
        """Those whose time has come, and those whose question says something else since: it is asked anew."""
        return self.filter(Q(due_at__lte=at or timezone.now()) | self._on_an_old_version())

    def up_to_date(self) -> "PracticeStateQuerySet":
        """Those that know the version in use."""
        return self.exclude(self._on_an_old_version())

    @staticmethod
    def _on_an_old_version() -> Q:
        return ~Q(version=F("question__current"))


class PracticeState(models.Model):
    """Where a person stands with a question: FSRS's card, and whether it is in the wrong-answer book.

    `version` is the one last answered. `card_before` is the card as it stood before the last answer, whose token is
    `last_token`: how well it was remembered may be said after the answer, and then the card is reckoned again.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="practice_states")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="practice_states")
    due_at = models.DateTimeField(null=True, blank=True)
    version = models.ForeignKey(QuestionVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    card = models.TextField("复习状态", blank=True, default="", help_text="fsrs.Card 的 JSON")
    card_before = models.TextField(blank=True, default="")
    last_token = models.CharField(max_length=32, blank=True, default="")
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

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="favourite_questions")
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="+")
    kept_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "收藏的试题"
        db_table = "exams_favourite"
        ordering = ["-kept_at"]
        constraints = [models.UniqueConstraint(fields=["person", "question"], name="exams_favourite_once")]

    def __str__(self) -> str:
        return f"{self.person_id}/{self.question_id}"


class DailyDraw(models.Model):
    """The five questions of one person for one day, drawn when they are first asked for.

    They are kept because the bank, the due dates and the weak domains move while the day goes on.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    drawn_for = models.DateField("日期")
    questions = models.JSONField(default=list, help_text="试题主键，按出题顺序")

    class Meta:
        verbose_name = verbose_name_plural = "每日五题"
        db_table = "exams_daily_draw"
        ordering = ["-drawn_for"]
        constraints = [models.UniqueConstraint(fields=["person", "drawn_for"], name="exams_daily_once")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.drawn_for:%Y-%m-%d}"
