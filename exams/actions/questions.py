"""Verbs of the bank: write a question, change it, approve it, send it back, stop it, see whether its law has moved.

`by=None` is the system itself (set-up, a change of law); everybody else is asked for permission. Remarks of candidates
have verbs of their own (`actions.remarks`).
"""

import datetime as dt
import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from exams.basis import changed, read_basis
from exams.content import Content, to_json
from exams.models import Question, QuestionBasis, QuestionVersion
from exams.permissions import can_edit_questions, can_review_version, require
from exams.validation import problems
from kb.linking.resolve import Resolver
from kb.models import Domain, PowerItem
from people import audit
from people.models import User

Status = Question.Status
REASON_LENGTH = 300
_NOISE = re.compile(r"[\W_]+")
_TAKEN = 100  # questions changed in one transaction when their law has moved
_STATE = ["status", "review_reason", "updated_at"]


class OutdatedError(ValidationError):
    """Somebody has saved the question since the text at hand was opened."""

    def __init__(self, newest: QuestionVersion) -> None:
        self.newest = newest
        who, when = newest.made_by or "系统", timezone.localtime(newest.made_at)
        saved = f"{who} 于 {when:%Y-%m-%d %H:%M} 保存了第 {newest.version_no} 版"
        super().__init__(f"您打开之后，{saved}；请对照两份文本，改好后再保存。")


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
    question: Question,
    content: Content,
    *,
    by: User | None,
    note: str = "",
    resolver: Resolver | None = None,
    based_on: int | None = None,
) -> QuestionVersion:
    """A new version, to be approved; papers built before keep theirs. Raises ValidationError as `create_question`.

    `based_on` is the number of the version that the person had before them: OutdatedError when there is a newer one.
    """
    require(by is None or can_edit_questions(by), "编辑试题")
    _check(content)
    _refuse_outdated(question, based_on)
    if content.kind.value != question.kind:
        raise ValidationError("题型不能更改；请停用这一题，另建一题。")
    digest = stem_digest(content)
    if twin := Question.objects.filter(stem_digest=digest).exclude(pk=question.pk).first():
        raise ValidationError(f"题库中已有相同的题：{twin.code}。")
    version = _add_version(question, content, by=by, note=note, resolver=resolver)
    question.stem_digest, question.status, question.review_reason = digest, Status.DRAFT, ""
    question.save(update_fields=["stem_digest", *_STATE])
    audit.record(by=by, verb="修改试题", target=question, detail=f"第 {version.version_no} 版")
    return version


@transaction.atomic
def describe_question(
    question: Question, *, by: User | None, domain: Domain, items: Iterable[PowerItem], difficulty: int, origin: str
) -> bool:
    """Where a question belongs, which takes no approval; whether anything changed."""
    require(by is None or can_edit_questions(by), "编辑试题")
    items, old = set(items), set(question.items.all())
    wanted = {"领域": domain, "难度": difficulty, "来源": origin}
    stored = {"领域": question.domain, "难度": question.difficulty, "来源": question.origin}
    changed_names = [name for name in wanted if wanted[name] != stored[name]] + (["事项"] if items != old else [])
    if not changed_names:
        return False
    question.domain, question.difficulty, question.origin = domain, difficulty, origin
    question.save(update_fields=["domain", "difficulty", "origin", "updated_at"])
    question.items.set(items)
    audit.record(by=by, verb="修改试题归类", target=question, detail="、".join(changed_names))
    return True


@transaction.atomic
def review_question(question: Question, *, by: User | None, seen: int | None = None) -> None:
    """Approves the newest version: it is used from now on, and its law is taken as it reads today.

    `seen` is the number of the version that the reviewer read: OutdatedError when there is a newer one. Raises
    ValidationError where a citation leads to no provision, and for a question without a basis.
    """
    version = newest_version(question)
    require(by is None or can_review_version(by, version), "审定该试题（命题人、修改人不能审定自己的题）")
    _refuse_outdated(question, seen)
    _check_basis(version)
    question.current, question.status, question.review_reason = version, Status.REVIEWED, ""
    question.reviewer, question.reviewed_at = by, timezone.now()
    question.save(update_fields=["current", "reviewer", "reviewed_at", *_STATE])
    audit.record(by=by, verb="审定试题", target=question, detail=f"第 {version.version_no} 版")


@transaction.atomic
def send_back_question(question: Question, remark: str, *, by: User) -> None:
    """Back to the writers, with what is to be mended. Raises ValidationError without a remark."""
    require(can_review_version(by, newest_version(question)), "退回该试题（命题人、修改人不能审核自己的题）")
    _set_aside(question, Status.DRAFT, f"退回修改：{_written(remark, '退回的理由')}")
    audit.record(by=by, verb="退回试题", target=question, detail=remark.strip()[:500])


@transaction.atomic
def submit_again(question: Question, *, by: User) -> None:
    """A question that was sent back or stopped waits for approval once more, as it stands.

    Raises ValidationError for one that nobody has sent back or stopped.
    """
    require(can_edit_questions(by), "送审试题")
    if question.status != Status.STOPPED and not question.is_sent_back:
        raise ValidationError("这道题没有被退回或停用，不需要重新送审。")
    _set_aside(question, Status.DRAFT, "")
    audit.record(by=by, verb="试题重新送审", target=question)


