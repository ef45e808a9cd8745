"""Which records a figure speaks of: one value that pages, lists and files read alike.

`Selection` is made from an address, writes itself back as one, and gives the querysets. A number, the list behind it
and its Excel file are the same queryset, so they cannot disagree.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.utils import timezone

from people.models import Unit
from training.models import Attendance, CoachingLog, TrainingSession
from training.models.attendance import AttendanceQuerySet
from training.models.choices import Form, OrganiserLevel, Topic
from training.models.session import SessionQuerySet

CHOICES = {"organiser": OrganiserLevel.values, "form": Form.values, "topic": Topic.values}


@dataclass(frozen=True)
class Selection:
    """A period, both days included, and what narrows it; empty text and None narrow nothing.

    `unit` is who organised, `street` where those who came served on the day.
    """

    on: dt.date
    since: dt.date
    organiser: str = ""
    form: str = ""
    topic: str = ""
    unit: int | None = None
    street: int | None = None
    month: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str], today: dt.date | None = None) -> "Selection":
        """From an address; what cannot be read is as if it were not there. The year of the day by default."""
        on = _day(query.get("on", "")) or today or timezone.localdate()
        since = _day(query.get("since", "")) or dt.date(on.year, 1, 1)
        words = {name: query.get(name, "") for name, known in CHOICES.items() if query.get(name, "") in known}
        numbers = {name: int(query[name]) for name in ("unit", "street") if query.get(name, "").isdecimal()}
        month = query.get("month", "") if _day(f"{query.get('month', '')}-01") else ""
        return cls(on, min(since, on), month=month, **words, **numbers)  # type: ignore[arg-type]

    def with_(self, **values: object) -> "Selection":
        return replace(self, **values)  # type: ignore[arg-type]

    @property
    def query(self) -> str:
        """`since=2026-01-01&on=2026-11-30&form=drill`: the address of exactly this selection."""
        named = {"since": self.since.isoformat(), "on": self.on.isoformat()}
        named |= {name: str(getattr(self, name) or "") for name in (*CHOICES, "unit", "street", "month")}
        return urlencode({name: text for name, text in named.items() if text})

    def sessions(self) -> SessionQuerySet:
        """场次."""
        found = TrainingSession.objects.counted().filter(
            starts_at__gte=_start(self.since), starts_at__lt=end_of(self.on)
        )
        if self.month:
            first = dt.date.fromisoformat(f"{self.month}-01")
            found = found.filter(starts_at__gte=_start(first), starts_at__lt=_start(_next_month(first)))
        asked = {name: getattr(self, name) for name in CHOICES} | {"unit_id": self.unit}
        found = found.filter(**{name: value for name, value in asked.items() if value})
        return found.filter(attendances__in=self._of_street()).distinct() if self.street else found

    def attendances(self) -> AttendanceQuerySet:
        """人次; 人数 are their different officers."""
        whole = self.with_(street=None).sessions().order_by()
        found = Attendance.objects.came().filter(session__in=whole.values("pk"))
        return found.filter(unit_id=self.street) if self.street else found

    def coaching(self):
        """带教: visits that mentors logged."""
        found = CoachingLog.objects.filter(happened_on__gte=self.since, happened_on__lte=self.on)
        found = found.filter(mentor__officer__unit_id=self.unit) if self.unit else found
        return found.filter(street_id=self.street) if self.street else found

    def _of_street(self) -> AttendanceQuerySet:
        return Attendance.objects.came().filter(unit_id=self.street)


def within(selection: Selection, unit: Unit | None) -> Selection:
    """The same for somebody who sees only the own street."""
    return selection.with_(street=unit.pk) if unit else selection


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _start(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))


def end_of(day: dt.date) -> dt.datetime:
    """The first moment after the day."""
    return _start(day + dt.timedelta(days=1))


def _next_month(first: dt.date) -> dt.date:
    return (first + dt.timedelta(days=31)).replace(day=1)
