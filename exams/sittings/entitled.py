"""Who may be put on the list of an exam, who may begin, and how often. Words where not, for the person concerned."""

import datetime as dt
from collections.abc import Iterable

from exams.models import Exam, Registration, Sitting
from exams.sittings.addresses import is_allowed
from people.models import Officer

Purpose = Exam.Purpose


def why_not_registered(exam: Exam, officer: Officer) -> str:
    """Why the officer cannot be on the list; empty where nothing stands against it.

    Auxiliary staff (辅助人员) never hold a card, so they practise and sit mock exams but are not examined for one.
    """
    if exam.status == Exam.Status.CLOSED:
        return "考试已结束"
    if not officer.is_active:
        return "不在岗"
    if exam.purpose == Purpose.CERTIFICATION and officer.is_auxiliary:
        return "是辅助人员，可以练习和参加模拟考试，不能参加资格考试"
    return ""


def why_not_begun(exam: Exam, address: str | None, at: dt.datetime) -> str:
    """Why nobody can begin here and now; empty where they can. A running attempt is never asked."""
    if exam.status == Exam.Status.PLANNED:
        return "试卷还没有生成，请稍候"
    if exam.status == Exam.Status.CLOSED or at >= exam.closes_at:
        return "已过截止开考时间"
    if at < exam.opens_at:
        return "还没有到开放时间"
    return why_not_here(exam, address)


def why_not_here(exam: Exam, address: str | None) -> str:
    """Why the exam cannot be sat from the address; empty where it can."""
    if is_allowed(exam.ip_ranges, address):
        return ""
    return f"本场考试只能在指定网段作答，您的地址是 {address or '未知'}；请到指定考场，或联系考试管理员"


def attempts_left(registration: Registration, sittings: Iterable[Sitting]) -> int:
    """How many attempts may still be built, when these are the candidate's: those allowed less those that count."""
    used = sum(one.state != Sitting.State.VOID for one in sittings)
    return max(0, registration.exam.attempts + registration.extra_attempts - used)