@transaction.atomic
def stop_question(question: Question, reason: str, *, by: User) -> None:
    """Takes a question out of use; papers and sittings keep it. Raises ValidationError without a reason."""
    require(can_edit_questions(by), "停用试题")
    _set_aside(question, Status.STOPPED, _written(reason, "停用的理由"))
    audit.record(by=by, verb="停用试题", target=question, detail=reason.strip()[:500])


@transaction.atomic
def doubt_question(version: QuestionVersion, reason: str, *, by: User) -> bool:
    """What proved wrong in an exam is drawn no more: 待复核, if the version is the approved one. Whether it was."""
    require(can_edit_questions(by), "提请复核试题")
    text = _written(reason, "复核的理由")[:REASON_LENGTH]
    reviewed = Question.objects.filter(pk=version.question_id, current=version, status=Status.REVIEWED)
    if not reviewed.update(status=Status.NEEDS_REVIEW, review_reason=text, updated_at=timezone.now()):
        return False
    audit.record(by=by, verb="试题转为待复核", target=version.question, detail=text)
    return True


def recheck_questions(regulations: Collection[int] = (), on: dt.date | None = None) -> list[Question]:
    """Reviewed questions whose law reads differently on the day become 待复核; gives them.

    `regulations` (primary keys) limits the look to questions that rest on one of them. Reads first, then writes by the
    hundred, so that nobody waits for the look.
    """
    on = on or timezone.localdate()
    reviewed = Question.objects.filter(status=Status.REVIEWED)
    rows = QuestionBasis.objects.filter(version__in=reviewed.values("current"))
    if regulations:
        rows = rows.filter(regulation__in=regulations)
    moved: dict[int, list[str]] = defaultdict(list)
    for row in changed(rows, on):
        moved[row.version_id].append(row.raw)
    questions = list(reviewed.filter(current__in=moved))
    taken: list[Question] = []
    for start in range(0, len(questions), _TAKEN):
        taken += _take_out(questions[start : start + _TAKEN], moved)
    return taken


def newest_version(question: Question) -> QuestionVersion:
    """The version that was written last, approved or not."""
    return question.versions.order_by("-version_no")[0]


@transaction.atomic
def _take_out(questions: list[Question], moved: dict[int, list[str]]) -> list[Question]:
    """Those that nobody has changed in the meantime."""
    taken = []
    for question in questions:
        reason = f"所引条文已有变化：{'、'.join(moved[question.current_id or 0])}"[:REASON_LENGTH]
        still = Question.objects.filter(pk=question.pk, status=Status.REVIEWED, current=question.current_id)
        if still.update(status=Status.NEEDS_REVIEW, review_reason=reason, updated_at=timezone.now()):
            question.status, question.review_reason = Status.NEEDS_REVIEW, reason
            audit.record(by=None, verb="试题转为待复核", target=question, detail=reason)
            taken.append(question)
    return taken


def next_code() -> str:
    """`Q000417`: one more than the highest there is."""
    return code_of(highest_number() + 1)


def highest_number() -> int:
    """417 where `Q000417` is the highest code."""
    last = Question.objects.filter(code__startswith="Q").aggregate(last=Max("code"))["last"] or "Q000000"
    return number_of(last)


def number_of(code: str) -> int:
    return int(code[1:])


def code_of(number: int) -> str:
    return f"Q{number:06d}"


def new_version(
    question: Question, content: Content, *, by: User | None, number: int = 1, note: str = ""
) -> QuestionVersion:
    """A version as it is written, not saved."""
    return QuestionVersion(
        question=question,
        version_no=number,
        title=content.title[:200],
        body=to_json(content),
        words=content.words(),
        read_on=timezone.localdate(),
        made_by=by,
        note=note[:200],
    )


def basis_refusal(rows: Collection[QuestionBasis]) -> str:
    """Why a version with this basis is not approved; empty where it is."""
    if not rows:
        return "没有写明依据；请在「依据」栏写出法规和条款。"
    nowhere = [row.raw for row in rows if not row.regulation_id]
    return f"以下依据没有找到对应的条文：{'、'.join(nowhere)}；请核对法规名称和条款项。" if nowhere else ""


def _check(content: Content) -> None:
    if found := problems(content):
        raise ValidationError(found)


def _add_version(
    question: Question, content: Content, *, by: User | None, note: str, resolver: Resolver | None
) -> QuestionVersion:
    last = question.versions.aggregate(last=Max("version_no"))["last"] or 0
    version = new_version(question, content, by=by, number=last + 1, note=note)
    version.save()
    question.newest = version
    question.save(update_fields=["newest"])
    QuestionBasis.objects.bulk_create(read_basis(version, content, resolver))
    return version


def _check_basis(version: QuestionVersion) -> None:
    """The basis is read anew: what was right on the day of writing may have changed before the approval."""
    rows = read_basis(version, version.content, on=timezone.localdate())
    if refusal := basis_refusal(rows):
        raise ValidationError(refusal)
    version.basis_rows.all().delete()
    QuestionBasis.objects.bulk_create(rows)


def _refuse_outdated(question: Question, seen: int | None) -> None:
    newest = newest_version(question)
    if seen is not None and newest.version_no != seen:
        raise OutdatedError(newest)


def _set_aside(question: Question, status: str, reason: str) -> None:
    question.status, question.review_reason = status, reason[:REASON_LENGTH]
    question.save(update_fields=_STATE)


def _written(text: str, what: str) -> str:
    if not text.strip():
        raise ValidationError(f"请写明{what}。")
    return text.strip()
