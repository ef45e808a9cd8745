"""Rows of the database as search documents: the only place in `search` that names other apps' models.

A new kind of thing to find is one more file here with a `Source`, and one more name in SOURCES.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.db.models import Model

from search.documents.batches import BATCHES
from search.documents.cases import CASES
from search.documents.forms import FORMS
from search.documents.items import ITEMS
from search.documents.pages import PAGES
from search.documents.regulations import REGULATIONS
from search.documents.source import Source
from search.engines.base import SearchDocument

SOURCES = (ITEMS, REGULATIONS, CASES, FORMS, BATCHES, PAGES)

__all__ = ["SOURCES", "documents_of", "all_documents", "all_owners", "owners_of", "watched_models"]


def documents_of(owners: Iterable[str]) -> Iterator[SearchDocument]:
    """What the index should hold for these owners now; nothing for a row that is gone or not public."""
    wanted: dict[str, list[int]] = defaultdict(list)
    for owner in owners:
        prefix, _, pk = owner.partition(":")
        wanted[prefix].append(int(pk))
    for source in SOURCES:
        yield from _in_batches(source, wanted[source.prefix])


def all_documents() -> Iterator[SearchDocument]:
    """Everything the index should hold."""
    for source in SOURCES:
        yield from _in_batches(source, list(source.rows().values_list("pk", flat=True)))


def all_owners() -> Iterator[str]:
    """The owners of everything the index should hold; a change waiting in the outbox may differ."""
    for source in SOURCES:
        yield from (source.owner(pk) for pk in source.rows().values_list("pk", flat=True))


def _in_batches(source: Source, pks: list[int]) -> Iterator[SearchDocument]:
    for start in range(0, len(pks), source.batch):
        yield from source.documents(pks[start : start + source.batch])


def owners_of(row: Model) -> list[str]:
    """Owners whose documents a saved or deleted row concerns."""
    found = ((source, source.watched.get(type(row))) for source in SOURCES)
    return [source.owner(pk) for source, concerned in found if concerned for pk in concerned(row)]


def watched_models() -> set[type[Model]]:
    return {model for source in SOURCES for model in source.watched}
