"""Who may do what with cases. Reading published cases needs no account."""

from django.contrib.auth.models import AnonymousUser

from casebook.models import Case
from people.models import User
from people.permissions import require
from people.roles import Role

__all__ = [
    "can_compile_issues",
    "can_edit_cases",
    "can_import_cases",
    "can_publish",
    "can_read",
    "can_sign",
    "can_work_on_cases",
    "require",
]


def _holds(user: User | AnonymousUser, *roles: Role) -> bool:
    return isinstance(user, User) and user.has_role(*roles)


def can_edit_cases(user: User | AnonymousUser) -> bool:
    """Write cases and confirm that they are anonymised."""
    return _holds(user, Role.TRAINER, Role.BUREAU_ADMIN)


def can_work_on_cases(user: User | AnonymousUser) -> bool:
    """The forms of cases in the admin: who writes them and who signs them."""
    return can_edit_cases(user) or can_publish(user)


def can_import_cases(user: User | AnonymousUser) -> bool:
    return can_edit_cases(user)


def can_sign(user: User | AnonymousUser, case: Case) -> bool:
    """The second person: never the one who anonymised the case."""
    return _holds(user, Role.LEGAL_REVIEWER, Role.BUREAU_ADMIN) and case.anonymised_by_id != user.pk


def can_publish(user: User | AnonymousUser) -> bool:
    return _holds(user, Role.LEGAL_REVIEWER, Role.BUREAU_ADMIN)


def can_compile_issues(user: User | AnonymousUser) -> bool:
    return _holds(user, Role.TRAINER, Role.BUREAU_ADMIN)


def can_read(user: User | AnonymousUser, case: Case) -> bool:
    """Everybody reads public cases; drafts and internal ones are for those who work on them."""
    return case.is_public or _holds(user, Role.TRAINER, Role.LEGAL_REVIEWER, Role.BUREAU_ADMIN)
