import datetime as dt

from django.db import models
from django.db.models import F, Q

from kb.models.power_item import PowerItem
from kb.validity import valid_on
from people.models import Unit


class AdjustmentBatch(models.Model):
    """调整批次: the document by which the list of items changed."""

    class Kind(models.TextChoices):
        DELEGATE = "delegate", "下放"
        TAKE_BACK = "take_back", "收回"
        CANCEL = "cancel", "取消（依据废止）"
        RENAME = "rename", "更名"
        REBASE = "rebase", "依据调整"
        RESHAPE = "reshape", "合并拆分"

    doc_number = models.CharField("文号", max_length=80, unique=True)
    decided_on = models.DateField("日期")
    kind = models.CharField("类型", max_length=10, choices=Kind.choices)
    title = models.CharField("文件标题", max_length=200, blank=True, default="")
    reason = models.TextField("理由", blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = "调整批次"
        db_table = "kb_batch"
        ordering = ["-decided_on", "-pk"]

    def __str__(self) -> str:
        return self.doc_number


class AdjustmentLine(models.Model):
    """One item's change in a batch; without a street it concerns all of them."""

    batch = models.ForeignKey(AdjustmentBatch, verbose_name="调整批次", on_delete=models.CASCADE, related_name="lines")
    item = models.ForeignKey(PowerItem, verbose_name="事项", on_delete=models.PROTECT, related_name="adjustments")
    street = models.ForeignKey(Unit, verbose_name="街道", on_delete=models.PROTECT, null=True, blank=True)
    action = models.CharField("动作", max_length=10, choices=AdjustmentBatch.Kind.choices)
    note = models.CharField("说明", max_length=200, blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = "批次明细"
        db_table = "kb_batch_line"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.get_action_display()} {self.item}"


class ConfirmationLetter(models.Model):
    """确认书: a street confirms which items it takes over."""

    street = models.ForeignKey(Unit, verbose_name="街道", on_delete=models.PROTECT, related_name="letters")
    letter_no = models.CharField("确认书号", max_length=60, unique=True)
    signed_on = models.DateField("签订日期")
    file_note = models.CharField("存档说明", max_length=200, blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = "确认书"
        db_table = "kb_letter"
        ordering = ["street__sort_order", "signed_on"]

    def __str__(self) -> str:
        return self.letter_no


class AssignmentQuerySet(models.QuerySet):
    def valid_on(self, on: dt.date) -> "AssignmentQuerySet":
        return self.filter(valid_on(on))


class StreetAssignment(models.Model):
    """A street holds an item from one day to another (end exclusive)."""

    item = models.ForeignKey(PowerItem, verbose_name="事项", on_delete=models.PROTECT, related_name="assignments")
    street = models.ForeignKey(Unit, verbose_name="街道", on_delete=models.PROTECT, related_name="assignments")
    letter = models.ForeignKey(
        ConfirmationLetter, verbose_name="确认书", on_delete=models.PROTECT, null=True, blank=True
    )
    valid_from = models.DateField("生效日期")
    valid_to = models.DateField("失效日期", null=True, blank=True)
    start_batch = models.ForeignKey(
        AdjustmentBatch,
        verbose_name="开始批次",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="started",
    )
    end_batch = models.ForeignKey(
        AdjustmentBatch, verbose_name="结束批次", on_delete=models.PROTECT, null=True, blank=True, related_name="ended"
    )

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "承接记录"
        db_table = "kb_assignment"
        ordering = ["street__sort_order", "item__code"]
        constraints = [
            models.UniqueConstraint(fields=["item", "street", "valid_from"], name="kb_assignment_unique"),
            models.UniqueConstraint(
                fields=["item", "street"], condition=Q(valid_to__isnull=True), name="kb_assignment_open"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="kb_assignment_span",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.street} {self.item}"
