"""Verbs of consultations: ask, answer, propose for everybody, approve by a second person, close."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from casebook.anonymise import Finding, scan
from kb.models import PowerItem
from people import audit
from people.models import User
from training.models import Consultation
from training.permissions import can_answer, can_approve_answers, require

State = Consultation.State
FEWEST, MOST = 5, 2000  # characters of a question


@transaction.atomic
def ask(item: PowerItem, question: str, *, by: User) -> Consultation:
    """A question to whoever answers for the item. Raises ValidationError for one that says nothing."""
    require(by.is_active and bool(by.roles), "提问")
    if not FEWEST <= len(question.strip()) <= MOST:
        raise ValidationError(f"请用 {FEWEST} 至 {MOST} 个字写明问题。")
    made = Consultation.objects.create(item=item, question=question.strip(), asked_by=by, street=by.unit)
    audit.record(by=by, verb="提出咨询", target=made)
    return made


@transaction.atomic
def answer(consultation: Consultation, text: str, *, by: User) -> Consultation:
    """The answer for the person who asked; it may be mended until it is public."""
    require(can_answer(by, consultation), "答复该咨询")
    if not text.strip():
        raise ValidationError("请填写答复。")
    changed = Consultation.objects.filter(pk=consultation.pk, state__in=(State.ASKED, State.ANSWERED)).update(
        answer=text.strip(), answered_by=by, answered_at=timezone.now(), state=State.ANSWERED
    )
    if not changed:
        raise ValidationError("该咨询已提交公开或已关闭，不能再改答复。")
    audit.record(by=by, verb="答复咨询", target=consultation)
    consultation.refresh_from_db()
    return consultation


@transaction.atomic
def propose(consultation: Consultation, question: str, text: str, *, by: User) -> Consultation:
    """沉淀为问答: public words without names, for a second person to approve.

    Raises ValidationError naming what tells who is meant.
    """
    require(can_answer(by, consultation), "整理该咨询")
    if consultation.state not in (State.ANSWERED, State.PROPOSED):
        raise ValidationError("答复之后才能整理为问答。")
    if not question.strip() or not text.strip():
        raise ValidationError("请填写公开的问题和答复。")
    _check_anonymous(question, text)
    consultation.public_question, consultation.public_answer = question.strip(), text.strip()
    consultation.state, consultation.proposed_by = State.PROPOSED, by
    consultation.save(update_fields=["public_question", "public_answer", "state", "proposed_by"])
    audit.record(by=by, verb="提交问答", target=consultation)
    return consultation


@transaction.atomic
def approve(consultation: Consultation, *, by: User) -> Consultation:
    """Lets everybody read it on the item's page. Never who proposed it."""
    require(can_approve_answers(by) and consultation.proposed_by_id != by.pk, "审核该问答（不能审核自己整理的）")
    if consultation.state != State.PROPOSED:
        raise ValidationError("该问答不在待审核状态。")
    _check_anonymous(consultation.public_question, consultation.public_answer)
    consultation.state, consultation.approved_by, consultation.approved_at = State.SETTLED, by, timezone.now()
    consultation.save(update_fields=["state", "approved_by", "approved_at"])
    audit.record(by=by, verb="公开问答", target=consultation)
    return consultation


@transaction.atomic
def take_back(consultation: Consultation, reason: str, *, by: User) -> Consultation:
    """From proposed or public back to answered, with a reason: a doubt, or a change of law."""
    require(can_approve_answers(by), "退回该问答")
    if not reason.strip():
        raise ValidationError("请写明理由。")
    Consultation.objects.filter(pk=consultation.pk, state__in=(State.PROPOSED, State.SETTLED)).update(
        state=State.ANSWERED, approved_by=None, approved_at=None
    )
    audit.record(by=by, verb="退回问答", target=consultation, detail=reason.strip())
    consultation.refresh_from_db()
    return consultation


def close(consultation: Consultation, *, by: User) -> None:
    """Who asked, or who answers, ends it."""
    require(consultation.asked_by_id == by.pk or can_answer(by, consultation), "关闭该咨询")
    Consultation.objects.filter(pk=consultation.pk).exclude(state=State.SETTLED).update(state=State.CLOSED)


def rate(consultation: Consultation, points: int, *, by: User) -> None:
    """Whether the answer helped, 1 to 5, by who asked."""
    require(consultation.asked_by_id == by.pk, "评价该答复")
    if points not in range(1, 6):
        raise ValidationError("评分请填 1 至 5。")
    Consultation.objects.filter(pk=consultation.pk, answered_at__isnull=False).update(points=points)


def findings(question: str, text: str) -> tuple[Finding, ...]:
    """What tells who is meant."""
    return scan({"question": question, "answer": text})


def _check_anonymous(question: str, text: str) -> None:
    if found := findings(question, text):
        words = "、".join(dict.fromkeys(one.original for one in found))
        raise ValidationError(f"公开的文字里还有可识别的信息：{words}；请改写后再提交。")
