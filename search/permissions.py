"""Who sees why a result was found, and who edits the synonyms. Searching itself needs no account."""

from django.contrib.auth.models import AnonymousUser

from people.models import User
from people.roles import Role
from search.models import SavedSearch


def can_see_explanation(user: User | AnonymousUser) -> bool:
    """Editors: what was understood of a query, step by step."""
    return _edits(user)


def can_edit_synonyms(user: User | AnonymousUser) -> bool:
    """The table of colloquial terms."""
    return _edits(user)


def can_read_query_log(user: User | AnonymousUser) -> bool:
    """Queries that found nothing, as counts without persons."""
    return _edits(user)


def can_open_saved(user: User | AnonymousUser, saved: SavedSearch) -> bool:
    """Saved searches are personal: the owner alone, no administrator either."""
    return isinstance(user, User) and saved.owner_id == user.pk


def _edits(user: User | AnonymousUser) -> bool:
    return isinstance(user, User) and user.has_role(Role.TRAINER, Role.BUREAU_ADMIN)
