"""Verbs of the bank: write a question, change it, approve it, stop it, report it, and look whether its law has moved.

`by=None` is the system itself (set-up, a change of law); everybody else is asked for permission.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Collection, Iterable
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from exams.basis import changed, read_basis
from exams.content import Content, to_json
from exams.models import Question, QuestionBasis, QuestionVersion
from exams.permissions import can_edit_questions, can_review_question, require
from exams.validation import problems
from kb.linking.resolve import Resolver
from kb.models import Domain, PowerItem
from people import audit
from people.models import User

Status = Question.Status
_NOISE = re.compile(r"[\W_]+")


def stem_digest(content: Content) -> str:
    """The same for two spellings of one question: width, blanks and punctuation do not matter, stems and options do."""
    words = [content.stem, *(word for part in content.parts for word in (part.stem, *sorted(part.options)))]
    return sha256(_NOISE.sub("", unicodedata.normalize("NFKC", "".join(words))).lower().encode()).hexdigest()


@transaction.atomic
def create_question(
    content: Content,
    *,
    by: User | None,
    domain: Domain,
    items: Iterable[PowerItem] = (),
    difficulty: int = 3,
    origin: str = "自编",
    code: str = "",
    resolver: Resolver | None = None,
) -> Question:
    """A draft with its first version. Raises ValidationError for a faulty content and for a stem that exists."""
    require(by is None or can_edit_questions(by), "编辑试题")
    _check(content)
    digest = stem_digest(content)
    if twin := Question.objects.filter(stem_digest=digest).first():
        raise ValidationError(f"题库中已有相同的题：{twin.code}；请修改原题，或删除这一题。")
    question = Question.objects.create(
        code=code or next_code(),
        kind=content.kind.value,
        domain=domain,
        difficulty=difficulty,
        origin=origin,
        author=by,
        stem_digest=digest,
    )
    question.items.set(items)
    _add_version(question, content, by=by, note="", resolver=resolver)
    audit.record(by=by, verb="新增试题", target=question)
    return question


@transaction.atomic
def revise_question(
    question: Question, content: Content, *, by: User | None, note: str = "", resolver: Resolver | None = None
) -> QuestionVersion:
    """A new version, to be approved; papers built before keep theirs. Raises ValidationError as `create_question`."""
    require(by is None or can_edit_questions(by), "编辑试题")
    _check(content)
    if content.kind.value != question.kind:
        raise ValidationError("题型不能更改；请停用这一题，另建一题。")
    digest = stem_digest(content)
    if twin := Question.objects.filter(stem_digest=digest).exclude(pk=question.pk).first():
        raise ValidationError(f"题库中已有相同的题：{twin.code}。")
    version = _add_version(question, content, by=by, note=note, resolver=resolver)
    question.stem_digest, question.status, question.review_reason = digest, Status.DRAFT, ""
    question.save(update_fields=["stem_digest", "status", "review_reason", "updated_at"])
    audit.record(by=by, verb="修改试题", target=question, detail=f"第 {version.version_no} 版")
    return version


@transaction.atomic
def review_question(question: Question, *, by: User | None) -> None:
    """Approves the newest version: it is used from now on, and its law is taken as it reads today.

    Raises ValidationError where a citation leads to no provision in force, and for a question without a basis.
    """
    require(by is None or can_review_question(by, question), "审定该试题（命题人不能审定自己的题）")
    version = newest_version(question)
    require(by is None or version.made_by_id != by.pk, "审定自己修改的试题")
    _check_basis(version)
    question.current, question.status, question.review_reason = version, Status.REVIEWED, ""
    question.reviewer, question.reviewed_at = by, timezone.now()
    question.save(update_fields=["current", "status", "review_reason", "reviewer", "reviewed_at", "updated_at"])
    audit.record(by=by, verb="审定试题", target=question, detail=f"第 {version.version_no} 版")


@transaction.atomic
def stop_question(question: Question, reason: str, *, by: User) -> None:
    """Takes a question out of use; papers and sittings keep it. Raises ValidationError without a reason."""
    require(can_edit_questions(by), "停用试题")
    if not reason.strip():
        raise ValidationError("请写明停用的理由。")
    question.status, question.review_reason = Status.STOPPED, reason.strip()[:300]
    question.save(update_fields=["status", "review_reason", "updated_at"])
    audit.record(by=by, verb="停用试题", target=question, detail=reason.strip())


@transaction.atomic
def recheck_questions(regulations: Collection[int] = (), on: dt.date | None = None) -> list[Question]:
    """Reviewed questions whose law reads differently on the day become 待复核; gives them.

    `regulations` (primary keys) limits the look to questions that rest on one of them.
    """
    on = on or timezone.localdate()
    reviewed = Question.objects.filter(status=Status.REVIEWED)
    rows = QuestionBasis.objects.filter(version__in=reviewed.values("current"))
    if regulations:
        rows = rows.filter(regulation__in=regulations)
    moved = {row.version_id: row.raw for row in changed(rows.select_related("version"), on)}
    questions = list(reviewed.filter(current__in=moved))
    for question in questions:
        question.status = Status.NEEDS_REVIEW
        question.review_reason = f"所引条文已有变化：{moved[question.current_id or 0]}"[:300]
    Question.objects.bulk_update(questions, ["status", "review_reason"], batch_size=200)
    for question in questions:
        audit.record(by=None, verb="试题转为待复核", target=question, detail=question.review_reason)
    return questions


def newest_version(question: Question) -> QuestionVersion:
    """The version that was written last, approved or not."""
    return question.versions.order_by("-version_no")[0]


def next_code() -> str:
    """`Q000417`: one more than the highest there is."""
    last = Question.objects.filter(code__startswith="Q").aggregate(last=Max("code"))["last"] or "Q000000"
    return f"Q{int(last[1:]) + 1:06d}"


def _check(content: Content) -> None:
    if found := problems(content):
        raise ValidationError(found)


def _add_version(
    question: Question, content: Content, *, by: User | None, note: str, resolver: Resolver | None
) -> QuestionVersion:
    last = question.versions.aggregate(last=Max("version_no"))["last"] or 0
    version = QuestionVersion.objects.create(
        question=question,
        version_no=last + 1,
        title=content.title[:200],
        body=to_json(content),
        read_on=timezone.localdate(),
        made_by=by,
        note=note[:200],
    )
    QuestionBasis.objects.bulk_create(read_basis(version, content, resolver))
    return version


def _check_basis(version: QuestionVersion) -> None:
    """The basis is read anew: what was right on the day of writing may have changed before the approval."""
    rows = read_basis(QuestionVersion(pk=version.pk, read_on=timezone.localdate()), version.content)
    if not rows:
        raise ValidationError("没有写明依据；请在「依据」栏写出法规和条款。")
    if nowhere := [row.raw for row in rows if not row.regulation_id]:
        raise ValidationError(f"以下依据没有找到对应的条文：{'、'.join(nowhere)}；请核对法规名称和条款项。")
    version.basis_rows.all().delete()
    QuestionBasis.objects.bulk_create([_of(row, version) for row in rows])


def _of(row: QuestionBasis, version: QuestionVersion) -> QuestionBasis:
    row.version = version
    return row
