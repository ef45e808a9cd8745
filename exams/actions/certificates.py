"""Verbs of certificates of passing: issue them after publication, issue one anew, revoke one.

What was printed never changes (peers 52): a certificate issued anew is another row with another code, the old one is
found as replaced. A revoked one is found as revoked.
"""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from exams.models import Exam, ExamCertificate, Sitting
from exams.permissions import can_certify, require
from exams.results.codes import new_code
from exams.results.listing import counting_sittings
from exams.results.visibility import is_published
from people import audit
from people.models import User

Status = ExamCertificate.Status
REASON_LENGTH = 200


@transaction.atomic
def issue_certificates(exam: Exam, *, issuer_name: str, by: User) -> list[ExamCertificate]:
    """One for each who passed and has none yet; gives the new ones. May be called again at any time.

    Whose certificate was revoked gets none this way. Raises ValidationError in words.
    """
    require(can_certify(by), "发放合格证明")
    _check(exam, issuer_name)
    holders = set(
        ExamCertificate.objects.filter(sitting__registration__exam=exam).values_list("sitting__registration", flat=True)
    )
    passed = [one for one in counting_sittings(exam) if one.has_passed and one.registration_id not in holders]
    made = ExamCertificate.objects.bulk_create(_printed(passed, issuer_name))
    if made:
        audit.record(by=by, verb="发放合格证明", target=exam, detail=f"{len(made)} 份，{issuer_name.strip()}")
    return made


@transaction.atomic
def reissue_certificate(old: ExamCertificate, reason: str, *, by: User) -> ExamCertificate:
    """Another one with the names and marks of today; the old one stays as it was printed, replaced or revoked.

    Raises ValidationError without a reason, and where the sitting does not pass any more.
    """
    require(can_certify(by), "换发合格证明")
    reason, sitting = _written(reason, "换发"), Sitting.objects.get(pk=old.sitting_id)
    if not sitting.has_passed:
        raise ValidationError("这份答卷现在不合格，不能换发合格证明。")
    for other in ExamCertificate.objects.filter(sitting=sitting, status=Status.VALID):
        _end(other, Status.REPLACED, reason)
    (new,) = _printed([sitting], old.issuer_name)
    new.save()
    audit.record(by=by, verb="换发合格证明", target=new, detail=f"原编号 {old.code}：{reason}")
    old.refresh_from_db()
    return new


@transaction.atomic
def revoke_certificate(certificate: ExamCertificate, reason: str, *, by: User) -> None:
    """Counts no more; whoever looks it up is told. Raises ValidationError without a reason, or when it has ended."""
    require(can_certify(by), "撤销合格证明")
    reason = _written(reason, "撤销")
    if not _end(certificate, Status.REVOKED, reason):
        raise ValidationError("这份合格证明已经失效。")
    audit.record(by=by, verb="撤销合格证明", target=certificate, detail=reason)
    certificate.refresh_from_db()


def _check(exam: Exam, issuer_name: str) -> None:
    if exam.purpose != Exam.Purpose.CERTIFICATION:
        raise ValidationError("只有资格考试发放合格证明。")
    if not is_published(exam):
        raise ValidationError("成绩还没有公布；请先公布成绩，再发放合格证明。")
    if not issuer_name.strip():
        raise ValidationError("请填写发证机关。")


def _written(reason: str, what: str) -> str:
    if not reason.strip():
        raise ValidationError(f"请写明{what}的理由。")
    return reason.strip()[:REASON_LENGTH]


def _end(certificate: ExamCertificate, status: str, reason: str) -> int:
    valid = ExamCertificate.objects.filter(pk=certificate.pk, status=Status.VALID)
    return valid.update(status=status, ended_reason=reason, ended_at=timezone.now())


def _printed(sittings: Iterable[Sitting], issuer_name: str) -> list[ExamCertificate]:
    """Certificates with what will be printed, not saved."""
    pks, today = [one.pk for one in sittings], timezone.localdate()
    rows = Sitting.objects.filter(pk__in=pks).select_related("registration__officer__unit", "registration__exam")
    return [ExamCertificate(sitting=one, code=new_code(), issued_on=today, **_fields(one, issuer_name)) for one in rows]


def _fields(sitting: Sitting, issuer_name: str) -> dict[str, Any]:
    officer, began = sitting.registration.officer, sitting.started_at or sitting.prepared_at
    return {
        "holder_name": officer.name,
        "unit_name": officer.unit.name,
        "exam_title": sitting.registration.exam.title,
        "score": sitting.score,
        "full_marks": sitting.full_marks,
        "taken_on": timezone.localtime(began).date(),
        "issuer_name": issuer_name.strip(),
    }
