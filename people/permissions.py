"""Who may do what with people's records. Every view and action of this app asks here."""

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from people.models import Officer, Unit, User
from people.roles import Role


def can_manage_units(user: User) -> bool:
    """Streets and departments are the district bureau's to keep."""
    return user.is_authenticated and user.has_role(Role.BUREAU_ADMIN)


def can_manage_officers(user: User, unit: Unit | None = None) -> bool:
    """The bureau keeps everybody's records, a street's administrator those of the own street."""
    if not user.is_authenticated:
        return False
    if user.has_role(Role.BUREAU_ADMIN):
        return True
    return user.has_role(Role.STREET_ADMIN) and unit is not None and unit.pk == user.unit_id


def can_manage_cards(user: User | AnonymousUser) -> bool:
    """The register of enforcement cards is the district bureau's; a street tells the bureau what happened."""
    return isinstance(user, User) and user.has_role(Role.BUREAU_ADMIN)


def can_read_card_figures(user: User | AnonymousUser) -> bool:
    """持证率 and its lists with names: the bureau, and each street's administrator for the own street."""
    if not isinstance(user, User):
        return False
    return user.has_role(Role.BUREAU_ADMIN) or (user.has_role(Role.STREET_ADMIN) and user.unit_id is not None)


def can_read_officer(user: User, officer: Officer) -> bool:
    """Nobody sees other people's records but those who keep them."""
    own = user.is_authenticated and officer.user_id == user.pk
    return own or can_manage_officers(user, officer.unit)


def can_read_audit(user: User) -> bool:
    return user.is_authenticated and user.has_role(Role.BUREAU_ADMIN)


def require(allowed: bool, what: str) -> None:
    """Raises PermissionDenied naming what was refused."""
    if not allowed:
        raise PermissionDenied(f"您没有权限{what}。")
