import datetime as dt

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.urls import reverse
from django.utils import timezone

from kb.models.citation import Citation
from kb.models.domain import Domain
from kb.validity import valid_on
from people.models import Unit


class PowerItemQuerySet(models.QuerySet):
    def for_lists(self) -> "PowerItemQuerySet":
        return self.select_related("domain", "department")

    def assigned(self, on: dt.date | None = None, street: Unit | None = None) -> "PowerItemQuerySet":
        """What streets (or one street) could do on the day, today by default."""
        spans = valid_on(on or timezone.localdate(), "assignments__valid_from", "assignments__valid_to")
        if street is not None:
            spans &= models.Q(assignments__street=street)
        return self.filter(spans).distinct()


class PowerItem(models.Model):  # type: ignore[django-manager-missing]  # cases come from above
    """赋权事项: the hub. Everything an officer asks about hangs on it."""

    class PowerType(models.TextChoices):
        PENALTY = "penalty", "行政处罚"
        INSPECTION = "inspection", "行政检查"
        COERCION = "coercion", "行政强制"

    class Kind(models.TextChoices):
        DELEGATED = "delegated", "赋权"
        STATUTORY = "statutory", "法定（街道本级）"
        SUPPORT = "support", "配合履职"

    code = models.CharField("职权编码", max_length=16, unique=True)
    name = models.CharField("事项名称", max_length=200)
    short_name = models.CharField("简称", max_length=60, blank=True, default="")
    power_type = models.CharField("职权类型", max_length=10, choices=PowerType.choices)
    kind = models.CharField("事项性质", max_length=10, choices=Kind.choices, default=Kind.DELEGATED)
    domain = models.ForeignKey(Domain, verbose_name="领域", on_delete=models.PROTECT, related_name="items")
    department = models.ForeignKey(Unit, verbose_name="赋权部门", on_delete=models.PROTECT, related_name="items")
    level_text = models.CharField("行使层级", max_length=60, blank=True, default="")
    basis_text = models.TextField("实施依据（原文）", blank=True, default="")
    penalty_summary = models.TextField("处罚摘要", blank=True, default="")
    previous_basis = models.TextField("原依据", blank=True, default="")
    simple_procedure = models.CharField("简易程序", max_length=60, blank=True, default="")
    process = models.TextField("流程", blank=True, default="", help_text="每行一步")
    supervision = models.TextField("监督方式", blank=True, default="")
    first_steps = models.TextField("先做什么", blank=True, default="", help_text="每行一步")
    evidence = models.TextField("证据清单", blank=True, default="", help_text="每行一项")
    scope = models.TextField("赋权范围", blank=True, default="")
    boundary = models.TextField("职责边界", blank=True, default="")
    is_frequent = models.BooleanField("高频", default=False)
    is_difficult = models.BooleanField("疑难", default=False)
    needs_review = models.BooleanField("待核", default=False)
    verification = models.CharField("核对情况", max_length=120, blank=True, default="")
    note = models.TextField("备注", blank=True, default="")
    updated_at = models.DateTimeField("更新时间", auto_now=True)

    citations = GenericRelation(
        Citation,
        content_type_field="source_type",
        object_id_field="source_id",
        related_query_name="power_item",
    )

    objects = PowerItemQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "赋权事项"
        db_table = "kb_power_item"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("kb:item", args=[self.code])

    @property
    def label(self) -> str:
        return self.short_name or self.name

    def missing_disclosure(self) -> list[str]:
        """Which of the five elements (名称、类型、依据、流程、监督方式) are still empty."""
        elements = {
            "名称": self.name,
            "类型": self.power_type,
            "依据": self.basis_text,
            "流程": self.process,
            "监督方式": self.supervision,
        }
        return [label for label, value in elements.items() if not value]


class ItemCode(models.Model):
    """The item's number in another coding scheme; several coexist."""

    item = models.ForeignKey(PowerItem, verbose_name="事项", on_delete=models.CASCADE, related_name="other_codes")
    scheme = models.CharField("编码体系", max_length=40)
    code = models.CharField("编码", max_length=40, db_index=True)

    class Meta:
        verbose_name = verbose_name_plural = "其他编码"
        db_table = "kb_item_code"
        constraints = [models.UniqueConstraint(fields=["item", "scheme", "code"], name="kb_item_code_unique")]

    def __str__(self) -> str:
        return f"{self.scheme} {self.code}"


class PowerSubItem(models.Model):
    """子项: one 违法情形 of an item, with its own penalty."""

    item = models.ForeignKey(PowerItem, verbose_name="事项", on_delete=models.CASCADE, related_name="sub_items")
    name = models.CharField("子项", max_length=200)
    penalty = models.TextField("处罚", blank=True, default="")
    sort_order = models.PositiveIntegerField("排序", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "子项"
        db_table = "kb_sub_item"
        ordering = ["sort_order", "pk"]

    def __str__(self) -> str:
        return self.name
