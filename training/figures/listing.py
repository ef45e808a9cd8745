"""The records behind a number, in the order in which people look for them."""

from django.db.models import Count, Q, QuerySet

from training.figures.selecting import Selection
from training.models import Attendance

CAME = Q(attendances__status__in=Attendance.CAME)


def sessions(selection: Selection) -> QuerySet:
    """Sessions with `came`, those who were there (of the street, where one is chosen). One query."""
    who = CAME & Q(attendances__unit_id=selection.street) if selection.street else CAME
    held = selection.sessions().order_by().values("pk")
    found = selection.sessions().model.objects.filter(pk__in=held).select_related("unit")
    return found.annotate(came=Count("attendances", filter=who)).order_by("-starts_at", "-pk")


def attendances(selection: Selection) -> QuerySet:
    """One row each 人次. One query."""
    found = selection.attendances().select_related("session", "officer", "unit")
    return found.order_by("-session__starts_at", "session_id", "unit__sort_order", "officer__staff_no")


def persons(selection: Selection) -> QuerySet:
    """One row each of 人数, with how often. One query."""
    columns = ("officer__staff_no", "officer__name", "officer__unit__name")
    found = selection.attendances().values(*columns).annotate(times=Count("pk"))
    return found.order_by("-times", "officer__staff_no")
