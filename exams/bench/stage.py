"""What is done inside the scratch site: a bank, an exam and its candidates before; the account of answers after."""

import datetime as dt
import json
from collections.abc import Callable, Iterable
from decimal import Decimal
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Any

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.utils import timezone

from exams.actions.exams import build_exam
from exams.actions.questions import stem_digest
from exams.content import LETTERS, Content, Kind, Part, to_json
from exams.models import (
    AnswerEntry,
    Exam,
    Paper,
    PaperSection,
    Question,
    QuestionVersion,
    Registration,
    Sitting,
    SittingItem,
)
from exams.sittings.keeper import keep_once
from kb.models import Domain
from people.models import Officer, Unit, User

SECTIONS = ((Kind.SINGLE, 60, 1), (Kind.MULTIPLE, 25, 1), (Kind.JUDGE, 15, 1))
BANK_OF_EACH = 4  # questions of the bank for each of the paper
BACKEND = "django.contrib.auth.backends.ModelBackend"
WORDS = "当事人行政机关处罚决定送达期限听证告知陈述申辩证据笔录街道执法人员责令改正没收违法所得罚款加处"
EXAMPLES = 5


def prepare(candidates: int) -> dict[str, Any]:
    """A bank, a random paper of a hundred questions, so many candidates with accounts and sessions, papers built."""
    chance = Random(1)
    _bank(chance)
    exam = _exam()
    sessions = _candidates(exam, candidates)
    started = perf_counter()
    build_exam(exam, by=None)
    return {"exam": exam.pk, "sessions": sessions, "built_in": round(perf_counter() - started, 1)}


def audit(exam: int, file: str) -> dict[str, Any]:
    """Compares what candidates were told with what is stored, and every mark with marks given here, by other code."""
    while any(keep_once()):
        pass
    told = json.loads(Path(file).read_text(encoding="utf-8"))
    sittings = Sitting.objects.filter(registration__exam=exam)
    lost = [words for one in told for words in _lost(one)]
    marked, wrong = _mark(sittings)
    doubled = sittings.count() - sittings.values("registration").distinct().count()
    return {
        "acknowledged": sum(len(one["acknowledged"]) for one in told),
        "stored": AnswerEntry.objects.filter(item__sitting__in=sittings.values("pk")).count(),
        "lost": len(lost),
        "duplicates": doubled,
        "open": sittings.exclude(state=Sitting.State.HANDED_IN).count(),
        "marked": marked,
        "wrong_marks": len(wrong),
        "examples": (lost + wrong)[:EXAMPLES],
    }


def _lost(told: dict[str, Any]) -> Iterable[str]:
    items = {item.order_no: item for item in SittingItem.objects.filter(sitting=told["sitting"])}
    rows = AnswerEntry.objects.filter(item__sitting=told["sitting"]).values_list("item__order_no", "seq", "answer")
    log = {(number, seq): answer for number, seq, answer in rows}
    sent = {(number, seq): _letters(items[number], answer) for number, seq, answer in told["sent"]}
    last: dict[int, int] = {}
    for number, seq, answer in told["acknowledged"]:
        last[number] = max(seq, last.get(number, 0))
        if log.get((number, seq)) != _letters(items[number], answer):
            yield f"答卷 {told['sitting']} 第 {number} 题第 {seq} 次：确认 {answer}，存 {log.get((number, seq))}"
    for number, seq in last.items():
        item = items[number]
        # one that was under way when the power went may have arrived without anybody being told
        if item.seq < seq or item.answer != sent.get((number, item.seq)):
            yield f"答卷 {told['sitting']} 第 {number} 题：最后是第 {item.seq} 次 {item.answer}，确认到第 {seq} 次"


def _letters(item: SittingItem, shown: str) -> str:
    """The bank's letters of what was ticked by place."""
    return "".join(sorted(item.option_order[LETTERS.index(one)] for one in shown)) if item.option_order else shown


