"""The live board of an exam: who has begun, who is connected, how far everybody is, what has happened."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from exams.models import Exam, Incident, Registration, Sitting, SittingItem
from exams.permissions import Asker, visible_registrations
from exams.sittings.saving import seconds_left

State = Sitting.State
# Three heartbeats of the page.
SILENT_AFTER = dt.timedelta(seconds=50)
WATCHED = (Incident.Kind.LEFT, Incident.Kind.TAKEN_OVER, Incident.Kind.RECONNECTED, Incident.Kind.REFUSED)
FILTERS = {
    "absent": "未开考",
    "open": "作答中",
    "silent": "失去连接",
    "finished": "已结束",
    "void": "作废",
}


@dataclass(frozen=True)
class Row:
    """A candidate with the last attempt; times in seconds."""

    registration: Registration
    sitting: Sitting | None
    answered: int = 0
    items: int = 0
    remaining: float = 0
    seen_ago: float | None = None
    is_silent: bool = False
    incidents: tuple[tuple[str, int], ...] = ()

    @property
    def state(self) -> str:
        """In words."""
        if self.sitting is None:
            return "未生成试卷"
        return "未开考" if self.sitting.state == State.PREPARED else self.sitting.get_state_display()


def candidates(user: Asker, exam: Exam, chosen: str = "") -> QuerySet[Any]:
    """Registrations that the person may see, with `last` (the last attempt's key); `chosen` is one of FILTERS."""
    last = Sitting.objects.filter(registration=OuterRef("pk")).order_by("-attempt_no").values("pk")[:1]
    seen: QuerySet[Any] = visible_registrations(user, exam).select_related("officer__unit")
    rows = seen.annotate(last=Subquery(last))
    rows = rows.order_by("officer__unit__sort_order", "officer__staff_no")
    if chosen not in FILTERS:
        return rows
    of_last = Sitting.objects.filter(pk=OuterRef("last"))
    if chosen == "absent":
        return rows.filter(Q(last__isnull=True) | Exists(of_last.filter(state=State.PREPARED)))
    return rows.filter(Exists(of_last.filter(_condition(chosen))))


def counters(user: Asker, exam: Exam) -> list[tuple[str, str, int]]:
    """(filter, words, how many), of those whom the person may see. Three queries."""
    rows = candidates(user, exam)
    last = Sitting.objects.filter(pk__in=rows.values("last")).order_by()
    states: dict[str, int] = dict(last.values_list("state").annotate(count=Count("pk")))
    silent = last.filter(_condition("silent")).count()
    begun = sum(count for state, count in states.items() if state != State.PREPARED)
    found = {
        "absent": rows.count() - begun,
        "open": states.get(State.OPEN, 0),
        "silent": silent,
        "finished": sum(states.get(state, 0) for state in Sitting.FINISHED),
        "void": states.get(State.VOID, 0),
    }
    return [(name, words, found[name]) for name, words in FILTERS.items()]


def rows_of(registrations: Sequence[Any], at: dt.datetime | None = None) -> list[Row]:
    """The rows of one page of the board. Three queries."""
    at = at or timezone.now()
    pks = [one.last for one in registrations if one.last]
    sittings = Sitting.objects.in_bulk(pks)
    items = SittingItem.objects.filter(sitting__in=pks).order_by().values_list("sitting")
    both = items.annotate(items=Count("pk"), answered=Count("pk", filter=~Q(answer="")))
    counted = {pk: (total, answered) for pk, total, answered in both}
    incidents = _incidents(pks)
    return [
        _row(one, sittings.get(one.last), counted.get(one.last, (0, 0)), incidents.get(one.last, []), at)
        for one in registrations
    ]


def _row(
    registration: Registration,
    sitting: Sitting | None,
    counts: Sequence[int],
    incidents: Iterable[tuple[str, int]],
    at: dt.datetime,
) -> Row:
    is_open = sitting is not None and sitting.state == State.OPEN
    seen = (at - sitting.seen_at).total_seconds() if sitting and is_open and sitting.seen_at else None
    return Row(
        registration,
        sitting,
        answered=counts[1],
        items=counts[0],
        remaining=seconds_left(sitting.ends_at, at) if sitting and is_open else 0,
        seen_ago=seen,
        is_silent=seen is not None and seen > SILENT_AFTER.total_seconds(),
        incidents=tuple(incidents),
    )


def _incidents(pks: Iterable[int]) -> dict[int, list[tuple[str, int]]]:
    rows = Incident.objects.filter(sitting__in=pks, kind__in=WATCHED).order_by("kind").values_list("sitting", "kind")
    found: dict[int, list[tuple[str, int]]] = {}
    for pk, kind, count in rows.annotate(count=Count("pk")):
        found.setdefault(pk, []).append((Incident.Kind(kind).label, count))
    return found


def _condition(chosen: str) -> Q:
    if chosen == "silent":
        return Q(state=State.OPEN, seen_at__lt=timezone.now() - SILENT_AFTER)
    return Q(state__in={"open": [State.OPEN], "finished": Sitting.FINISHED, "void": [State.VOID]}[chosen])
