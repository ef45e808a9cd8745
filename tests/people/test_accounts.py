"""Accounts in the admin: roles under their names, no superusers, every change on record."""

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.urls import reverse

from people.models import AuditEntry
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau(as_member):
    call_command("set_up_roles", verbosity=0)
    return as_member("song")


def test_the_list_names_unit_and_role(bureau):
    cast.member("chen")
    page = bureau.get(reverse("wagtailusers_users:index")).content.decode()
    assert "滨江街道办事处" in page and "执法人员" in page


def test_roles_are_given_by_their_names_and_recorded(bureau):
    chen = cast.member("chen")
    address = reverse("wagtailusers_users:edit", args=[chen.pk])
    assert "培训编辑" in bureau.get(address).content.decode()
    trainer = Group.objects.get(name="trainer")
    data = {"username": "chen", "display_name": "陈", "email": "", "groups": [trainer.pk], "is_active": "on"}
    assert bureau.post(address, data | {"is_superuser": "on"}).status_code == 302
    chen.refresh_from_db()
    assert list(chen.groups.all()) == [trainer] and not chen.is_superuser
    assert "培训编辑" in AuditEntry.objects.get(verb="设置账号").detail


def test_trainers_do_not_see_accounts(as_member):
    call_command("set_up_roles", verbosity=0)
    assert as_member("lin").get(reverse("wagtailusers_users:index")).status_code in (302, 403)
