"""Verbs that change people's records: permission, change and audit together."""

from people.actions.users import grant_role, move_user, revoke_role

__all__ = ["grant_role", "move_user", "revoke_role"]
