"""Who may do what with the rules in force. Reading published content needs no account."""

from django.contrib.auth.models import AnonymousUser

from people.models import User
from people.permissions import require
from people.roles import Role

__all__ = [
    "can_edit_forms",
    "can_edit_items",
    "can_edit_regulations",
    "can_import_items",
    "can_read_drafts",
    "can_resolve_citations",
    "require",
]


def _holds(user: User | AnonymousUser, *roles: Role) -> bool:
    return user.is_authenticated and user.has_role(*roles)


def can_edit_regulations(user: User | AnonymousUser) -> bool:
    """Metadata, versions and imports of regulations."""
    return _holds(user, Role.BUREAU_ADMIN, Role.LEGAL_REVIEWER)


def can_edit_items(user: User | AnonymousUser) -> bool:
    """Texts of an item page."""
    return _holds(user, Role.BUREAU_ADMIN, Role.TRAINER)


def can_import_items(user: User | AnonymousUser) -> bool:
    """The list itself: import, adjustment batches, assignments, instructors."""
    return _holds(user, Role.BUREAU_ADMIN)


def can_resolve_citations(user: User | AnonymousUser) -> bool:
    """The queue of unresolved citations."""
    return _holds(user, Role.BUREAU_ADMIN, Role.LEGAL_REVIEWER, Role.TRAINER)


def can_read_drafts(user: User | AnonymousUser) -> bool:
    """Versions and texts that are not published yet."""
    return _holds(user, Role.BUREAU_ADMIN, Role.LEGAL_REVIEWER, Role.TRAINER)


def can_edit_forms(user: User | AnonymousUser) -> bool:
    """Forms (执法文书): their wording, fields, versions and files."""
    return _holds(user, Role.BUREAU_ADMIN, Role.LEGAL_REVIEWER, Role.TRAINER)
