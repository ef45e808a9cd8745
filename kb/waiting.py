"""What waits in the knowledge base: each question is one count and one filter of an admin list."""

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from kb.models import InstructorAppointment, PowerItem

# 执法公示: an item without one of these may not be shown as complete
DISCLOSED = ("basis_text", "process", "supervision")


def without_instructor(items: QuerySet[PowerItem], on: dt.date | None = None) -> QuerySet[PowerItem]:
    """Items that some street holds on the day (today) and for which nobody is appointed."""
    on = on or timezone.localdate()
    current = InstructorAppointment.objects.current(on).filter(item=OuterRef("pk"))
    held = PowerItem.objects.assigned(on).filter(pk=OuterRef("pk"))
    return items.filter(Exists(held), ~Exists(current))


def undisclosed(items: QuerySet[PowerItem]) -> QuerySet[PowerItem]:
    """Items that lack 依据, 流程 or 监督方式; name and type are never empty."""
    lacking = Q()
    for name in DISCLOSED:
        lacking |= Q(**{name: ""})
    return items.filter(lacking)
