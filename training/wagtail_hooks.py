"""The admin's side of training."""

from wagtail import hooks

from people.policies import ask
from training.credits.admin import CreditRateViewSet, CreditRuleViewSet
from training.models import CreditRate, CreditRule
from training.permissions import can_set_rules

ask(CreditRule, can_set_rules)
ask(CreditRate, can_set_rules)


@hooks.register("register_admin_viewset")
def register_rules() -> list:
    return [CreditRuleViewSet("creditrule"), CreditRateViewSet("creditrate")]
