from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class PeopleConfig(AppConfig):
    default = True
    name = "people"
    verbose_name = "人员"


class AccountsConfig(WagtailUsersAppConfig):
    """Wagtail's own app of accounts, with our list and forms."""

    user_viewset = "people.accounts.AccountViewSet"
