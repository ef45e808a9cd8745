"""The audit trail's one entry point; every action of every app calls it."""

from django.db.models import Model

from people.models import AuditEntry, User


def record(*, by: User | None, verb: str, target: Model, detail: str = "") -> AuditEntry:
    """Writes one entry. `by` is None for the system itself (commands, set-up)."""
    return AuditEntry.objects.create(
        actor=by,
        verb=verb,
        target_type=target._meta.label_lower,
        target_id=str(target.pk),
        target_label=str(target)[:200],
        detail=detail,
    )
