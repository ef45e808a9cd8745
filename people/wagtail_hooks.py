from wagtail import hooks

from people.accounts import record_account
from people.admin import PeopleGroup
from people.card_admin import urlpatterns as card_urls
from people.models import AuditEntry, Card, CardIssuer, Mentor, Officer, Unit
from people.officer_chooser import officer_chooser
from people.permissions import can_manage_cards, can_manage_officers, can_manage_units, can_read_audit
from people.policies import ask

ask(Unit, can_manage_units)
ask(Officer, can_manage_officers)
# a card is never deleted: what happened to it is told by its events
ask(Card, can_manage_cards, delete=lambda user: False)
ask(CardIssuer, can_manage_cards)
ask(Mentor, can_manage_units)
ask(AuditEntry, can_read_audit, only=frozenset())


@hooks.register("register_admin_viewset")
def register_people() -> list:
    return [PeopleGroup(), officer_chooser]


@hooks.register("register_admin_urls")
def register_card_steps() -> list:
    return [*card_urls]


hooks.register("after_create_user", record_account)
hooks.register("after_edit_user", record_account)
