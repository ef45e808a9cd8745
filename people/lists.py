"""What the lists of this app have in common in the Wagtail admin."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet


class PlainIndexView(IndexView):
    """A list of the rows that the viewset's `get_queryset` gives.

    Wagtail asks that of a SnippetViewSet only; without it a list reads its foreign keys row by row.
    """

    rows: Callable[[HttpRequest], QuerySet] | None = None

    def get_base_queryset(self) -> QuerySet:
        return self.rows(self.request) if self.rows else super().get_base_queryset()


class PlainViewSet(ModelViewSet):
    """What all our lists share: search that finds Chinese, no copying, fifty rows a page.

    A subclass may define `get_queryset(self, request)`.
    """

    index_view_class = PlainIndexView
    search_backend_name = None
    copy_view_enabled = False
    list_per_page = 50
    list_export_formats = ["xlsx"]

    def get_index_view_kwargs(self, **kwargs: Any) -> dict:
        rows = getattr(self, "get_queryset", None)
        if rows and issubclass(self.index_view_class, PlainIndexView):
            kwargs["rows"] = rows
        return super().get_index_view_kwargs(**kwargs)
