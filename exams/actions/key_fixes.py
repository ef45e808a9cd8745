"""Verbs of a key fix: propose it, try it out, apply it once, or give it up.

A fix counts in its exam only. Applying it marks every sitting that had the item, in one transaction: all of it or
nothing, so that no total is ever half old and half new (peers 36). What candidates saw and answered, and what people
marked by hand, is not touched (peers 37). The bank's question is reported and drawn no more until it is reviewed.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from exams.actions.questions import doubt_question
from exams.models import Exam, KeyFix, MarkChange, QuestionRemark, QuestionVersion, Sitting, SittingItem
from exams.permissions import can_fix_keys, require
from exams.results.keys import BadKey, own_key, read_key
from exams.results.regrade import Change, planned
from exams.results.scoring import applied_fixes, refresh_totals, store_marks
from people import audit
from people.models import User

Action = KeyFix.Action
REASON_LENGTH = 300
BATCH = 500  # rows of one statement


@transaction.atomic
def propose_fix(
    exam: Exam, version: QuestionVersion, part_no: int, action: str, *, reason: str, by: User, new_key: str = ""
) -> KeyFix:
    """A fix that counts for nothing yet; `results.regrade.planned` says what it would do.

    `new_key` as it is typed. Raises ValidationError in words.
    """
    require(can_fix_keys(by), "更正答案")
    if not SittingItem.objects.filter(sitting__registration__exam=exam, version=version, part_no=part_no).exists():
        raise ValidationError("这场考试的答卷中没有这道题。")
    fix = KeyFix(exam=exam, version=version, part_no=part_no, action=_action(action), made_by=by)
    fix.reason, fix.new_key = _written(reason), _key(fix, new_key)
    fix.save()
    audit.record(by=by, verb="提出答案更正", target=fix, detail=_described(fix))
    return fix


@transaction.atomic
def apply_fix(fix: KeyFix, *, by: User) -> list[Change]:
    """Marks again every sitting that had the item; gives what changed. Raises ValidationError the second time."""
    require(can_fix_keys(by), "更正答案")
    if not KeyFix.objects.filter(pk=fix.pk, applied_at=None).update(applied_at=timezone.now()):
        raise ValidationError("这项更正已经应用，不能再次应用。")
    fix.refresh_from_db(fields=["applied_at"])
    _lock(fix)
    changes = planned(fix)
    store_marks((one.item.pk, one.new_marks) for one in changes if one.new_marks != one.old_marks)
    for start in range(0, len(changes), BATCH):
        refresh_totals(one.sitting.pk for one in changes[start : start + BATCH])
    MarkChange.objects.bulk_create([_logged(fix, one) for one in changes], batch_size=BATCH)
    _report_to_bank(fix, by)
    audit.record(by=by, verb="应用答案更正", target=fix, detail=f"{_described(fix)}；{_counted(changes)}")
    return changes


@transaction.atomic
def discard_fix(fix: KeyFix, *, by: User) -> None:
    """Gives up a proposal. Raises ValidationError for one that was applied: it stays on record."""
    require(can_fix_keys(by), "更正答案")
    if not KeyFix.objects.filter(pk=fix.pk, applied_at=None).exists():
        raise ValidationError("这项更正已经应用，不能放弃；如有错误，请另作更正。")
    audit.record(by=by, verb="放弃答案更正", target=fix, detail=_described(fix))
    fix.delete()


def _action(action: str) -> str:
    if action not in Action.values:
        raise ValidationError("请选择处理方式。")
    return action


def _written(reason: str) -> str:
    if not reason.strip():
        raise ValidationError("请写明更正的理由。")
    if len(reason.strip()) > REASON_LENGTH:
        raise ValidationError(f"理由最多 {REASON_LENGTH} 个字；请缩短。")
    return reason.strip()


def _key(fix: KeyFix, typed: str) -> str:
    """The key as it is kept; of another action none. A key that already counts changes nothing and is refused."""
    if fix.action != Action.NEW_KEY:
        return ""
    part = fix.version.content.parts[fix.part_no - 1]
    try:
        key = read_key(part, typed)
    except BadKey as refusal:
        raise ValidationError(str(refusal)) from None
    counting = applied_fixes(fix.exam_id).get((fix.version_id, fix.part_no))
    if key == (counting.new_key or counting.action if counting else own_key(part)):
        raise ValidationError("新答案和现在的答案相同。")
    return key


def _lock(fix: KeyFix) -> None:
    """No marks are given meanwhile; where rows cannot be locked the one writer of SQLite keeps others out."""
    rows = Sitting.objects.filter(registration__exam=fix.exam_id).select_for_update().order_by("pk")
    list(rows.values_list("pk", flat=True))


def _logged(fix: KeyFix, change: Change) -> MarkChange:
    return MarkChange(
        fix=fix,
        sitting=change.sitting,
        old_marks=change.old_marks,
        new_marks=change.new_marks,
        old_score=change.sitting.score,
        new_score=change.new_score,
        old_full_marks=change.sitting.full_marks,
        new_full_marks=change.new_full_marks,
        old_passed=change.old_passed,
        new_passed=change.new_passed,
    )


def _report_to_bank(fix: KeyFix, by: User) -> None:
    text = f"考试“{fix.exam}”答案更正：{_described(fix)}"
    QuestionRemark.objects.create(version=fix.version, text=text[:500], made_by=by)
    doubt_question(fix.version, text, by=by)


def _described(fix: KeyFix) -> str:
    key = f"（{fix.new_key}）" if fix.new_key else ""
    return f"{fix.version.question} 第 {fix.part_no} 小题，{fix.get_action_display()}{key}：{fix.reason}"


def _counted(changes: list[Change]) -> str:
    turns = [one.turns for one in changes]
    changed = sum(one.is_other for one in changes)
    return f"{changed} 份答卷分数有变，{turns.count('pass')} 人改为及格，{turns.count('fail')} 人改为不及格"
