from django.conf import settings
from django.db import models
from django.urls import reverse
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from casebook.models.case import Case
from casebook.models.edition import CasebookIssue


class Discussion(ClusterableModel):
    """案例讲评: cases put up for discussion, with questions to each. Trainings and quizzes hang on it."""

    title = models.CharField("标题", max_length=120)
    slug = models.SlugField("网址标识", max_length=80, unique=True, allow_unicode=True)
    issue = models.ForeignKey(
        CasebookIssue, verbose_name="来自汇编", on_delete=models.SET_NULL, null=True, blank=True,
        related_name="discussions",
    )  # fmt: skip
    intro = models.TextField("说明", blank=True, default="")
    held_on = models.DateField("讲评日期", null=True, blank=True)
    is_open = models.BooleanField("已开放", default=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="发起人", on_delete=models.PROTECT, null=True, blank=True,
        related_name="+", editable=False,
    )  # fmt: skip
    made_at = models.DateTimeField("发起时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "案例讲评"
        db_table = "casebook_discussion"
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("casebook:discussion", args=[self.slug])


class DiscussionCase(Orderable):
    """One case of a discussion; without questions of its own it takes the 讨论题 of the case."""

    discussion = ParentalKey(Discussion, verbose_name="讲评", on_delete=models.CASCADE, related_name="discussion_cases")
    case = models.ForeignKey(Case, verbose_name="案例", on_delete=models.PROTECT, related_name="discussion_cases")
    questions = models.TextField("讨论题", blank=True, default="", help_text="每行一题；留空时用案例的讨论题")

    class Meta(Orderable.Meta):
        verbose_name = verbose_name_plural = "讲评案例"
        db_table = "casebook_discussion_case"
        constraints = [models.UniqueConstraint(fields=["discussion", "case"], name="casebook_discussion_once")]

    def __str__(self) -> str:
        return str(self.case)
