"""The only signal receivers of the project: search watches, nobody calls it.

Every save or delete of a watched model notes the owners it concerns in the outbox, in the same
transaction. Rows written with bulk_create or update() send no signal: whoever writes them saves the
row they belong to last, as the importers do.
"""

from typing import Any

from django.db.models import Model
from django.db.models.signals import post_save, pre_delete

from search.documents import owners_of, watched_models
from search.outbox import note
from search.vocabulary import forget, vocabulary_models


def connect() -> None:
    """Called once when the app is ready."""
    for model in watched_models():
        post_save.connect(changed, sender=model, dispatch_uid=f"search.changed.{model.__name__}")
        # before, not after: what belongs to the row can still be read
        pre_delete.connect(changed, sender=model, dispatch_uid=f"search.deleted.{model.__name__}")
    for model in vocabulary_models():
        post_save.connect(renamed, sender=model, dispatch_uid=f"search.renamed.{model.__name__}")
        pre_delete.connect(renamed, sender=model, dispatch_uid=f"search.unnamed.{model.__name__}")


def changed(sender: type[Model], instance: Model, raw: bool = False, **_: Any) -> None:
    """A document is out of date. Fixtures (raw) are followed by `rebuild_search`."""
    if not raw:
        note(owners_of(instance))


def renamed(sender: type[Model], instance: Model, **_: Any) -> None:
    """A name of a law or a colloquial term changed: every process reads the vocabulary anew."""
    forget()
