"""Verbs of practice: answer, say how well it was remembered, keep a question.

Private to the person, so they leave no audit entry.
"""

import datetime as dt
from collections.abc import Sequence

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from exams.models import Favourite, PracticeAnswer, PracticeState, Question, QuestionVersion
from exams.permissions import can_practise, require
from exams.practice import schedule
from exams.practice.open_questions import practisable
from exams.practice.schedule import Book, Recall
from exams.practice.scope import Mode
from exams.practice.tokens import Shown
from exams.practice.told import verdict, verdict_of
from people.models import User

MOST_KEPT = 1000


class Overtaken(ValidationError):
    """The question was answered in another window since this one showed it; `code` is that of the later answer."""

    def __init__(self, token: str) -> None:
        self.token = token
        super().__init__("这道题已在另一个窗口作答，这次的答案没有计入。")


def answer_question(
    shown: Shown, answers: Sequence[str], *, by: User, mode: Mode, at: dt.datetime | None = None
) -> PracticeAnswer:
    """Keeps the answer and moves the question on; gives the row of its first part.

    The same showing twice is one answer. `answers`: a canonical one for each part of the version shown. Raises
    ValidationError where the question may not be practised (any more) or says something else by now, Overtaken where
    another window was quicker.
    """
    require(can_practise(by), "练习")
    if earlier := _answered(shown.code, by):
        return earlier
    question = practisable().select_related("current").filter(pk=shown.question_id).first()
    if question is None:
        raise ValidationError("这道题暂时不能练习，请继续下一题。")
    if question.current_id != shown.version_id:
        raise ValidationError("这道题刚刚更新，请按新的内容作答。")
    return _keep(question, question.current, shown, answers, by, mode, at or timezone.now())


@transaction.atomic
def rate_answer(token: str, recall: Recall, *, by: User) -> bool:
    """How well the person remembered: the card is reckoned again from before the answer. Whether it still could be.

    It cannot once the question has been answered again. A wrong answer stays forgotten, whatever is said.
    """
    require(can_practise(by), "练习")
    state = PracticeState.objects.select_for_update().filter(person=by, last_token=token).first() if token else None
    if state is None or state.answered_at is None:
        return False
    marks = PracticeAnswer.objects.filter(person=by, token=token).values_list("is_right", flat=True)
    if False in marks:
        return False
    _schedule(state, recall, state.answered_at)
    state.save(update_fields=["card", "due_at"])
    return True


def keep_question(question: Question, *, by: User) -> None:
    """Into the favourites; twice is once. Raises ValidationError beyond MOST_KEPT."""
    require(can_practise(by), "收藏试题")
    if Favourite.objects.filter(person=by).count() >= MOST_KEPT:
        raise ValidationError(f"最多收藏 {MOST_KEPT} 道题；请先取消一些收藏。")
    Favourite.objects.get_or_create(person=by, question=question)


def let_question_go(question: Question, *, by: User) -> None:
    """Out of the favourites."""
    require(can_practise(by), "收藏试题")
    Favourite.objects.filter(person=by, question=question).delete()


def _answered(token: str, by: User) -> PracticeAnswer | None:
    return PracticeAnswer.objects.filter(token=token, person=by).order_by("part_no").first()


@transaction.atomic
def _keep(
    question: Question,
    version: QuestionVersion,
    shown: Shown,
    answers: Sequence[str],
    by: User,
    mode: Mode,
    at: dt.datetime,
) -> PracticeAnswer:
    state = _locked(question, by)
    if earlier := _answered(shown.code, by):  # posted twice at the same moment
        return earlier
    if state.answered_at is not None and state.answered_at > shown.at:
        raise Overtaken(state.last_token)
    rows = _rows(version, shown.code, answers, by, mode, at)
    PracticeAnswer.objects.bulk_create(rows)
    _move_on(state, version, verdict(version.content, list(answers)), shown.code, at)
    return rows[0]


def _locked(question: Question, by: User) -> PracticeState:
    """The one row of person and question, made when there is none, held until the answer is kept."""
    PracticeState.objects.get_or_create(person=by, question=question)
    return PracticeState.objects.select_for_update().get(person=by, question=question)


def _rows(
    version: QuestionVersion, token: str, answers: Sequence[str], by: User, mode: Mode, at: dt.datetime
) -> list[PracticeAnswer]:
    parts = zip(version.content.parts, answers, strict=True)
    return [
        PracticeAnswer(
            person=by,
            question_id=version.question_id,
            version=version,
            part_no=number,
            mode=mode,
            answer=answer,
            is_right=verdict_of(part, answer),
            answered_at=at,
            token=token,
        )
        for number, (part, answer) in enumerate(parts, 1)
    ]


def _move_on(
    state: PracticeState, version: QuestionVersion, is_right: bool | None, token: str, at: dt.datetime
) -> None:
    """A question that says something else than at the last answer begins with an empty card."""
    state.card_before = state.card if state.version_id == version.pk else ""
    if state.version_id != version.pk:
        state.card, state.due_at = "", None
    state.version_id, state.last_token, state.answered_at = version.pk, token, at
    if is_right is not None:
        book = Book(state.in_wrong_book, state.right_streak, state.wrong_count)
        after = schedule.after_answer(book, is_right, settings.PRACTICE_RIGHTS_TO_LEAVE)
        state.in_wrong_book, state.right_streak, state.wrong_count = after.is_in, after.rights_in_a_row, after.wrongs
        _schedule(state, schedule.recall_of(is_right), at)
    state.save()


def _schedule(state: PracticeState, recall: Recall, at: dt.datetime) -> None:
    after = schedule.reviewed(state.card_before, recall, at)
    state.card, state.due_at = after.card, after.due_at
