from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models

from exams.models.question import Question, QuestionVersion
from kb.models import Domain, Regulation


class Paper(models.Model):
    """A paper as planned (组卷方案): sections with their counts, marks and sources. Sittings are built from it."""

    class Mode(models.TextChoices):
        FIXED = "fixed", "固定试卷"
        RANDOM = "random", "每人随机抽题"

    class Status(models.TextChoices):
        DRAFT = "draft", "编制中"
        READY = "ready", "已定稿"

    title = models.CharField("名称", max_length=120)
    mode = models.CharField("组卷方式", max_length=8, choices=Mode.choices, default=Mode.FIXED)
    status = models.CharField("状态", max_length=8, choices=Status.choices, default=Status.DRAFT)
    minutes = models.PositiveSmallIntegerField("时长（分钟）", default=90, validators=[MinValueValidator(1)])
    pass_marks = models.DecimalField("及格分", max_digits=6, decimal_places=2, default=60)
    shuffles_items = models.BooleanField("打乱题目顺序", default=False)
    shuffles_options = models.BooleanField("打乱选项顺序", default=True)
    open_for_practice = models.BooleanField("可用于练习", default=False)
    note = models.TextField("说明", blank=True, default="")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="编制人",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    created_at = models.DateTimeField("编制时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "试卷"
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.title


class PaperSection(models.Model):
    """一、单选题（每题 1 分，共 40 题）: so many questions of a kind, each for the same marks, by one marking rule.

    For case groups `count` counts groups and `marks_each` is shared evenly by the parts of a group.
    """

    class Rule(models.TextChoices):
        ALL_OR_NOTHING = "all", "全对得分"
        HALF_POINT_EACH = "half", "少选每项 0.5 分，错选不得分"
        BY_FRACTION = "fraction", "按比例得分"

    paper = models.ForeignKey(Paper, verbose_name="试卷", on_delete=models.CASCADE, related_name="sections")
    section_no = models.PositiveSmallIntegerField("序号")
    title = models.CharField("标题", max_length=60)
    kind = models.CharField("题型", max_length=10, choices=Question.Kind.choices)
    count = models.PositiveSmallIntegerField("题数", validators=[MinValueValidator(1)])
    marks_each = models.DecimalField("每题分值", max_digits=5, decimal_places=2, default=1)
    rule = models.CharField("评分规则", max_length=8, choices=Rule.choices, default=Rule.ALL_OR_NOTHING)

    class Meta:
        verbose_name = verbose_name_plural = "大题"
        db_table = "exams_section"
        ordering = ["paper", "section_no"]
        constraints = [models.UniqueConstraint(fields=["paper", "section_no"], name="exams_section_once")]

    def __str__(self) -> str:
        return self.title


class SectionCell(models.Model):
    """A share of a section: by domain or law and difficulty, in percent; quotas by largest remainder.

    A section without cells draws from the whole bank. With `excludes_domain`, any domain but the one named.
    """

    section = models.ForeignKey(PaperSection, on_delete=models.CASCADE, related_name="cells")
    percent = models.DecimalField("比例（%）", max_digits=5, decimal_places=2)
    domain = models.ForeignKey(Domain, verbose_name="领域", on_delete=models.PROTECT, null=True, blank=True)
    excludes_domain = models.BooleanField("该领域以外", default=False)
    regulation = models.ForeignKey(Regulation, verbose_name="法规", on_delete=models.PROTECT, null=True, blank=True)
    easiest = models.PositiveSmallIntegerField("难度从", default=1)
    hardest = models.PositiveSmallIntegerField("难度到", default=5)

    class Meta:
        verbose_name = verbose_name_plural = "抽题范围"
        db_table = "exams_cell"
        ordering = ["section", "pk"]

    def __str__(self) -> str:
        return f"{self.percent}%"


class PaperForm(models.Model):
    """A fixed set of questions drawn for a paper: A, B ... Built once; sittings of a fixed paper share one."""

    paper = models.ForeignKey(Paper, verbose_name="试卷", on_delete=models.PROTECT, related_name="forms")
    label = models.CharField("卷别", max_length=4, default="A")
    seed = models.BigIntegerField("随机种子")
    built_at = models.DateTimeField("生成时间", auto_now_add=True)
    built_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = verbose_name_plural = "卷别"
        db_table = "exams_form"
        ordering = ["paper", "label"]
        constraints = [models.UniqueConstraint(fields=["paper", "label"], name="exams_form_once")]

    def __str__(self) -> str:
        return f"{self.paper}（{self.label} 卷）"


class PaperItem(models.Model):
    """A question at its place in a form, in the version it had when the form was built."""

    form = models.ForeignKey(PaperForm, on_delete=models.CASCADE, related_name="items")
    section_no = models.PositiveSmallIntegerField()
    order_no = models.PositiveSmallIntegerField()
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(QuestionVersion, on_delete=models.PROTECT, related_name="paper_items")

    class Meta:
        verbose_name = verbose_name_plural = "卷中试题"
        db_table = "exams_paper_item"
        ordering = ["form", "order_no"]
        constraints = [
            models.UniqueConstraint(fields=["form", "order_no"], name="exams_paper_item_place"),
            models.UniqueConstraint(fields=["form", "question"], name="exams_paper_item_once"),
        ]

    def __str__(self) -> str:
        return f"第 {self.order_no} 题"
