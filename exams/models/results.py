from django.conf import settings
from django.db import models
from django.db.models import Q

from exams.models.exam import Exam
from exams.models.question import QuestionVersion
from exams.models.sitting import Sitting, SittingItem


class ManualMark(models.Model):
    """Marks given by a person; the last one counts, earlier ones stay."""

    item = models.ForeignKey(SittingItem, on_delete=models.CASCADE, related_name="manual_marks")
    marks = models.DecimalField("得分", max_digits=5, decimal_places=2)
    remark = models.CharField("评语", max_length=300, blank=True, default="")
    # Set by a marker who is not sure; somebody else's mark settles it.
    asks_second = models.BooleanField("请他人复看", default=False)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "人工评分"
        db_table = "exams_manual_mark"
        ordering = ["item", "given_at", "pk"]

    def __str__(self) -> str:
        return f"{self.marks}"


class KeyFix(models.Model):
    """What counts instead of a version's key in one exam. Applied once, with every old and new score on record."""

    class Action(models.TextChoices):
        NEW_KEY = "new_key", "更正答案"
        DROP = "drop", "本题不计分"
        FULL = "full", "所有考生得满分"

    exam = models.ForeignKey(Exam, on_delete=models.PROTECT, related_name="key_fixes")
    version = models.ForeignKey(QuestionVersion, on_delete=models.PROTECT, related_name="key_fixes")
    part_no = models.PositiveSmallIntegerField(default=1)
    action = models.CharField("处理", max_length=8, choices=Action.choices)
    new_key = models.TextField("新答案", blank=True, default="")
    reason = models.CharField("理由", max_length=300)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "答案更正"
        db_table = "exams_key_fix"
        ordering = ["exam", "made_at", "pk"]

    def __str__(self) -> str:
        return self.get_action_display()


class MarkChange(models.Model):
    """What applying a key fix did to one sitting that had the item. No score: short answers waited for marks."""

    fix = models.ForeignKey(KeyFix, on_delete=models.PROTECT, related_name="changes")
    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="mark_changes")
    old_marks = models.DecimalField("本题原得分", max_digits=5, decimal_places=2, null=True)
    new_marks = models.DecimalField("本题新得分", max_digits=5, decimal_places=2, null=True)
    old_score = models.DecimalField("原得分", max_digits=6, decimal_places=2, null=True)
    new_score = models.DecimalField("新得分", max_digits=6, decimal_places=2, null=True)
    old_full_marks = models.DecimalField("原满分", max_digits=6, decimal_places=2, default=0)
    new_full_marks = models.DecimalField("新满分", max_digits=6, decimal_places=2, default=0)
    old_passed = models.BooleanField(default=False)
    new_passed = models.BooleanField(default=False)

    class Meta:
        verbose_name = verbose_name_plural = "分数变更"
        db_table = "exams_mark_change"
        ordering = ["fix", "sitting"]
        constraints = [models.UniqueConstraint(fields=["fix", "sitting"], name="exams_mark_change_once")]

    def __str__(self) -> str:
        return f"{self.old_score} → {self.new_score}"


class ExamCertificate(models.Model):
    """A certificate of passing with every printed field as it was printed; the code leads to them.

    Printed fields never change: one that is issued anew is a new row with a new code, the old one stays to be found.
    """

    class Status(models.TextChoices):
        VALID = "valid", "有效"
        REPLACED = "replaced", "已换发"
        REVOKED = "revoked", "已撤销"

    PRINTED = (
        "code",
        "holder_name",
        "unit_name",
        "exam_title",
        "score",
        "full_marks",
        "taken_on",
        "issued_on",
        "issuer_name",
    )

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="certificates")
    code = models.CharField("验证码", max_length=20, unique=True)
    holder_name = models.CharField("姓名", max_length=40)
    unit_name = models.CharField("单位", max_length=80)
    exam_title = models.CharField("考试", max_length=120)
    score = models.DecimalField("成绩", max_digits=6, decimal_places=2)
    full_marks = models.DecimalField("满分", max_digits=6, decimal_places=2)
    taken_on = models.DateField("考试日期")
    issued_on = models.DateField("发证日期")
    issuer_name = models.CharField("发证机关", max_length=80)
    status = models.CharField("状态", max_length=8, choices=Status.choices, default=Status.VALID)
    # Why it counts no more, and since when: of one revoked or replaced.
    ended_reason = models.CharField("失效理由", max_length=200, blank=True, default="")
    ended_at = models.DateTimeField("失效时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "合格证明"
        db_table = "exams_certificate"
        ordering = ["-issued_on", "code"]
        constraints = [
            models.UniqueConstraint(fields=["sitting"], condition=Q(status="valid"), name="exams_certificate_once")
        ]

    def __str__(self) -> str:
        return self.code

    def save(self, *args, update_fields=None, **kwargs) -> None:
        if self.pk and not set(self.PRINTED).isdisjoint(self.PRINTED if update_fields is None else update_fields):
            raise TypeError("合格证明印出的内容不能修改，只能另发")
        super().save(*args, update_fields=update_fields, **kwargs)