def _mark(sittings: Any) -> tuple[int, list[str]]:
    """All or nothing against the key in the bank's JSON, and the sums."""
    keys = {pk: body["parts"][0]["key"] for pk, body in QuestionVersion.objects.values_list("pk", "body")}
    sums: dict[int, Decimal] = {}
    wrong, count = [], 0
    columns = ("sitting", "order_no", "version", "answer", "full_marks", "marks")
    for sitting, number, version, answer, full, marks in (
        SittingItem.objects.filter(sitting__in=sittings.values("pk")).order_by().values_list(*columns).iterator()
    ):
        count += 1
        earned = full if answer == keys[version] else Decimal(0)
        sums[sitting] = sums.get(sitting, Decimal(0)) + earned
        if marks != earned:
            wrong.append(f"答卷 {sitting} 第 {number} 题：应得 {earned}，记 {marks}")
    for pk, score in sittings.values_list("pk", "score"):
        if score != sums.get(pk):
            wrong.append(f"答卷 {pk}：应得 {sums.get(pk)}，记 {score}")
    return count, wrong


def _bank(chance: Random) -> None:
    domain = Domain.objects.create(slug="bench", name="综合")
    contents = [_content(kind, chance, number) for kind, count, _ in SECTIONS for number in range(count * BANK_OF_EACH)]
    questions = [
        Question(
            code=f"B{number:06d}",
            kind=content.kind.value,
            domain=domain,
            status=Question.Status.REVIEWED,
            stem_digest=stem_digest(content),
        )
        for number, content in enumerate(contents)
    ]
    Question.objects.bulk_create(questions)
    versions = [
        QuestionVersion(
            question=question,
            version_no=1,
            title=content.title[:200],
            body=to_json(content),
            words=content.words(),
            read_on=timezone.localdate(),
        )
        for question, content in zip(questions, contents, strict=True)
    ]
    QuestionVersion.objects.bulk_create(versions)
    for question, version in zip(questions, versions, strict=True):
        question.current = question.newest = version
    Question.objects.bulk_update(questions, ["current", "newest"], batch_size=200)


def _content(kind: Kind, chance: Random, number: int) -> Content:
    def phrase(least: int, most: int) -> str:
        return "".join(chance.choice(WORDS) for _ in range(chance.randint(least, most)))

    stem = f"第{number}题：{phrase(30, 80)}。"
    explanation = phrase(60, 120)
    if kind == Kind.JUDGE:
        return Content(kind, (Part(kind, stem, key=chance.choice("TF"), explanation=explanation),))
    options = tuple(f"{phrase(8, 25)}{place}" for place in range(4))
    right = 1 if kind == Kind.SINGLE else chance.randint(2, 4)
    key = "".join(sorted(chance.sample(LETTERS[:4], right)))
    return Content(kind, (Part(kind, stem, options, key, explanation=explanation),))


def _exam() -> Exam:
    paper = Paper.objects.create(
        title="压力测试卷",
        mode=Paper.Mode.RANDOM,
        status=Paper.Status.READY,
        minutes=180,
        shuffles_items=True,
        shuffles_options=True,
    )
    for number, (kind, count, marks) in enumerate(SECTIONS, 1):
        PaperSection.objects.create(
            paper=paper, section_no=number, title=kind.label, kind=kind.value, count=count, marks_each=marks
        )
    now = timezone.now()
    return Exam.objects.create(
        title="压力测试",
        paper=paper,
        opens_at=now,
        closes_at=now + dt.timedelta(hours=6),
        score_shown=Exam.When.PUBLISHED,
    )


def _candidates(exam: Exam, count: int) -> list[str]:
    unit = Unit.objects.create(name="测试街道", kind=Unit.Kind.STREET)
    users = [User(username=f"bench{n}", display_name=f"考生{n}", password=f"!{n}", unit=unit) for n in range(count)]
    User.objects.bulk_create(users)
    officers = [Officer(unit=unit, name=str(user), user=user, staff_no=f"B{n:05d}") for n, user in enumerate(users)]
    Officer.objects.bulk_create(officers)
    Registration.objects.bulk_create([Registration(exam=exam, officer=officer) for officer in officers])
    return [_signed_in(user) for user in users]


def _signed_in(user: User) -> str:
    """The key of a session in which the user has signed in."""
    session = SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(user.pk), BACKEND
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return session.session_key or ""


def database() -> str:
    """What the figures were measured on."""
    return {"sqlite": "SQLite", "postgresql": "PostgreSQL"}.get(connection.vendor, connection.vendor)


STAGES: dict[str, Callable[..., Any]] = {"prepare": prepare, "audit": audit, "database": database}
