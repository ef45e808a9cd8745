"""What the pages of one question show: before the answer, after it, at the end of a run."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from casebook.pages import NOTICE as CASES_NOTICE
from casebook.pages import card
from exams.models import Favourite, PracticeAnswer, PracticeState, Question
from exams.practice import schedule
from exams.practice.asked import asked
from exams.practice.cases import case_beside
from exams.practice.daily import answered_today, five_of
from exams.practice.drawing import Next
from exams.practice.law import Ground, grounds_of
from exams.practice.open_questions import is_kept_back
from exams.practice.progress import streak_of
from exams.practice.scope import Mode, Scope
from exams.practice.tokens import make_token
from exams.practice.told import ToldPart, told_part
from people.models import User

STANDINGS = {
    Question.Status.NEEDS_REVIEW: "所引条文可能已有变化，这道题正在复核；以下答案和解析仅供参考。",
    Question.Status.STOPPED: "这道题已停用；以下答案和解析仅供参考。",
    Question.Status.DRAFT: "这道题正在修改；以下答案和解析仅供参考。",
}
# Ways in which a question may be passed over: those with an order of their own.
WITH_SKIP = (Mode.SEQUENTIAL, Mode.RANDOM, Mode.WRONG, Mode.FAVOURITE, Mode.PAPER, Mode.DUE)


@dataclass(frozen=True)
class Shown:
    """A part after the answer, with the law it rests on."""

    told: ToldPart
    grounds: Sequence[Ground]


def ask_context(person: User, scope: Scope, found: Next) -> dict[str, Any]:
    """A question to answer. Its key is in none of the values."""
    question = found.question
    return {
        "scope": scope,
        "number": found.number,
        "total": found.total,
        "asked": asked(found.version.content),
        "token": make_token(question, person),
        "question_id": question.pk,
        "code": question.code,
        "domain": str(question.domain),
        "skip": question_address(scope, question) if scope.mode in WITH_SKIP else "",
        "is_kept": _is_kept(person, question),
    }


def answered_context(person: User, scope: Scope, rows: Sequence[PracticeAnswer]) -> dict[str, Any]:
    """An answered question; without key and explanation while an exam keeps it back."""
    question, version = rows[0].question, rows[0].version
    shared = {"scope": scope, "next": question_address(scope, question), "code": question.code, "token": rows[0].token}
    if is_kept_back(question):
        return {**shared, "is_kept_back": True}
    grounds, content = grounds_of(version), version.content
    parts = [told_part(row.part_no, content.parts[row.part_no - 1], row.answer) for row in rows]
    case = case_beside(question, version)
    return {
        **shared,
        **_heading(parts),
        "question_id": question.pk,
        "version": version,
        "stem": content.stem if content.is_group else "",
        "parts": [Shown(part, grounds.get(part.number, ())) for part in parts],
        "standing": _standing(question, rows[0].version_id),
        "case": card(case) if case else None,
        "cases_notice": CASES_NOTICE,
        "recalls": _recalls(person, rows),
        "daily": daily_progress(person) if scope.mode == Mode.DAILY else None,
        "is_kept": _is_kept(person, question),
    }


def finished_context(person: User, scope: Scope) -> dict[str, Any]:
    """The end of a run, or a scope with nothing in it."""
    daily = daily_progress(person) if scope.mode == Mode.DAILY else None
    return {"scope": scope, "daily": daily, "streak": streak_of(person) if daily else 0}


def question_address(scope: Scope, after: Question) -> str:
    """The next question of the run."""
    return f"{reverse('exams:question')}?{scope.query(after=after.pk)}"


def daily_progress(person: User) -> dict[str, int]:
    """How many of today's questions are answered."""
    five = five_of(person)
    return {"done": len(answered_today(person).intersection(five)), "size": len(five)}


def _heading(parts: Sequence[ToldPart]) -> dict[str, Any]:
    """The verdict in words, and the sentence for who does not see the page."""
    marked = [part.is_right for part in parts if part.is_right is not None]
    if not marked:
        verdict, tone = "请对照参考答案自评", "self"
    elif all(marked):
        verdict, tone = "回答正确", "right"
    else:
        verdict, tone = "回答错误", "wrong"
    if len(parts) > 1 and marked:
        verdict += f"（{len(marked)} 小题，答对 {sum(marked)} 题）"
    keys = "；".join(f"第 {part.number} 小题 {part.key}" if len(parts) > 1 else part.key for part in parts)
    return {"verdict": verdict, "tone": tone, "said": f"{verdict}。答案：{keys}"[:200]}


def _standing(question: Question, version: int) -> str:
    if question.status in STANDINGS:
        return STANDINGS[Question.Status(question.status)]
    return "" if question.current_id == version else "这道题后来有修改；以下是您作答时的内容。"


def _recalls(person: User, rows: Sequence[PracticeAnswer]) -> list[dict[str, Any]]:
    """What may be said of how well it was remembered, with the days until the next time; nothing after a wrong one."""
    if False in [row.is_right for row in rows]:
        return []
    state = PracticeState.objects.filter(person=person, last_token=rows[0].token).first()
    if state is None or state.answered_at is None:
        return []
    days = schedule.days_ahead(state.card_before, state.answered_at)
    return [{"value": recall.value, "label": recall.label, "days": days[recall]} for recall in schedule.Recall]


def _is_kept(person: User, question: Question) -> bool:
    return Favourite.objects.filter(person=person, question=question).exists()
