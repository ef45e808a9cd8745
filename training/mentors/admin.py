"""Who keeps the mentors: their scopes, pairs and reading lists, in the Wagtail admin."""

from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail.admin.ui.tables import Column

from people.admin import PlainViewSet
from training.models import MentorScope, Pairing, ReadingTemplate, TemplateEntry


class ScopeViewSet(PlainViewSet):
    model = MentorScope
    icon = "user"
    menu_label = "导师职责"
    add_to_admin_menu = False
    list_display = [
        Column("mentor", label="导师"),
        Column("role_label", label="身份"),
        Column("letter_no", label="聘书号"),
        Column("load_limit", label="学员上限"),
    ]
    form_fields = ["mentor", "role_label", "letter_no", "load_limit", "items"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[MentorScope]:
        return MentorScope.objects.select_related("mentor__officer__unit")


class PairingViewSet(PlainViewSet):
    model = Pairing
    icon = "link"
    menu_label = "结对"
    add_to_admin_menu = False
    list_display = [
        Column("mentor", label="导师"),
        Column("officer", label="学员"),
        Column("street", label="街道"),
        Column("valid_from", label="自", sort_key="valid_from"),
        Column("valid_to", label="至（不含）"),
    ]
    form_fields = ["mentor", "officer", "street", "goal", "valid_from", "valid_to"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Pairing]:
        return Pairing.objects.select_related("mentor__officer__unit", "officer__unit", "street")


class TemplateViewSet(PlainViewSet):
    model = ReadingTemplate
    icon = "list-ol"
    menu_label = "阅读包模板"
    add_to_admin_menu = False
    list_display = ["title", Column("days", label="期限（天）")]
    form_fields = ["title", "days", "intro"]


class EntryViewSet(PlainViewSet):
    """The lines of the templates: a provision, a case or a quiz each."""

    model = TemplateEntry
    icon = "list-ul"
    menu_label = "阅读包条目"
    add_to_admin_menu = False
    list_filter = ["template"]
    list_display = [
        Column("template", label="模板"),
        Column("order_no", label="序号"),
        Column("kind", label="类别", accessor="get_kind_display"),
        Column("regulation", label="法规"),
        Column("key", label="条文"),
        Column("case", label="案例"),
        Column("quiz", label="小测"),
    ]
    form_fields = ["template", "order_no", "kind", "regulation", "key", "case", "quiz", "note"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[TemplateEntry]:
        return TemplateEntry.objects.select_related("template", "regulation", "case", "quiz")
