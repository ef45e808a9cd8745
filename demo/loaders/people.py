"""Units, officers, cards, mentors and one account a role."""

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management import call_command

from demo.loaders.tables import accepted, as_sheet, day, day_if_known, records
from kb.importers.lists import LISTS
from people.models import CardIssuer, Mentor, Officer, Unit, User
from people.roles import Role

# For looking around on one's own machine; set only where the setting DEMO_PASSWORDS is on.
PASSWORD = "jiangcheng-2026"  # noqa: S105
# Who issues cards in this district, and for how many years.
ISSUERS = (("江城区人民政府", 5), ("江城区司法局", 2))


def load_people() -> dict[str, int]:
    """Returns counts by what was loaded."""
    for name, years in ISSUERS:
        CardIssuer.objects.get_or_create(name=name, defaults={"valid_years": years})
    counts = {
        label: accepted(LISTS[name].import_rows(as_sheet(records(name)), filename=f"{name}.tsv"))
        for name, label in (("units", "单位"), ("officers", "人员"), ("cards", "执法证"))
    }
    return counts | {"导师": _mentors(), "账号": _users()}


def _mentors() -> int:
    kinds = {label: code for code, label in Mentor.Kind.choices}
    officers = Officer.objects.in_bulk(field_name="staff_no")
    rows = records("mentors")
    for row in rows:
        Mentor.objects.update_or_create(
            officer=officers[row["人员编号"]],
            valid_from=day(row["聘任起"]),
            defaults={"kind": kinds[row["类别"]], "expertise": row["专长"], "valid_to": day_if_known(row["聘任止"])},
        )
    return len(rows)


def _users() -> int:
    call_command("set_up_roles", verbosity=0)
    rows = records("users")
    for row in rows:
        officer = Officer.objects.get(staff_no=row["人员编号"])
        user, is_new = User.objects.get_or_create(
            username=row["账号"], defaults={"display_name": officer.name, "unit": Unit.objects.get(name=row["单位"])}
        )
        if is_new:
            _let_in(user)
        group, _ = Group.objects.get_or_create(name=Role(row["角色"]).value)
        user.groups.add(group)
        if officer.user_id != user.pk:
            Officer.objects.filter(pk=officer.pk).update(user=user)
    return len(rows)


def _let_in(user: User) -> None:
    """A known password only where the site is somebody's own: an account with one is open to all."""
    if getattr(settings, "DEMO_PASSWORDS", False):
        user.set_password(PASSWORD)
    else:
        user.set_unusable_password()
    user.save()
