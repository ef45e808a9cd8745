"""Who is at a session, who was expected, and who may be meant by a name that nobody has found yet."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from people.models import Officer, Unit
from training.models import Attendance, TrainingSession, WalkIn

HINT_FROM = 2  # people on one device
CANDIDATES = 5


@dataclass(frozen=True)
class Waiting:
    """A walk-in and the people it may be, the likeliest first."""

    walk_in: WalkIn
    candidates: list[Officer]


def counts_of(session: TrainingSession) -> list[tuple[str, int]]:
    """(status in words, people), in the order of the statuses, without those that nobody has."""
    found = dict(session.attendances.order_by().values_list("status").annotate(n=Count("pk")))
    return [(label, found[value]) for value, label in Attendance.Status.choices if found.get(value)]


def shared_devices(session: TrainingSession) -> dict[str, int]:
    """device -> how many people signed in with it, for devices of several. A hint: phones are lent in good faith."""
    devices = session.attendances.exclude(device="").order_by().values_list("device")
    return dict(devices.annotate(n=Count("pk")).filter(n__gte=HINT_FROM))


def waiting_of(session: TrainingSession) -> list[Waiting]:
    """Walk-ins nobody has settled, with people of the same name; of the same unit first. Two queries."""
    open_ones = list(session.walk_ins.filter(settled_at__isnull=True))
    names = {spelling for one in open_ones for spelling in (one.name, "".join(one.name.split()))}
    by_name: dict[str, list[Officer]] = defaultdict(list)
    for officer in Officer.objects.filter(name__in=names).select_related("unit"):
        by_name[officer.name].append(officer)
    return [Waiting(one, _likeliest(one, by_name["".join(one.name.split())])) for one in open_ones]


def _likeliest(walk_in: WalkIn, officers: Iterable[Officer]) -> list[Officer]:
    return sorted(officers, key=lambda officer: -_likeness(walk_in.unit_text, officer.unit))[:CANDIDATES]


def _likeness(text: str, unit: Unit) -> int:
    """How many characters of what was written stand in the unit's names."""
    return sum((Counter(text) & Counter(unit.name + unit.short_name)).values())


def expected_of(units: Iterable[int], absent_of: int | None = None) -> QuerySet[Officer]:
    """Active people of the units and of their offices; or those who missed a session, for its make-up."""
    wanted = list(units)
    found = Q(unit__in=wanted) | Q(unit__parent__in=wanted)
    if absent_of:
        missed = Attendance.objects.filter(session=absent_of, status__in=("absent", "excused"))
        found |= Q(pk__in=missed.values("officer"))
    return Officer.objects.active().filter(found).select_related("unit").order_by("unit__sort_order", "staff_no")
