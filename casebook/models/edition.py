import json

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable, Revision

from casebook.models.case import Case
from content.storage import private_storage
from people.models import Unit


class IssueQuerySet(models.QuerySet):
    def published(self) -> "IssueQuerySet":
        return self.filter(status=CasebookIssue.Status.PUBLISHED)

    def newest(self) -> "CasebookIssue | None":
        return self.published().first()


class CasebookIssue(ClusterableModel):
    """一期案例汇编: what the district collects, edits and prints each quarter."""

    class Status(models.TextChoices):
        COLLECTING = "collecting", "征集中"
        EDITING = "editing", "编辑中"
        PUBLISHED = "published", "已发布"

    class Quarter(models.IntegerChoices):
        FIRST = 1, "第一季度"
        SECOND = 2, "第二季度"
        THIRD = 3, "第三季度"
        FOURTH = 4, "第四季度"

    year_no = models.PositiveSmallIntegerField("年份")
    quarter_no = models.PositiveSmallIntegerField("季度", choices=Quarter.choices)
    title = models.CharField("标题", max_length=120, blank=True, default="")
    preface = models.TextField("编者按", blank=True, default="")
    status = models.CharField("状态", max_length=10, choices=Status.choices, default=Status.COLLECTING)
    due_on = models.DateField("投稿截止", null=True, blank=True)
    closed_on = models.DateField("截稿日期", null=True, blank=True, help_text="附录条文以这一天有效的文本为准")
    published_at = models.DateTimeField("发布时间", null=True, blank=True, editable=False)

    objects = IssueQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "案例汇编"
        db_table = "casebook_issue"
        ordering = ["-year_no", "-quarter_no"]
        constraints = [models.UniqueConstraint(fields=["year_no", "quarter_no"], name="casebook_issue_unique")]

    def __str__(self) -> str:
        return self.title or f"{self.year_no}年{self.get_quarter_no_display()}案例汇编"

    @property
    def is_published(self) -> bool:
        return self.status == self.Status.PUBLISHED

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
    editor_note = models.TextField("编者注", blank=True, default="")
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


class IssueQuota(Orderable):
    """How many drafts a street owes an edition."""

    issue = ParentalKey(CasebookIssue, verbose_name="期次", on_delete=models.CASCADE, related_name="quotas")
    street = models.ForeignKey(Unit, verbose_name="街道", on_delete=models.PROTECT, related_name="+")
    wanted = models.PositiveSmallIntegerField("应报篇数", default=1)

    class Meta(Orderable.Meta):
        verbose_name = verbose_name_plural = "投稿任务"
        db_table = "casebook_quota"
        constraints = [models.UniqueConstraint(fields=["issue", "street"], name="casebook_quota_once")]

    def __str__(self) -> str:
        return f"{self.street} {self.wanted} 篇"


class IssueFile(models.Model):
    """A file of an edition as it was given out. Never changed, never deleted; a mended edition is a new printing."""

    class Form(models.TextChoices):
        PDF = "pdf", "PDF"
        DOCX = "docx", "Word"
        EPUB = "epub", "EPUB"

    issue = models.ForeignKey(CasebookIssue, verbose_name="期次", on_delete=models.PROTECT, related_name="files")
    printing_no = models.PositiveSmallIntegerField("印次", default=1)
    form = models.CharField("格式", max_length=5, choices=Form.choices)
    file = models.FileField("文件", upload_to="editions/", storage=private_storage, max_length=200)
    sha256 = models.CharField("校验值", max_length=64)
    size = models.PositiveIntegerField("字节数")
    reason = models.CharField("更正理由", max_length=300, blank=True, default="")
    contents = models.TextField("收录内容", blank=True, default="")  # JSON: editions.book, compared by later printings
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="制作人", on_delete=models.PROTECT, null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    made_at = models.DateTimeField("制作时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "汇编文件"
        db_table = "casebook_issue_file"
        ordering = ["-printing_no", "form"]
        constraints = [models.UniqueConstraint(fields=["issue", "printing_no", "form"], name="casebook_file_once")]

    def __str__(self) -> str:
        return f"{self.issue.code} 第{self.printing_no}次 {self.get_form_display()}"

    def save(self, *args, **kwargs) -> None:
        if not self._state.adding:
            raise ValidationError("汇编文件一经制作不能修改；内容有变时请制作更正版。")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs) -> tuple[int, dict[str, int]]:
        raise ValidationError("汇编文件一经制作不能删除。")

    @property
    def download_name(self) -> str:
        """`2026Q3案例汇编（第2次印刷）.pdf`."""
        printing = f"（第{self.printing_no}次印刷）" if self.printing_no > 1 else ""
        return f"{self.issue.code}案例汇编{printing}.{self.form}"

    @property
    def case_pks(self) -> set[int]:
        """The cases in this file."""
        return {case["pk"] for case in json.loads(self.contents or "{}").get("cases", [])}
