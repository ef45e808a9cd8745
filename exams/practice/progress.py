"""Where one person stands: today's five, what is due, the wrong-answer book, figures by domain, days in a row."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Min, Q
from django.utils import timezone

from exams.models import DailyDraw, Favourite, PracticeAnswer, PracticeState
from exams.practice import figures
from exams.practice.daily import SIZE, answered_today
from exams.practice.open_questions import practisable
from people.models import User


@dataclass(frozen=True)
class Today:
    """What waits. `done` of `size` daily questions; `next_due` is the day on which something is due next, if any."""

    done: int
    size: int
    due: int
    wrong: int
    next_due: dt.date | None

    @property
    def is_done(self) -> bool:
        return self.done >= self.size


def today_of(person: User) -> Today:
    """Draws nothing: before the first look at the daily five it is 0 of 5. Six queries."""
    draw = DailyDraw.objects.filter(person=person, drawn_for=timezone.localdate()).first()
    questions = draw.questions if draw else []
    done = len(answered_today(person).intersection(questions)) if questions else 0
    return Today(done, len(questions) or SIZE, **_waiting(person))


def favourites_of(person: User) -> int:
    return Favourite.objects.filter(person=person, question__in=practisable().values("pk")).count()


def streak_of(person: User) -> int:
    """Days in a row with at least one answer, up to today or, where today has none yet, yesterday."""
    moments = (
        PracticeAnswer.objects.filter(person=person).order_by("-answered_at").values_list("answered_at", flat=True)
    )
    days = (timezone.localtime(moment).date() for moment in moments.iterator())
    return days_in_a_row(days, timezone.localdate())


def days_in_a_row(days: Iterable[dt.date], today: dt.date) -> int:
    """Of days from the latest backwards, repeats allowed; stops reading at the first gap."""
    found, expected = 0, today
    for day in days:
        if day > expected:
            continue
        if day < expected:
            if found or (expected - day).days > 1:
                break
            expected = day
        found, expected = found + 1, expected - dt.timedelta(days=1)
    return found


def domain_rows(person: User) -> list[dict[str, Any]]:
    """Answers, share of right ones and questions in the wrong-answer book, by domain. Four queries."""
    book = PracticeState.objects.filter(person=person, in_wrong_book=True, question__in=practisable().values("pk"))
    wrong = dict(book.order_by().values_list("question__domain").annotate(n=Count("pk")))
    rows = figures.by_domain(figures.answers_between(person=person))
    return [{"figure": row, "domain": row.of, "wrong": wrong.get(row.of.pk, 0)} for row in rows]


def _waiting(person: User) -> dict[str, Any]:
    """Counts of what is due and wrong, and the day when the next becomes due."""
    now = timezone.now()
    states = PracticeState.objects.filter(person=person, question__in=practisable().values("pk"))
    counts = states.aggregate(wrong=Count("pk", Q(in_wrong_book=True)), next=Min("due_at", filter=Q(due_at__gt=now)))
    due = states.due(now).count()
    later = counts["next"]
    return {"due": due, "wrong": counts["wrong"], "next_due": timezone.localtime(later).date() if later else None}
