"""From the database to the index: note what changed, bring the index up to date, compare the two.

note()     inside the transaction of the change
drain()    after commit, one process at a time; whatever is left is drained at the next chance
rebuild()  everything into a new index, swapped in at once
verify()   compares database and index and mends what differs
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from threading import Lock, Timer

from django.conf import settings
from django.db import connection, transaction

from search.documents import all_documents, all_owners, documents_of
from search.engines import get_engine
from search.engines.base import EngineUnavailable
from search.locking import file_lock
from search.models import OutboxEntry
from search.pacing import Paced

log = logging.getLogger(__name__)

BATCH = 200
# A process that does not get the lock leaves its entries to the one that holds it.
DRAIN_WAIT, EXCLUSIVE_WAIT = 2.0, 600.0
# Seconds between two drains of a process; the memory engine needs none.
PAUSE, PAUSES = 1.0, {"memory": 0.0}
# Seconds after which a process tries again what the engine did not take; held while that is planned.
RETRY, _planned = 30.0, Lock()


@dataclass(frozen=True)
class Difference:
    """Owners whose documents the index misses, holds in an older state, or should not hold."""

    missing: tuple[str, ...]
    outdated: tuple[str, ...]
    surplus: tuple[str, ...]

    @property
    def owners(self) -> list[str]:
        return sorted({*self.missing, *self.outdated, *self.surplus})


def note(owners: Iterable[str]) -> None:
    """Puts the owners down as changed, to be drained when the transaction is committed."""
    if OutboxEntry.objects.bulk_create([OutboxEntry(subject=owner) for owner in owners]):
        transaction.on_commit(_soon, robust=True)


def _soon() -> None:
    """Of many changes in one transaction the first call drains all, the others find nothing to do."""
    if OutboxEntry.objects.exists():
        _drain_paced(PAUSES.get(settings.SEARCH_ENGINE, PAUSE))


def _drain_quietly() -> None:
    """A change must never fail because of the index; its entry stays and is drained later."""
    try:
        drain()
    except EngineUnavailable as error:
        log.warning("索引未能更新，待更新条目已保留：%s", error)
        _drain_later()


def _drain_later() -> None:
    """The index catches up once the engine is back, though nobody changes anything; one plan a process."""
    if PAUSES.get(settings.SEARCH_ENGINE, PAUSE) and _planned.acquire(blocking=False):
        timer = Timer(RETRY, _drain_again)
        timer.daemon = True
        timer.start()


def _drain_again() -> None:
    _planned.release()
    try:
        _drain_quietly()
    finally:
        connection.close()


_drain_paced = Paced(_drain_quietly)


def drain(*, wait: float = DRAIN_WAIT) -> int:
    """Brings the index up to date; returns how many owners. Safe to be killed at any point."""
    done = 0
    with file_lock(_lock_path(), timeout=wait) as held:
        while held and (entries := list(OutboxEntry.objects.all()[:BATCH])):
            owners = list(dict.fromkeys(entry.subject for entry in entries))
            get_engine().replace(owners, documents_of(owners))
            _take_away([entry.pk for entry in entries])
            done += len(owners)
    return done


def _take_away(pks: list[int]) -> None:
    for start in range(0, len(pks), BATCH):
        OutboxEntry.objects.filter(pk__in=pks[start : start + BATCH]).delete()


def rebuild() -> int:
    """Returns how many documents. Changes made meanwhile wait in the outbox and are drained at the end."""
    with file_lock(_lock_path(), timeout=EXCLUSIVE_WAIT) as held:
        if not held:
            raise EngineUnavailable("另一个进程正在更新索引")
        # committed before the first row is read, so the new index will have them
        noted = list(OutboxEntry.objects.values_list("pk", flat=True))
        written = get_engine().rebuild(all_documents())
        _take_away(noted)
    drain()
    return written


def verify(*, repair: bool = True) -> Difference:
    """What differed between database and index; mended unless told otherwise."""
    drain(wait=EXCLUSIVE_WAIT)
    held, wanted = dict(get_engine().digests()), {doc.key: doc.digest for doc in all_documents()}
    difference = Difference(
        missing=_owners(wanted.keys() - held.keys()),
        outdated=_owners(key for key in wanted.keys() & held.keys() if wanted[key] != held[key]),
        surplus=_owners(held.keys() - wanted.keys()),
    )
    if repair and difference.owners:
        note(difference.owners)
        drain(wait=EXCLUSIVE_WAIT)
    return difference


def is_stale() -> bool:
    """Whether the index is absent, of an older version, or holds other rows than the database.

    Looks at keys only: what changed inside a row is the outbox's business, or `verify`'s.
    """
    try:
        held = {key for key, _ in get_engine().digests() if "#" not in key}
    except EngineUnavailable:
        return True
    return held != set(all_owners())


def _owners(keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({key.partition("#")[0] for key in keys}))


def _lock_path() -> Path:
    return settings.SEARCH_INDEX_DIR / "outbox.lock"
