"""Who sees why a result was found. Searching itself needs no account."""

from django.contrib.auth.models import AnonymousUser

from people.models import User
from people.roles import Role


def can_see_explanation(user: User | AnonymousUser) -> bool:
    """Editors: what was understood of a query, step by step."""
    return isinstance(user, User) and user.has_role(Role.TRAINER, Role.BUREAU_ADMIN)
