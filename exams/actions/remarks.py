"""Verbs of 纠错: whoever answered a question may report it, and a reviewer settles what was reported."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from exams.models import QuestionRemark, QuestionVersion
from exams.permissions import can_report_question, can_review_questions, require
from people import audit
from people.models import User

REPORT_LENGTH, OUTCOME_LENGTH = 500, 200
OPEN_AT_ONCE = 20


@transaction.atomic
def report_question(version: QuestionVersion, text: str, *, by: User) -> QuestionRemark:
    """Keeps what somebody says is wrong with a question, in the version that was seen.

    The same words twice are one report. Raises ValidationError for an empty or overlong text, and where a person has
    more open reports than anybody can read.
    """
    require(can_report_question(by, version), "对这道题提出纠错（作答以后可以提出）")
    text = _checked(text, "意见", REPORT_LENGTH)
    mine = QuestionRemark.objects.filter(made_by=by, settled_at__isnull=True)
    if again := mine.filter(version=version, text=text).first():
        return again
    if mine.count() >= OPEN_AT_ONCE:
        raise ValidationError(f"您已有 {OPEN_AT_ONCE} 条意见等待处理，请等审核员处理以后再提。")
    remark = QuestionRemark.objects.create(version=version, text=text, made_by=by)
    audit.record(by=by, verb="提出试题纠错", target=version.question)
    return remark


@transaction.atomic
def settle_remark(remark: QuestionRemark, outcome: str, *, by: User) -> None:
    """Says what became of a report. Raises ValidationError without an outcome, and for one settled already."""
    require(can_review_questions(by), "处理试题纠错")
    outcome = _checked(outcome, "处理结果", OUTCOME_LENGTH)
    settled = {"settled_by": by, "settled_at": timezone.now(), "outcome": outcome}
    if not QuestionRemark.objects.filter(pk=remark.pk, settled_at__isnull=True).update(**settled):
        raise ValidationError("这条意见已经由别人处理。")
    remark.refresh_from_db()
    audit.record(by=by, verb="处理试题纠错", target=remark.version.question, detail=outcome)


def _checked(text: str, what: str, most: int) -> str:
    text = text.strip()
    if not text:
        raise ValidationError(f"请填写{what}。")
    if len(text) > most:
        raise ValidationError(f"{what}最多 {most} 个字，现在有 {len(text)} 个；请缩短。")
    return text
