from django.db import models

from kb.keys import anchor_of, article_of
from kb.models.regulation import Regulation
from kb.models.version import RegulationVersion


class ProvisionQuerySet(models.QuerySet):
    def articles(self) -> "ProvisionQuerySet":
        return self.filter(kind=Provision.Kind.ARTICLE)

    def of_article(self, key: str) -> "ProvisionQuerySet":
        """The article itself and everything below it, in reading order."""
        return self.filter(article_key=key).order_by("position")


class Provision(models.Model):
    """A unit of a version's text. Plain rows, bulk written, never edited one by one.

    Reading the rows by `position` and joining label, heading and text gives the whole
    text back; `text` is the unit's own text without that of its children.
    """

    class Kind(models.TextChoices):
        BOOK = "book", "编"
        SUBBOOK = "subbook", "分编"
        CHAPTER = "chapter", "章"
        SECTION = "section", "节"
        ARTICLE = "article", "条"
        PARAGRAPH = "paragraph", "款"
        ITEM = "item", "项"
        SUBITEM = "subitem", "目"
        PREAMBLE = "preamble", "序言"
        TITLE_LINE = "title_line", "标题行"
        ATTACHMENT = "attachment", "附件"
        COLOPHON = "colophon", "落款"
        TABLE = "table", "表"
        LEVEL1 = "level1", "一、"
        LEVEL2 = "level2", "（一）"
        LEVEL3 = "level3", "1."
        LEVEL4 = "level4", "（1）"

    version = models.ForeignKey(RegulationVersion, on_delete=models.CASCADE, related_name="provisions")
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="children")
    kind = models.CharField("类别", max_length=12, choices=Kind.choices)
    key = models.CharField("条文键", max_length=60)
    article_key = models.CharField("所属条", max_length=60, blank=True, default="")
    label = models.CharField("序号", max_length=60, blank=True, default="")
    heading = models.TextField("标题", blank=True, default="")
    text = models.TextField("正文", blank=True, default="")
    position = models.PositiveIntegerField("次序")
    depth = models.PositiveSmallIntegerField("层次", default=0)

    objects = ProvisionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "条文"
        ordering = ["version_id", "position"]
        constraints = [models.UniqueConstraint(fields=["version", "key"], name="kb_provision_key")]
        indexes = [
            models.Index(fields=["version", "position"], name="kb_provision_order"),
            models.Index(fields=["version", "article_key"], name="kb_provision_article"),
        ]

    def __str__(self) -> str:
        return f"{self.label or self.get_kind_display()} {self.heading or self.text[:20]}"

    @property
    def anchor(self) -> str:
        """The fragment below the article's address, `p1-i2`; empty for the article itself."""
        return anchor_of(self.key)

    @property
    def article(self) -> str:
        return self.article_key or article_of(self.key)


class Gist(models.Model):
    """条旨: our own one-line gist of a provision. Belongs to the work, so it outlives any import."""

    regulation = models.ForeignKey(Regulation, verbose_name="法规", on_delete=models.CASCADE, related_name="gists")
    key = models.CharField("条文键", max_length=60)
    text = models.CharField("条旨", max_length=120)
    source = models.CharField("来源", max_length=60, blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = "条旨"
        ordering = ["regulation_id", "key"]
        constraints = [models.UniqueConstraint(fields=["regulation", "key"], name="kb_gist_unique")]

    def __str__(self) -> str:
        return self.text


class ProvisionSuccession(models.Model):
    """新旧条文对照: which provision of the new law took over from which of the old one."""

    old_regulation = models.ForeignKey(
        Regulation, verbose_name="旧法规", on_delete=models.CASCADE, related_name="succeeded_by"
    )
    old_key = models.CharField("旧条文键", max_length=60)
    new_regulation = models.ForeignKey(
        Regulation, verbose_name="新法规", on_delete=models.CASCADE, related_name="succeeds"
    )
    new_key = models.CharField("新条文键", max_length=60)
    note = models.CharField("变化要点", max_length=200, blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = "新旧条文对照"
        db_table = "kb_succession"
        constraints = [
            models.UniqueConstraint(
                fields=["old_regulation", "old_key", "new_regulation", "new_key"], name="kb_succession_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.old_regulation} {self.old_key} → {self.new_regulation} {self.new_key}"
