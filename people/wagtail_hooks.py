from wagtail import hooks

from people.accounts import record_account
from people.admin import PeopleGroup, officer_chooser
from people.models import AuditEntry, Card, Mentor, Officer, Unit
from people.permissions import can_manage_officers, can_manage_units, can_read_audit
from people.policies import ask

ask(Unit, can_manage_units)
ask(Officer, can_manage_officers)
ask(Card, can_manage_officers)
ask(Mentor, can_manage_units)
ask(AuditEntry, can_read_audit, only=frozenset())


@hooks.register("register_admin_viewset")
def register_people() -> list:
    return [PeopleGroup(), officer_chooser]


hooks.register("after_create_user", record_account)
hooks.register("after_edit_user", record_account)
