"""Power items and everything around them in the Wagtail admin."""

import django_filters
from django.db.models import QuerySet
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSetGroup

from kb.actions.batches import apply_batch, check_line
from kb.actions.instructors import appoint_instructor, check_term
from kb.admin.dashboard import ITEM_GAPS
from kb.admin.forms import FormViewSet
from kb.admin.imports import ImportMenuItem
from kb.basis_links import link_item
from kb.models import (
    AdjustmentBatch,
    AdjustmentLine,
    ConfirmationLetter,
    Domain,
    InstructorAppointment,
    ItemCode,
    PowerItem,
    PowerSubItem,
    StreetAssignment,
)
from people.admin import PlainViewSet
from people.choosing import ContainsForm, FindingChooserViewSet
from people.models import Unit

BASIS_HELP = "<p>每条引文之间用分号隔开，先义务条款后罚则，写全称。保存后自动关联到条文，作用可在「引用」中改。</p>"


class ItemForm(WagtailAdminModelForm):
    """Saving ties the basis to the regulations again; what a person decided stays."""

    def save(self, commit: bool = True) -> PowerItem:
        item = super().save(commit=commit)
        if commit and {"basis_text", "previous_basis", "power_type"} & set(self.changed_data):
            link_item(item)
        return item


ITEM_TABS = TabbedInterface(
    [
        ObjectList(
            [
                FieldPanel("name"),
                FieldRowPanel([FieldPanel("code"), FieldPanel("short_name")]),
                FieldRowPanel([FieldPanel("power_type"), FieldPanel("kind")]),
                FieldRowPanel([FieldPanel("domain"), FieldPanel("department")]),
                FieldRowPanel([FieldPanel("level_text"), FieldPanel("simple_procedure")]),
                MultiFieldPanel([FieldPanel("is_frequent"), FieldPanel("is_difficult")], heading="标签"),
            ],
            heading="事项",
        ),
        ObjectList(
            [
                HelpPanel(BASIS_HELP),
                FieldPanel("basis_text"),
                FieldPanel("penalty_summary"),
                FieldPanel("previous_basis"),
            ],
            heading="依据",
        ),
        ObjectList(
            [FieldPanel("first_steps"), FieldPanel("evidence"), FieldPanel("process"), FieldPanel("supervision")],
            heading="办理",
        ),
        ObjectList([FieldPanel("scope"), FieldPanel("boundary")], heading="范围"),
        ObjectList([FieldPanel("needs_review"), FieldPanel("verification"), FieldPanel("note")], heading="核对"),
    ],
    base_form_class=ItemForm,
)


class ItemFilterSet(WagtailFilterSet):
    gap = django_filters.ChoiceFilter(
        label="缺项", choices=[(name, label) for name, (label, _) in ITEM_GAPS.items()], method="filter_gap"
    )

    def filter_gap(self, items: QuerySet, name: str, value: str) -> QuerySet:
        _, select = ITEM_GAPS[value]
        return select(items)

    class Meta:
        model = PowerItem
        fields = ["power_type", "kind", "domain", "department", "needs_review", "is_frequent", "is_difficult"]


class ItemViewSet(PlainViewSet):
    model = PowerItem
    icon = "list-ul"
    menu_label = "赋权事项"
    name = "items"
    search_fields = ["name", "short_name", "code", "basis_text"]
    filterset_class = ItemFilterSet
    list_display = [
        "name",
        Column("code", label="编码", sort_key="code"),
        Column("power_type", label="类型", accessor="get_power_type_display", sort_key="power_type"),
        Column("domain", label="领域", sort_key="domain__sort_order"),
        Column("department", label="部门", sort_key="department__sort_order"),
        Column("needs_review", label="核对", accessor=lambda item: "待核" if item.needs_review else ""),
        Column("updated_at", label="更新时间", sort_key="updated_at"),
    ]
    list_export = ["code", "name", "power_type", "kind", "domain", "department", "basis_text", "penalty_summary"]
    edit_handler = ITEM_TABS

    def get_queryset(self, request):
        return PowerItem.objects.for_lists()


