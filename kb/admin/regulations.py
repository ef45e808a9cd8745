"""法规 in the Wagtail admin: works, versions (metadata only), gists, successions, relations.

Provisions never appear in a form: they come from imports and are plain rows.
"""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.functional import cached_property
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from kb.admin.choosers import RegulationChooser
from kb.citations.documents import normalise_document_number
from kb.citations.standard import written_key
from kb.importers.matching import Catalogue
from kb.models import (
    Gist,
    ProvisionSuccession,
    Regulation,
    RegulationAlias,
    RegulationRelation,
    RegulationVersion,
)
from kb.reading.address import key_from_words

KEY_HELP = "如：33、第三十三条第一款、33.p1.i2"


class RegulationForm(WagtailAdminModelForm):
    """The work with its other names, one a line; an empty address is made from the title."""

    other_names = forms.CharField(
        label="别名",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="每行一个：简称、俗称、曾用名。正文和案例中的这些名称会据此关联到本法规。",
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slug"].required = False
        self.fields["slug"].help_text = "不填则由标题生成；保存后不宜再改，地址已被引用。"
        if self.instance.pk:
            names = self.instance.aliases.order_by("pk").values_list("name", flat=True)
            self.initial["other_names"] = "\n".join(names)

    def clean(self) -> dict:
        cleaned = super().clean()
        if not cleaned.get("slug") and cleaned.get("title"):
            cleaned["slug"] = Catalogue().free_slug(cleaned["title"])
        return cleaned

    def save(self, commit: bool = True) -> Regulation:
        self.instance.doc_number_norm = normalise_document_number(self.instance.doc_number)
        regulation = super().save(commit)
        if commit:
            keep_names(regulation, self.cleaned_data.get("other_names", ""))
        return regulation


def keep_names(regulation: Regulation, written: str) -> None:
    """Makes the aliases those of the lines; names that stay keep their kind."""
    wanted = {line.strip() for line in written.splitlines() if line.strip()}
    regulation.aliases.exclude(name__in=wanted).delete()
    present = set(regulation.aliases.values_list("name", flat=True))
    RegulationAlias.objects.bulk_create(
        RegulationAlias(regulation=regulation, name=name) for name in sorted(wanted - present)
    )


class KeyForm(WagtailAdminModelForm):
    """Keys may be typed as people write them; they are stored in their one form."""

    key_fields: tuple[str, ...] = ("key",)

    def clean(self) -> dict:
        cleaned = super().clean()
        for name in self.key_fields:
            written = (cleaned.get(name) or "").strip()
            cleaned[name] = key_from_words(written) or written
            if not written_key(cleaned[name]):
                self.add_error(name, ValidationError(f"「{written}」不是条款编号。{KEY_HELP}。"))
        return cleaned


class SuccessionForm(KeyForm):
    key_fields = ("old_key", "new_key")


class VersionForm(WagtailAdminModelForm):
    """Dates must run forward; a repeal is the end of the last text, not a text of its own."""

    def clean(self) -> dict:
        cleaned = super().clean()
        start, end = cleaned.get("effective_from"), cleaned.get("effective_to")
        if start and end and end <= start:
            self.add_error("effective_to", "失效日期应当晚于施行日期；失效日期是不再适用的第一天。")
        if cleaned.get("kind") == RegulationVersion.Kind.REPEAL:
            self.add_error("kind", "废止不另建版本：请在最后一个版本填写失效日期，并在“法规关系”登记由哪部法规废止。")
        return cleaned


class RegulationFilter(WagtailFilterSet):
    class Meta:
        model = Regulation
        fields = ["level_code", "domain", "region"]


class RegulationViewSet(SnippetViewSet):
    """法规: found by any name, listed with what an editor decides by."""

    model = Regulation
    icon = "openquote"
    menu_label = "法规"
    menu_name = "regulations"
    filterset_class = RegulationFilter
    search_fields = ["title", "short_title", "doc_number", "aliases__name"]
    chooser_viewset_class = RegulationChooser
    ordering = ["title"]
    list_per_page = 30
    copy_view_enabled = False
    list_display = [
        "title",
        Column("level", label="效力级别", accessor="get_level_code_display", sort_key="level_code"),
        Column("status", label="时效性", accessor=lambda regulation: regulation.status().label),
        Column("versions", label="版本", accessor=lambda regulation: len(regulation.dated_versions())),
        Column("text", label="全文", accessor=lambda regulation: "有" if has_text(regulation) else "仅条旨"),
    ]

    @cached_property
    def edit_handler(self):
        panels = [
            FieldPanel("title"),
            FieldRowPanel([FieldPanel("short_title"), FieldPanel("slug")]),
            FieldPanel("other_names"),
            FieldRowPanel([FieldPanel("level_code"), FieldPanel("domain")]),
            FieldRowPanel([FieldPanel("issuers"), FieldPanel("doc_number"), FieldPanel("region")]),
            FieldPanel("note"),
        ]
        return ObjectList(panels, base_form_class=RegulationForm).bind_to_model(Regulation)

    def get_queryset(self, request) -> QuerySet:
        return Regulation.objects.with_versions().distinct()


def has_text(regulation: Regulation) -> bool:
    return any(version.has_text for version in regulation.dated_versions())


VERSION_PANELS = [
    HelpPanel("<p>条文由“导入法规文件”写入，不在此编辑。失效日期是不再适用的第一天。</p>"),
    FieldPanel("regulation"),
    FieldRowPanel([FieldPanel("label"), FieldPanel("kind")]),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("passed_on"), FieldPanel("promulgated_on")]),
            FieldRowPanel([FieldPanel("effective_from"), FieldPanel("effective_to")]),
            FieldPanel("dates_verified"),
        ],
        heading="日期",
    ),
    FieldPanel("history_note"),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("source"), FieldPanel("source_kind")]),
            FieldPanel("source_url"),
            FieldRowPanel([FieldPanel("checked_by"), FieldPanel("checked_on")]),
        ],
        heading="来源与核对",
    ),
]


