"""The table of colloquial terms and the log of queries in the Wagtail admin."""

from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from people.policies import ask
from search.admin import QueryLogMenuItem, urlpatterns
from search.models import Synonym
from search.permissions import can_edit_synonyms

ask(Synonym, can_edit_synonyms)


class SynonymFilterSet(WagtailFilterSet):
    class Meta:
        model = Synonym
        fields = ["relation", "field", "is_active"]


class SynonymViewSet(SnippetViewSet):
    """同义词: what officers say on the left, what the statute says on the right."""

    model = Synonym
    icon = "search"
    menu_label = "检索同义词"
    menu_name = "synonyms"
    menu_order = 180
    add_to_admin_menu = True
    copy_view_enabled = False
    filterset_class = SynonymFilterSet
    search_fields = ["colloquial", "statutory", "note"]
    list_per_page = 50
    list_display = [
        Column("colloquial", label="口语说法", sort_key="colloquial"),
        Column("statutory", label="法定用语"),
        Column("relation", label="关系", accessor="get_relation_display", sort_key="relation"),
        Column("field", label="领域", sort_key="field"),
        BooleanColumn("is_active", label="启用"),
    ]
    panels = [
        FieldRowPanel([FieldPanel("colloquial"), FieldPanel("statutory")]),
        FieldRowPanel([FieldPanel("relation"), FieldPanel("field")]),
        FieldPanel("note"),
        FieldPanel("is_active"),
    ]


register_snippet(SynonymViewSet)


@hooks.register("register_admin_urls")
def register_query_log() -> list:
    return urlpatterns


@hooks.register("register_admin_menu_item")
def show_query_log() -> QueryLogMenuItem:
    return QueryLogMenuItem()
