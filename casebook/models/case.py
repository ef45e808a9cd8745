import datetime as dt
import hashlib
from types import SimpleNamespace

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import DraftStateMixin, LockableMixin, Orderable, PreviewableMixin, RevisionMixin, WorkflowMixin

from casebook import layer
from casebook.citing import relink
from casebook.fields import CaseBodyField
from casebook.models.address import keep_former, slug_for_readers
from casebook.models.queries import INTERNAL, CaseQuerySet
from casebook.models.workflow import review_workflow
from casebook.sections import PICTURE, QUESTIONS, heading_of
from kb.models import Citation, Domain, PowerItem
from people.models import Unit

TIME_LIMIT_DAYS = 90  # 行政处罚法第六十条: from filing to decision
TAG_LABELS = {"frequent": "高频", "difficult": "疑难", "typical": "典型", "negative": "反面"}


class Case(  # type: ignore[django-manager-missing]  # ParentalKey makes its managers at run time
    WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, PreviewableMixin, ClusterableModel, models.Model
):
    """案例: an anonymised case from which others learn. For reference, never a legal basis.

    The basis is written one citation a line, by role; `kb.Citation` rows follow the live text on
    every save. A change of the text lifts the signature: what is public is what was signed.
    """

    class Kind(models.TextChoices):
        PENALTY = "penalty", "处罚"
        NO_PENALTY = "no_penalty", "不予处罚"
        COERCION = "coercion", "强制"
        INSPECTION = "inspection", "检查"
        SUPERVISION = "supervision", "监督纠错"
        REVIEW = "review", "复议诉讼"
        COOPERATION = "cooperation", "协调配合"

    class Source(models.TextChoices):
        PATROL = "patrol", "巡查"
        COMPLAINT = "complaint", "投诉"
        HOTLINE = "hotline", "12345"
        TRANSFER = "transfer", "移送"
        ASSIGNED = "assigned", "交办"
        FILE_REVIEW = "file_review", "案卷评查"

    class Procedure(models.TextChoices):
        SIMPLE = "simple", "简易程序"
        ORDINARY = "ordinary", "普通程序"

    class Result(models.TextChoices):
        """How it ended, for the library's facets; `outcome` says it in words."""

        FINE = "fine", "罚款"
        WARNING = "warning", "警告、通报批评"
        CONFISCATION = "confiscation", "没收"
        NO_PENALTY = "no_penalty", "不予处罚"
        ORDER = "order", "责令改正"
        COERCION = "coercion", "强制执行"
        TRANSFERRED = "transferred", "移送"
        OTHER = "other", "其他"

    class Challenge(models.TextChoices):
        """What reconsideration or suit made of it."""

        NONE = "", "未复议、诉讼"
        REVIEW_UPHELD = "review_upheld", "复议维持"
        REVIEW_CHANGED = "review_changed", "复议撤销或变更"
        SUIT_UPHELD = "suit_upheld", "诉讼维持"
        SUIT_CHANGED = "suit_changed", "诉讼撤销或变更"
        WITHDRAWN = "withdrawn", "撤回申请或起诉"

    class Anonymity(models.TextChoices):
        FULL = "A", "A 全匿名"
        NAMED = "B", "B 企业实名（已依法公示）"
        INTERNAL = INTERNAL, "C 仅内部使用"

    title = models.CharField("标题", max_length=120, help_text="当事人某＋行为＋案，如：某烧烤店超标排放油烟案")
    slug = models.SlugField(
        "网址标识",
        max_length=80,
        unique=True,
        allow_unicode=True,
        blank=True,
        help_text="一般留空，按编号生成；另填的，发布时改按公开的标题生成",
    )
    case_no = models.CharField("案例编号", max_length=20, unique=True, help_text="季度和序号，如：2026Q3-01")
    kind = models.CharField("案件类型", max_length=12, choices=Kind.choices, default=Kind.PENALTY)
    domain = models.ForeignKey(Domain, verbose_name="领域", on_delete=models.PROTECT, related_name="cases")
    items = models.ManyToManyField(
        PowerItem, verbose_name="涉及事项", through="CaseItem", related_name="cases", blank=True
    )
    street = models.ForeignKey(
        Unit, verbose_name="街道", on_delete=models.PROTECT, null=True, blank=True, related_name="cases"
    )
    street_shown = models.BooleanField("公开街道名称", default=False)
    source_kind = models.CharField("案源", max_length=12, choices=Source.choices, default=Source.PATROL)

    conduct_on = models.DateField(
        "行为日期", null=True, blank=True, help_text="违法行为终了之日；审核时按这一天有效的条文核对，不填按立案日期"
    )
    filed_on = models.DateField("立案日期", null=True, blank=True)
    informed_on = models.DateField("告知日期", null=True, blank=True)
    heard_on = models.DateField("听证日期", null=True, blank=True)
    decided_on = models.DateField("决定日期", null=True, blank=True, db_index=True)
    served_on = models.DateField("送达日期", null=True, blank=True)
    performed_on = models.DateField("履行日期", null=True, blank=True)
    closed_on = models.DateField("结案日期", null=True, blank=True)

    procedure = models.CharField("程序", max_length=10, choices=Procedure.choices, default=Procedure.ORDINARY)
    heard = models.BooleanField("举行听证", default=False)
    legal_reviewed = models.BooleanField("经法制审核", default=False)
    collective = models.BooleanField("经集体讨论", default=False)
    outcome = models.CharField("处理结果", max_length=200, blank=True, default="")
    result = models.CharField("结果类型", max_length=12, choices=Result.choices, blank=True, default="")
    challenge = models.CharField("复议诉讼", max_length=14, choices=Challenge.choices, blank=True, default="")
    fine_amount = models.DecimalField("罚款数额（元）", max_digits=12, decimal_places=2, null=True, blank=True)
    confiscated_amount = models.DecimalField("没收数额（元）", max_digits=12, decimal_places=2, null=True, blank=True)

    is_frequent = models.BooleanField(TAG_LABELS["frequent"], default=False)
    is_difficult = models.BooleanField(TAG_LABELS["difficult"], default=False)
    is_typical = models.BooleanField(TAG_LABELS["typical"], default=False)
    is_negative = models.BooleanField(TAG_LABELS["negative"], default=False)

    duty_basis = models.TextField("违反条款", blank=True, default="", help_text="每行一条引文")
    penalty_basis = models.TextField("处罚条款", blank=True, default="", help_text="每行一条引文")
    discretion_basis = models.TextField("裁量条款", blank=True, default="", help_text="每行一条引文")
    procedure_basis = models.TextField("程序条款", blank=True, default="", help_text="每行一条引文")
    body = CaseBodyField(verbose_name="正文", blank=True)

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="撰稿人", on_delete=models.PROTECT, null=True, blank=True,
        related_name="written_cases", editable=False,
    )  # fmt: skip
    anonymity = models.CharField("匿名等级", max_length=1, choices=Anonymity.choices, default=Anonymity.FULL)
    anonymised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="匿名处理人", on_delete=models.PROTECT, null=True, blank=True,
        related_name="+", editable=False,
    )  # fmt: skip
    anonymised_digest = models.CharField("匿名文本校验", max_length=64, blank=True, default="", editable=False)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="审签人", on_delete=models.PROTECT, null=True, blank=True,
        related_name="+", editable=False,
    )  # fmt: skip
    signed_at = models.DateTimeField("审签时间", null=True, blank=True, editable=False)
    signed_digest = models.CharField("审签文本校验", max_length=64, blank=True, default="", editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="撤下人", on_delete=models.PROTECT, null=True, blank=True,
        related_name="+", editable=False,
    )  # fmt: skip
    withdrawn_at = models.DateTimeField("撤下时间", null=True, blank=True, editable=False)
    withdrawn_reason = models.CharField("撤下理由", max_length=300, blank=True, default="", editable=False)

    citations = GenericRelation(
        Citation, content_type_field="source_type", object_id_field="source_id", related_query_name="case"
    )
    _revisions = GenericRelation("wagtailcore.Revision", related_query_name="case")
    _workflow_states = GenericRelation(
        "wagtailcore.WorkflowState", content_type_field="base_content_type", object_id_field="object_id",
        related_query_name="case", for_concrete_model=False,
    )  # fmt: skip

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "案例"
        db_table = "casebook_case"
        ordering = ["-decided_on", "case_no"]
        constraints = [
            models.CheckConstraint(
                condition=Q(signed_by__isnull=True) | Q(anonymised_by__isnull=True) | ~Q(signed_by=F("anonymised_by")),
                name="casebook_two_people",
                violation_error_message="审签人不能是匿名处理人本人。",
            )
        ]

    # Texts that carry citations, by role. In-text citations of the body are plain references.
    BASIS_FIELDS = {
        "duty_basis": Citation.Role.DUTY,
        "penalty_basis": Citation.Role.PENALTY,
        "discretion_basis": Citation.Role.DISCRETION,
        "procedure_basis": Citation.Role.PROCEDURE,
    }
    TAGS = {"frequent": "is_frequent", "difficult": "is_difficult", "typical": "is_typical", "negative": "is_negative"}

    ROW_FIELDS = ("author_id", "withdrawn_by_id", "withdrawn_at", "withdrawn_reason")

    def __str__(self) -> str:
        """The title that readers see: this goes into logs, audit entries and feeds."""
        return layer.title(self)

    def save(self, *args, update_fields=None, **kwargs) -> None:
        """A text that differs from the signed one loses its signature; a live case has an address without names."""
        if update_fields is None and self.signed_by_id and not self.is_signed:
            self.signed_by, self.signed_at, self.signed_digest = None, None, ""
        if update_fields is None and self.live:
            self.slug = slug_for_readers(self)
            keep_former(self)
        super().save(*args, update_fields=update_fields, **kwargs)
        if update_fields is None or set(update_fields) & {"body", *self.BASIS_FIELDS}:
            relink(self)

    def get_absolute_url(self) -> str:
        return reverse("casebook:case", args=[self.slug])

    def with_content_json(self, content):
        """A revision as an object. Who wrote a case and whether it was taken down are facts of the row."""
        case = super().with_content_json(content)
        for name in self.ROW_FIELDS:
            setattr(case, name, getattr(self, name))
        return case

    @classmethod
    def get_default_workflow(cls):
        return review_workflow()

    def clean(self) -> None:
        super().clean()
        self.slug = self.slug or self.case_no.lower()

    def get_preview_template(self, request, mode_name: str) -> str:
        return "casebook/case.html"

    def get_preview_context(self, request, mode_name: str) -> dict:
        from casebook.pages import case_context  # pages need the models loaded

        return {**super().get_preview_context(request, mode_name), **case_context(self)}

    @property
    def revisions(self):
        return self._revisions

    @property
    def workflow_states(self):
        return self._workflow_states

    @property
    def is_public(self) -> bool:
        """The rule of `published()` for one row."""
        return self.is_released and self.anonymity != self.Anonymity.INTERNAL

    @property
    def is_released(self) -> bool:
        """The rule of `released()` for one row: published, to the public or to the staff."""
        signed = self.anonymised_by_id and self.signed_by_id
        return bool(self.live and signed and self.withdrawn_at is None)

    @property
    def is_public_as_is(self) -> bool:
        """Released, signed as this revision reads: nothing waits to be reviewed."""
        return self.is_released and self.is_signed

    @property
    def tag_labels(self) -> list[str]:
        """高频, 疑难, 典型, 反面: those that are set, in that order."""
        return [label for tag, label in TAG_LABELS.items() if getattr(self, self.TAGS[tag])]

    @property
    def days_taken(self) -> int | None:
        """办案天数: from filing to decision, the span that 行政处罚法第六十条 limits to 90 days."""
        return (self.decided_on - self.filed_on).days if self.filed_on and self.decided_on else None

    @property
    def within_time_limit(self) -> bool | None:
        return None if self.days_taken is None else self.days_taken <= TIME_LIMIT_DAYS

    @property
    def conduct_date(self) -> dt.date | None:
        """The day whose law judges the conduct (行政处罚法第三十七条); where unknown, the day of filing."""
        return self.conduct_on or self.filed_on or self.decided_on

    @property
    def basis_date(self) -> dt.date | None:
        """The day whose law the case applied; None for today."""
        return self.decided_on or self.filed_on

    @property
    def quarter(self) -> str:
        """`2026Q3`, the first half of the case number."""
        return self.case_no.partition("-")[0]

    def sections(self) -> list["Section"]:
        """The blocks in reading order."""
        return [Section(_block(self.body, place)) for place in range(len(self.body))]

    def texts(self) -> list[tuple[str, str, str]]:
        """(field name, text, role) of everything that may hold citations."""
        basis = [(name, getattr(self, name), role.value) for name, role in self.BASIS_FIELDS.items()]
        body = [(section.field_name, section.text, Citation.Role.REFERENCE.value) for section in self.sections()]
        alts = [(f"{one.field_name}-alt", one.alt, Citation.Role.REFERENCE.value) for one in self.sections() if one.alt]
        return [*basis, *body, *alts]

    def text_digest(self) -> str:
        """Changes when anything changes that a reader reads, the decisions about replacements among it."""
        parts = [self.title, self.outcome, self.anonymity, str(self.street_shown), *(t for _, t, _ in self.texts())]
        parts += [section.heading for section in self.sections() if section.is_renamed]
        parts += [f"image {section.image_id}" for section in self.sections() if section.image_id]
        parts += layer.decisions_of(self)
        # forms send other line ends than the database holds
        return hashlib.sha256("\x1f".join(parts).replace("\r\n", "\n").encode()).hexdigest()

    @property
    def is_signed(self) -> bool:
        """Signed as it reads now: a draft that changed since must be signed again."""
        return self.signed_by_id is not None and self.signed_digest == self.text_digest()

    @property
    def is_anonymised(self) -> bool:
        """Confirmed for the text as it reads now."""
        return self.anonymised_by_id is not None and self.anonymised_digest == self.text_digest()