class VersionFilter(WagtailFilterSet):
    class Meta:
        model = RegulationVersion
        fields = ["kind", "dates_verified", "has_text", "source_kind", "live"]


class VersionViewSet(SnippetViewSet):
    """法规版本: dates, source, checking; with drafts, workflow, locking and preview."""

    model = RegulationVersion
    icon = "history"
    menu_label = "法规版本"
    menu_name = "versions"
    filterset_class = VersionFilter
    search_fields = ["regulation__title", "label", "source"]
    ordering = ["regulation__title", "effective_from"]
    list_per_page = 30
    copy_view_enabled = False
    list_display = [
        "__str__",
        Column("effective_from", label="施行", sort_key="effective_from"),
        Column("effective_to", label="失效", sort_key="effective_to"),
        BooleanColumn("dates_verified", label="日期已核"),
        BooleanColumn("has_text", label="全文"),
        Column("source_kind", label="来源", accessor="get_source_kind_display"),
        BooleanColumn("live", label="已发布"),
    ]

    @cached_property
    def edit_handler(self):
        return ObjectList(VERSION_PANELS, base_form_class=VersionForm).bind_to_model(RegulationVersion)

    def get_queryset(self, request) -> QuerySet:
        return RegulationVersion.objects.select_related("regulation")


class GistViewSet(SnippetViewSet):
    """条旨: our own one-line gists; they stay whatever is imported."""

    model = Gist
    icon = "comment"
    menu_label = "条旨"
    menu_name = "gists"
    search_fields = ["text", "regulation__title", "regulation__short_title"]
    list_display = [
        "__str__",
        Column("regulation", label="法规"),
        Column("key", label="条款", accessor=lambda gist: written_key(gist.key) or gist.key),
        Column("source", label="来源"),
    ]

    @cached_property
    def edit_handler(self):
        panels = [FieldPanel("regulation"), FieldPanel("key", help_text=KEY_HELP), FieldPanel("text")]
        return ObjectList([*panels, FieldPanel("source")], base_form_class=KeyForm).bind_to_model(Gist)

    def get_queryset(self, request) -> QuerySet:
        return Gist.objects.select_related("regulation")


class SuccessionViewSet(SnippetViewSet):
    """新旧条文对照: shown as arrows on both articles."""

    model = ProvisionSuccession
    icon = "arrow-right-full"
    menu_label = "新旧条文对照"
    menu_name = "successions"
    search_fields = ["old_regulation__title", "new_regulation__title", "note"]
    list_display = [
        "__str__",
        Column("old_key", label="旧条款", accessor=lambda one: written_key(one.old_key) or one.old_key),
        Column("new_key", label="新条款", accessor=lambda one: written_key(one.new_key) or one.new_key),
        Column("note", label="变化要点"),
    ]

    @cached_property
    def edit_handler(self):
        panels = [
            FieldRowPanel([FieldPanel("old_regulation"), FieldPanel("old_key", help_text=KEY_HELP)]),
            FieldRowPanel([FieldPanel("new_regulation"), FieldPanel("new_key", help_text=KEY_HELP)]),
            FieldPanel("note"),
        ]
        return ObjectList(panels, base_form_class=SuccessionForm).bind_to_model(ProvisionSuccession)

    def get_queryset(self, request) -> QuerySet:
        return ProvisionSuccession.objects.select_related("old_regulation", "new_regulation")


class RelationViewSet(SnippetViewSet):
    """法规关系: 废止, 替代, 修改, 配套, 上位法, 解释."""

    model = RegulationRelation
    icon = "link"
    menu_label = "法规关系"
    menu_name = "relations"
    search_fields = ["from_regulation__title", "to_regulation__title"]
    list_display = [
        "__str__",
        Column("kind", label="关系", accessor="get_kind_display"),
        Column("effective_on", label="生效日期"),
    ]
    panels = [
        FieldPanel("from_regulation"),
        FieldPanel("kind"),
        FieldPanel("to_regulation"),
        FieldRowPanel([FieldPanel("effective_on"), FieldPanel("note")]),
    ]

    def get_queryset(self, request) -> QuerySet:
        return RegulationRelation.objects.select_related("from_regulation", "to_regulation")


class RegulationGroup(SnippetViewSetGroup):
    """法规 in the admin's menu, after 事项; the import and the queue stand below the lists."""

    items = (RegulationViewSet, VersionViewSet, GistViewSet, SuccessionViewSet, RelationViewSet)
    menu_label = "法规"
    menu_icon = "openquote"
    menu_name = "regulations-group"
    menu_order = 110

    def get_submenu_items(self) -> list:
        from kb.admin.citation_queue import QueueMenuItem
        from kb.admin.regulation_upload import UploadMenuItem

        return [*super().get_submenu_items(), UploadMenuItem(), QueueMenuItem()]
