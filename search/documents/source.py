"""The shape of a source of documents: which rows, what they become, whose change concerns them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Model, Q, QuerySet

from search.engines.base import SearchDocument

Concerned = Callable[[Any], Iterable[int]]


@dataclass(frozen=True)
class Source:
    """`prefix` starts the owner's key (`item:12`).

    `rows` are all that belong in the index; `documents` makes those of some of them, given by primary
    key, and leaves out rows that are gone or not public; `watched` says for each model whose rows are
    concerned when one of it is saved or deleted; `names` are the columns the database fallback looks into;
    `batch` rows are read at a time.
    """

    prefix: str
    rows: Callable[[], QuerySet]
    documents: Callable[[Sequence[int]], Iterator[SearchDocument]]
    watched: Mapping[type[Model], Concerned] = field(default_factory=dict)
    names: tuple[str, ...] = ()
    batch: int = 200

    def matching(self, words: Iterable[str]) -> "QuerySet[Model, int]":
        """Primary keys of rows with one of the words in a name."""
        tests = [Q(**{f"{name}__icontains": word}) for name in self.names for word in words]
        found = self.rows().filter(reduce(or_, tests)) if tests else self.rows().none()
        return found.order_by("pk").values_list("pk", flat=True).distinct()

    def owner(self, pk: int) -> str:
        return f"{self.prefix}:{pk}"


def itself(row: Model) -> list[int]:
    """Whose change concerns only the row itself."""
    return [row.pk]
