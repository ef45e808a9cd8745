import datetime as dt

from django.db import models
from django.utils import timezone

from exams.models.exam import Registration
from exams.models.paper import PaperSection
from exams.models.question import Question, QuestionVersion


class SittingQuerySet(models.QuerySet):
    def overdue(self, at: dt.datetime | None = None) -> "SittingQuerySet":
        """Begun, and past the moment at which the server closes them, grace included."""
        return self.filter(state=Sitting.State.OPEN, due_at__lte=at or timezone.now())

    def finished(self) -> "SittingQuerySet":
        return self.filter(state__in=Sitting.FINISHED)

    def unscored(self) -> "SittingQuerySet":
        """Finished, and not yet marked by rule."""
        return self.finished().filter(scored_at__isnull=True)

    def passed(self) -> "SittingQuerySet":
        """Fully marked, and enough marks."""
        return self.finished().filter(is_marked=True, score__gte=models.F("pass_marks"))


class Sitting(models.Model):
    """One candidate's attempt. `state` only ever rises; each step is one conditional update.

    `ends_at` is what the candidate is told, `due_at` is `ends_at` plus grace: the server closes the sitting then, and
    takes no answer after it.
    """

    class State(models.TextChoices):
        PREPARED = "prepared", "待开考"
        OPEN = "open", "作答中"
        HANDED_IN = "handed_in", "已交卷"
        LATE = "late", "超时交卷"
        CLOSED = "closed", "到时收卷"
        VOID = "void", "作废"

    FINISHED = (State.HANDED_IN, State.LATE, State.CLOSED)

    registration = models.ForeignKey(
        Registration, verbose_name="报名", on_delete=models.PROTECT, related_name="sittings"
    )
    attempt_no = models.PositiveSmallIntegerField("第几次", default=1)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.PREPARED)
    seed = models.BigIntegerField("随机种子")
    prepared_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField("开考时间", null=True, blank=True)
    ends_at = models.DateTimeField("应交卷时间", null=True, blank=True)
    due_at = models.DateTimeField("收卷时间", null=True, blank=True)
    finished_at = models.DateTimeField("交卷时间", null=True, blank=True)
    # Which page may write: counts up when another tab or device takes over.
    lease_no = models.PositiveIntegerField(default=0)
    seen_at = models.DateTimeField("最近连接", null=True, blank=True)
    # When the rules gave their marks; `is_marked` waits for marks by hand, too.
    scored_at = models.DateTimeField("判分时间", null=True, blank=True)
    # Without the items that a key fix took out; the pass line shrinks with them (`results.scoring`).
    full_marks = models.DecimalField("满分", max_digits=6, decimal_places=2, default=0)
    pass_marks = models.DecimalField("及格线", max_digits=6, decimal_places=2, default=0)
    score = models.DecimalField("得分", max_digits=6, decimal_places=2, null=True, blank=True)
    is_marked = models.BooleanField("已评完", default=False)

    objects = SittingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "答卷"
        # by the key: a relation would bring in the ordering of what it leads to, and six joins with it
        ordering = ["registration_id", "attempt_no"]
        indexes = [
            models.Index(fields=["state", "due_at"], name="exams_sitting_due"),
            models.Index(fields=["state", "scored_at"], name="exams_sitting_unscored"),
        ]
        constraints = [models.UniqueConstraint(fields=["registration", "attempt_no"], name="exams_sitting_once")]

    def __str__(self) -> str:
        return f"{self.registration}（第 {self.attempt_no} 次）"

    @property
    def is_finished(self) -> bool:
        return self.state in self.FINISHED

    @property
    def has_passed(self) -> bool:
        """Fully marked, and enough marks; see `SittingQuerySet.passed`."""
        return self.is_finished and self.is_marked and self.score is not None and self.score >= self.pass_marks


