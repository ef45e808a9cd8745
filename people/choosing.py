"""Chooser windows that find Chinese: a text field that looks for parts of words in named columns.

    class OfficerForm(ContainsForm):
        searched = ("name", "staff_no")
    chooser = chooser_of(Officer, OfficerForm, ...)

Wagtail's own field asks the search back end, which finds nothing in Chinese text.
"""

from functools import reduce
from operator import or_

from django import forms
from django.db.models import Q, QuerySet
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.viewsets.chooser import ChooserViewSet


class ContainsForm(BaseFilterForm):
    """Every word must occur in one of the `searched` columns."""

    searched: tuple[str, ...] = ()

    q = forms.CharField(label="查找", widget=forms.TextInput(attrs={"placeholder": "名称或编号中的字"}), required=False)

    def filter(self, objects: QuerySet) -> QuerySet:
        objects, asked = super().filter(objects), self.cleaned_data.get("q", "").strip()
        for word in asked.split():
            objects = objects.filter(reduce(or_, (Q(**{f"{name}__icontains": word}) for name in self.searched)))
        self.is_searching, self.search_query = bool(asked), asked
        return objects


class FindingChooserViewSet(ChooserViewSet):
    """A chooser whose window uses the given form."""

    filter_form: type[ContainsForm] = ContainsForm
    per_page = 20

    @property
    def choose_view_class(self) -> type:
        return _with_form(ChooserViewSet.choose_view_class, self.filter_form)

    @property
    def choose_results_view_class(self) -> type:
        return _with_form(ChooserViewSet.choose_results_view_class, self.filter_form)


def _with_form(view: type, form: type[ContainsForm]) -> type:
    return type(view.__name__, (view,), {"filter_form_class": form})
