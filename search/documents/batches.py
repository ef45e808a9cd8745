"""Documents by which the list of items changed (调整批次), so that their numbers are found."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from urllib.parse import urlencode

from django.urls import reverse

from kb.citations import normalise_document_number
from kb.models import AdjustmentBatch
from search.chinese import exact_name
from search.documents.source import Source, itself
from search.engines.base import SearchDocument

WEIGHT = 1.1


def documents(pks: Sequence[int]) -> Iterator[SearchDocument]:
    for batch in AdjustmentBatch.objects.filter(pk__in=pks):
        yield document(batch)


def document(batch: AdjustmentBatch) -> SearchDocument:
    title = batch.title or f"街道执法事项{batch.get_kind_display()}"
    return SearchDocument(
        key=f"batch:{batch.pk}",
        kind="document",
        title=title,
        url=_changes(batch),
        path=f"事项调整　{batch.doc_number}",
        body=batch.reason,
        extra=f"{batch.get_kind_display()} 调整批次",
        exact=(f"no:{normalise_document_number(batch.doc_number)}", f"name:{exact_name(title)}"),
        since=batch.decided_on,
        weight=WEIGHT,
    )


def _changes(batch: AdjustmentBatch) -> str:
    """What changed on that day, item by item."""
    days = {"from": batch.decided_on - timedelta(days=1), "to": batch.decided_on}
    return f"{reverse('kb:item_changes')}?{urlencode(days)}"


BATCHES = Source(
    prefix="batch",
    rows=AdjustmentBatch.objects.all,
    documents=documents,
    names=("doc_number", "title"),
    watched={AdjustmentBatch: itself},
)
