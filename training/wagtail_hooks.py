"""The admin's side of training."""

from wagtail import hooks

from people.policies import ask
from training.credits.admin import CreditRateViewSet, CreditRuleViewSet
from training.mentors.admin import EntryViewSet, PairingViewSet, ScopeViewSet, TemplateViewSet
from training.models import CreditRate, CreditRule, MentorScope, Pairing, ReadingTemplate, TemplateEntry
from training.permissions import can_keep_mentors, can_set_rules

ask(CreditRule, can_set_rules)
ask(CreditRate, can_set_rules)
for kept in (MentorScope, Pairing, ReadingTemplate, TemplateEntry):
    ask(kept, can_keep_mentors)


@hooks.register("register_admin_viewset")
def register_rules() -> list:
    return [CreditRuleViewSet("creditrule"), CreditRateViewSet("creditrate")]


@hooks.register("register_admin_viewset")
def register_mentors() -> list:
    return [
        ScopeViewSet("mentorscope"),
        PairingViewSet("pairing"),
        TemplateViewSet("readingtemplate"),
        EntryViewSet("templateentry"),
    ]
