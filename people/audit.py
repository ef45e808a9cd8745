"""The audit trail's one entry point; every action of every app calls it."""

from collections.abc import Iterable

from django.db.models import Model

from people.models import AuditEntry, User


def record(*, by: User | None, verb: str, target: Model, detail: str = "") -> AuditEntry:
    """Writes one entry. `by` is None for the system itself (commands, set-up)."""
    entry = _entry(by, verb, target, detail)
    entry.save()
    return entry


def record_many(*, by: User | None, verb: str, targets: Iterable[tuple[Model, str]]) -> None:
    """An entry for each (target, detail), written at once."""
    AuditEntry.objects.bulk_create([_entry(by, verb, *one) for one in targets], batch_size=500)


def _entry(by: User | None, verb: str, target: Model, detail: str) -> AuditEntry:
    return AuditEntry(
        actor=by,
        verb=verb,
        target_type=target._meta.label_lower,
        target_id=str(target.pk),
        target_label=str(target)[:200],
        detail=detail,
    )
