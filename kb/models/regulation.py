import datetime as dt
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.urls import reverse
from django.utils import timezone

from kb.models.domain import Domain
from kb.models.status import LegalStatus
from kb.validity import valid_on


class Level(models.TextChoices):
    """效力级别. The order is the order of authority."""

    CONSTITUTION = "constitution", "宪法"
    LAW = "law", "法律"
    INTERPRETATION = "interpretation", "法律解释"
    ADMIN_REGULATION = "admin_regulation", "行政法规"
    JUDICIAL = "judicial", "司法解释"
    LOCAL_REGULATION = "local_regulation", "地方性法规"
    DEPARTMENT_RULE = "department_rule", "部门规章"
    LOCAL_RULE = "local_rule", "地方政府规章"
    NORMATIVE = "normative", "行政规范性文件"
    PARTY = "party", "党内法规"
    STANDARD = "standard", "标准"
    INTERNAL = "internal", "内部制度"
    OTHER = "other", "其他"


def _version_model() -> Any:
    """RegulationVersion, which is defined on top of this module."""
    return apps.get_model("kb", "RegulationVersion")


class RegulationQuerySet(models.QuerySet):
    def in_force(self, on: dt.date | None = None) -> "RegulationQuerySet":
        """Works with a live version whose span covers the day (today by default)."""
        version = _version_model()
        on = on or timezone.localdate()
        covering = version.objects.filter(
            valid_on(on, "effective_from", "effective_to"), regulation=OuterRef("pk"), live=True
        ).exclude(kind=version.Kind.REPEAL)
        return self.filter(Exists(covering))

    def with_versions(self) -> "RegulationQuerySet":
        """Loads the live versions once, so that `version_on` and `status` cost no further query."""
        version = _version_model()
        return self.prefetch_related(
            Prefetch("versions", queryset=version.objects.live_only(), to_attr="live_versions")
        )

    def documents(self) -> "RegulationQuerySet":
        """Normative documents and house rules, which search shows as documents."""
        return self.filter(level_code__in=[Level.NORMATIVE, Level.INTERNAL])


class Regulation(models.Model):
    """The work: a law, regulation, rule or document, whatever its version. Its address never changes."""

    Level = Level

    title = models.CharField("标题", max_length=200, unique=True)
    slug = models.SlugField("网址标识", max_length=80, unique=True, allow_unicode=True)
    short_title = models.CharField("简称", max_length=100, blank=True, default="")
    level_code = models.CharField("效力级别", max_length=20, choices=Level.choices, default=Level.OTHER)
    issuers = models.CharField("制定机关", max_length=300, blank=True, default="", help_text="多个机关以顿号分隔")
    doc_number = models.CharField("文号", max_length=100, blank=True, default="")
    doc_number_norm = models.CharField(
        "归一文号", max_length=100, blank=True, default="", db_index=True, editable=False
    )
    region = models.CharField("适用地域", max_length=40, blank=True, default="")
    domain = models.ForeignKey(Domain, verbose_name="领域", on_delete=models.SET_NULL, null=True, blank=True)
    note = models.TextField("编者说明", blank=True, default="")
    created_at = models.DateTimeField("收录时间", auto_now_add=True)

    objects = RegulationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "法规文件"
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("kb:law", args=[self.slug])

    @property
    def name(self) -> str:
        """What people call it: the short title, else the title without 中华人民共和国."""
        return self.short_title or self.title.removeprefix("中华人民共和国")

    def dated_versions(self) -> list:
        """Live versions, oldest first; an unknown beginning sorts by promulgation."""
        if not hasattr(self, "live_versions"):
            self.live_versions = list(self.versions.live_only())
        return self.live_versions

    def version_on(self, on: dt.date | None = None):
        """The version in force on the day (today by default), or None.

        A version whose beginning is still 待核 is taken only when no dated one covers the day.
        """
        on = on or timezone.localdate()
        covering = [v for v in self.dated_versions() if v.covers(on)]
        if covering:
            return covering[-1]
        undated = [v for v in self.dated_versions() if v.effective_from is None and not v.ended_by(on)]
        return undated[-1] if undated else None

    def current_or_last(self, on: dt.date | None = None):
        """What to show a reader: the version in force, else the newest that began, else the newest."""
        on = on or timezone.localdate()
        versions = self.dated_versions()
        begun = [v for v in versions if v.effective_from and v.effective_from <= on]
        return self.version_on(on) or (begun or versions or [None])[-1]

    def status(self, on: dt.date | None = None) -> LegalStatus:
        """尚未施行 / 现行有效 / 已废止 / 待核 on the day."""
        on = on or timezone.localdate()
        version = self.version_on(on)
        if version:
            return version.status(on)
        versions = self.dated_versions()
        if not versions:
            return LegalStatus.UNVERIFIED
        begins = [v.effective_from for v in versions if v.effective_from]
        return LegalStatus.PENDING if begins and min(begins) > on else LegalStatus.REPEALED


class RegulationAlias(models.Model):
    """Another name under which a regulation is cited."""

    class Kind(models.TextChoices):
        FULL = "full", "全称"
        SHORT = "short", "简称"
        FORMER = "former", "曾用名"
        COLLOQUIAL = "colloquial", "俗称"
        DOC_NUMBER = "doc_number", "文号"

    regulation = models.ForeignKey(Regulation, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField("名称", max_length=200)
    kind = models.CharField("类别", max_length=12, choices=Kind.choices, default=Kind.SHORT)

    class Meta:
        verbose_name = verbose_name_plural = "别名"
        constraints = [models.UniqueConstraint(fields=["regulation", "name"], name="kb_alias_unique")]
        indexes = [models.Index(fields=["name"], name="kb_alias_name")]

    def __str__(self) -> str:
        return self.name


class RegulationRelation(models.Model):
    """How two works stand to each other; `from_regulation` does it to `to_regulation`."""

    class Kind(models.TextChoices):
        REPEALS = "repeals", "废止"
        REPLACES = "replaces", "替代"
        AMENDS = "amends", "修改"
        IMPLEMENTS = "implements", "配套"
        SUPERIOR = "superior", "上位法"
        INTERPRETS = "interprets", "解释"

    from_regulation = models.ForeignKey(
        Regulation, verbose_name="法规", on_delete=models.CASCADE, related_name="relations_out"
    )
    to_regulation = models.ForeignKey(
        Regulation, verbose_name="对象法规", on_delete=models.CASCADE, related_name="relations_in"
    )
    kind = models.CharField("关系", max_length=12, choices=Kind.choices)
    effective_on = models.DateField("生效日期", null=True, blank=True)
    note = models.CharField("说明", max_length=200, blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = "法规关系"
        constraints = [
            models.UniqueConstraint(fields=["from_regulation", "to_regulation", "kind"], name="kb_relation_unique")
        ]

    def __str__(self) -> str:
        return f"{self.from_regulation} {self.get_kind_display()} {self.to_regulation}"


def regulations_by_pk(pks: set[int]) -> QuerySet[Regulation]:
    """The works with their live versions, for views that hold only keys."""
    return Regulation.objects.filter(pk__in=pks).with_versions()
