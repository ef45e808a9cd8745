"""The lexicon of this site, read from the database and kept until one of its tables changes.

The mark in the database is new whenever they do, so that every process notices with one short query,
and a term a trainer adds works at once everywhere.
"""

from collections.abc import Iterator
from functools import lru_cache
from uuid import uuid4

from django.db.models import Model

from kb.models import Domain, PowerItem, Regulation, RegulationAlias
from people.models import Unit
from search.chinese import fold
from search.documents.items import asides
from search.lexicon import Law, Lexicon, Meaning
from search.models import Synonym, VocabularyMark


def lexicon() -> Lexicon:
    mark = VocabularyMark.objects.filter(pk=VocabularyMark.ONLY).values_list("value", flat=True).first()
    return _read(mark or "")


def forget() -> None:
    """The tables changed; also to be called after a bulk write, which sends no signal."""
    VocabularyMark.objects.update_or_create(pk=VocabularyMark.ONLY, defaults={"value": uuid4().hex})


def vocabulary_models() -> tuple[type[Model], ...]:
    return Regulation, RegulationAlias, Synonym, PowerItem, Domain, Unit


@lru_cache(maxsize=1)
def _read(mark: str) -> Lexicon:
    rows = Synonym.objects.active().values_list("colloquial", "statutory", "relation", "note")
    return Lexicon.of(
        _names(),
        (Meaning(*row) for row in rows),
        titles=_titles(),
        domains=Domain.objects.values_list("name", flat=True),
        departments=Unit.objects.filter(items__isnull=False).distinct().values_list("name", flat=True),
    )


def _titles() -> Iterator[str]:
    """What items are called for short, and what stands in brackets in their names: 占道经营."""
    for name, short_name in PowerItem.objects.values_list("name", "short_name"):
        yield from filter(None, (short_name.rstrip("…"), *asides(name)))


def _names() -> Iterator[tuple[str, Law]]:
    """(name, law): full titles before short ones before other names, so that a title is never taken over."""
    rows = list(Regulation.objects.values_list("pk", "title", "short_title", "doc_number"))
    laws = {pk: Law(str(pk), short or title) for pk, title, short, _ in rows}
    yield from ((title, laws[pk]) for pk, title, _, _ in rows)
    yield from ((short, laws[pk]) for pk, _, short, _ in rows if short)
    for pk, name in RegulationAlias.objects.values_list("regulation_id", "name"):
        yield name, laws[pk]
        if "令第" in fold(name):
            yield name.replace("令第", "令"), laws[pk]
