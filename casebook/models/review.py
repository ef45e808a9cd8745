from django.conf import settings
from django.db import models

from casebook.models.case import Case


class CaseComment(models.Model):
    """A remark at a place of a case: on a section, on the words quoted, or an answer to another remark."""

    case = models.ForeignKey(Case, verbose_name="案例", on_delete=models.CASCADE, related_name="comments")
    field_name = models.CharField("位置", max_length=40, blank=True, default="", help_text="栏目标识；空为全文")
    quote = models.CharField("引用的文字", max_length=200, blank=True, default="")
    text = models.TextField("意见")
    answers = models.ForeignKey(
        "self", verbose_name="回复", on_delete=models.CASCADE, null=True, blank=True, related_name="replies"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="提出人", on_delete=models.PROTECT, related_name="case_comments"
    )
    made_at = models.DateTimeField("提出时间", auto_now_add=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="处理人", on_delete=models.PROTECT, null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    resolved_at = models.DateTimeField("处理时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "审核意见"
        db_table = "casebook_comment"
        ordering = ["made_at", "pk"]

    def __str__(self) -> str:
        return self.text[:40]


class CaseCheck(models.Model):
    """One line of the review checklist, answered by a reviewer for the text as it was then."""

    class Verdict(models.TextChoices):
        FINE = "fine", "符合"
        FAULTY = "faulty", "不符合"
        NOT_APPLICABLE = "na", "不适用"

    case = models.ForeignKey(Case, verbose_name="案例", on_delete=models.CASCADE, related_name="checks")
    code = models.CharField("核对项", max_length=30)
    verdict = models.CharField("结论", max_length=10, choices=Verdict.choices)
    remark = models.CharField("说明", max_length=200, blank=True, default="")
    text_digest = models.CharField("核对时的文本校验", max_length=64)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="核对人", on_delete=models.PROTECT, related_name="+"
    )
    checked_at = models.DateTimeField("核对时间", auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "审核核对"
        db_table = "casebook_check"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["case", "code"], name="casebook_check_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.get_verdict_display()}"
