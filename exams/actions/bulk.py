"""Verbs of the bank for many questions at once: the same rules as `actions.questions`, in as many queries as for one.

A file of a thousand questions is written in one short transaction, so that nobody who sits an exam waits for it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from exams.actions.questions import (
    OutdatedError,
    basis_refusal,
    code_of,
    highest_number,
    new_version,
    number_of,
    stem_digest,
)
from exams.basis import not_in_force, read_bases
from exams.content import Content
from exams.models import Question, QuestionBasis, QuestionVersion
from exams.permissions import can_edit_questions, can_review_questions, can_review_version, require
from exams.validation import problems
from kb.linking.resolve import Resolver
from kb.models import Domain, PowerItem
from people import audit
from people.models import User

AT_ONCE = 100  # approvals in one transaction
_ROWS = 400  # values in one IN (...), rows in one INSERT


@dataclass(frozen=True)
class NewQuestion:
    """A question to be written. Without a code it gets the next one."""

    content: Content
    domain: Domain
    items: tuple[PowerItem, ...] = ()
    difficulty: int = 3
    origin: str = "自编"
    code: str = ""


def twins_of(digests: Iterable[str]) -> dict[str, str]:
    """Digest of a stem -> code of the question of the bank that has it."""
    found: dict[str, str] = {}
    for some in _batches(sorted(set(digests))):
        found |= dict(Question.objects.filter(stem_digest__in=some).values_list("stem_digest", "code"))
    return found


@transaction.atomic
def create_questions(
    new: Sequence[NewQuestion], *, by: User | None, resolver: Resolver | None = None
) -> list[Question]:
    """Drafts with their first versions, all or none.

    Raises ValidationError for a faulty content, and for a stem that the bank or the list itself has already.
    """
    require(by is None or can_edit_questions(by), "编辑试题")
    digests = [stem_digest(one.content) for one in new]
    _check(new, digests)
    questions = Question.objects.bulk_create(_rows(new, digests, by), batch_size=_ROWS)
    pairs = [
        (new_version(question, one.content, by=by), one.content) for question, one in zip(questions, new, strict=True)
    ]
    versions = QuestionVersion.objects.bulk_create([version for version, _ in pairs], batch_size=_ROWS)
    for question, version in zip(questions, versions, strict=True):
        question.newest = version
    _set_newest(questions)
    links = Question.items.through
    rows = [links(question=q, poweritem=item) for q, one in zip(questions, new, strict=True) for item in set(one.items)]
    links.objects.bulk_create(rows, batch_size=_ROWS)
    QuestionBasis.objects.bulk_create(read_bases(pairs, timezone.localdate(), resolver), batch_size=_ROWS)
    audit.record_many(by=by, verb="新增试题", targets=[(question, "") for question in questions])
    return questions


def approve_many(
    questions: Iterable[Question], seen: Mapping[int, int], *, by: User, resolver: Resolver | None = None
) -> tuple[list[Question], list[tuple[Question, str]]]:
    """Approves each on its own; gives those approved, and those that were not with the reason.

    `seen` has the version that was read of each. One that rests on law no longer in force is to be opened and read.
    """
    require(can_review_questions(by), "审定试题")
    resolver = resolver or Resolver()
    approved: list[Question] = []
    refused: list[tuple[Question, str]] = []
    for some in _batches(list(questions), AT_ONCE):
        with transaction.atomic():
            reasons = _approve(some, seen, by, resolver)
        approved += [one for one in some if not reasons[one.pk]]
        refused += [(one, reasons[one.pk]) for one in some if reasons[one.pk]]
    return approved, refused


def _check(new: Sequence[NewQuestion], digests: list[str]) -> None:
    for one in new:
        if found := problems(one.content):
            raise ValidationError([f"{one.content.title[:30]}：{problem}" for problem in found])
    if known := twins_of(digests):
        raise ValidationError(f"题库中已有相同的题：{'、'.join(sorted(known.values()))}。")
    if len(set(digests)) < len(digests):
        raise ValidationError("要新增的试题中有相同的题。")
    codes = Counter(one.code for one in new if one.code)
    taken = {code for some in _batches(list(codes)) for code in _codes_in_bank(some)}
    if taken or any(count > 1 for count in codes.values()):
        raise ValidationError(f"编号重复：{'、'.join(sorted(taken or codes))}。")


def _codes_in_bank(codes: Sequence[str]) -> list[str]:
    return list(Question.objects.filter(code__in=codes).values_list("code", flat=True))


def _rows(new: Sequence[NewQuestion], digests: list[str], by: User | None) -> Iterable[Question]:
    number = max([highest_number(), *(number_of(one.code) for one in new if one.code)])
    for one, digest in zip(new, digests, strict=True):
        number += not one.code
        code = one.code or code_of(number)
        yield Question(
            code=code,
            kind=one.content.kind.value,
            domain=one.domain,
            difficulty=one.difficulty,
            origin=one.origin,
            author=by,
            stem_digest=digest,
        )


def _set_newest(questions: Sequence[Question]) -> None:
    first = QuestionVersion.objects.filter(question=OuterRef("pk"), version_no=1)
    for some in _batches([one.pk for one in questions]):
        Question.objects.filter(pk__in=some).update(newest=Subquery(first.values("pk")[:1]))


def _approve(questions: Sequence[Question], seen: Mapping[int, int], by: User, resolver: Resolver) -> dict[int, str]:
    """The reason for which each is refused, empty for those approved."""
    today, versions = timezone.localdate(), _newest_of(questions)
    rows: dict[int, list[QuestionBasis]] = defaultdict(list)
    for row in read_bases([(one, one.content) for one in versions.values()], today, resolver):
        rows[row.version_id].append(row)
    ended: dict[int, list[str]] = defaultdict(list)
    for row in not_in_force([one for some in rows.values() for one in some], today):
        ended[row.version_id].append(row.raw)
    reasons = {pk: _refusal(one, seen, by, rows[one.pk], ended[one.pk]) for pk, one in versions.items()}
    _write([one for one in questions if not reasons[one.pk]], versions, rows, by)
    return reasons


def _newest_of(questions: Sequence[Question]) -> dict[int, QuestionVersion]:
    """The newest version of each question, by the question's key."""
    rows = QuestionVersion.objects.filter(question__in=questions).select_related("question", "made_by")
    return {row.question_id: row for row in rows.order_by("version_no")}


