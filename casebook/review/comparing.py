"""Wagtail's page of two revisions, with our comparison by section and sentence."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from wagtail.models import Revision
from wagtail.snippets.views.snippets import RevisionsCompareView

from casebook.models import Case
from casebook.review.versions import differences


class CaseCompareView(RevisionsCompareView):
    """Older on the left, newer on the right."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        older, newer = self._revision(self.revision_id_a), self._revision(self.revision_id_b)
        context = {
            "case": self.object,
            "older": older,
            "newer": newer,
            "differences": differences(older, newer),
            "history_url": reverse(Case.snippet_viewset.get_url_name("history"), args=[self.object.pk]),
        }
        return render(request, "casebook/admin/compare.html", context)

    def _revision(self, named: str) -> Revision:
        """`live`, `earliest`, `latest` or a number, as Wagtail's history writes them."""
        if named == "live":
            return get_object_or_404(Revision, pk=self.object.live_revision_id)
        if named == "latest":
            return get_object_or_404(Revision, pk=self.object.latest_revision_id)
        revisions = self.object.revisions.order_by("created_at", "pk")
        return get_object_or_404(revisions, pk=revisions.first().pk if named == "earliest" else named)
