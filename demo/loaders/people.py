"""Units, officers, cards, mentors and one account a role."""

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management import call_command

from demo.loaders.tables import accepted, as_sheet, day, day_if_known, records
from kb.importers.lists import LISTS
from people.models import Card, CardEvent, CardIssuer, Mentor, Officer, Unit, User
from people.roles import Role

# For looking around on one's own machine; set only where the setting DEMO_PASSWORDS is on.
PASSWORD = "jiangcheng-2026"  # noqa: S105
# Who issues cards in this district, and for how many years.
ISSUERS = (("江城区人民政府", 5), ("江城区司法局", 2))


def load_people() -> dict[str, int]:
    """Returns counts by what was loaded."""
    counts = {
        label: accepted(LISTS[name].import_rows(as_sheet(records(name)), filename=f"{name}.tsv"))
        for name, label in (("units", "单位"), ("officers", "人员"))
    }
    return counts | {"执法证": _cards(), "导师": _mentors(), "账号": _users()}


def _cards() -> int:
    """A card stands below the one that it renews."""
    statuses = {label: code for code, label in Card.Status.choices}
    officers = Officer.objects.in_bulk(field_name="staff_no")
    issuers = {name: CardIssuer.objects.get_or_create(name=name, valid_years=years)[0] for name, years in ISSUERS}
    known: dict[str, Card] = {}
    for row in records("cards"):
        known[row["证号"]], _ = Card.objects.update_or_create(
            card_no=row["证号"],
            defaults={
                "officer": officers[row["人员编号"]],
                "field": row["执法类别"],
                "issuer": issuers[row["发证机关"]],
                "issued_on": day(row["发证日期"]),
                "valid_until": day(row["有效期至"]),
                "status": statuses[row["状态"]],
                "renews": known.get(row["换发自"]),
            },
        )
        _card_event(known[row["证号"]], row)
    return len(known)


def _card_event(card: Card, row: dict[str, str]) -> None:
    """Why a card is no longer valid, and since when."""
    kinds = {status: kind for kind, status in CardEvent.STATUS.items()}
    if card.status != Card.Status.VALID:
        CardEvent.objects.get_or_create(
            card=card,
            kind=kinds[Card.Status(card.status)],
            happened_on=day(row["状态日期"]),
            defaults={"reason": row["状态理由"]},
        )


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