class CaseItem(Orderable):
    """One item that the case is about, the main one first. Edited and revised with the case."""

    case = ParentalKey(Case, verbose_name="案例", on_delete=models.CASCADE, related_name="case_items")
    item = models.ForeignKey(PowerItem, verbose_name="事项", on_delete=models.PROTECT, related_name="case_items")

    class Meta(Orderable.Meta):
        verbose_name = verbose_name_plural = "涉及事项"
        db_table = "casebook_case_item"
        constraints = [models.UniqueConstraint(fields=["case", "item"], name="casebook_case_item_unique")]

    def __str__(self) -> str:
        return str(self.item)


def _block(body, place: int):
    """A block of a body. A picture comes as stored, so that lists of cases fetch no images."""
    raw = body.raw_data[place]
    if raw["type"] != PICTURE:
        return body[place]
    return SimpleNamespace(block_type=PICTURE, id=raw.get("id"), value=raw["value"])


class Section:
    """One block of a case as readers and the linker see it."""

    def __init__(self, block) -> None:
        self.kind: str = block.block_type
        self.field_name: str = block.id or block.block_type  # a citation's place; stable over edits
        self.heading: str = heading_of(block.block_type, block.value.get("heading") or "")
        self.is_renamed = self.heading != heading_of(block.block_type)
        self.text: str = (block.value.get("text") or "").replace("\r\n", "\n")
        self.image_id: int | None = block.value.get("image") if self.kind == PICTURE else None
        self.alt: str = block.value.get("alt") or ""  # of a picture

    @property
    def is_questions(self) -> bool:
        return self.kind == QUESTIONS
