"""The chooser of cases: found by title, number or outcome, and shown with what tells them apart."""

from django.db.models import Q, QuerySet
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views.generic.chooser import ChooseResultsViewMixin, ChooseViewMixin, CreationFormMixin
from wagtail.snippets.views.chooser import BaseSnippetChooseView, SnippetChooserViewSet

from casebook.permissions import visible_cases
from kb.admin.choosers import WordsForm


class CaseForm(WordsForm):
    hint = "标题或编号，如：油烟、2026Q3"

    def found(self, words: str, objects: QuerySet) -> QuerySet:
        """Every word must occur in the title, the number or the outcome."""
        for word in words.split():
            objects = objects.filter(Q(title__icontains=word) | Q(case_no__icontains=word) | Q(outcome__icontains=word))
        return objects


class CaseChoices(BaseSnippetChooseView):
    filter_form_class = CaseForm
    ordering = ["-case_no"]

    def get_object_list(self) -> QuerySet:
        """Cases that the person may know of: their working titles hold names."""
        return visible_cases(self.request.user).select_related("domain")

    @property
    def columns(self) -> list[Column]:
        return [
            *super().columns,
            Column("case_no", label="编号"),
            Column("domain", label="领域"),
            BooleanColumn("is_public", label="公开"),
        ]


class CaseChooseView(ChooseViewMixin, CreationFormMixin, CaseChoices):
    pass


class CaseChooseResults(ChooseResultsViewMixin, CreationFormMixin, CaseChoices):
    pass


class CaseChooser(SnippetChooserViewSet):
    choose_view_class = CaseChooseView
    choose_results_view_class = CaseChooseResults
    choose_one_text = "选择案例"
    choose_another_text = "另选案例"
    edit_item_text = "编辑这个案例"
