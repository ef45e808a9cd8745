"""执法文书: the forms of a procedure. One row is one version of a form; the code ties its versions together."""

import datetime as dt

from django.contrib.contenttypes.fields import GenericRelation
from django.core.validators import FileExtensionValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from kb.models.citation import Citation
from kb.models.power_item import PowerItem
from kb.validity import valid_on

UPLOADS = ("docx", "doc", "pdf", "wps")


class Procedure(models.TextChoices):
    """In which procedure a form is used; `FormTemplate.in_<value>` says so."""

    SIMPLE = "simple", "简易程序"
    ORDINARY = "ordinary", "普通程序"
    INSPECTION = "inspection", "行政检查"
    COERCION = "coercion", "行政强制"


PROCEDURES = {
    PowerItem.PowerType.PENALTY: (Procedure.ORDINARY,),
    PowerItem.PowerType.INSPECTION: (Procedure.INSPECTION,),
    PowerItem.PowerType.COERCION: (Procedure.COERCION,),
}


def procedures_of(item: PowerItem) -> tuple[Procedure, ...]:
    """The procedures an item may take; the simple one where its list does not say 否."""
    penalty = item.power_type == PowerItem.PowerType.PENALTY
    simple = penalty and item.simple_procedure not in ("", "否")
    return (*PROCEDURES[PowerItem.PowerType(item.power_type)], *([Procedure.SIMPLE] if simple else []))


class FormQuerySet(models.QuerySet):
    def in_force(self, on: dt.date | None = None) -> "FormQuerySet":
        """One version of each form at most: the one to be used on the day, today by default."""
        return self.filter(valid_on(on or timezone.localdate()))

    def of_procedures(self, *procedures: str) -> "FormQuerySet":
        """Forms used in any of the procedures."""
        wanted = Q(pk__in=[])
        for procedure in procedures:
            wanted |= Q(**{f"in_{procedure}": True})
        return self.filter(wanted)

    def for_item(self, item: PowerItem, on: dt.date | None = None) -> "FormQuerySet":
        """What an item's procedures need on the day, in the order of use."""
        return self.in_force(on).of_procedures(*procedures_of(item))


