import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from people.models.unit import Unit


class OfficerQuerySet(models.QuerySet):
    def active(self) -> "OfficerQuerySet":
        return self.filter(is_active=True)

    def required_to_hold_card(self) -> "OfficerQuerySet":
        """应持证人员: those in enforcement posts, auxiliary staff not among them. Head-count is the wrong
        denominator of 持证率."""
        return self.active().filter(in_enforcement_post=True, is_auxiliary=False)


class Officer(models.Model):
    """A person of the district's enforcement: street officers, and departments' instructors.

    Unit, post and activity are today's; where a person served on another day `Posting` tells, which `save` keeps up.
    """

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
    is_auxiliary = models.BooleanField("辅助人员", default=False, help_text="可以练习，不参加资格考试，不持证")
    is_active = models.BooleanField("在岗", default=True)
    joined_on = models.DateField("到岗日期", null=True, blank=True, help_text="不填表示早于本系统的记录")

    objects = OfficerQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "执法人员"
        ordering = ["unit__sort_order", "staff_no"]

    def __str__(self) -> str:
        return f"{self.name}（{self.unit.label}）"

    def save(self, *args, **kwargs) -> None:
        is_new = self._state.adding
        super().save(*args, **kwargs)
        Posting.keep_up(self, is_new=is_new)

    @property
    def needs_card(self) -> bool:
        """Whether the post is one that takes a card: auxiliary staff never hold one."""
        return self.in_enforcement_post and not self.is_auxiliary


class PostingQuerySet(models.QuerySet):
    def on(self, day: dt.date) -> "PostingQuerySet":
        """Who served where on the day; a posting without a beginning was there before the records."""
        began = Q(valid_from__isnull=True) | Q(valid_from__lte=day)
        return self.filter(began, Q(valid_to__isnull=True) | Q(valid_to__gt=day))

    def enforcing(self) -> "PostingQuerySet":
        """Posts whose holder needs a card (应持证)."""
        return self.filter(in_enforcement_post=True)


class Posting(models.Model):
    """Where a person served, from a day to a day (exclusive). Figures "as of a day" rest on these rows.

    `in_enforcement_post` is whether the post took a card, so it is False for auxiliary staff.
    """

    officer = models.ForeignKey(Officer, verbose_name="人员", on_delete=models.CASCADE, related_name="postings")
    unit = models.ForeignKey(Unit, verbose_name="单位", on_delete=models.PROTECT, related_name="postings")
    in_enforcement_post = models.BooleanField("在执法岗位", default=False)
    valid_from = models.DateField("起", null=True, blank=True)
    valid_to = models.DateField("止（不含）", null=True, blank=True)

    objects = PostingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "任职记录"
        ordering = ["officer", "valid_from", "pk"]
        indexes = [models.Index(fields=["unit", "valid_to"], name="people_posting_unit")]

    def __str__(self) -> str:
        return f"{self.officer_id} {self.valid_from or ''}—{self.valid_to or ''}"

    @classmethod
    def keep_up(cls, officer: Officer, on: dt.date | None = None, *, is_new: bool = False) -> None:
        """Ends the open posting and begins another where unit or kind of post has changed, today by default.

        A new person serves from the day of joining; of whoever comes back nothing is said about the time before.
        """
        on = on or timezone.localdate()
        current = cls.objects.filter(officer=officer, valid_to__isnull=True).first()
        if current and officer.is_active and current.is_like(officer):
            return
        if current:
            current.end(on)
        if officer.is_active:
            cls.objects.create(
                officer=officer,
                unit_id=officer.unit_id,
                in_enforcement_post=officer.needs_card,
                valid_from=officer.joined_on if is_new else max(on, officer.joined_on or on),
            )

    def is_like(self, officer: Officer) -> bool:
        return self.unit_id == officer.unit_id and self.in_enforcement_post == officer.needs_card

    def end(self, on: dt.date) -> None:
        """A posting that would end on the day it began was a slip of the keyboard: it goes."""
        if self.valid_from == on:
            self.delete()
        else:
            self.valid_to = on
            self.save(update_fields=["valid_to"])


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
