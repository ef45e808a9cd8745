"""Decisions about what is recognisable in a case. Each works on the latest revision and leaves it saved.

The audit trail names the kind and a short digest of the original, never the original itself.
"""

import hashlib

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from casebook.findings.entries import Entry, entries_of, open_findings, texts_of
from casebook.models import Case, Replacement
from casebook.permissions import can_edit_case, require
from people import audit
from people.models import User

Decision = Replacement.Decision
NAMED_AT_MOST = 5
SHORTEST, LONGEST = 2, 200


@transaction.atomic
def scan_case(case: Case, *, by: User | None) -> Case:
    """Keeps every undecided finding as an open one. A second scan changes nothing. `by=None` is set-up."""
    held, case = case, _latest(case)
    require(by is None or can_edit_case(by, case), "扫描该案例")
    entries = entries_of(case)
    fresh = [entry for entry in entries if entry.row is None]
    present = {entry.original for entry in entries}
    rows = list(case.replacements.all())
    kept = [row for row in rows if row.original in present or row.decision != Decision.OPEN]
    if fresh or len(kept) < len(rows):
        new = [Replacement(kind=one.kind.value, original=one.original, shown=one.proposal[:LONGEST]) for one in fresh]
        case.replacements.set([*kept, *new])
        _keep(held, case, by)
        audit.record(by=by, verb="扫描可识别信息", target=case, detail=f"新发现 {len(fresh)} 项")
    return case


@transaction.atomic
def decide(case: Case, original: str, decision: str, *, by: User, shown: str | None = None, reason: str = "") -> Case:
    """Accepts, edits or dismisses one finding, wherever it stands in the case; `open` takes a decision back.

    Accepting without `shown` takes the proposal. Raises ValidationError for a dismissal without a reason, for a
    clue to a minor without one, and for a replacement that still holds the original.
    """
    held, case = case, _latest(case)
    require(can_edit_case(by, case), "处理该案例的可识别信息")
    entry = next((one for one in entries_of(case) if one.original == original), None)
    if entry is None:
        raise ValidationError("正文里已经没有这段文字；请刷新页面。")
    _settle(case, entry, decision, entry.proposal if shown is None else shown, reason, by)
    _keep(held, case, by)
    audit.record(by=by, verb=f"匿名处理：{Decision(decision).label}", target=case, detail=_trace(entry))
    return case


@transaction.atomic
def accept_sure(case: Case, *, by: User) -> int:
    """Accepts the proposals of all open findings that are certain; clues to minors never. Returns how many."""
    held, case = case, _latest(case)
    require(can_edit_case(by, case), "处理该案例的可识别信息")
    sure = [entry for entry in entries_of(case) if entry.is_open and entry.sure and not entry.needs_reason]
    for entry in sure:
        _settle(case, entry, Decision.ACCEPTED, entry.proposal, "", by)
    if sure:
        _keep(held, case, by)
        audit.record(by=by, verb="匿名处理：全部接受确定的", target=case, detail=f"{len(sure)} 项")
    return len(sure)


@transaction.atomic
def add_replacement(case: Case, original: str, shown: str, *, by: User, kind: str = Replacement.Kind.OTHER) -> Case:
    """Replaces words that the scan did not find. Raises ValidationError when the case does not hold them."""
    held, case = case, _latest(case)
    require(can_edit_case(by, case), "处理该案例的可识别信息")
    original = original.strip()
    if not SHORTEST <= len(original) <= LONGEST:
        raise ValidationError(f"要替换的文字应有 {SHORTEST} 至 {LONGEST} 个字；一个字会误换别处，请多选几个字。")
    if not any(original in text for text in texts_of(case).values()):
        raise ValidationError("案例中没有这段文字；请照原文复制，不要跨段落。")
    if kind not in Replacement.Kind.values:
        raise ValidationError("没有这个类别；请从列表中选择。")
    _check(Decision.EDITED, original, shown, "人工添加", False)
    row = _row_of(case, original) or Replacement(original=original, by_hand=True)
    row.kind = kind
    _write(case, row, Decision.EDITED, shown, "", by)
    _keep(held, case, by)
    audit.record(by=by, verb="匿名处理：人工添加", target=case, detail=f"{row.get_kind_display()} {_digest(original)}")
    return case


def refuse_open_findings(case: Case) -> None:
    """Raises ValidationError that names what has not been decided: a case goes no further with an open finding."""
    waiting = open_findings(case)
    if waiting:
        named = "、".join(f"“{entry.original}”" for entry in waiting[:NAMED_AT_MOST])
        more = f"等 {len(waiting)} 项" if len(waiting) > NAMED_AT_MOST else ""
        raise ValidationError(f"还有可识别信息没有处理：{named}{more}；请在匿名处理页逐项替换或者说明理由。")


def _latest(case: Case) -> Case:
    """Read anew: whoever decides twice holds an object that knows nothing of the first decision."""
    return Case.objects.select_related("latest_revision").get(pk=case.pk).get_latest_revision_as_object()


def _settle(case: Case, entry: Entry, decision: str, shown: str, reason: str, by: User) -> None:
    _check(decision, entry.original, shown, reason, entry.needs_reason)
    row = entry.row or Replacement(kind=entry.kind.value, original=entry.original)
    _write(case, row, decision, shown, reason, by)


def _check(decision: str, original: str, shown: str, reason: str, needs_reason: bool) -> None:
    if decision not in Decision.values:
        raise ValidationError("没有这种处理方式；请刷新页面后重试。")
    if decision == Decision.DISMISSED and not reason.strip():
        raise ValidationError("不处理的，请写明理由，例如：法律名称、公共机构。")
    if needs_reason and decision != Decision.OPEN and not reason.strip():
        raise ValidationError("有未成年人线索的案例原则上不公开；请写明为什么处理之后认不出本人。")
    if decision in (Decision.ACCEPTED, Decision.EDITED) and original in shown:
        raise ValidationError("替换后的文字里还有原文，等于没有替换；请改写。")
    if len(shown) > LONGEST or len(reason) > LONGEST:
        raise ValidationError(f"替换文字和理由都不要超过 {LONGEST} 个字。")


def _write(case: Case, row: Replacement, decision: str, shown: str, reason: str, by: User) -> None:
    row.decision, row.shown, row.reason = decision, shown.strip(), reason.strip()
    row.decided_by, row.decided_at = (None, None) if decision == Decision.OPEN else (by, timezone.now())
    others = [one for one in case.replacements.all() if one.original != row.original]
    case.replacements.set([*others, row])


def _row_of(case: Case, original: str) -> Replacement | None:
    return next((row for row in case.replacements.all() if row.original == original), None)


def _keep(held: Case, case: Case, by: User | None) -> None:
    """The newest revision; of a draft the row, too. Decisions in a row make one revision, not twenty."""
    if not case.live:
        case.save()
    last = case.latest_revision
    same = last is not None and by is not None and last.user_id == by.pk and last.pk != case.live_revision_id
    same = same and not case.workflow_in_progress
    case.save_revision(user=by, overwrite_revision=last if same else None)
    held.refresh_from_db(fields=["latest_revision"])  # the caller's object goes on from here


def _trace(entry: Entry) -> str:
    return f"{Replacement.Kind(entry.kind.value).label} {_digest(entry.original)}"


def _digest(original: str) -> str:
    return hashlib.sha256(original.encode()).hexdigest()[:8]
