"""Verbs of accounts: roles and units."""

from django.contrib.auth.models import Group
from django.db import transaction

from people import audit
from people.models import Unit, User
from people.permissions import can_manage_units, require
from people.roles import Role


@transaction.atomic
def grant_role(user: User, role: Role, *, by: User | None) -> None:
    """Adds a role. `by=None` is set-up; otherwise only the district bureau grants."""
    require(by is None or can_manage_units(by), f"授予「{role.label}」角色")
    user.groups.add(Group.objects.get(name=role.value))
    user.__dict__.pop("roles", None)
    audit.record(by=by, verb="授予角色", target=user, detail=role.label)


@transaction.atomic
def revoke_role(user: User, role: Role, *, by: User) -> None:
    """Takes a role away; what the person did under it stays on record."""
    require(can_manage_units(by), f"收回「{role.label}」角色")
    user.groups.remove(Group.objects.get(name=role.value))
    user.__dict__.pop("roles", None)
    audit.record(by=by, verb="收回角色", target=user, detail=role.label)


@transaction.atomic
def move_user(user: User, unit: Unit, *, by: User) -> None:
    """Gives an account another unit, and with it another set of rows."""
    require(can_manage_units(by), "调整账号所属单位")
    before, user.unit = user.unit, unit
    user.save(update_fields=["unit"])
    audit.record(by=by, verb="调整单位", target=user, detail=f"{before or '—'} → {unit}")
