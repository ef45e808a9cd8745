import datetime as dt

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q

from people.models import Officer
from training.models.choices import Category, Form


class CreditRule(models.Model):
    """What a year asks for in one category, from a day to a day (exclusive): 法律 20 and 业务 40 by default."""

    category = models.CharField("类别", max_length=10, choices=Category.choices)
    yearly_hours = models.DecimalField("年度学时", max_digits=5, decimal_places=1)
    daily_cap = models.DecimalField("每日上限", max_digits=4, decimal_places=1, default=8)
    minutes_per_hour = models.PositiveSmallIntegerField("每学时分钟数", default=45)
    valid_from = models.DateField("自")
    valid_to = models.DateField("至（不含）", null=True, blank=True)
    source = models.CharField("依据", max_length=120, blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = "学时规则"
        db_table = "training_rule"
        ordering = ["category", "-valid_from"]

    def __str__(self) -> str:
        return f"{self.get_category_display()} {self.yearly_hours} 学时"


class CreditRate(models.Model):
    """How much an hour of a form counts, from a day to a day (exclusive); a form without a rate counts fully."""

    form = models.CharField("形式", max_length=14, choices=Form.choices)
    factor = models.DecimalField("折算系数", max_digits=4, decimal_places=2, default=1)
    valid_from = models.DateField("自")
    valid_to = models.DateField("至（不含）", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "学时折算"
        db_table = "training_rate"
        ordering = ["form", "-valid_from"]

    def __str__(self) -> str:
        return f"{self.get_form_display()} × {self.factor}"


class CreditQuerySet(models.QuerySet):
    def standing(self, on: dt.date | None = None) -> "CreditQuerySet":
        """Entries that count on the day (today): written by then and not revoked by then."""
        return self.exclude(revocation__isnull=False) if on is None else self._standing_on(on)

    def _standing_on(self, on: dt.date) -> "CreditQuerySet":
        return self.filter(earned_on__lte=on).filter(
            Q(revocation__isnull=True) | Q(revocation__revoked_at__date__gt=on)
        )


class CreditEntry(models.Model):
    """学时 earned: by whom, for what, by which rule. Never edited; a revocation takes it out, a new one replaces it."""

    officer = models.ForeignKey(Officer, verbose_name="人员", on_delete=models.PROTECT, related_name="credits")
    category = models.CharField("类别", max_length=10, choices=Category.choices)
    hours = models.DecimalField("学时", max_digits=5, decimal_places=1)
    earned_on = models.DateField("取得日期")
    rule = models.ForeignKey(CreditRule, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    source_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, null=True, related_name="+")
    source_id = models.PositiveBigIntegerField(null=True)
    source = GenericForeignKey("source_type", "source_id")
    # 1 for the first entry of a source; one more for each that replaced a revoked one
    source_turn = models.PositiveSmallIntegerField(default=1)
    note = models.CharField("说明", max_length=200, blank=True, default="")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    objects = CreditQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "学时"
        db_table = "training_credit"
        ordering = ["officer", "earned_on", "pk"]
        indexes = [models.Index(fields=["officer", "earned_on"], name="training_credit_mine")]
        constraints = [
            models.UniqueConstraint(
                fields=["source_type", "source_id", "officer", "category", "source_turn"], name="training_credit_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.hours} 学时"

    def save(self, *args, **kwargs) -> None:
        if self.pk:
            raise TypeError("学时只能新增和撤销，不能修改")
        super().save(*args, **kwargs)


class CreditRevocation(models.Model):
    """Takes an entry out of the count, with a reason; the entry stays."""

    entry = models.OneToOneField(CreditEntry, on_delete=models.PROTECT, related_name="revocation")
    reason = models.CharField("理由", max_length=200)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    revoked_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "学时撤销"
        db_table = "training_revocation"

    def __str__(self) -> str:
        return self.reason
