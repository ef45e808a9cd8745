"""Which question comes next in a scope. Nothing is kept between two pages but the address.

Every mode is an order over questions, worked out anew each time, so that what was stopped, became 待复核 or is kept
back for an exam in the meantime is gone, and `after` (the question just left) tells where to go on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import cast

from django.db.models import Exists, OuterRef, Q

from exams.models import Favourite, PaperForm, PaperItem, PracticeState, Question, QuestionVersion
from exams.models.question import QuestionQuerySet
from exams.practice.daily import answered_today, five_of
from exams.practice.open_questions import practisable
from exams.practice.scope import Mode, Scope
from people.models import User


@dataclass(frozen=True)
class Next:
    """The question to show, as it reads now: the `number`-th of `total`; number 0 where there is no such order."""

    question: Question
    version: QuestionVersion
    number: int
    total: int


def next_question(person: User, scope: Scope, after: int | None = None) -> Next | None:
    """None when there is nothing (more) to practise."""
    if scope.mode == Mode.DAILY:
        return _daily(person)
    if scope.mode == Mode.DUE:
        return _due(person, after)
    keys = ordered(person, scope, after)
    place = keys.index(after) + 1 if after in keys else _beginning(person, scope, keys)
    return _next(keys, place, place + 1)


def ordered(person: User, scope: Scope, after: int | None = None) -> list[int]:
    """The questions of a scope in its order. `after` keeps its place although it may have left the scope by now."""
    chosen = _chosen(person, scope)
    kept = Question.objects.filter(Q(pk__in=chosen.values("pk")) | Q(pk=after)) if after else chosen
    keys = list(kept.order_by("code").values_list("pk", flat=True))
    if scope.mode == Mode.RANDOM:
        return sorted(keys, key=lambda pk: sha256(f"{scope.seed}:{pk}".encode()).digest())
    if scope.mode == Mode.PAPER:
        places = {pk: n for n, pk in enumerate(questions_of_paper(scope))}
        return sorted(keys, key=lambda pk: places.get(pk, len(places)))
    return keys


def questions_of_paper(scope: Scope) -> list[int]:
    """The questions of the first form of the paper, in its order."""
    form = PaperForm.objects.filter(paper=scope.paper).order_by("label").first()
    return list(PaperItem.objects.filter(form=form).order_by("order_no").values_list("question", flat=True))


def due_states(person: User) -> Sequence[int]:
    """Keys of the questions that are due for the person, the longest overdue first."""
    return list(
        PracticeState.objects.filter(person=person, question__in=practisable().values("pk"))
        .due()
        .order_by("due_at", "question__code")
        .values_list("question", flat=True)
    )


def _chosen(person: User, scope: Scope) -> QuestionQuerySet:
    questions = scope.narrowed(practisable())
    own = PracticeState.objects.filter(person=person, question=OuterRef("pk"))
    if scope.mode == Mode.WRONG:
        return questions.filter(Exists(own.filter(in_wrong_book=True)))
    if scope.mode == Mode.FAVOURITE:
        return questions.filter(Exists(Favourite.objects.filter(person=person, question=OuterRef("pk"))))
    if scope.mode == Mode.PAPER:
        return questions.filter(pk__in=questions_of_paper(scope))
    return questions


def _beginning(person: User, scope: Scope, keys: Sequence[int]) -> int:
    """A sequential run goes on at the first question that the person has not answered as it reads now."""
    if scope.mode != Mode.SEQUENTIAL:
        return 0
    states = PracticeState.objects.filter(person=person).up_to_date()
    known = set(states.values_list("question", flat=True))
    return next((place for place, pk in enumerate(keys) if pk not in known), 0)


def _daily(person: User) -> Next | None:
    keys = five_of(person)
    done = answered_today(person)
    place = next((place for place, pk in enumerate(keys) if pk not in done), len(keys))
    return _next(keys, place, place + 1)


def _due(person: User, after: int | None) -> Next | None:
    keys = due_states(person)
    place = keys.index(after) + 1 if after in keys else 0
    return _next(keys, place, 0)


def _next(keys: Sequence[int], place: int, number: int) -> Next | None:
    if place >= len(keys):
        return None
    question = Question.objects.select_related("current", "domain").get(pk=keys[place])
    # what practice may show has a version in use
    return Next(question, cast(QuestionVersion, question.current), number, len(keys))
