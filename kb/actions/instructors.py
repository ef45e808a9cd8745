"""业务指导员: who answers for an item. Never two at once for one item and street scope."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction

from kb.models import InstructorAppointment, PowerItem
from kb.permissions import can_import_items, require
from people import audit
from people.models import Officer, Unit, User


@transaction.atomic
def appoint_instructor(
    item: PowerItem,
    officer: Officer,
    *,
    by: User | None,
    valid_from: dt.date,
    street: Unit | None = None,
) -> InstructorAppointment:
    """Appoints the officer for one street, or for all without one; the former one's term ends that day.

    The same officer again changes nothing. `by=None` is a command. Raises PermissionDenied, and
    ValidationError when the present term began on or after that day.
    """
    require(by is None or can_import_items(by), "指定业务指导员")
    current = check_term(item, street, valid_from, officer)
    if current and current.officer_id == officer.pk:
        return current
    if current:
        current.valid_to = valid_from
        current.save(update_fields=["valid_to"])
    appointment = InstructorAppointment.objects.create(item=item, officer=officer, street=street, valid_from=valid_from)
    scope = street.label if street else "全部街道"
    audit.record(by=by, verb="指定业务指导员", target=item, detail=f"{officer}，{scope}")
    return appointment


def check_term(
    item: PowerItem, street: Unit | None, valid_from: dt.date, officer: Officer | None = None
) -> InstructorAppointment | None:
    """The open appointment of that scope, if any.

    Raises ValidationError when another person's open term began on or after the day.
    """
    scope = item.instructors.filter(street=street) if street else item.instructors.filter(street__isnull=True)
    current = scope.filter(valid_to__isnull=True).select_related("officer").first()
    same = current and officer and current.officer_id == officer.pk
    if current and not same and current.valid_from >= valid_from:
        raise ValidationError(
            f"现任指导员{current.officer.name}自 {current.valid_from.isoformat()} 起任职；新的起始日期应晚于这一天。"
        )
    return current