class SubItemViewSet(PlainViewSet):
    model = PowerSubItem
    icon = "list-ol"
    menu_label = "子项"
    search_fields = ["name", "item__name", "item__code"]
    list_display = ["name", Column("item", label="事项"), Column("penalty", label="处罚")]
    form_fields = ["item", "name", "penalty", "sort_order"]

    def get_queryset(self, request):
        return PowerSubItem.objects.select_related("item")


class ItemCodeViewSet(PlainViewSet):
    model = ItemCode
    icon = "code"
    menu_label = "其他编码"
    search_fields = ["code", "item__name", "item__code"]
    list_filter = ["scheme"]
    list_display = ["code", Column("scheme", label="编码体系"), Column("item", label="事项")]
    form_fields = ["item", "scheme", "code"]

    def get_queryset(self, request):
        return ItemCode.objects.select_related("item")


class DomainViewSet(PlainViewSet):
    model = Domain
    icon = "folder-open-inverse"
    menu_label = "领域"
    search_fields = ["name"]
    list_display = ["name", Column("slug", label="网址标识"), Column("sort_order", label="排序", sort_key="sort_order")]
    form_fields = ["name", "slug", "sort_order"]


class BatchViewSet(PlainViewSet):
    """调整批次; the items of a batch come by import or one by one below."""

    model = AdjustmentBatch
    icon = "date"
    menu_label = "调整批次"
    search_fields = ["doc_number", "title", "reason"]
    list_filter = ["kind"]
    list_display = [
        "doc_number",
        Column("decided_on", label="日期", sort_key="decided_on"),
        Column("kind", label="类型", accessor="get_kind_display"),
        Column("title", label="文件标题"),
    ]
    panels = [
        HelpPanel(
            "<p>先登记文件，再在「批次明细」逐项登记，或用「导入清单」一次导入整批；承接情况随明细自动更新。</p>"
        ),
        FieldRowPanel([FieldPanel("doc_number"), FieldPanel("decided_on")]),
        FieldPanel("kind"),
        FieldPanel("title"),
        FieldPanel("reason"),
    ]


class StreetForm(WagtailAdminModelForm):
    """Offers streets where a street is asked for, not every unit of the district."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["street"].queryset = Unit.objects.streets()


class LineForm(StreetForm):
    """A line takes effect when it is saved: assignments begin or end on the batch's day."""

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("batch") and cleaned.get("item") and cleaned.get("action"):
            named = {name: cleaned.get(name) for name in ("item", "street", "action")}
            check_line(cleaned["batch"], AdjustmentLine(**named))
        return cleaned

    def save(self, commit: bool = True) -> AdjustmentLine:
        apply_batch(self.instance.batch, [self.instance], by=self.for_user)
        return self.instance


class LineViewSet(PlainViewSet):
    model = AdjustmentLine
    icon = "tasks"
    menu_label = "批次明细"
    search_fields = ["item__name", "item__code", "batch__doc_number", "note"]
    list_filter = ["action", "batch", "street"]
    list_display = [
        Column("batch", label="文号"),
        Column("get_action_display", label="动作"),
        Column("item", label="事项"),
        Column("street", label="街道"),
        Column("note", label="说明"),
    ]
    edit_handler = ObjectList(
        [
            HelpPanel("<p>保存后立即生效，不能修改；登记错误的，用相反的明细更正。街道留空表示全部街道。</p>"),
            FieldPanel("batch"),
            FieldPanel("item"),
            FieldRowPanel([FieldPanel("action"), FieldPanel("street")]),
            FieldPanel("note"),
        ],
        base_form_class=LineForm,
    )

    def get_queryset(self, request):
        return AdjustmentLine.objects.select_related("batch", "item", "street")


class LetterViewSet(PlainViewSet):
    model = ConfirmationLetter
    icon = "doc-full"
    menu_label = "确认书"
    search_fields = ["letter_no", "street__name"]
    list_display = [
        "letter_no",
        Column("street", label="街道", sort_key="street__sort_order"),
        Column("signed_on", label="签订日期", sort_key="signed_on"),
        Column("file_note", label="存档说明"),
    ]
    edit_handler = ObjectList(
        [
            FieldPanel("letter_no"),
            FieldRowPanel([FieldPanel("street"), FieldPanel("signed_on")]),
            FieldPanel("file_note"),
        ],
        base_form_class=StreetForm,
    )

    def get_queryset(self, request):
        return ConfirmationLetter.objects.select_related("street")


