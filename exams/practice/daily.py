"""每日五题: the same five for one person on one day.

    first   what is due, the longest overdue first
    then    the person's weak domains in turn, the weakest first
    then    what the person has never answered
    last    what the person answered longest ago, where the bank has nothing else

`choose` is pure, and its chance comes from person and date alone. What was chosen is kept (`DailyDraw`), because due
dates, weak domains and the bank move while the day goes on. Only quick kinds are drawn; case groups, documents and
short answers have their places elsewhere.
"""

import datetime as dt
import random
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction
from django.db.models import Count, Q
from django.utils import timezone

from exams.content import Kind
from exams.models import DailyDraw, PracticeAnswer, PracticeState
from exams.practice.open_questions import practisable
from people.models import User

SIZE = 5
QUICK = (Kind.SINGLE, Kind.MULTIPLE, Kind.JUDGE, Kind.FILL)
# A domain is weak after at least so many marked answers, with a share of right ones below this.
ENOUGH_ANSWERS, WEAK_BELOW = 4, 0.8


@dataclass(frozen=True)
class Standing:
    """What is known of a person at the moment of the drawing. `open_ones`: question -> domain, in the bank's order."""

    open_ones: Mapping[int, int]
    due: Sequence[int] = ()
    last_answers: Mapping[int, dt.datetime] = field(default_factory=dict)
    weak_domains: Sequence[int] = ()
    done_today: Set[int] = frozenset()


def choose(standing: Standing, seed: str, *, kept: Sequence[int] = (), size: int = SIZE) -> list[int]:
    """`kept` and what fills them up to `size`, fewer where the bank has fewer."""
    chance = random.Random(seed)
    shuffled = list(standing.open_ones)
    chance.shuffle(shuffled)
    fresh = [pk for pk in shuffled if pk not in standing.last_answers]
    known = sorted((pk for pk in shuffled if pk in standing.last_answers), key=standing.last_answers.__getitem__)
    known = [pk for pk in known if pk not in standing.done_today]
    due = [pk for pk in standing.due if pk in standing.open_ones and pk not in standing.done_today]
    preferred = [*kept, *due, *_in_turn(standing, [*fresh, *known]), *fresh, *known]
    return list(dict.fromkeys(preferred))[:size]


def five_of(person: User, on: dt.date | None = None) -> list[int]:
    """The person's questions of the day (today), drawn when first asked for; what was stopped meanwhile is replaced."""
    on = on or timezone.localdate()
    draw = DailyDraw.objects.filter(person=person, drawn_for=on).first()
    stored = draw.questions if draw else []
    kept = _still_usable(stored, person)
    if len(kept) == SIZE:
        return kept
    chosen = choose(standing_of(person), seed_of(person, on), kept=kept)
    return chosen if chosen == stored else _stored(person, on, chosen)


def seed_of(person: User, on: dt.date) -> str:
    return f"{person.pk}:{on.isoformat()}"


def answered_today(person: User, on: dt.date | None = None) -> set[int]:
    """Questions that the person has answered today, in whatever mode."""
    since = midnight(on or timezone.localdate())
    rows = PracticeAnswer.objects.filter(person=person, answered_at__gte=since)
    return set(rows.order_by().values_list("question", flat=True))


def midnight(day: dt.date) -> dt.datetime:
    """When the day begins here."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))


def standing_of(person: User) -> Standing:
    """Five queries."""
    quick = practisable().filter(kind__in=QUICK).order_by("code")
    states = PracticeState.objects.filter(person=person)
    due = states.due().order_by("due_at", "question__code").values_list("question", flat=True)
    last = states.up_to_date().exclude(answered_at=None).values_list("question", "answered_at")
    return Standing(
        open_ones=dict(quick.values_list("pk", "domain")),
        due=list(due),
        last_answers=dict(last),
        weak_domains=weak_domains(person),
        done_today=answered_today(person),
    )


def weak_domains(person: User) -> list[int]:
    """Domains in which too many of the person's answers are wrong, the weakest first."""
    marked = PracticeAnswer.objects.filter(person=person, is_right__isnull=False)
    rows = (
        marked.order_by().values_list("question__domain").annotate(n=Count("pk"), right=Count("pk", Q(is_right=True)))
    )
    shares = [(right / n, domain) for domain, n, right in rows if n >= ENOUGH_ANSWERS and right / n < WEAK_BELOW]
    return [domain for _, domain in sorted(shares)]


def _in_turn(standing: Standing, preferred: Sequence[int]) -> Iterable[int]:
    """One of each weak domain, then a second of each, and so on."""
    heaps = [[pk for pk in preferred if standing.open_ones[pk] == domain] for domain in standing.weak_domains]
    for round_no in range(max(map(len, heaps), default=0)):
        yield from (heap[round_no] for heap in heaps if round_no < len(heap))


def _still_usable(questions: Sequence[int], person: User) -> list[int]:
    """Those that may be asked, and those that were answered before something happened to them."""
    if not questions:
        return []
    usable = set(practisable().filter(pk__in=questions).values_list("pk", flat=True))
    usable |= answered_today(person)
    return [pk for pk in questions if pk in usable]


def _stored(person: User, on: dt.date, chosen: list[int]) -> list[int]:
    """Keeps the draw; where another tab has been quicker with the first one, that counts."""
    if DailyDraw.objects.filter(person=person, drawn_for=on).update(questions=chosen):
        return chosen
    try:
        with transaction.atomic():
            DailyDraw.objects.create(person=person, drawn_for=on, questions=chosen)
    except IntegrityError:
        return DailyDraw.objects.get(person=person, drawn_for=on).questions
    return chosen
