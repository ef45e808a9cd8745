"""Units, people and their cards in the Wagtail admin."""

from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.viewsets.model import ModelViewSetGroup

from people.card_admin import CardIssuerViewSet, CardViewSet
from people.lists import PlainViewSet
from people.models import AuditEntry, Mentor, Officer, Unit


class UnitViewSet(PlainViewSet):
    model = Unit
    icon = "home"
    menu_label = "单位"
    search_fields = ["name", "short_name", "code"]
    list_display = [
        "name",
        Column("short_name", label="简称"),
        Column("kind", label="类别", accessor="get_kind_display", sort_key="kind"),
        Column("phone", label="电话"),
        Column("sort_order", label="排序", sort_key="sort_order"),
    ]
    list_filter = ["kind"]
    list_export = ["name", "short_name", "kind", "parent", "code", "phone", "address", "sort_order"]
    ordering = ["sort_order", "id"]
    panels = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("short_name"), FieldPanel("kind")]),
        FieldRowPanel([FieldPanel("parent"), FieldPanel("code")]),
        FieldRowPanel([FieldPanel("phone"), FieldPanel("sort_order")]),
        FieldPanel("address"),
    ]


class OfficerFilterSet(WagtailFilterSet):
    class Meta:
        model = Officer
        fields = ["unit", "in_enforcement_post", "is_active"]


class OfficerViewSet(PlainViewSet):
    model = Officer
    icon = "group"
    menu_label = "执法人员"
    search_fields = ["name", "staff_no", "unit__name", "post"]
    filterset_class = OfficerFilterSet
    list_display = [
        "name",
        Column("staff_no", label="编号", sort_key="staff_no"),
        Column("unit", label="单位", sort_key="unit__sort_order"),
        Column("post", label="职务"),
        Column("phone", label="办公电话"),
        BooleanColumn("in_enforcement_post", label="执法岗位"),
        BooleanColumn("is_active", label="在岗"),
    ]
    list_export = ["staff_no", "name", "unit", "post", "phone", "in_enforcement_post", "is_active"]
    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("staff_no")]),
        FieldRowPanel([FieldPanel("unit"), FieldPanel("post")]),
        FieldRowPanel([FieldPanel("phone"), FieldPanel("user")]),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("in_enforcement_post"), FieldPanel("is_auxiliary")]),
                FieldRowPanel([FieldPanel("joined_on"), FieldPanel("is_active")]),
            ],
            heading="状态",
        ),
    ]

    def get_queryset(self, request):
        return Officer.objects.select_related("unit")


class MentorViewSet(PlainViewSet):
    model = Mentor
    icon = "user"
    menu_label = "导师"
    search_fields = ["officer__name", "expertise"]
    list_filter = ["kind"]
    list_display = [
        Column("officer", label="导师"),
        Column("kind", label="类别", accessor="get_kind_display"),
        Column("expertise", label="专长"),
        Column("valid_from", label="聘任起", sort_key="valid_from"),
        Column("valid_to", label="聘任止"),
    ]
    form_fields = ["officer", "kind", "expertise", "valid_from", "valid_to"]

    def get_queryset(self, request):
        return Mentor.objects.select_related("officer__unit")


class AuditViewSet(PlainViewSet):
    """操作记录: read only."""

    model = AuditEntry
    icon = "history"
    menu_label = "操作记录"
    inspect_view_enabled = True
    search_fields = ["verb", "target_label", "detail", "actor__display_name"]
    list_filter = ["verb"]
    list_display = [
        Column("at", label="时间", sort_key="at"),
        Column("actor", label="操作人"),
        Column("verb", label="操作"),
        Column("target_label", label="对象"),
        Column("detail", label="说明"),
    ]
    list_export = ["at", "actor", "verb", "target_label", "detail"]
    form_fields = ["verb"]

    def get_queryset(self, request):
        return AuditEntry.objects.select_related("actor")


class PeopleGroup(ModelViewSetGroup):
    items = (OfficerViewSet, UnitViewSet, CardViewSet, CardIssuerViewSet, MentorViewSet, AuditViewSet)
    menu_label = "人员"
    menu_icon = "group"
    menu_name = "people"
    menu_order = 170
