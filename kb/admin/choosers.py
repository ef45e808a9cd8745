"""Choosers for regulations and provisions, with a search that understands 处罚法33."""

from django import forms
from django.db.models import QuerySet
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import (
    BaseChooseView,
    ChooseResultsViewMixin,
    ChooseViewMixin,
    ChosenView,
    CreationFormMixin,
)
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.snippets.views.chooser import (
    BaseSnippetChooseView,
    SnippetChooserViewSet,
)

from kb.admin.provision_search import search_provisions
from kb.citations.standard import standard_citation
from kb.models import Provision, Regulation
from kb.reading.catalogue import named


class WordsForm(BaseFilterForm):
    """A search field over ordinary queries: the stock back ends find nothing in Chinese."""

    q = forms.CharField(label="查找", required=False)
    hint = ""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["q"].widget.attrs["placeholder"] = self.hint

    def filter(self, objects: QuerySet) -> QuerySet:
        words = self.cleaned_data.get("q", "").strip()
        if not words:
            return objects
        self.is_searching, self.search_query = True, words
        return self.found(words, objects)

    def found(self, words: str, objects: QuerySet) -> QuerySet:
        raise NotImplementedError


class RegulationForm(WordsForm):
    hint = "名称、简称或文号，如：处罚法"

    def found(self, words: str, objects: QuerySet) -> QuerySet:
        return named(words, objects)


class ProvisionForm(WordsForm):
    hint = "法名和条号，如：处罚法33、生态环境法典第1132条第一款；或者条文中的词"

    def found(self, words: str, objects: QuerySet) -> QuerySet:
        return search_provisions(words)


class RegulationChoices(BaseSnippetChooseView):
    """Titles with their level and standing, so that two laws of a similar name are told apart."""

    filter_form_class = RegulationForm
    ordering = ["title"]

    def get_object_list(self) -> QuerySet:
        return Regulation.objects.with_versions()

    @property
    def columns(self) -> list[Column]:
        return [
            *super().columns,
            Column("level", label="效力级别", accessor="get_level_code_display"),
            Column("status", label="时效性", accessor=lambda regulation: regulation.status().label),
        ]


class RegulationChooseView(ChooseViewMixin, CreationFormMixin, RegulationChoices):
    pass


class RegulationChooseResults(ChooseResultsViewMixin, CreationFormMixin, RegulationChoices):
    pass


class RegulationChooser(SnippetChooserViewSet):
    choose_view_class = RegulationChooseView
    choose_results_view_class = RegulationChooseResults
    choose_one_text = "选择法规"
    choose_another_text = "另选法规"
    edit_item_text = "编辑这部法规"


class ProvisionChoices(BaseChooseView):
    """Nothing until something is looked for: there are a hundred thousand rows."""

    filter_form_class = ProvisionForm

    def get_object_list(self) -> QuerySet:
        return Provision.objects.none()

    @property
    def columns(self) -> list[Column]:
        return [self.title_column, Column("text", label="条文", accessor=opening)]

    @property
    def title_column(self):
        column = super().title_column
        column.accessor = provision_title
        column.label = "条款"
        return column


def provision_title(provision: Provision) -> str:
    """《中华人民共和国行政处罚法》第三十三条第一款."""
    return standard_citation(provision.version.regulation.title, provision.key)


def opening(provision: Provision) -> str:
    """The first words; an article's stand in its first paragraph."""
    text = provision.text or provision.heading
    if not text and provision.kind == Provision.Kind.ARTICLE:
        first = provision.version.provisions.filter(key=f"{provision.key}.p1").first()
        text = first.text if first else ""
    return text if len(text) <= 60 else f"{text[:59]}…"


class ProvisionChooseView(ChooseViewMixin, CreationFormMixin, ProvisionChoices):
    pass


class ProvisionChooseResults(ChooseResultsViewMixin, CreationFormMixin, ProvisionChoices):
    pass


class ProvisionChosen(ChosenView):
    def get_display_title(self, instance: Provision) -> str:
        return provision_title(instance)


class ProvisionChooser(ChooserViewSet):
    """Chooses a row of today's text; what is stored is always (regulation, key)."""

    model = Provision
    icon = "list-ol"
    url_prefix = "choose/provision"
    choose_view_class = ProvisionChooseView
    choose_results_view_class = ProvisionChooseResults
    chosen_view_class = ProvisionChosen
    choose_one_text = "选择条文"
    choose_another_text = "另选条文"
    edit_item_text = "查看"
    per_page = 15


provision_chooser = ProvisionChooser("provision_chooser")
ProvisionWidget = provision_chooser.widget_class