class FormTemplate(ClusterableModel):
    """A version of a form: what it is for, when it must be used, what is filled in. Ends are exclusive.

    `wording` is the running text of notices and decisions, with 【栏目】 where a field is filled in;
    without it the form is a table of its fields.
    """

    class Stage(models.TextChoices):
        FILING = "filing", "立案"
        EVIDENCE = "evidence", "调查取证"
        MEASURES = "measures", "强制措施"
        HEARING = "hearing", "告知听证"
        DECISION = "decision", "审核决定"
        EXECUTION = "execution", "送达执行"
        CLOSING = "closing", "结案归档"

    code = models.CharField("文书编码", max_length=20, db_index=True, help_text="同一文书的各版本编码相同，如 WS202")
    name = models.CharField("文书名称", max_length=60)
    aliases = models.CharField("别名", max_length=120, blank=True, default="", help_text="用、分隔")
    stage = models.CharField("办案阶段", max_length=10, choices=Stage.choices)
    in_simple = models.BooleanField("简易程序", default=False)
    in_ordinary = models.BooleanField("普通程序", default=False)
    in_inspection = models.BooleanField("行政检查", default=False)
    in_coercion = models.BooleanField("行政强制", default=False)
    is_frequent = models.BooleanField("常用", default=False, help_text="在事项页上直接列出")
    sort_order = models.PositiveIntegerField("使用顺序", default=0)
    version_label = models.CharField("版本", max_length=40, help_text="如：2026年版")
    valid_from = models.DateField("启用日期")
    valid_to = models.DateField("停用日期", null=True, blank=True, help_text="自这一天起不再使用；留空为仍在使用")
    purpose = models.TextField("用途")
    occasion = models.TextField("何时使用", blank=True, default="", help_text="每行一条")
    basis_text = models.TextField("法律依据", blank=True, default="", help_text="每条引文之间用分号隔开，写全称")
    mistakes = models.TextField("常见错误", blank=True, default="", help_text="每行一条")
    number_pattern = models.CharField(
        "文号样式", max_length=60, blank=True, default="", help_text="如：江街罚决〔　　　　〕第　　号"
    )
    example_number = models.CharField("示例文号", max_length=60, blank=True, default="")
    wording = models.TextField("正文", blank=True, default="", help_text="【栏目名称】处填写；留空为表格式文书")
    example_note = models.TextField("示例说明", blank=True, default="", help_text="示例的人物、单位和编号必须是虚构的")
    needs_review = models.BooleanField("待核", default=False)
    verification = models.CharField("核对情况", max_length=200, blank=True, default="")
    upload = models.FileField(
        "正式文本",
        upload_to="forms/",
        blank=True,
        validators=[FileExtensionValidator(UPLOADS)],
        help_text="上传后，下载空白文书时提供此文件；支持 .docx、.doc、.wps、.pdf",
    )
    updated_at = models.DateTimeField("更新时间", auto_now=True)

    citations = GenericRelation(
        Citation, content_type_field="source_type", object_id_field="source_id", related_query_name="form_template"
    )

    objects = FormQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "执法文书"
        db_table = "kb_form"
        ordering = ["sort_order", "code", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "valid_from"],
                name="kb_form_version",
                violation_error_message="该文书在这一天已有版本。",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="kb_form_span",
                violation_error_message="停用日期应晚于启用日期。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.version_label}）"

    def get_absolute_url(self) -> str:
        """The permanent address of the form; a version that is not of today carries its day."""
        url = reverse("kb:form", args=[self.code])
        return url if self.is_current() else f"{url}?on={self.valid_from.isoformat()}"

    def is_current(self, on: dt.date | None = None) -> bool:
        on = on or timezone.localdate()
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)

    @property
    def other_names(self) -> list[str]:
        return [name for name in self.aliases.split("、") if name]

    @property
    def procedure_labels(self) -> list[str]:
        return [str(choice.label) for choice in Procedure if getattr(self, f"in_{choice.value}")]

    @property
    def read_on(self) -> dt.date:
        """The day by which its legal basis is read: today, or the nearest day on which it was in use."""
        today = timezone.localdate()
        last = self.valid_to - dt.timedelta(days=1) if self.valid_to else today
        return max(self.valid_from, min(today, last))


class FormField(models.Model):
    """One field of a form: how it is filled in, and how the example does it."""

    class Kind(models.TextChoices):
        LINE = "line", "填写"
        PASSAGE = "passage", "叙述"
        CHOICE = "choice", "勾选"
        SIGNATURE = "signature", "签名盖章"

    template = ParentalKey(FormTemplate, verbose_name="文书", on_delete=models.CASCADE, related_name="form_fields")
    name = models.CharField("栏目", max_length=60)
    kind = models.CharField("形式", max_length=10, choices=Kind.choices, default=Kind.LINE)
    options = models.CharField("选项", max_length=200, blank=True, default="", help_text="勾选的栏目填写，用、分隔")
    is_required = models.BooleanField("必填", default=True)
    hint = models.TextField("填写提示", blank=True, default="")
    example = models.TextField("示例", blank=True, default="")
    sort_order = models.PositiveIntegerField("排序", default=0, editable=False)

    # the name by which Wagtail's inline panels find the order
    sort_order_field = "sort_order"

    class Meta:
        verbose_name = verbose_name_plural = "文书栏目"
        db_table = "kb_form_field"
        ordering = ["sort_order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["template", "name"],
                name="kb_form_field_unique",
                violation_error_message="同一文书中已有这个栏目。",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def choices(self) -> list[str]:
        return [option for option in self.options.split("、") if option]
