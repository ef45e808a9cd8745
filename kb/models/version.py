import datetime as dt

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models import F
from django.utils import timezone
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin, WorkflowMixin

from kb.models.regulation import Regulation
from kb.models.status import LegalStatus


class VersionQuerySet(models.QuerySet):
    def live_only(self) -> "VersionQuerySet":
        """Published versions, oldest first. An unknown beginning falls back to promulgation."""
        return self.filter(live=True).order_by(
            F("effective_from").asc(nulls_first=True), F("promulgated_on").asc(nulls_first=True), "pk"
        )


class RegulationVersion(WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, PreviewableMixin, models.Model):
    """The expression: the text as it stood from one day to another. Owns its provisions.

    `effective_to` is exclusive: the first day on which this text no longer applies.
    """

    class Kind(models.TextChoices):
        ENACTED = "enacted", "制定"
        AMENDED = "amended", "修正"
        REVISED = "revised", "修订"
        REPEAL = "repeal", "废止"

    class SourceKind(models.TextChoices):
        """Ordered by rank: a source of higher rank replaces one of lower rank."""

        GIST = "gist", "仅条旨"
        STATUTE_WHEEL = "statute_wheel", "公开法律包"
        MANUAL = "manual", "人工录入"
        USER_FILE = "user_file", "本单位文件"

    regulation = models.ForeignKey(Regulation, verbose_name="法规", on_delete=models.PROTECT, related_name="versions")
    label = models.CharField("版本", max_length=60, blank=True, default="", help_text="如：2021年修订")
    kind = models.CharField("性质", max_length=10, choices=Kind.choices, default=Kind.ENACTED)
    passed_on = models.DateField("通过日期", null=True, blank=True)
    promulgated_on = models.DateField("公布日期", null=True, blank=True)
    effective_from = models.DateField("施行日期", null=True, blank=True, db_index=True)
    effective_to = models.DateField("失效日期", null=True, blank=True, help_text="自该日起不再适用")
    dates_verified = models.BooleanField("日期已核", default=False, help_text="未勾选时页面标注「待核」")
    history_note = models.TextField("题注", blank=True, default="")
    source = models.CharField("来源", max_length=200, blank=True, default="")
    source_url = models.CharField("来源网址", max_length=300, blank=True, default="")
    source_kind = models.CharField("来源类别", max_length=14, choices=SourceKind.choices, default=SourceKind.MANUAL)
    has_text = models.BooleanField("有全文", default=False)
    checked_by = models.CharField("核对人", max_length=40, blank=True, default="")
    checked_on = models.DateField("核对日期", null=True, blank=True)
    created_at = models.DateTimeField("收录时间", auto_now_add=True)

    _revisions = GenericRelation("wagtailcore.Revision", related_query_name="regulation_version")
    _workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="regulation_version",
        for_concrete_model=False,
    )

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "法规版本"
        db_table = "kb_version"
        ordering = ["regulation_id", "effective_from", "pk"]

    def __str__(self) -> str:
        return f"{self.regulation}（{self.display_label}）"

    @property
    def display_label(self) -> str:
        day = self.promulgated_on or self.passed_on or self.effective_from
        return self.label or (f"{day.year}年{self.get_kind_display()}" if day else "日期待核")

    @property
    def revisions(self):
        return self._revisions

    @property
    def workflow_states(self):
        return self._workflow_states

    def ended_by(self, on: dt.date) -> bool:
        return self.effective_to is not None and self.effective_to <= on

    def covers(self, on: dt.date) -> bool:
        """Whether this text was in force on the day; False while its beginning is unknown, and for a repeal."""
        if self.kind == self.Kind.REPEAL or self.effective_from is None:
            return False
        return self.effective_from <= on and not self.ended_by(on)

    def status(self, on: dt.date | None = None) -> LegalStatus:
        """已被修改 when a later version took over, 已废止 when nothing did."""
        on = on or timezone.localdate()
        if self.ended_by(on):
            replaced = any(v.covers(self.effective_to) for v in self.regulation.dated_versions() if v.pk != self.pk)
            return LegalStatus.AMENDED if replaced else LegalStatus.REPEALED
        if self.effective_from is None:
            return LegalStatus.UNVERIFIED
        return LegalStatus.IN_FORCE if self.effective_from <= on else LegalStatus.PENDING

    def provision(self, key: str):
        """The provision with that key, or None."""
        return self.provisions.filter(key=key).first()

    def get_preview_template(self, request, mode_name: str) -> str:
        return "kb/version_preview.html"


class SourceText(models.Model):
    """The imported document exactly as it came, beside the version it became."""

    version = models.OneToOneField(RegulationVersion, on_delete=models.CASCADE, related_name="source_text")
    filename = models.CharField("文件名", max_length=200)
    body = models.TextField("原文")
    sha256 = models.CharField("校验和", max_length=64)
    report = models.TextField("导入报告", blank=True, default="")
    imported_at = models.DateTimeField("导入时间", auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "导入原文"
        db_table = "kb_source_text"

    def __str__(self) -> str:
        return self.filename
