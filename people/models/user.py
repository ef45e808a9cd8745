from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.functional import cached_property

from people.models.unit import Unit
from people.roles import EDITORS, Role


class User(AbstractUser):
    """An account. What a person may do follows from the roles (groups) and, row by row, from the unit."""

    display_name = models.CharField("姓名", max_length=40, blank=True, default="")
    unit = models.ForeignKey(
        Unit, verbose_name="单位", on_delete=models.PROTECT, null=True, blank=True, related_name="users"
    )

    class Meta(AbstractUser.Meta):
        verbose_name = verbose_name_plural = "用户"

    def __str__(self) -> str:
        return self.display_name or self.username

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)

    @cached_property
    def roles(self) -> frozenset[str]:
        """Codes of this user's roles; read once a request. A superuser holds them all."""
        if self.is_superuser:
            return frozenset(Role.values)
        return frozenset(self.groups.values_list("name", flat=True)) & frozenset(Role.values)

    def has_role(self, *roles: Role) -> bool:
        """Whether the active user holds any of the roles."""
        return self.is_active and any(role.value in self.roles for role in roles)

    @property
    def is_editor(self) -> bool:
        return self.has_role(*EDITORS)

    @property
    def role_labels(self) -> list[str]:
        return [role.label for role in Role if role.value in self.roles]
