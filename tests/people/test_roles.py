"""What a role is, who grants it, and what it opens in the admin."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command

from people.actions import grant_role, revoke_role
from people.models import AuditEntry
from people.roles import Role
from tests.factories.people import UserFactory


def test_every_role_is_a_group_after_migration(db):
    from django.contrib.auth.models import Group

    assert set(Role.values) <= set(Group.objects.values_list("name", flat=True))


def test_the_bureau_grants_and_revokes_with_a_trace(member):
    user = UserFactory()
    grant_role(user, Role.TRAINER, by=member("song"))
    assert user.has_role(Role.TRAINER)
    revoke_role(user, Role.TRAINER, by=member("song"))
    assert not user.has_role(Role.TRAINER)
    assert [entry.verb for entry in AuditEntry.objects.all()] == ["收回角色", "授予角色"]


@pytest.mark.parametrize("name", ["chen", "gao", "lin", "mei", "wu", "zhou"])
def test_nobody_else_grants_roles(member, name):
    user = UserFactory()
    with pytest.raises(PermissionDenied):
        grant_role(user, Role.BUREAU_ADMIN, by=member(name))
    assert not user.roles


def test_an_audit_entry_is_never_changed_or_deleted(member):
    grant_role(UserFactory(), Role.MENTOR, by=member("song"))
    entry = AuditEntry.objects.get()
    with pytest.raises(TypeError):
        entry.save()
    with pytest.raises(TypeError):
        entry.delete()


@pytest.mark.parametrize(
    ("name", "opens"), [("lin", True), ("wu", True), ("song", True), ("gao", True), ("chen", False), ("mei", False)]
)
def test_only_editors_enter_the_admin(as_member, name, opens):
    call_command("set_up_roles", verbosity=0)
    assert (as_member(name).get("/admin/").status_code == 200) is opens


def test_an_inactive_user_holds_no_role(member):
    user = member("song")
    user.is_active = False
    assert not user.has_role(Role.BUREAU_ADMIN)
