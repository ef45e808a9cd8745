"""Verbs after an exam: mark a short answer, publish results, take them back."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from content.numbers import plain_number
from exams.content import Kind
from exams.models import Exam, ManualMark, Sitting, SittingItem
from exams.permissions import can_mark, can_publish_results, require
from exams.results.keys import marks_by_hand
from exams.results.queue import second_looks
from exams.results.scoring import applied_fixes, refresh_totals, store_marks
from exams.results.visibility import is_published
from people import audit
from people.models import User

STEP = Decimal("0.5")
REMARK_LENGTH = 300


@transaction.atomic
def give_marks(
    item: SittingItem, marks: Decimal, *, by: User, remark: str = "", asks_second: bool = False, seen: int | None = None
) -> ManualMark:
    """Marks of a person for one short answer; the last ones count, earlier ones stay.

    `seen` is the primary key of the mark that the person had before them (0 for none): a newer one of somebody else is
    not overruled unread. Raises ValidationError in words; PermissionDenied for one's own answer.
    """
    require(can_mark(by), "评分")
    sitting = _locked(item.sitting_id)
    exam, last = sitting.registration.exam, item.manual_marks.order_by("given_at", "pk").last()
    require(sitting.registration.officer.user_id != by.pk, "为自己的答卷评分")
    if item.kind != Kind.SHORT or not sitting.is_finished:
        raise ValidationError("这道题不由人工评分。")
    if last and seen is not None and seen != last.pk:
        raise ValidationError(f"您打开之后，{last.given_by} 已评 {last.marks} 分；请核对后再评。")
    _check(item, marks, remark, changes_published=bool(last) and is_published(exam))
    # who asked somebody else to look does not take that back by looking again
    asks_second = asks_second or bool(last and last.asks_second and last.given_by_id == by.pk)
    given = ManualMark.objects.create(
        item=item, marks=marks, remark=remark.strip(), asks_second=asks_second, given_by=by
    )
    fix = applied_fixes(exam.pk).get((item.version_id, item.part_no))
    store_marks([(item.pk, marks_by_hand(item.full_marks, marks, fix))])
    refresh_totals([sitting.pk])
    before = f"{last.marks} → " if last else ""
    audit.record(by=by, verb="评分", target=item, detail=f"{exam}：{before}{marks} 分；{remark.strip()}")
    return given


@transaction.atomic
def publish_results(exam: Exam, *, by: User) -> None:
    """Candidates and streets see what the exam's settings let them see. Twice is once.

    Raises ValidationError while the exam is not closed, or answers wait for marks or for a second look.
    """
    require(can_publish_results(by), "公布成绩")
    if exam.status != Exam.Status.CLOSED:
        raise ValidationError("考试还没有结束；请先结束考试，再公布成绩。")
    finished = Sitting.objects.finished().filter(registration__exam=exam)
    if waiting := finished.filter(is_marked=False).count():
        raise ValidationError(f"还有 {waiting} 份答卷没有评完；请先评分。")
    if doubtful := second_looks().filter(sitting__registration__exam=exam).count():
        raise ValidationError(f"还有 {doubtful} 份简答待他人复看；请先复看。")
    if Exam.objects.filter(pk=exam.pk, results_published_at=None).update(results_published_at=timezone.now()):
        audit.record(by=by, verb="公布成绩", target=exam, detail=f"{finished.count()} 份答卷")
    exam.refresh_from_db(fields=["results_published_at"])


@transaction.atomic
def withdraw_results(exam: Exam, reason: str, *, by: User) -> None:
    """Takes published results back, to be published again. Raises ValidationError once certificates were issued."""
    require(can_publish_results(by), "撤回成绩")
    if not reason.strip():
        raise ValidationError("请写明撤回的理由。")
    if Sitting.objects.filter(registration__exam=exam, certificates__isnull=False).exists():
        raise ValidationError("已经发放合格证明，不能撤回成绩；个别成绩有误的，请更正后撤销有关证明。")
    if Exam.objects.filter(pk=exam.pk, results_published_at__isnull=False).update(results_published_at=None):
        audit.record(by=by, verb="撤回成绩", target=exam, detail=reason.strip()[:500])
    exam.refresh_from_db(fields=["results_published_at"])


def _locked(pk: int) -> Sitting:
    rows = Sitting.objects.select_for_update(of=("self",))
    return rows.select_related("registration__exam", "registration__officer").get(pk=pk)


def _check(item: SittingItem, marks: Decimal, remark: str, *, changes_published: bool) -> None:
    if not 0 <= marks <= item.full_marks:
        raise ValidationError(f"分数应在 0 至 {plain_number(item.full_marks)} 之间。")
    if marks % STEP and marks != item.full_marks:
        raise ValidationError("分数以 0.5 分为一档。")
    if len(remark.strip()) > REMARK_LENGTH:
        raise ValidationError(f"评语最多 {REMARK_LENGTH} 个字；请缩短。")
    if changes_published and not remark.strip():
        raise ValidationError("成绩已经公布；改分请在评语中写明理由。")
