import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q

from people.models.unit import Unit


class OfficerQuerySet(models.QuerySet):
    def active(self) -> "OfficerQuerySet":
        return self.filter(is_active=True)

    def required_to_hold_card(self) -> "OfficerQuerySet":
        """应持证人员: those in enforcement posts. Head-count is the wrong denominator of 持证率."""
        return self.active().filter(in_enforcement_post=True)


class Officer(models.Model):
    """A person of the district's enforcement: street officers, and departments' instructors."""

    unit = models.ForeignKey(Unit, verbose_name="单位", on_delete=models.PROTECT, related_name="officers")
    name = models.CharField("姓名", max_length=40)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name="账号",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="officer",
    )
    staff_no = models.CharField("人员编号", max_length=20, unique=True)
    post = models.CharField("职务", max_length=60, blank=True, default="")
    phone = models.CharField("办公电话", max_length=40, blank=True, default="")
    in_enforcement_post = models.BooleanField("在执法岗位", default=False, help_text="计入应持证人数")
    is_active = models.BooleanField("在岗", default=True)

    objects = OfficerQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "执法人员"
        ordering = ["unit__sort_order", "staff_no"]

    def __str__(self) -> str:
        return f"{self.name}（{self.unit.label}）"


class CardQuerySet(models.QuerySet):
    def valid_on(self, on: dt.date) -> "CardQuerySet":
        """Cards that let their holder act on the day."""
        return self.filter(status=Card.Status.VALID, issued_on__lte=on, valid_until__gte=on)


class Card(models.Model):
    """An enforcement card (行政执法证)."""

    class Status(models.TextChoices):
        VALID = "valid", "有效"
        SUSPENDED = "suspended", "暂扣"
        REVOKED = "revoked", "收回注销"

    officer = models.ForeignKey(Officer, verbose_name="持证人", on_delete=models.PROTECT, related_name="cards")
    card_no = models.CharField("证号", max_length=30, unique=True)
    field = models.CharField("执法类别", max_length=60, blank=True, default="")
    issued_on = models.DateField("发证日期")
    valid_until = models.DateField("有效期至")
    status = models.CharField("状态", max_length=10, choices=Status.choices, default=Status.VALID)

    objects = CardQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "执法证"
        ordering = ["card_no"]

    def __str__(self) -> str:
        return self.card_no


class MentorQuerySet(models.QuerySet):
    def appointed_on(self, on: dt.date) -> "MentorQuerySet":
        """Mentors whose appointment covers the day; an open end never expires."""
        return self.filter(valid_from__lte=on).filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on))


class Mentor(models.Model):
    """An appointment as mentor; what mentors do belongs to the training app."""

    class Kind(models.TextChoices):
        FULL_TIME = "full_time", "专职导师"
        INVITED = "invited", "特邀导师"

    officer = models.ForeignKey(Officer, verbose_name="人员", on_delete=models.PROTECT, related_name="mentorships")
    kind = models.CharField("类别", max_length=10, choices=Kind.choices)
    expertise = models.CharField("专长", max_length=120, blank=True, default="")
    valid_from = models.DateField("聘任起")
    valid_to = models.DateField("聘任止（不含）", null=True, blank=True)

    objects = MentorQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "导师"
        ordering = ["-valid_from"]

    def __str__(self) -> str:
        return str(self.officer)
