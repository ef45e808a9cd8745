"""Who: users and their roles, units, officers, enforcement cards, mentors, and the audit trail.

Imports nothing of ours but this app; every other app may import it.
"""

from people.models.audit import AuditEntry
from people.models.officer import Card, Mentor, Officer
from people.models.unit import Unit
from people.models.user import User

__all__ = ["AuditEntry", "Card", "Mentor", "Officer", "Unit", "User"]
