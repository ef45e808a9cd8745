"""Who: users and their roles, units, officers, enforcement cards, mentors, and the audit trail.

Imports nothing of ours but this app; every other app may import it.
"""

from people.models.audit import AuditEntry
from people.models.card import Card, CardEvent, CardIssuer
from people.models.officer import Mentor, Officer, Posting
from people.models.throttle import RequestCount
from people.models.unit import Unit
from people.models.user import User

__all__ = [
    "AuditEntry",
    "Card",
    "CardEvent",
    "CardIssuer",
    "Mentor",
    "Officer",
    "Posting",
    "RequestCount",
    "Unit",
    "User",
]
