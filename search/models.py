"""What search keeps in the database: changes to be indexed, colloquial terms, counts of queries, saved searches."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class OutboxEntry(models.Model):
    """A row of the database whose documents in the index are out of date.

    Written in the transaction of the change, taken away once the index is right again. It says only
    what changed (`item:12`, `regulation:3`): what the index should hold is read when it is drained.
    """

    subject = models.CharField("对象", max_length=60)
    created_at = models.DateTimeField("时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "待更新索引"
        db_table = "search_outbox"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.subject


class SynonymQuerySet(models.QuerySet):
    def active(self) -> "SynonymQuerySet":
        return self.filter(is_active=True)


class Synonym(models.Model):
    """What officers say and what the statute says. Takes effect at once, without rebuilding the index."""

    class Relation(models.TextChoices):
        EQUAL = "EQ", "同义，双向扩展"
        UP = "UP", "口语，只向法定用语扩展"
        RELATED = "REL", "相关，降低权重"
        WARNING = "WARN", "不属街道职权，提示去向"
        TYPO = "TYPO", "错别字，直接纠正"

    colloquial = models.CharField("口语说法", max_length=60, db_index=True)
    statutory = models.CharField("法定用语", max_length=120)
    relation = models.CharField("关系", max_length=4, choices=Relation.choices, default=Relation.UP)
    field = models.CharField("领域", max_length=40, blank=True, default="")
    note = models.CharField("说明", max_length=200, blank=True, default="")
    is_active = models.BooleanField("启用", default=True)

    objects = SynonymQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "同义词"
        ordering = ["colloquial", "pk"]
        constraints = [models.UniqueConstraint(fields=["colloquial", "statutory"], name="search_synonym_unique")]

    def __str__(self) -> str:
        return f"{self.colloquial} → {self.statutory}"


class VocabularyMark(models.Model):
    """One row whose value changes whenever a name of a law or a synonym does; see `search.vocabulary`."""

    ONLY = 1

    value = models.CharField("标记", max_length=32)

    class Meta:
        verbose_name = verbose_name_plural = "词表标记"
        db_table = "search_vocabulary_mark"

    def __str__(self) -> str:
        return self.value


class QueryLog(models.Model):
    """A query on one day: how often asked, how often in vain, what was found last, what was opened.

    Nothing of persons: neither who asked, nor names and numbers in the query (`search.querylog`).
    """

    LONGEST = 100

    query = models.CharField("检索词", max_length=LONGEST)
    asked_on = models.DateField("日期", default=timezone.localdate, db_index=True)
    asked = models.PositiveIntegerField("检索次数", default=0)
    in_vain = models.PositiveIntegerField("无结果次数", default=0)
    clicks = models.PositiveIntegerField("打开次数", default=0)
    found_item = models.PositiveIntegerField("事项", default=0)
    found_article = models.PositiveIntegerField("条文", default=0)
    found_case = models.PositiveIntegerField("案例", default=0)
    found_document = models.PositiveIntegerField("法规与文件", default=0)
    found_form = models.PositiveIntegerField("文书", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "检索日志"
        db_table = "search_query_log"
        ordering = ["-asked_on", "query"]
        constraints = [models.UniqueConstraint(fields=["query", "asked_on"], name="search_query_log_unique")]

    def __str__(self) -> str:
        return f"{self.query}（{self.asked_on}）"


class QueryClick(models.Model):
    """How often the results of a query were opened, by kind and by their place on the page. No person here either."""

    log = models.ForeignKey(QueryLog, verbose_name="检索", on_delete=models.CASCADE, related_name="opened")
    kind = models.CharField("类别", max_length=10)
    place = models.PositiveIntegerField("位次")
    clicks = models.PositiveIntegerField("打开次数", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "打开位次"
        db_table = "search_query_click"
        ordering = ["log_id", "place"]
        constraints = [models.UniqueConstraint(fields=["log", "kind", "place"], name="search_query_click_unique")]

    def __str__(self) -> str:
        return f"{self.kind} {self.place}"


class SavedSearchQuerySet(models.QuerySet):
    def of(self, user: models.Model) -> "SavedSearchQuerySet":
        """One person's own: the only way views read this table."""
        return self.filter(owner=user)


class SavedSearch(models.Model):
    """A query somebody wants to hear about again. Nobody else ever sees it: not in the admin, not in the audit.

    `narrowing` is the address' part that narrows (`kind=case&domain=...`), sorted. `known` are the keys of
    the first documents found at the last check, one on a line; `fresh` those found new and not opened
    before, newest first; `unread` how many of them came since the page was last opened.
    """

    LONGEST = 200

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="所有人", on_delete=models.CASCADE, related_name="saved_searches"
    )
    query = models.CharField("检索词", max_length=LONGEST)
    narrowing = models.CharField("筛选", max_length=600, blank=True, default="")
    known = models.TextField("已知结果", blank=True, default="")
    fresh = models.TextField("新增结果", blank=True, default="")
    unread = models.PositiveIntegerField("未看条数", default=0)
    total = models.PositiveIntegerField("结果数", default=0)
    checked_at = models.DateTimeField("上次核对", default=timezone.now, db_index=True)
    opened_at = models.DateTimeField("上次打开", null=True, blank=True)
    created_at = models.DateTimeField("保存时间", auto_now_add=True)

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "保存的检索"
        db_table = "search_saved"
        ordering = ["-unread", "-created_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["owner", "query", "narrowing"], name="search_saved_unique")]

    def __str__(self) -> str:
        return self.query
