import datetime as dt

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from exams.models.paper import Paper, PaperForm
from people.models import Officer


class ExamQuerySet(models.QuerySet):
    def open_at(self, at: dt.datetime | None = None) -> "ExamQuerySet":
        """Exams that may be begun at the moment (now by default)."""
        at = at or timezone.now()
        return self.filter(status=Exam.Status.BUILT, opens_at__lte=at, closes_at__gt=at)


class Exam(models.Model):
    """An occasion: one paper, a window, a list of candidates, the rules of that day."""

    class Purpose(models.TextChoices):
        MOCK = "mock", "模拟考试"
        CERTIFICATION = "certification", "资格考试"
        CONTEST = "contest", "大比武"

    class Status(models.TextChoices):
        PLANNED = "planned", "筹备中"
        BUILT = "built", "试卷已生成"
        CLOSED = "closed", "已结束"

    class When(models.TextChoices):
        """From when on candidates see something."""

        NEVER = "never", "不显示"
        HANDED_IN = "handed_in", "交卷后"
        CLOSED = "closed", "考试结束后"
        PUBLISHED = "published", "成绩公布后"

    title = models.CharField("名称", max_length=120)
    purpose = models.CharField("性质", max_length=14, choices=Purpose.choices, default=Purpose.MOCK)
    status = models.CharField("状态", max_length=8, choices=Status.choices, default=Status.PLANNED)
    paper = models.ForeignKey(Paper, verbose_name="试卷", on_delete=models.PROTECT, related_name="exams")
    form = models.ForeignKey(
        PaperForm, verbose_name="卷别", on_delete=models.PROTECT, null=True, blank=True, related_name="exams"
    )
    opens_at = models.DateTimeField("开放时间")
    closes_at = models.DateTimeField("截止开考时间", help_text="此后不能再开始；已经开始的考到时长用完为止")
    grace_seconds = models.PositiveSmallIntegerField("宽限（秒）", default=30)
    attempts = models.PositiveSmallIntegerField("每人次数", default=1, validators=[MinValueValidator(1)])
    ip_ranges = models.TextField("允许的网段", blank=True, default="", help_text="每行一个，如 10.1.2.0/24；不填则不限")
    score_shown = models.CharField("分数显示", max_length=10, choices=When.choices, default=When.PUBLISHED)
    answers_shown = models.CharField("对错显示", max_length=10, choices=When.choices, default=When.PUBLISHED)
    key_shown = models.CharField("答案与解析显示", max_length=10, choices=When.choices, default=When.PUBLISHED)
    results_published_at = models.DateTimeField("成绩公布时间", null=True, blank=True)
    ranking_hides_names = models.BooleanField("排名不显示姓名", default=True)
    note = models.TextField("考生须知", blank=True, default="")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="发起人",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ExamQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "考试"
        ordering = ["-opens_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(closes_at__gt=models.F("opens_at")), name="exams_exam_window")
        ]

    def __str__(self) -> str:
        return self.title


class Registration(models.Model):
    """A candidate on the list of an exam."""

    exam = models.ForeignKey(Exam, verbose_name="考试", on_delete=models.PROTECT, related_name="registrations")
    officer = models.ForeignKey(Officer, verbose_name="考生", on_delete=models.PROTECT, related_name="registrations")
    extra_minutes = models.PositiveSmallIntegerField("延长（分钟）", default=0)
    extra_attempts = models.PositiveSmallIntegerField("增加次数", default=0)
    reason = models.CharField("理由", max_length=200, blank=True, default="")
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    registered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "报名"
        db_table = "exams_registration"
        ordering = ["exam_id", "officer_id"]
        constraints = [models.UniqueConstraint(fields=["exam", "officer"], name="exams_registered_once")]

    def __str__(self) -> str:
        return str(self.officer)