class SittingPaper(models.Model):
    """The paper as the page shows it, written out when it is built, so that a start costs one read.

    `body` is compressed HTML without answers or keys. It goes when the sitting is over: the items say all it said.
    """

    sitting = models.OneToOneField(Sitting, on_delete=models.CASCADE, related_name="written")
    body = models.BinaryField()

    class Meta:
        verbose_name = verbose_name_plural = "答卷页面"
        db_table = "exams_sitting_paper"

    def __str__(self) -> str:
        return str(self.sitting_id)


class SittingItem(models.Model):
    """One part of a question at its place in a sitting: what was shown, what was answered, what it earned.

    `option_order` holds the bank's letters in the order shown ("CADB": the candidate's A is the bank's C); `answer` is
    canonical (`exams.content`), with the bank's letters. Parts of a case group stand next to each other. `size` is how
    many options, blanks or sentences there are to answer.
    """

    sitting = models.ForeignKey(Sitting, on_delete=models.CASCADE, related_name="items")
    order_no = models.PositiveSmallIntegerField()
    section_no = models.PositiveSmallIntegerField()
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(QuestionVersion, on_delete=models.PROTECT, related_name="sitting_items")
    part_no = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(max_length=10, choices=Question.Kind.choices)
    option_order = models.CharField(max_length=8, blank=True, default="")
    size = models.PositiveSmallIntegerField(default=0)
    rule = models.CharField(max_length=8, choices=PaperSection.Rule.choices)
    full_marks = models.DecimalField(max_digits=5, decimal_places=2)
    answer = models.TextField(blank=True, default="")
    # The highest sequence number taken for this item; an older one changes nothing.
    seq = models.PositiveIntegerField(default=0)
    is_flagged = models.BooleanField(default=False)
    answered_at = models.DateTimeField(null=True, blank=True)
    marks = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "答卷题目"
        db_table = "exams_sitting_item"
        ordering = ["sitting_id", "order_no"]
        constraints = [
            models.UniqueConstraint(fields=["sitting", "order_no"], name="exams_item_place"),
            models.UniqueConstraint(fields=["sitting", "question", "part_no"], name="exams_item_once"),
        ]

    def __str__(self) -> str:
        return f"第 {self.order_no} 题"


class AnswerEntry(models.Model):
    """The log of answers: each change that was acknowledged, in the order of its sequence number. Only added to."""

    item = models.ForeignKey(SittingItem, on_delete=models.CASCADE, related_name="entries")
    seq = models.PositiveIntegerField()
    answer = models.TextField(blank=True, default="")
    lease_no = models.PositiveIntegerField()
    received_at = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = "作答记录"
        db_table = "exams_answer"
        ordering = ["item_id", "seq"]
        constraints = [models.UniqueConstraint(fields=["item", "seq"], name="exams_answer_once")]

    def __str__(self) -> str:
        return f"{self.item_id} #{self.seq}"


class Incident(models.Model):
    """What happened around a sitting: evidence for a person who judges, never a verdict."""

    class Kind(models.TextChoices):
        STARTED = "started", "开始作答"
        LEFT = "left", "离开页面"
        RETURNED = "returned", "回到页面"
        RECONNECTED = "reconnected", "恢复连接"
        TAKEN_OVER = "taken_over", "换设备继续"
        REFUSED = "refused", "答案未被接受"
        HANDED_IN = "handed_in", "交卷"
        CLOSED = "closed", "到时收卷"
        EXTENDED = "extended", "延长时间"
        VOIDED = "voided", "作废"

    sitting = models.ForeignKey(Sitting, on_delete=models.CASCADE, related_name="incidents")
    kind = models.CharField("事件", max_length=12, choices=Kind.choices)
    detail = models.CharField("说明", max_length=200, blank=True, default="")
    address = models.GenericIPAddressField("地址", null=True, blank=True)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "考试事件"
        ordering = ["sitting_id", "at", "pk"]

    def __str__(self) -> str:
        return self.get_kind_display()
