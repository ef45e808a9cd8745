"""Sittings as they are when somebody has handed in: `sat(exam, [question, ...], ["B", ""])`, not yet marked."""

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.utils import timezone

from exams.content import CHOICES
from exams.models import Exam, KeyFix, Question, Registration, Sitting, SittingItem
from exams.results.scoring import score_sittings
from people.models import Officer
from tests.cast import member
from tests.factories.exams import RegistrationFactory


def sat(
    exam: Exam,
    questions: Sequence[Question],
    answers: Sequence[str],
    *,
    officer: Officer | None = None,
    state: str = Sitting.State.HANDED_IN,
    marks: Decimal | int = 1,
    rule: str = "all",
    order: str = "",
    marked: bool = False,
) -> Sitting:
    """One candidate's attempt at the questions; `answers` go by part. A known officer sits once more.

    `order` shows options in that order ("CADB"); `marked` has it marked by rule.
    """
    registration = _registered(exam, officer)
    sitting = Sitting.objects.create(
        registration=registration,
        attempt_no=registration.sittings.count() + 1,
        state=state,
        seed=registration.pk * 7919,
        started_at=timezone.now() - dt.timedelta(minutes=30),
        finished_at=timezone.now() if state in Sitting.FINISHED else None,
    )
    SittingItem.objects.bulk_create(_items(sitting, questions, answers, Decimal(marks), rule, order))
    if marked:
        score_sittings([sitting.pk])
        sitting.refresh_from_db()
    return sitting


def fixed(
    exam: Exam, question: Question, action: str, new_key: str = "", *, part_no: int = 1, at: dt.datetime | None = None
) -> KeyFix:
    """A key fix that counts, without anything marked again."""
    return KeyFix.objects.create(
        exam=exam,
        version=question.newest,
        part_no=part_no,
        action=action,
        new_key=new_key,
        reason="题目有误",
        made_by=member("song"),
        applied_at=at or timezone.now(),
    )


def _registered(exam: Exam, officer: Officer | None) -> Registration:
    known = exam.registrations.filter(officer=officer).first() if officer else None
    return known or RegistrationFactory(exam=exam, **({"officer": officer} if officer else {}))


def _items(
    sitting: Sitting, questions: Sequence[Question], answers: Sequence[str], marks: Decimal, rule: str, order: str
) -> Iterable[SittingItem]:
    given = iter(answers)
    number = 0
    for question in questions:
        content = question.newest.content
        for part_no, part in enumerate(content.parts, 1):
            number += 1
            yield SittingItem(
                sitting=sitting,
                order_no=number,
                section_no=1,
                question=question,
                version=question.newest,
                part_no=part_no,
                kind=part.kind.value,
                option_order=(order or part.letters) if part.kind in CHOICES else "",
                size=len(part.options) or len(part.blanks) or len(part.segments),
                rule=rule,
                full_marks=marks,
                answer=next(given),
            )
