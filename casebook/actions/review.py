"""What reviewers and editors write about a case: answers to the checklist, remarks at a place of the text."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from casebook.actions.drafts import newest
from casebook.layer import shown
from casebook.models import Case, CaseCheck, CaseComment
from casebook.permissions import can_comment, can_resolve_comment, can_sign, require
from casebook.review.checklist import BY_CODE, CHECKLIST
from people import audit
from people.models import User

QUOTE_LENGTH = 200


@transaction.atomic
def answer_checks(case: Case, answers: Mapping[str, tuple[str, str]], *, by: User) -> None:
    """Keeps the reviewer's answers for the text as it stands: code -> (verdict, remark). Others stay as they are.

    Raises ValidationError for an unknown line or verdict, and for 不符合 without a remark.
    """
    case = newest(case)
    require(can_sign(by, case), "答复该案例的审核清单")
    rows = [_check(case, code, *answer, by=by) for code, answer in answers.items()]
    kept = ["verdict", "remark", "text_digest", "checked_by", "checked_at"]
    CaseCheck.objects.bulk_create(rows, update_conflicts=True, unique_fields=["case", "code"], update_fields=kept)
    if rows:
        audit.record(by=by, verb="答复审核清单", target=case, detail=f"{len(rows)} 项")


def vouch_for_all(case: Case, *, by: User) -> None:
    """Answers every line with 符合, where a reviewer vouches for whole files at once (imports)."""
    answer_checks(case, {line.code: (CaseCheck.Verdict.FINE, "") for line in CHECKLIST}, by=by)


@transaction.atomic
def comment(
    case: Case, text: str, *, by: User, field_name: str = "", quote: str = "", answers: CaseComment | None = None
) -> CaseComment:
    """A remark on the whole case, a section, the words quoted, or an answer to a remark.

    Raises ValidationError for an empty text and for words that the section does not hold.
    """
    require(can_comment(by, case), "对该案例提意见")
    text, quote = text.strip(), quote.strip()[:QUOTE_LENGTH]
    if not text:
        raise ValidationError("请写下意见的内容。")
    if answers is not None:
        field_name, quote = answers.field_name, ""
    elif quote and not any(quote in words for words in _texts_at(case, field_name)):
        raise ValidationError(f"这一栏目里没有“{quote}”；请照原文复制要评论的文字，或者留空。")
    row = CaseComment.objects.create(
        case_id=case.pk, text=text, author=by, field_name=field_name, quote=quote, answers=answers
    )
    audit.record(by=by, verb="提出审核意见", target=case)
    return row


@transaction.atomic
def resolve_comment(remark: CaseComment, *, by: User) -> None:
    """Marks a remark as dealt with. Doing it twice changes nothing."""
    require(can_resolve_comment(by, remark), "处理这条意见")
    if remark.resolved_at is None:
        remark.resolved_by, remark.resolved_at = by, timezone.now()
        remark.save(update_fields=["resolved_by", "resolved_at"])
        audit.record(by=by, verb="处理审核意见", target=remark.case)


def _check(case: Case, code: str, verdict: str, remark: str, *, by: User) -> CaseCheck:
    if code not in BY_CODE or verdict not in CaseCheck.Verdict.values:
        raise ValidationError("审核清单里没有这一项或者这个结论；请刷新页面后重新填写。")
    if verdict == CaseCheck.Verdict.FAULTY and not remark.strip():
        raise ValidationError(f"“{BY_CODE[code].question}”不符合的，请写明问题在哪里。")
    values = {"verdict": verdict, "remark": remark.strip()[:200], "text_digest": case.text_digest()}
    return CaseCheck(case_id=case.pk, code=code, checked_by=by, checked_at=timezone.now(), **values)


def _texts_at(case: Case, field_name: str) -> list[str]:
    """What stands at a place now, as written and as shown; everything for the whole case."""
    latest = newest(case)
    written = [(name, text) for name, text, _ in latest.texts()]
    reading = shown(latest)
    written += [(part.field_name, part.text) for part in (*reading.sections, *reading.basis)]
    return [text for name, text in written if field_name in ("", name)]
