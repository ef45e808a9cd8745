"""The way of a case to the public.

A case becomes public in three steps by at least two people: `confirm_anonymised` (an editor),
`sign` (another person), `publish`. Each works on the latest revision and leaves a new one.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from casebook.models import Case
from casebook.permissions import can_edit_cases, can_publish, can_sign, require
from people import audit
from people.models import User


@transaction.atomic
def confirm_anonymised(case: Case, *, by: User, level: str = Case.Anonymity.FULL) -> Case:
    """An editor vouches that nobody can be recognised. Lifts an earlier signature."""
    require(can_edit_cases(by), "确认案例已匿名")
    case = case.get_latest_revision_as_object()
    case.anonymised_by, case.anonymity = by, level
    case.signed_by, case.signed_at, case.signed_digest = None, None, ""
    _keep(case, by)
    audit.record(by=by, verb="确认匿名", target=case, detail=case.get_anonymity_display())
    return case


@transaction.atomic
def sign(case: Case, *, by: User) -> Case:
    """A second person signs the text as it stands. Raises ValidationError when nobody anonymised it."""
    case = case.get_latest_revision_as_object()
    require(can_sign(by, case), "审签该案例（审签人不能是匿名处理人本人）")
    if case.anonymised_by_id is None:
        raise ValidationError("案例尚未确认匿名，不能审签；请先由编辑人员确认匿名。")
    case.signed_by, case.signed_at, case.signed_digest = by, timezone.now(), case.text_digest()
    _keep(case, by)
    audit.record(by=by, verb="审签案例", target=case)
    return case


@transaction.atomic
def publish(case: Case, *, by: User) -> Case:
    """Puts the signed text before the public. Raises ValidationError when it is not signed."""
    require(can_publish(by), "发布案例")
    case = case.get_latest_revision_as_object()
    if not case.is_signed:
        raise ValidationError("案例尚未审签，或者审签后内容有改动；请先审签。")
    # who may publish was asked above; Wagtail's own permission would ask a second rule
    case.save_revision(user=by).publish(user=by, skip_permission_checks=True)
    case.refresh_from_db()
    audit.record(by=by, verb="发布案例", target=case)
    return case


def _keep(case: Case, by: User) -> None:
    """A new revision; of a case that is not live the row, too, so that lists show its state."""
    case.save_revision(user=by)
    if not case.live:
        case.save(update_fields=["anonymity", "anonymised_by", "signed_by", "signed_at", "signed_digest"])