class AssignmentViewSet(PlainViewSet):
    model = StreetAssignment
    icon = "site"
    menu_label = "承接记录"
    search_fields = ["item__name", "item__code", "street__name"]
    list_filter = ["street", "valid_from"]
    list_display = [
        Column("item", label="事项"),
        Column("street", label="街道", sort_key="street__sort_order"),
        Column("valid_from", label="生效", sort_key="valid_from"),
        Column("valid_to", label="失效", sort_key="valid_to"),
        Column("letter", label="确认书"),
    ]
    list_export = ["item", "street", "letter", "valid_from", "valid_to"]
    edit_handler = ObjectList(
        [
            FieldPanel("item"),
            FieldRowPanel([FieldPanel("street"), FieldPanel("letter")]),
            FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")]),
        ],
        base_form_class=StreetForm,
    )

    def get_queryset(self, request):
        return StreetAssignment.objects.select_related("item", "street", "letter")


class InstructorForm(StreetForm):
    """A new appointment ends the former one instead of colliding with it."""

    def validate_constraints(self) -> None:
        if self.instance.pk:
            super().validate_constraints()

    def clean(self) -> dict:
        cleaned = super().clean()
        if not self.instance.pk and cleaned.get("item") and cleaned.get("valid_from"):
            check_term(cleaned["item"], cleaned.get("street"), cleaned["valid_from"])
        return cleaned

    def save(self, commit: bool = True) -> InstructorAppointment:
        new = self.instance
        if new.pk:
            return super().save(commit=commit)
        made = appoint_instructor(new.item, new.officer, by=self.for_user, valid_from=new.valid_from, street=new.street)
        new.pk = made.pk
        return new


class InstructorViewSet(PlainViewSet):
    model = InstructorAppointment
    icon = "user"
    menu_label = "业务指导员"
    search_fields = ["item__name", "item__code", "officer__name"]
    list_filter = ["street", "officer__unit"]
    list_display = [
        Column("officer", label="指导员"),
        Column("item", label="事项"),
        Column("street", label="适用街道"),
        Column("valid_from", label="起始日期", sort_key="valid_from"),
        Column("valid_to", label="终止日期", sort_key="valid_to"),
    ]
    edit_handler = ObjectList(
        [
            HelpPanel("<p>指定新的指导员后，原指导员的任期到新任期开始之日为止。适用街道留空表示全部街道。</p>"),
            FieldPanel("item"),
            FieldPanel("officer"),
            FieldRowPanel([FieldPanel("street"), FieldPanel("valid_from")]),
        ],
        base_form_class=InstructorForm,
    )

    def get_queryset(self, request):
        return InstructorAppointment.objects.select_related("item", "officer__unit", "street")


class ItemGroup(ModelViewSetGroup):
    """事项 in the admin's menu: the first of the jobs."""

    items = (
        ItemViewSet,
        FormViewSet,
        InstructorViewSet,
        AssignmentViewSet,
        LetterViewSet,
        BatchViewSet,
        LineViewSet,
        SubItemViewSet,
        ItemCodeViewSet,
        DomainViewSet,
    )
    menu_label = "事项"
    menu_icon = "list-ul"
    menu_name = "power_items"
    menu_order = 100

    def get_submenu_items(self) -> list[MenuItem]:
        return [*super().get_submenu_items(), ImportMenuItem(order=900)]


class ItemSearchForm(ContainsForm):
    searched = ("name", "short_name", "code", "basis_text")


class ItemChooserViewSet(FindingChooserViewSet):
    """Choosing an item by name, short name, code or basis."""

    model = PowerItem
    icon = "list-ul"
    filter_form = ItemSearchForm
    choose_one_text = "选择事项"
    choose_another_text = "另选事项"
    edit_item_text = "编辑此事项"


item_chooser = ItemChooserViewSet("item_chooser")
