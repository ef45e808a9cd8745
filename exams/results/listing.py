"""The list of an exam's results: one row a candidate, the absent too, with the attempt that counts.

Of several attempts the best one counts, by its share of the full marks; between equal ones the earlier. A voided
attempt counts for nothing. Places are those of the whole exam, equal shares share one, whoever reads the list.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from exams.models import Exam, Registration, Sitting
from exams.permissions import can_read_bank, visible_registrations
from exams.results.visibility import is_over, may_read_scores
from people.models import User


class Outcome(StrEnum):
    """Where a candidate stands."""

    PASSED = "及格"
    FAILED = "未及格"
    UNMARKED = "待评"
    FINISHED = "已交卷"
    WRITING = "作答中"
    WAITING = "未考"
    ABSENT = "缺考"
    VOID = "作废"


@dataclass(frozen=True)
class Row:
    """One candidate. `counts` is the attempt that counts; None where there is none, or it is not shown yet."""

    registration: Registration
    outcome: Outcome
    attempts: int
    counts: Sitting | None = None
    place: int | None = None

    @property
    def score(self) -> Decimal | None:
        return self.counts.score if self.counts else None

    @property
    def share(self) -> Fraction:
        """Of the full marks; below everything where there is no score."""
        return share_of(self.counts) if self.counts else Fraction(-1)

    @property
    def minutes(self) -> int | None:
        if not (self.counts and self.counts.started_at and self.counts.finished_at):
            return None
        return round((self.counts.finished_at - self.counts.started_at).total_seconds() / 60)


@dataclass(frozen=True)
class Summary:
    """The numbers above the list."""

    registered: int
    sat: int
    absent: int
    unmarked: int
    passed: int
    mean: float | None

    @property
    def pass_rate(self) -> float | None:
        """Percent of those with a result."""
        marked = self.sat - self.unmarked
        return 100 * self.passed / marked if marked else None


SORTS = {
    "staff": lambda row: (row.registration.officer.staff_no,),
    "name": lambda row: (row.registration.officer.name,),
    "unit": lambda row: (row.registration.officer.unit.sort_order, row.registration.officer.staff_no),
    "score": lambda row: (row.share, row.registration.officer.staff_no),
    "place": lambda row: (row.place or 10**9, row.registration.officer.staff_no),
    "outcome": lambda row: (list(Outcome).index(row.outcome), row.registration.officer.staff_no),
    "minutes": lambda row: (row.minutes if row.minutes is not None else 10**9, row.registration.officer.staff_no),
}


def result_rows(exam: Exam, reader: User) -> list[Row]:
    """The rows that the reader may see, in the order of units; three queries. Scores only once they may be read."""
    sittings = _by_registration(exam)
    chosen = {pk: counting(attempts) for pk, attempts in sittings.items()}
    places = _places([one for one in chosen.values() if one])
    over, shows = is_over(exam), may_read_scores(reader, exam)
    registrations = visible_registrations(reader, exam).select_related("officer__unit")
    rows = []
    for registration in registrations.order_by("officer__unit__sort_order", "officer__staff_no"):
        attempts, counts = sittings.get(registration.pk, []), chosen.get(registration.pk)
        outcome = _outcome(attempts, counts, over)
        tried = sum(one.state not in (Sitting.State.PREPARED, Sitting.State.VOID) for one in attempts)
        if shows:
            place = places.get(counts.pk) if counts else None
            rows.append(Row(registration, outcome, tried, counts, place))
        else:
            hidden = (Outcome.PASSED, Outcome.FAILED, Outcome.UNMARKED)
            rows.append(Row(registration, Outcome.FINISHED if outcome in hidden else outcome, tried))
    return rows


def ordered(rows: Sequence[Row], sort: str) -> list[Row]:
    """By one of SORTS, falling with a minus; an unknown name keeps the order."""
    key = SORTS.get(sort.lstrip("-"))
    return sorted(rows, key=key, reverse=sort.startswith("-")) if key else list(rows)


def summary(rows: Sequence[Row]) -> Summary:
    outcomes = [row.outcome for row in rows]
    shares = [float(row.share) for row in rows if row.counts]
    without = (Outcome.WAITING, Outcome.ABSENT, Outcome.VOID, Outcome.WRITING)
    return Summary(
        registered=len(rows),
        sat=sum(outcome not in without for outcome in outcomes),
        absent=outcomes.count(Outcome.ABSENT),
        unmarked=outcomes.count(Outcome.UNMARKED),
        passed=outcomes.count(Outcome.PASSED),
        mean=100 * sum(shares) / len(shares) if shares else None,
    )


def counting(attempts: Iterable[Sitting]) -> Sitting | None:
    """The attempt that counts: of the marked ones the best, the earlier of equal ones."""
    marked = [one for one in attempts if one.is_finished and one.is_marked and one.score is not None]
    return max(marked, key=lambda one: (share_of(one), -one.attempt_no), default=None)


def share_of(sitting: Sitting) -> Fraction:
    """Score over full marks; of a paper without any marks all of it."""
    full = Fraction(sitting.full_marks)
    return Fraction(sitting.score or 0) / full if full else Fraction(1)


def counting_sittings(exam: Exam) -> list[Sitting]:
    """The attempt that counts of every candidate who has one; one query."""
    found = (counting(attempts) for attempts in _by_registration(exam).values())
    return [one for one in found if one]


def exams_with_results(reader: User) -> QuerySet[Exam]:
    """The exams whose results the reader may look at, newest first, with their numbers."""
    exams = Exam.objects.all()
    if not can_read_bank(reader):
        own = Registration.objects.filter(exam=OuterRef("pk"), officer__unit=reader.unit_id)
        exams = exams.filter(Exists(own))
    finished = Q(registrations__sittings__state__in=Sitting.FINISHED)
    # after counting, Django forgets the order of the model
    return exams.order_by("-opens_at", "-pk").annotate(
        candidates=Count("registrations", distinct=True),
        finished=Count("registrations__sittings", filter=finished, distinct=True),
        unmarked=Count(
            "registrations__sittings", filter=finished & Q(registrations__sittings__is_marked=False), distinct=True
        ),
    )


def _by_registration(exam: Exam) -> dict[int, list[Sitting]]:
    found: dict[int, list[Sitting]] = defaultdict(list)
    for sitting in Sitting.objects.filter(registration__exam=exam).order_by("registration", "attempt_no"):
        found[sitting.registration_id].append(sitting)
    return found


def _places(sittings: Sequence[Sitting]) -> dict[int, int]:
    """1, 2, 2, 4 by falling share."""
    shares = sorted((share_of(one) for one in sittings), reverse=True)
    first = {share: len(shares) - n for n, share in enumerate(reversed(shares))}
    return {one.pk: first[share_of(one)] for one in sittings}


def _outcome(attempts: Sequence[Sitting], counts: Sitting | None, over: bool) -> Outcome:
    states = {one.state for one in attempts}
    if counts is not None:
        return Outcome.PASSED if counts.has_passed else Outcome.FAILED
    if states & set(Sitting.FINISHED):
        return Outcome.UNMARKED
    if Sitting.State.OPEN in states:
        return Outcome.WRITING
    if Sitting.State.VOID in states and Sitting.State.PREPARED not in states:
        return Outcome.VOID
    return Outcome.ABSENT if over else Outcome.WAITING
