from django.conf import settings
from django.db import models

from casebook.models import Case, CasebookIssue
from kb.models import PowerItem
from people.models import Officer, Unit
from training.models.choices import Category, Form, OrganiserLevel, Topic


class Plan(models.Model):
    """A training that somebody means to give in a year. Done or not is counted from its sessions."""

    year_no = models.PositiveSmallIntegerField("年度")
    title = models.CharField("名称", max_length=120)
    unit = models.ForeignKey(Unit, verbose_name="主办单位", on_delete=models.PROTECT, related_name="training_plans")
    organiser = models.CharField("主办层级", max_length=12, choices=OrganiserLevel.choices)
    form = models.CharField("形式", max_length=14, choices=Form.choices, default=Form.LECTURE)
    topic = models.CharField("内容类别", max_length=14, choices=Topic.choices, default=Topic.POWER_ITEMS)
    category = models.CharField("学时类别", max_length=10, choices=Category.choices, default=Category.BUSINESS)
    is_duty = models.BooleanField("部门责任计划", default=False, help_text="赋权部门对街道执法人员的年度培训任务")
    starts_on = models.DateField("计划自")
    ends_on = models.DateField("计划至")
    session_count = models.PositiveSmallIntegerField("计划场次", default=1)
    hours_each = models.DecimalField("每场学时", max_digits=4, decimal_places=1, default=2)
    audience = models.CharField("对象", max_length=120, blank=True, default="")
    items = models.ManyToManyField(PowerItem, verbose_name="相关事项", blank=True, db_table="training_plan_item")
    cases = models.ManyToManyField(Case, verbose_name="相关案例", blank=True, db_table="training_plan_case")
    issue = models.ForeignKey(
        CasebookIssue, verbose_name="相关汇编", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    lecturers = models.ManyToManyField(
        Officer, verbose_name="讲师", blank=True, related_name="+", db_table="training_plan_lecturer"
    )
    lecturer_text = models.CharField("其他讲师", max_length=120, blank=True, default="")
    cancelled_reason = models.CharField("取消理由", max_length=200, blank=True, default="")
    note = models.TextField("说明", blank=True, default="")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="制定人",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "培训计划"
        ordering = ["-year_no", "starts_on", "pk"]

    def __str__(self) -> str:
        return self.title
