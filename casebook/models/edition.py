from django.db import models
from django.urls import reverse
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable, Revision

from casebook.models.case import Case


class IssueQuerySet(models.QuerySet):
    def published(self) -> "IssueQuerySet":
        return self.filter(is_published=True)

    def newest(self) -> "CasebookIssue | None":
        return self.published().first()


class CasebookIssue(ClusterableModel):
    """一期案例汇编: what the district prints each quarter."""

    class Quarter(models.IntegerChoices):
        FIRST = 1, "第一季度"
        SECOND = 2, "第二季度"
        THIRD = 3, "第三季度"
        FOURTH = 4, "第四季度"

    year_no = models.PositiveSmallIntegerField("年份")
    quarter_no = models.PositiveSmallIntegerField("季度", choices=Quarter.choices)
    title = models.CharField("标题", max_length=120, blank=True, default="")
    preface = models.TextField("编者按", blank=True, default="")
    closed_on = models.DateField("截稿日期", null=True, blank=True)
    is_published = models.BooleanField("已发布", default=False)

    objects = IssueQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "案例汇编"
        db_table = "casebook_issue"
        ordering = ["-year_no", "-quarter_no"]
        constraints = [models.UniqueConstraint(fields=["year_no", "quarter_no"], name="casebook_issue_unique")]

    def __str__(self) -> str:
        return self.title or f"{self.year_no}年{self.get_quarter_no_display()}案例汇编"

    @property
    def code(self) -> str:
        """`2026Q3`."""
        return f"{self.year_no}Q{self.quarter_no}"

    def get_absolute_url(self) -> str:
        return reverse("casebook:issue", args=[self.code])


class IssueEntry(Orderable):
    """A case in an edition, in its place, with the revision that was printed."""

    issue = ParentalKey(CasebookIssue, verbose_name="期次", on_delete=models.CASCADE, related_name="entries")
    case = models.ForeignKey(Case, verbose_name="案例", on_delete=models.PROTECT, related_name="entries")
    section = models.CharField("栏目", max_length=40, blank=True, default="")
    printed_revision = models.ForeignKey(
        Revision, verbose_name="刊载版本", on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        editable=False,
    )  # fmt: skip

    class Meta(Orderable.Meta):
        verbose_name = verbose_name_plural = "篇目"
        db_table = "casebook_entry"
        constraints = [models.UniqueConstraint(fields=["issue", "case"], name="casebook_entry_unique")]

    def __str__(self) -> str:
        return f"{self.issue.code} {self.case}"