def _refusal(
    version: QuestionVersion, seen: Mapping[int, int], by: User, rows: list[QuestionBasis], ended: list[str]
) -> str:
    if not can_review_version(by, version):
        return "您没有权限审定该试题（命题人、修改人不能审定自己的题）。"
    if seen[version.question_id] != version.version_no:
        return OutdatedError(version).messages[0]
    if not (reason := basis_refusal(rows)) and ended:
        reason = f"依据现在没有效力：{'、'.join(ended)}；请打开这道题逐题审定。"
    return reason


def _write(
    approved: list[Question], versions: Mapping[int, QuestionVersion], rows: Mapping[int, list[QuestionBasis]], by: User
) -> None:
    own = [versions[one.pk] for one in approved]
    QuestionBasis.objects.filter(version__in=own).delete()
    QuestionBasis.objects.bulk_create([row for one in own for row in rows[one.pk]], batch_size=_ROWS)
    for question in approved:
        question.current, question.status = versions[question.pk], Question.Status.REVIEWED
        question.review_reason, question.reviewer = "", by
        question.reviewed_at = question.updated_at = timezone.now()
    fields = ["current", "status", "review_reason", "reviewer", "reviewed_at", "updated_at"]
    Question.objects.bulk_update(approved, fields, batch_size=AT_ONCE)
    said = [(one, f"第 {versions[one.pk].version_no} 版") for one in approved]
    audit.record_many(by=by, verb="审定试题", targets=said)


def _batches(values: Sequence, size: int = _ROWS) -> Iterable[list]:
    return (list(values[start : start + size]) for start in range(0, len(values), size))
