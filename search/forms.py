"""Parameters of a search address as values; whatever does not fit counts as not given."""

from typing import Any

from django import forms
from django.utils import timezone

from search.engines.base import STATUSES, Filters
from search.finding import DEEPEST, PAGE_SIZE
from search.presenting import DATED, KINDS
from search.query import LONGEST_QUERY

NARROWING = ("kind", "domain", "department", "level", "law", "status")
DATE = "date"


class SearchForm(forms.Form):
    """`?q=` with kind, domain, department, level, law, status, on, sort, page."""

    q = forms.CharField(required=False)
    kind = forms.ChoiceField(required=False, choices=[(kind, kind) for kind in KINDS])
    domain = forms.CharField(required=False, max_length=60)
    department = forms.CharField(required=False, max_length=80)
    level = forms.CharField(required=False, max_length=40)
    status = forms.ChoiceField(required=False, choices=[(status, status) for status in STATUSES])
    law = forms.CharField(required=False, max_length=20)
    on = forms.DateField(required=False)
    sort = forms.ChoiceField(required=False, choices=[(DATE, DATE)])
    page = forms.IntegerField(required=False, min_value=1, max_value=DEEPEST // PAGE_SIZE)

    @property
    def query(self) -> str:
        return (self._given("q") or "")[:LONGEST_QUERY]

    @property
    def page_number(self) -> int:
        return self._given("page") or 1

    @property
    def by_date(self) -> bool:
        """The kinds that have dates, one kind at a time."""
        return self._given("sort") == DATE and self._given("kind") in DATED

    def filters(self) -> Filters:
        chosen = {name: self._given(name) or "" for name in NARROWING}
        return Filters(**chosen, on=self._given("on") or timezone.localdate())

    def _given(self, name: str) -> Any:
        self.is_valid()
        return self.cleaned_data.get(name)


class ClickForm(forms.Form):
    """What the script says of an opened result."""

    q = forms.CharField(max_length=LONGEST_QUERY)
    kind = forms.ChoiceField(choices=[(kind, kind) for kind in KINDS])
    rank = forms.IntegerField(min_value=1, max_value=DEEPEST)
