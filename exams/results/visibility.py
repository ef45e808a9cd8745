"""What somebody sees of a sitting, and from when on. Whatever shows a score, right or wrong, or a key asks here.

    seen(user, sitting)             by anybody: the candidate by the exam's settings, who reads all results everything
    may_read_scores(user, exam)     the list of results, the statistics, the files

Settings of an exam (`Exam.When`): never, after handing in, after the exam, after publication. An exam is over when it
was closed, or when nobody can begin any more and nobody is writing; not when its window ends, because those who began
in time go on (peers 18). In certification and contests "after handing in" shows right and wrong and keys only after the
exam: who has finished would otherwise hand the key to those who are still writing (peers 38).
"""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from exams.models import Exam, Sitting
from exams.permissions import can_read_bank, can_read_results, can_see_sitting, can_sit
from people.models import User

When = Exam.When
# Where an early key would help those who are still writing.
GUARDED = frozenset({Exam.Purpose.CERTIFICATION, Exam.Purpose.CONTEST})


@dataclass(frozen=True)
class Seen:
    """The score, whether each answer was right (with its marks), the key with explanation and law."""

    score: bool = False
    answers: bool = False
    key: bool = False

    @property
    def items(self) -> bool:
        """Whether the questions are shown again at all."""
        return self.answers or self.key


NOTHING = Seen()
EVERYTHING = Seen(score=True, answers=True, key=True)


def seen(user: object, sitting: Sitting, at: dt.datetime | None = None) -> Seen:
    """What the person sees of the sitting now. One's own is seen as a candidate sees it, whatever role one holds."""
    if not isinstance(user, User):
        return NOTHING
    if can_sit(user, sitting.registration):
        return seen_by_candidate(sitting, at)
    return EVERYTHING if can_see_sitting(user, sitting) and sitting.is_finished else NOTHING


def seen_by_candidate(sitting: Sitting, at: dt.datetime | None = None) -> Seen:
    """What the candidate sees; nothing of a sitting that is not finished or was voided. At most one query."""
    if not sitting.is_finished:
        return NOTHING
    exam, at = sitting.registration.exam, at or timezone.now()
    whens = (exam.score_shown, _guarded(exam, exam.answers_shown), _guarded(exam, exam.key_shown))
    reached = {when: _reached(exam, when, at) for when in set(whens)}
    return Seen(*(reached[when] for when in whens))


def may_read_scores(user: object, exam: Exam) -> bool:
    """Scores of other people: who holds or reviews exams always, a street's administrator after publication."""
    if not isinstance(user, User) or not can_read_results(user):
        return False
    return can_read_bank(user) or is_published(exam)


def is_published(exam: Exam, at: dt.datetime | None = None) -> bool:
    published = exam.results_published_at
    return published is not None and published <= (at or timezone.now())


def is_over(exam: Exam, at: dt.datetime | None = None) -> bool:
    """Whether nobody is writing and nobody can begin any more. At most one query."""
    if exam.status == Exam.Status.CLOSED:
        return True
    if (at or timezone.now()) < exam.closes_at:
        return False
    return not Sitting.objects.filter(registration__exam=exam, state=Sitting.State.OPEN).exists()


def _guarded(exam: Exam, when: str) -> str:
    return When.CLOSED if when == When.HANDED_IN and exam.purpose in GUARDED else when


def _reached(exam: Exam, when: str, at: dt.datetime) -> bool:
    if when == When.PUBLISHED:
        return is_published(exam, at)
    if when == When.CLOSED:
        return is_over(exam, at)
    return when == When.HANDED_IN
