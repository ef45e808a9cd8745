import datetime as dt

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from kb.models import PowerItem
from people.models import Mentor, Officer, Unit


class MentorScope(models.Model):
    """What an appointment as mentor covers; the appointment itself is `people.Mentor`."""

    mentor = models.OneToOneField(Mentor, verbose_name="导师", on_delete=models.CASCADE, related_name="scope")
    role_label = models.CharField(
        "导师身份", max_length=40, blank=True, default="", help_text="如 检察官、律师、部门业务骨干"
    )
    letter_no = models.CharField("聘书号", max_length=40, blank=True, default="")
    load_limit = models.PositiveSmallIntegerField("带教人数上限", default=5, validators=[MinValueValidator(1)])
    items = models.ManyToManyField(
        PowerItem, verbose_name="负责事项", blank=True, related_name="mentor_scopes", db_table="training_mentor_item"
    )

    class Meta:
        verbose_name = verbose_name_plural = "导师职责"
        db_table = "training_mentor_scope"

    def __str__(self) -> str:
        return str(self.mentor)


class PairingQuerySet(models.QuerySet):
    def on(self, day: dt.date | None = None) -> "PairingQuerySet":
        day = day or timezone.localdate()
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day), valid_from__lte=day)


class Pairing(models.Model):
    """结对: a mentor and an officer, or a mentor and a street, for a time, with a goal."""

    mentor = models.ForeignKey(Mentor, verbose_name="导师", on_delete=models.PROTECT, related_name="pairings")
    officer = models.ForeignKey(
        Officer, verbose_name="学员", on_delete=models.PROTECT, null=True, blank=True, related_name="pairings"
    )
    street = models.ForeignKey(
        Unit, verbose_name="街道", on_delete=models.PROTECT, null=True, blank=True, related_name="pairings"
    )
    goal = models.CharField("目标", max_length=200, blank=True, default="")
    valid_from = models.DateField("自")
    valid_to = models.DateField("至（不含）", null=True, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = PairingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "结对"
        ordering = ["-valid_from", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(officer__isnull=False, street__isnull=True) | Q(officer__isnull=True, street__isnull=False),
                name="training_pairing_one_side",
            )
        ]

    def __str__(self) -> str:
        return f"{self.mentor} — {self.officer or self.street}"


class CoachingLog(models.Model):
    """带教办案: four fields on a phone: day, item, way and minutes, the gist."""

    class Way(models.TextChoices):
        ON_SITE = "on_site", "现场办案"
        FILE = "file", "案卷指导"
        PHONE = "phone", "电话指导"
        MEETING = "meeting", "会商研讨"
        TEACHING = "teaching", "专业授课"

    mentor = models.ForeignKey(Mentor, verbose_name="导师", on_delete=models.PROTECT, related_name="coaching_logs")
    officers = models.ManyToManyField(
        Officer, verbose_name="学员", related_name="coaching_logs", db_table="training_coached"
    )
    street = models.ForeignKey(
        Unit, verbose_name="街道", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    happened_on = models.DateField("日期")
    item = models.ForeignKey(
        PowerItem, verbose_name="事项", on_delete=models.PROTECT, null=True, blank=True, related_name="coaching_logs"
    )
    way = models.CharField("方式", max_length=8, choices=Way.choices, default=Way.ON_SITE)
    minutes = models.PositiveSmallIntegerField("时长（分钟）", default=60)
    gist = models.CharField("要点", max_length=500)
    source = models.CharField("数据来源", max_length=120, blank=True, default="")
    client_key = models.CharField("防重键", max_length=40, unique=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "带教记录"
        db_table = "training_coaching"
        ordering = ["-happened_on", "-pk"]

    def __str__(self) -> str:
        return self.gist[:30]


class Evaluation(models.Model):
    """What one side of a pairing says of the other, once a year."""

    class Side(models.TextChoices):
        BY_OFFICER = "by_officer", "学员评导师"
        BY_MENTOR = "by_mentor", "导师评学员"

    pairing = models.ForeignKey(Pairing, on_delete=models.PROTECT, related_name="evaluations")
    side = models.CharField(max_length=12, choices=Side.choices)
    year_no = models.PositiveSmallIntegerField("年度")
    points = models.PositiveSmallIntegerField("评分", validators=[MinValueValidator(1), MaxValueValidator(5)])
    text = models.CharField("评语", max_length=300, blank=True, default="")
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "互评"
        constraints = [
            models.UniqueConstraint(fields=["pairing", "side", "year_no", "given_by"], name="training_evaluated_once")
        ]

    def __str__(self) -> str:
        return f"{self.points}"
