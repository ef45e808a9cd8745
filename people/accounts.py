"""Accounts in the Wagtail admin: name, unit and roles under their Chinese names; no superusers from here."""

import django_filters
from django import forms
from django.contrib.auth.models import Group
from django.http import HttpRequest
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.users import IndexView, UserFilterSet, UserViewSet

from people import audit
from people.models import User
from people.roles import Role

FIELDS = ["username", "display_name", "unit", "email", "groups"]


class RolesField(forms.ModelMultipleChoiceField):
    """Groups as the roles they are."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self) -> None:
        super().__init__(Group.objects.filter(name__in=Role.values), label="角色", required=False)

    def label_from_instance(self, group: Group) -> str:
        return Role(group.name).label


class NewAccountForm(UserCreationForm):
    groups = RolesField()
    email = forms.EmailField(label="电子邮件", required=False)
    first_name = last_name = is_superuser = None

    class Meta:
        model = User
        fields = FIELDS


class AccountForm(UserEditForm):
    groups = RolesField()
    email = forms.EmailField(label="电子邮件", required=False)
    first_name = last_name = is_superuser = None

    def __init__(self, *args, editing_self: bool = False, **kwargs) -> None:
        """Nobody locks their own account."""
        super().__init__(*args, **kwargs)
        if editing_self:
            del self.fields["is_active"]

    class Meta:
        model = User
        fields = [*FIELDS, "is_active"]


class AccountFilterSet(UserFilterSet):
    role = django_filters.ChoiceFilter(field_name="groups__name", label="角色", choices=Role.choices)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in ("group", "is_superuser"):
            self.filters.pop(name, None)

    class Meta:
        model = User
        fields = ["unit"]


class AccountList(IndexView):
    """With unit and roles; without the boxes for actions on many, which speak of groups."""

    @property
    def columns(self) -> list[Column]:
        own = [column for column in super().columns if not isinstance(column, BulkActionsCheckboxColumn)]
        kept = [column for column in own if column.name != "is_superuser"]
        roles = Column("roles", label="角色", accessor=lambda user: "、".join(user.role_labels))
        return [*kept[:2], Column("unit", label="单位"), roles, *kept[2:]]

    def get_base_queryset(self):
        return super().get_base_queryset().select_related("unit")


class AccountViewSet(UserViewSet):
    menu_label = "账号"
    filterset_class = AccountFilterSet
    index_view_class = AccountList

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        return AccountForm if for_update else NewAccountForm


def record_account(request: HttpRequest, account: User) -> None:
    """Roles are power: every change of an account stands in 操作记录 with the roles it left."""
    account.__dict__.pop("roles", None)
    detail = f"单位：{account.unit or '—'}；角色：{'、'.join(account.role_labels) or '—'}"
    by = request.user if isinstance(request.user, User) else None
    audit.record(by=by, verb="设置账号", target=account, detail=detail)
