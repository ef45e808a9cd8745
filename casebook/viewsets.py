"""Cases and editions in the Wagtail admin: what editors see, in which order, and what they may filter by."""

import django_filters
from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.admin.ui.tables import BooleanColumn, Column, UpdatedAtColumn
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from casebook.choosers import CaseChooser
from casebook.editing import CaseCreateView, CaseEditView, CaseForm, CaseUnpublishView, guarded
from casebook.intake.views import IntakeMenuItem
from casebook.models import Case, CasebookIssue
from casebook.permissions import visible_cases
from casebook.review.comparing import CaseCompareView
from casebook.review.panel import ReviewPanel
from casebook.teaching.admin import ContestViewSet, DiscussionViewSet
from casebook.waiting import DUE, due_cases

CONTENT_PANELS = [
    FieldPanel("title"),
    FieldRowPanel([FieldPanel("case_no"), FieldPanel("slug")]),
    FieldRowPanel([FieldPanel("kind"), FieldPanel("domain")]),
    InlinePanel("case_items", label="事项", heading="涉及事项", panels=[FieldPanel("item")]),
    FieldPanel("body"),
]
FACT_PANELS = [
    FieldRowPanel([FieldPanel("street"), FieldPanel("street_shown"), FieldPanel("source_kind")]),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("conduct_on"), FieldPanel("filed_on")]),
            FieldRowPanel([FieldPanel("informed_on"), FieldPanel("heard_on")]),
            FieldRowPanel([FieldPanel("decided_on"), FieldPanel("served_on")]),
            FieldRowPanel([FieldPanel("performed_on"), FieldPanel("closed_on")]),
        ],
        heading="日期（公开页面只显示到月）",
    ),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("procedure"), FieldPanel("heard")]),
            FieldRowPanel([FieldPanel("legal_reviewed"), FieldPanel("collective")]),
        ],
        heading="程序",
    ),
    MultiFieldPanel(
        [FieldPanel("outcome"), FieldRowPanel([FieldPanel("fine_amount"), FieldPanel("confiscated_amount")])],
        heading="处理结果",
    ),
    FieldRowPanel([FieldPanel(name) for name in Case.TAGS.values()], heading="标签"),
]
BASIS_PANELS = [
    HelpPanel("<p>每行一条引文，写全称，如：《中华人民共和国行政处罚法》第三十三条第一款。保存后自动关联到条文。</p>"),
    *[FieldPanel(name) for name in Case.BASIS_FIELDS],
]
PUBLICITY_PANELS = [
    ReviewPanel(template="casebook/admin/steps.html"),
    FieldPanel("anonymity"),
    FieldPanel("anonymised_by", read_only=True),
    FieldPanel("signed_by", read_only=True),
    FieldPanel("signed_at", read_only=True),
]


class CaseFilterSet(WagtailFilterSet):
    due = django_filters.ChoiceFilter(
        label="待办", choices=[(name, due.label) for name, due in DUE.items()], method="filter_due"
    )

    def filter_due(self, cases, name: str, value: str):
        return due_cases(value, cases, self.request.user)

    class Meta:
        model = Case
        fields = ["kind", "domain", "street", "procedure", "anonymity", "live", *Case.TAGS.values()]


class CaseViewSet(SnippetViewSet):
    """案例: listed by what an editor decides by, newest first."""

    model = Case
    icon = "doc-full-inverse"
    menu_label = "案例"
    menu_name = "cases"
    filterset_class = CaseFilterSet
    add_view_class = CaseCreateView
    edit_view_class = CaseEditView
    unpublish_view_class = CaseUnpublishView
    revisions_compare_view_class = CaseCompareView
    chooser_viewset_class = CaseChooser
    search_fields = ["title", "case_no", "outcome"]
    ordering = ["-case_no"]
    list_per_page = 30
    add_to_admin_menu = False
    copy_view_enabled = False
    list_display = [
        "title",
        Column("case_no", label="编号", sort_key="case_no"),
        Column("kind", label="类型", accessor="get_kind_display", sort_key="kind"),
        Column("domain", label="领域", sort_key="domain__sort_order"),
        Column("signed_by", label="审签人"),
        BooleanColumn("is_public", label="公开"),
        UpdatedAtColumn(),
    ]

    @cached_property
    def edit_handler(self):
        tabs = [
            ObjectList(CONTENT_PANELS, heading="内容"),
            ObjectList(FACT_PANELS, heading="要素"),
            ObjectList(BASIS_PANELS, heading="依据"),
            ObjectList(PUBLICITY_PANELS, heading="审核与发布"),
        ]
        return TabbedInterface(tabs, base_form_class=CaseForm).bind_to_model(Case)

    def get_queryset(self, request):
        return visible_cases(request.user).select_related("domain", "street", "author", "signed_by")

    def construct_view(self, view_class, **kwargs):
        return guarded(super().construct_view(view_class, **kwargs))


class IssueLinks(Column):
    """From an edition to its board and its desk."""

    cell_template_name = "casebook/admin/issue_links.html"


class IssueViewSet(SnippetViewSet):
    """案例汇编: the quarterly editions. What stands in one is arranged on its desk (`casebook.quarter`)."""

    model = CasebookIssue
    icon = "doc-full"
    menu_label = "案例汇编"
    menu_name = "issues"
    add_to_admin_menu = False
    copy_view_enabled = False
    list_display = [
        "__str__",
        Column("code", label="编号"),
        Column("status", label="状态", accessor="get_status_display", sort_key="status"),
        IssueLinks("code", label="工作"),
    ]
    panels = [
        HelpPanel(template="casebook/admin/issue_help.html"),
        FieldRowPanel([FieldPanel("year_no"), FieldPanel("quarter_no")]),
        FieldRowPanel([FieldPanel("due_on"), FieldPanel("closed_on")]),
        InlinePanel("quotas", label="投稿任务", panels=[FieldRowPanel([FieldPanel("street"), FieldPanel("wanted")])]),
    ]


class CasebookGroup(SnippetViewSetGroup):
    """案例 in the admin's menu, after 事项 and 法规."""

    items = (CaseViewSet, IssueViewSet, DiscussionViewSet, ContestViewSet)
    menu_label = "案例"
    menu_icon = "doc-full-inverse"
    menu_name = "casebook"
    menu_order = 120

    def get_submenu_items(self) -> list[MenuItem]:
        extra = (("季度看板", "casebook_current_quarter", "table"), ("案例缺口", "casebook_gaps", "list-ul"))
        return [
            *super().get_submenu_items(),
            IntakeMenuItem(),
            *(
                MenuItem(label, reverse(name), icon_name=icon, order=n)
                for n, (label, name, icon) in enumerate(extra, 51)
            ),
        ]
