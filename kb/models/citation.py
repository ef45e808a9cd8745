from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models

from kb.models.regulation import Regulation


class CitationQuerySet(models.QuerySet):
    def of_source(self, source: models.Model) -> "CitationQuerySet":
        """Citations made by one object (a version, an item, a case), in the order of the text."""
        return self.filter(source_type=ContentType.objects.get_for_model(source), source_id=source.pk).order_by(
            "field_name", "span_start", "pk"
        )

    def to_provision(self, regulation: Regulation, key: str) -> "CitationQuerySet":
        """Cited-by: who cites this provision or a part of it."""
        exact_or_below = models.Q(key=key) | models.Q(key__startswith=f"{key}.")
        return self.resolved().filter(exact_or_below, regulation=regulation)

    def resolved(self) -> "CitationQuerySet":
        return self.filter(status=Citation.Status.RESOLVED)

    def waiting(self) -> "CitationQuerySet":
        """The queue: what a person still has to resolve or dismiss."""
        return self.filter(status__in=Citation.OPEN)


class Citation(models.Model):  # type: ignore[django-manager-missing]  # forms come later
    """One reference from a text to a provision: (source, place) -> (regulation, key).

    It never points at a version's row; which version is meant follows from the date of the
    source. A source that is a RegulationVersion names its own provision in `source_key`.
    """

    class Role(models.TextChoices):
        POWER = "power", "职权依据"
        DUTY = "duty", "义务依据"
        PENALTY = "penalty", "处罚依据"
        DISCRETION = "discretion", "裁量依据"
        PROCEDURE = "procedure", "程序依据"
        REFERENCE = "reference", "引用"

    class Origin(models.TextChoices):
        AUTOMATIC = "automatic", "自动识别"
        MANUAL = "manual", "人工确认"

    class Status(models.TextChoices):
        RESOLVED = "resolved", "已链接"
        AMBIGUOUS = "ambiguous", "有歧义"
        UNRESOLVED = "unresolved", "未识别"
        DISMISSED = "dismissed", "不作引用"

    OPEN = (Status.AMBIGUOUS, Status.UNRESOLVED)

    source_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    source_id = models.PositiveBigIntegerField()
    source = GenericForeignKey("source_type", "source_id")
    source_key = models.CharField("来源条文键", max_length=60, blank=True, default="")
    field_name = models.CharField("来源字段", max_length=40, blank=True, default="")
    span_start = models.PositiveIntegerField("起", default=0)
    span_end = models.PositiveIntegerField("止", default=0)
    raw = models.CharField("原文", max_length=400)
    law_name = models.CharField("所引名称", max_length=200, blank=True, default="")
    regulation = models.ForeignKey(
        Regulation,
        verbose_name="法规",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="cited_by",
    )
    key = models.CharField("条文键", max_length=60, blank=True, default="")
    article_key = models.CharField("所属条", max_length=60, blank=True, default="")
    role = models.CharField("作用", max_length=12, choices=Role.choices, default=Role.REFERENCE)
    origin = models.CharField("产生方式", max_length=10, choices=Origin.choices, default=Origin.AUTOMATIC)
    status = models.CharField("状态", max_length=12, choices=Status.choices, default=Status.UNRESOLVED)
    note = models.CharField("说明", max_length=300, blank=True, default="")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="处理人", on_delete=models.SET_NULL, null=True, blank=True
    )
    decided_at = models.DateTimeField("处理时间", null=True, blank=True)

    objects = CitationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "引用"
        indexes = [
            models.Index(fields=["source_type", "source_id", "source_key"], name="kb_citation_source"),
            models.Index(fields=["regulation", "article_key"], name="kb_citation_target"),
            models.Index(fields=["status", "law_name"], name="kb_citation_queue"),
        ]

    def __str__(self) -> str:
        return self.raw
