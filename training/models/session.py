import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q

from casebook.models import Case, Discussion
from kb.models import PowerItem
from people.models import Officer, Unit
from training.models.choices import Category, Form, OrganiserLevel, Topic
from training.models.plan import Plan

# without the letters and digits that are mistaken for one another
CODE_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def new_secret() -> str:
    """What the rotating codes of a session are made from; it never leaves the server."""
    return secrets.token_hex(16)


def new_code() -> str:
    """`PX-7K2M9QXD`: names a session in lists that leave and come back."""
    return "PX-" + "".join(secrets.choice(CODE_LETTERS) for _ in range(8))


class SessionQuerySet(models.QuerySet):
    def counted(self) -> "SessionQuerySet":
        """场次: what was held. Planned and cancelled ones are none."""
        return self.filter(status__in=TrainingSession.HELD)


class TrainingSession(models.Model):
    """One sitting together (一场): on a day, in a form, by somebody."""

    class Status(models.TextChoices):
        PLANNED = "planned", "待举办"
        OPEN = "open", "签到中"
        CLOSED = "closed", "已结束"
        CANCELLED = "cancelled", "已取消"

    HELD = (Status.OPEN, Status.CLOSED)

    plan = models.ForeignKey(
        Plan, verbose_name="培训计划", on_delete=models.PROTECT, null=True, blank=True, related_name="sessions"
    )
    code = models.CharField("场次编号", max_length=20, unique=True, default=new_code)
    title = models.CharField("名称", max_length=120)
    unit = models.ForeignKey(Unit, verbose_name="主办单位", on_delete=models.PROTECT, related_name="training_sessions")
    organiser = models.CharField("主办层级", max_length=12, choices=OrganiserLevel.choices)
    form = models.CharField("形式", max_length=14, choices=Form.choices, default=Form.LECTURE)
    topic = models.CharField("内容类别", max_length=14, choices=Topic.choices, default=Topic.POWER_ITEMS)
    category = models.CharField("学时类别", max_length=10, choices=Category.choices, default=Category.BUSINESS)
    starts_at = models.DateTimeField("开始时间")
    ends_at = models.DateTimeField("结束时间")
    place = models.CharField("地点", max_length=120, blank=True, default="")
    lecturers = models.ManyToManyField(
        Officer, verbose_name="讲师", blank=True, related_name="+", db_table="training_session_lecturer"
    )
    lecturer_text = models.CharField("其他讲师", max_length=120, blank=True, default="")
    hours = models.DecimalField("学时", max_digits=4, decimal_places=1, default=2)
    items = models.ManyToManyField(
        PowerItem,
        verbose_name="相关事项",
        blank=True,
        related_name="training_sessions",
        db_table="training_session_item",
    )
    cases = models.ManyToManyField(
        Case, verbose_name="相关案例", blank=True, related_name="training_sessions", db_table="training_session_case"
    )
    discussion = models.ForeignKey(
        Discussion, verbose_name="案例讲评", on_delete=models.PROTECT, null=True, blank=True, related_name="sessions"
    )
    guest_unit = models.CharField("来访单位", max_length=120, blank=True, default="")
    guest_count = models.PositiveIntegerField("来访人数", default=0)
    status = models.CharField("状态", max_length=10, choices=Status.choices, default=Status.PLANNED)
    late_minutes = models.PositiveSmallIntegerField("迟到线（分钟）", default=10)
    early_minutes = models.PositiveSmallIntegerField("早退线（分钟）", default=10)
    needs_sign_out = models.BooleanField("需要签退", default=False)
    code_secret = models.CharField(max_length=64, default=new_secret, editable=False)
    source = models.CharField("数据来源", max_length=120, blank=True, default="", help_text="导入的记录写明来源")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="登记人",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "培训场次"
        db_table = "training_session"
        ordering = ["-starts_at", "-pk"]
        indexes = [
            models.Index(fields=["organiser", "starts_at"], name="training_session_when"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=models.F("starts_at")), name="training_session_span"),
        ]

    def __str__(self) -> str:
        return self.title
