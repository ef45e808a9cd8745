"""What search keeps in the database: changes still to be indexed, and the table of colloquial terms."""

from django.db import models


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
