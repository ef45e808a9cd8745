from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from casebook.models.case import Case


class Contest(ClusterableModel):
    """十佳案例评选 of a year: cases are nominated, judges score each by the criteria, the ranking is published."""

    class Status(models.TextChoices):
        NOMINATING = "nominating", "推荐中"
        JUDGING = "judging", "评分中"
        PUBLISHED = "published", "已公布"

    title = models.CharField("名称", max_length=120)
    year_no = models.PositiveSmallIntegerField("年份")
    places = models.PositiveSmallIntegerField("入选篇数", default=10, validators=[MinValueValidator(1)])
    note = models.TextField("说明", blank=True, default="")
    status = models.CharField("状态", max_length=12, choices=Status.choices, default=Status.NOMINATING)
    published_at = models.DateTimeField("公布时间", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "十佳评选"
        db_table = "casebook_contest"
        ordering = ["-year_no", "-pk"]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """What was scored by one sheet is not counted by another."""
        super().clean()
        if self.pk and self.status != self.Status.NOMINATING:
            raise ValidationError("评分开始后，评分项、评委和入选篇数不再改动。")


class Criterion(Orderable):
    """One line of the scoring sheet."""

    contest = ParentalKey(Contest, verbose_name="评选", on_delete=models.CASCADE, related_name="criteria")
    name = models.CharField("评分项", max_length=60)
    max_points = models.PositiveSmallIntegerField("满分", validators=[MinValueValidator(1)])

    class Meta(Orderable.Meta):
        verbose_name = verbose_name_plural = "评分项"
        db_table = "casebook_criterion"

    def __str__(self) -> str:
        return f"{self.name}（{self.max_points} 分）"


class Judge(models.Model):
    """A person who scores every nomination of a contest."""

    contest = ParentalKey(Contest, verbose_name="评选", on_delete=models.CASCADE, related_name="judges")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="评委", on_delete=models.PROTECT, related_name="judgeships"
    )

    class Meta:
        verbose_name = verbose_name_plural = "评委"
        db_table = "casebook_judge"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["contest", "person"], name="casebook_judge_once")]

    def __str__(self) -> str:
        return str(self.person)


class Nomination(models.Model):
    """A public case put forward; `total` and `place` are written when the ranking is published."""

    contest = models.ForeignKey(Contest, verbose_name="评选", on_delete=models.CASCADE, related_name="nominations")
    case = models.ForeignKey(Case, verbose_name="案例", on_delete=models.PROTECT, related_name="nominations")
    reason = models.CharField("推荐理由", max_length=300, blank=True, default="")
    nominated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="推荐人", on_delete=models.PROTECT, related_name="+"
    )
    nominated_at = models.DateTimeField("推荐时间", auto_now_add=True)
    total = models.DecimalField("总分", max_digits=7, decimal_places=3, null=True, blank=True, editable=False)
    place = models.PositiveSmallIntegerField("名次", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "推荐案例"
        db_table = "casebook_nomination"
        ordering = ["place", "pk"]
        constraints = [models.UniqueConstraint(fields=["contest", "case"], name="casebook_nomination_once")]

    def __str__(self) -> str:
        return str(self.case)


class Score(models.Model):
    """What one judge gave one case for one criterion."""

    nomination = models.ForeignKey(Nomination, verbose_name="推荐案例", on_delete=models.CASCADE, related_name="scores")
    judge = models.ForeignKey(Judge, verbose_name="评委", on_delete=models.PROTECT, related_name="scores")
    criterion = models.ForeignKey(Criterion, verbose_name="评分项", on_delete=models.PROTECT, related_name="scores")
    points = models.DecimalField("得分", max_digits=5, decimal_places=1)
    given_at = models.DateTimeField("评分时间", auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "评分"
        db_table = "casebook_score"
        constraints = [models.UniqueConstraint(fields=["nomination", "judge", "criterion"], name="casebook_score_once")]

    def __str__(self) -> str:
        return f"{self.points}"
