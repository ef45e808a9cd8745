from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from exams.content import KIND_LABELS, Content, from_json
from kb.models import Domain, PowerItem, Regulation


class QuestionQuerySet(models.QuerySet):
    def drawable(self) -> "QuestionQuerySet":
        """What papers and practice may use: reviewed, and its law has not changed since."""
        return self.filter(status=Question.Status.REVIEWED, current__isnull=False)

    def waiting(self) -> "QuestionQuerySet":
        """What reviewers have to look at: drafts, those not sent back, and what the law has overtaken."""
        sent_back = models.Q(status=Question.Status.DRAFT) & ~models.Q(review_reason="")
        return self.filter(status__in=Question.WAITING).exclude(sent_back)

    def sent_back(self) -> "QuestionQuerySet":
        """What writers have to mend."""
        return self.filter(status=Question.Status.DRAFT).exclude(review_reason="")


class Question(models.Model):
    """An entry of the bank. What it says is in its versions: `newest` was written last, `current` approved last.

    `current` is what papers and practice use.
    """

    class Kind(models.TextChoices):
        SINGLE = "single", KIND_LABELS["single"]  # type: ignore[index]
        MULTIPLE = "multiple", KIND_LABELS["multiple"]  # type: ignore[index]
        JUDGE = "judge", KIND_LABELS["judge"]  # type: ignore[index]
        FILL = "fill", KIND_LABELS["fill"]  # type: ignore[index]
        SHORT = "short", KIND_LABELS["short"]  # type: ignore[index]
        DOCUMENT = "document", KIND_LABELS["document"]  # type: ignore[index]
        GROUP = "group", KIND_LABELS["group"]  # type: ignore[index]

    class Status(models.TextChoices):
        DRAFT = "draft", "草稿"
        REVIEWED = "reviewed", "审定"
        NEEDS_REVIEW = "needs_review", "待复核"
        STOPPED = "stopped", "停用"

    WAITING = (Status.DRAFT, Status.NEEDS_REVIEW)

    code = models.CharField("编号", max_length=20, unique=True)
    kind = models.CharField("题型", max_length=10, choices=Kind.choices)
    status = models.CharField("状态", max_length=12, choices=Status.choices, default=Status.DRAFT)
    review_reason = models.CharField("待复核原因", max_length=300, blank=True, default="")
    domain = models.ForeignKey(Domain, verbose_name="领域", on_delete=models.PROTECT, related_name="questions")
    items = models.ManyToManyField(
        PowerItem, verbose_name="赋权事项", blank=True, related_name="questions", db_table="exams_question_item"
    )
    difficulty = models.PositiveSmallIntegerField(
        "难度", default=3, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    origin = models.CharField("来源", max_length=60, default="自编")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="命题人",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="审定人",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    reviewed_at = models.DateTimeField("审定时间", null=True, blank=True)
    current = models.ForeignKey(
        "QuestionVersion", verbose_name="现用版本", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    newest = models.ForeignKey(
        "QuestionVersion", verbose_name="最新版本", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    stem_digest = models.CharField("题干指纹", max_length=64, db_index=True, editable=False)
    created_at = models.DateTimeField("录入时间", auto_now_add=True)
    updated_at = models.DateTimeField("更新时间", auto_now=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "试题"
        ordering = ["code"]
        indexes = [models.Index(fields=["status", "kind", "domain"], name="exams_question_draw")]

    def __str__(self) -> str:
        return self.code

    @property
    def is_sent_back(self) -> bool:
        """A draft that a reviewer has read and wants mended."""
        return self.status == self.Status.DRAFT and bool(self.review_reason)


class QuestionVersion(models.Model):
    """What a question said from one edit to the next. Never changed: papers and sittings rest on it."""

    question = models.ForeignKey(Question, verbose_name="试题", on_delete=models.PROTECT, related_name="versions")
    version_no = models.PositiveIntegerField("版本号")
    title = models.CharField("题干摘要", max_length=200)
    body = models.JSONField("内容")
    words = models.TextField("检索文本", editable=False, help_text="题干、选项、解析等全部文字，供查找")
    read_on = models.DateField("依据核对日", help_text="依据按这一天有效的条文核对")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="修改人",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    made_at = models.DateTimeField("时间", auto_now_add=True)
    note = models.CharField("修改说明", max_length=200, blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = "试题版本"
        db_table = "exams_version"
        ordering = ["question", "-version_no"]
        constraints = [models.UniqueConstraint(fields=["question", "version_no"], name="exams_version_once")]

    def __str__(self) -> str:
        return f"{self.question_id} 第 {self.version_no} 版"

    def save(self, *args, **kwargs) -> None:
        if self.pk:
            raise TypeError("试题版本只能新增，不能修改")
        super().save(*args, **kwargs)

    @property
    def content(self) -> Content:
        return from_json(self.body)


class QuestionBasis(models.Model):
    """A provision that a version rests on, with its wording on the day on which it was last checked.

    Where today's wording has another digest, the question is 待复核. The wording is kept because an import may replace
    the text of the very version that was checked.
    """

    version = models.ForeignKey(QuestionVersion, on_delete=models.CASCADE, related_name="basis_rows")
    part_no = models.PositiveSmallIntegerField("小题", default=1)
    raw = models.CharField("原文", max_length=400)
    regulation = models.ForeignKey(
        Regulation, verbose_name="法规", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    key = models.CharField("条文键", max_length=60, blank=True, default="")
    read_on = models.DateField("核对日")
    wording = models.TextField("核对时的条文", blank=True, default="")
    digest = models.CharField("条文指纹", max_length=64, blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = "试题依据"
        db_table = "exams_basis"
        ordering = ["version", "part_no", "pk"]
        indexes = [models.Index(fields=["regulation", "key"], name="exams_basis_target")]

    def __str__(self) -> str:
        return self.raw


class QuestionRemark(models.Model):
    """What a candidate or reviewer reports about a question (纠错): never lost, settled by a reviewer."""

    version = models.ForeignKey(QuestionVersion, on_delete=models.PROTECT, related_name="remarks")
    text = models.CharField("意见", max_length=500)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField("处理结果", max_length=200, blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = "试题纠错"
        db_table = "exams_remark"
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.text[:30]


class LawCheck(models.Model):
    """That the law of the whole bank was looked at on a day, and how the law's timeline stood then.

    Law changes by the calendar, too: the first draw of a day looks again (`bank.law_watch`).
    """

    checked_on = models.DateField("日期", unique=True)
    law_digest = models.CharField("法规时间线指纹", max_length=64)
    checked_at = models.DateTimeField("核对时间", auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "依据核对"
        db_table = "exams_law_check"
        ordering = ["-checked_on"]

    def __str__(self) -> str:
        return f"{self.checked_on:%Y-%m-%d}"
