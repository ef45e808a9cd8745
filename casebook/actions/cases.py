"""The way of a case to the public.

    confirm_anonymised -> submit -> sign -> publish        by at least two people, as a rule three
                            ^---- send_back, cancel_review

Each verb works on the latest revision and leaves a new one. Forms, Wagtail's workflow and imports
all call these. `withdraw` takes a case down at once; it comes back by the same way only.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.actions.unpublish import UnpublishAction

from casebook.actions.anonymise import refuse_open_findings
from casebook.actions.drafts import newest
from casebook.actions.review import vouch_for_all
from casebook.models import Case
from casebook.models.workflow import review_workflow
from casebook.permissions import (
    can_cancel_review,
    can_confirm_anonymised,
    can_publish,
    can_send_back,
    can_sign,
    can_submit,
    can_withdraw,
    require,
)
from casebook.review.checklist import unsettled
from people import audit
from people.models import User

SIGNATURE = {"signed_by": None, "signed_at": None, "signed_digest": ""}
TAKEN_DOWN = ("withdrawn_by", "withdrawn_at", "withdrawn_reason")
# what a verb changes besides the text; the row of a draft shows it, too
STATE_FIELDS = ["anonymity", "anonymised_by", "anonymised_digest", *SIGNATURE]


@transaction.atomic
def confirm_anonymised(case: Case, *, by: User, level: str = Case.Anonymity.FULL) -> Case:
    """An editor vouches that nobody can be recognised in this text. Lifts an earlier signature."""
    case = newest(case)
    require(can_confirm_anonymised(by, case), "确认案例已匿名")
    refuse_open_findings(case)
    case.anonymised_by, case.anonymity = by, level
    case.anonymised_digest = case.text_digest()
    _lift_signature(case)
    _keep(case, by)
    audit.record(by=by, verb="确认匿名", target=case, detail=case.get_anonymity_display())
    return case


@transaction.atomic
def submit(case: Case, *, by: User) -> Case:
    """Hands the case to the legal review, or back to it after a return. Raises ValidationError when not anonymised."""
    case = newest(case)
    require(can_submit(by, case), "送审该案例")
    refuse_open_findings(case)
    if not case.is_anonymised:
        raise ValidationError("案例尚未确认匿名，或者确认之后改过内容；请由编辑人员核对后重新确认匿名，再送审。")
    returned = case.current_workflow_state
    if returned is None:
        review_workflow().start(case, by)
    else:
        _resume(returned, case, by)
    audit.record(by=by, verb="送审案例", target=case)
    return case


@transaction.atomic
def sign(case: Case, *, by: User, remark: str = "") -> Case:
    """The legal reviewer's approval of the text as it stands. Raises ValidationError while the checklist is open."""
    case = newest(case)
    require(can_sign(by, case), "审签该案例（须已送审，审签人不能是撰稿人或者匿名处理人）")
    refuse_open_findings(case)
    if problems := unsettled(case):
        raise ValidationError(f"审核清单还有 {len(problems)} 项没有答完或者不符合：{'、'.join(problems)}。")
    case.signed_by, case.signed_at, case.signed_digest = by, timezone.now(), case.text_digest()
    _keep(case, by)
    case.current_workflow_task_state.approve(user=by, comment=remark)
    audit.record(by=by, verb="审签案例", target=case, detail=remark)
    return case


@transaction.atomic
def publish(case: Case, *, by: User, remark: str = "") -> Case:
    """The chief editor puts the signed text before the readers. Raises ValidationError when it is not signed."""
    case = newest(case)
    require(can_publish(by, case), "发布案例（须已审签，发布人不能是审签人）")
    if not case.is_signed:
        raise ValidationError("审签后内容有改动；请退回，由法制审核员重新审签。")
    _forget_withdrawal(case)
    case.save_revision(user=by)
    case.current_workflow_task_state.approve(user=by, comment=remark)  # finishing the workflow publishes
    case.refresh_from_db()
    audit.record(by=by, verb="发布案例", target=case, detail=remark)
    return case


@transaction.atomic
def release(case: Case, *, by: User, signer: User, chief: User | None = None) -> Case:
    """The whole way at once, for files that people vouch for together (imports, the demo)."""
    case = submit(confirm_anonymised(case, by=by, level=case.anonymity), by=by)
    vouch_for_all(case, by=signer)
    case = sign(case, by=signer)
    return publish(case, by=chief) if chief else case


@transaction.atomic
def send_back(case: Case, *, by: User, remark: str) -> Case:
    """Returns the case to its editors, with the reason. Raises ValidationError without one."""
    case = newest(case)
    require(can_send_back(by, case), "退回该案例")
    if not remark.strip():
        raise ValidationError("请写明退回的理由，撰稿人要照着修改。")
    case.current_workflow_task_state.reject(user=by, comment=remark.strip())
    audit.record(by=by, verb="退回案例", target=case, detail=remark.strip())
    return case


@transaction.atomic
def cancel_review(case: Case, *, by: User) -> Case:
    """Takes the case back out of the review; it is a draft again."""
    case = newest(case)
    require(can_cancel_review(by, case), "撤回送审")
    case.current_workflow_state.cancel(user=by)
    audit.record(by=by, verb="撤回送审", target=case)
    return case


@transaction.atomic
def withdraw(case: Case, *, by: User, reason: str) -> Case:
    """Takes a published case down at once: page, lists, search, later exports.

    行政处罚法第四十八条 gives three days where the decision itself was changed or revoked. The case
    returns only by a new review: the signature is lifted. Raises ValidationError without a reason.
    """
    require(can_withdraw(by), "撤下案例")
    row = Case.objects.get(pk=case.pk)
    if not reason.strip():
        raise ValidationError("请写明撤下的理由。")
    if not row.is_released:
        raise ValidationError("案例没有发布，不需要撤下。")
    if review := row.current_workflow_state:
        review.cancel(user=by)
    row.withdrawn_by, row.withdrawn_at, row.withdrawn_reason = by, timezone.now(), reason.strip()
    _lift_signature(row)
    UnpublishAction(row, user=by).execute(skip_permission_checks=True)
    draft = newest(row)
    _lift_signature(draft)
    draft.save_revision(user=by)
    audit.record(by=by, verb="撤下案例", target=row, detail=reason.strip())
    return row


def _resume(review, case: Case, by: User) -> None:
    """After a return: to the chief editor when the text is still the signed one, else to the legal review."""
    if case.is_signed:
        review.resume(user=by)
        return
    review.status, review.current_task_state = review.STATUS_IN_PROGRESS, None
    review.save()
    review.update(user=by, next_task=review.workflow.tasks.first())


def _forget_withdrawal(case: Case) -> None:
    """The row first: a revision takes these facts from it."""
    if case.withdrawn_at is not None:
        row = Case.objects.get(pk=case.pk)
        for target in (row, case):
            target.withdrawn_by, target.withdrawn_at, target.withdrawn_reason = None, None, ""
        row.save(update_fields=TAKEN_DOWN)


def _lift_signature(case: Case) -> None:
    for name, value in SIGNATURE.items():
        setattr(case, name, value)


def _keep(case: Case, by: User) -> None:
    """A new revision; of a case that is not live the row, too, so that lists show its state."""
    case.save_revision(user=by)
    if not case.live:
        case.save(update_fields=STATE_FIELDS)
