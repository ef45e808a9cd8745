"""Which page may write: a number on the sitting, and a signed slip that says who holds which number.

A page gets its slip when it is opened under the candidate's own account, and sends it along with every answer. Saving
an answer therefore asks neither session nor account, only whether the sitting still has that number: another tab or
device that takes over counts the number up, and the first page's slip is worth nothing from then on.
"""

from dataclasses import dataclass

from django.core import signing

SALT = "exams.lease"


@dataclass(frozen=True)
class Lease:
    """The right to write on a sitting."""

    sitting_id: int
    lease_no: int
    user_id: int


def signed(lease: Lease) -> str:
    """The slip for a header or a cookie."""
    return signing.dumps([lease.sitting_id, lease.lease_no, lease.user_id], salt=SALT)


def read(slip: str) -> Lease | None:
    """The lease, or None for what this site has not signed. It ends with the sitting, so it has no age of its own."""
    try:
        return Lease(*signing.loads(slip, salt=SALT))
    except signing.BadSignature:
        return None
