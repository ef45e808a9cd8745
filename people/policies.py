"""Wagtail's permission policies that ask our permission modules, so that there is one place to look."""

from collections.abc import Callable

from django.db.models import Model, QuerySet
from wagtail.permission_policies import BasePermissionPolicy
from wagtail.permissions import register_permission_policy

from people.models import User

Asked = Callable[[User], bool]
READING = {"view", "choose"}


class AskedPolicy(BasePermissionPolicy):
    """Who may do what in the admin, answered by functions of a `permissions.py`.

    `change` speaks for everything but what is asked on its own: `add`, `delete`, `publish`, and `read`
    for lists and choosers. `only` limits what can be done at all: {"add"} for rows that nobody edits.
    """

    def __init__(
        self,
        model: type[Model],
        change: Asked,
        *,
        read: Asked | None = None,
        add: Asked | None = None,
        delete: Asked | None = None,
        publish: Asked | None = None,
        only: frozenset[str] | None = None,
    ) -> None:
        super().__init__(model)
        self.read = read or change
        self.asked = {
            "add": add or change,
            "delete": delete or change,
            "publish": publish or change,
            "change": change,
        }
        self.only = only

    def user_has_permission(self, user: User, action: str) -> bool:
        if action in READING:
            return self.read(user) or self.asked["change"](user)
        if self.only is not None and action not in self.only:
            return False
        return self.asked.get(action, self.asked["change"])(user)

    def users_with_any_permission(self, actions: list[str]) -> QuerySet[User]:
        permitted = [u.pk for u in User.objects.filter(is_active=True) if self.user_has_any_permission(u, actions)]
        return User.objects.filter(pk__in=permitted)

    def instances_user_has_any_permission_for(self, user: User, actions: list[str]) -> QuerySet:
        rows = self.model._default_manager
        return rows.all() if self.user_has_any_permission(user, actions) else rows.none()


def ask(model: type[Model], change: Asked, **limits) -> None:
    """Registers the policy of a model; call it at the top of a `wagtail_hooks.py`."""
    register_permission_policy(model, AskedPolicy(model, change, **limits))
