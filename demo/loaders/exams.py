"""Papers and past exams with the answers of invented candidates, and one exam that is open for trying.

Answers are drawn by chance with a fixed seed: the better the candidate and the easier the question, the likelier the
right one. Everything else goes the way of the site: plan, finalise, build, close, mark, publish.
"""

import datetime as dt
import json
from decimal import Decimal
from math import exp
from random import Random

from django.utils import timezone

from exams.actions.exams import build_exam, close_exam, plan_exam, register
from exams.actions.marks import give_marks, publish_results
from exams.actions.papers import build_form, create_paper, finalise_paper
from exams.content import CHOICES, LETTERS, Kind, Part
from exams.marking import right_ones
from exams.models import AnswerEntry, Exam, Paper, PaperSection, Question, Sitting, SittingItem
from exams.papers.plan import SectionSpec
from exams.papers.suggestion import handbook_plan
from exams.results.scoring import score_exam
from people.models import Card, Officer, User

SEED = 20261012
GENERAL, ISSUED, STREETS = "通用法律知识练习卷", "执法资格模拟试卷", "街道大比武试卷"
HALF, ALL = PaperSection.Rule.HALF_POINT_EACH, PaperSection.Rule.ALL_OR_NOTHING
PLANS = {
    GENERAL: (
        SectionSpec("单项选择题", Question.Kind.SINGLE, 20, Decimal(2)),
        SectionSpec("多项选择题", Question.Kind.MULTIPLE, 8, Decimal(3), HALF),
        SectionSpec("判断题", Question.Kind.JUDGE, 8, Decimal(1)),
        SectionSpec("填空题", Question.Kind.FILL, 2, Decimal(4)),
        SectionSpec("文书改错题", Question.Kind.DOCUMENT, 1, Decimal(10), PaperSection.Rule.BY_FRACTION),
        SectionSpec("简答题", Question.Kind.SHORT, 1, Decimal(10)),
    ),
    STREETS: (
        SectionSpec("单项选择题", Question.Kind.SINGLE, 20, Decimal(2)),
        SectionSpec("多项选择题", Question.Kind.MULTIPLE, 10, Decimal(4), HALF),
        SectionSpec("判断题", Question.Kind.JUDGE, 10, Decimal(2)),
    ),
}
# Ability of a mean candidate; one level of difficulty counts as much as STEP of ability.
MEAN, SPREAD, STEP = 1.1, 0.8, 0.55
ABSENT = 0.06


def load_exams() -> dict[str, int]:
    """Counts by what was loaded."""
    trainer, bureau = (User.objects.get(username=name) for name in ("peixun", "guan"))
    papers = _papers(trainer)
    if not Exam.objects.exists():
        _past(papers, trainer, bureau)
        _open(papers[GENERAL], trainer)
    return {
        "试卷": Paper.objects.count(),
        "考试": Exam.objects.count(),
        "答卷": Sitting.objects.finished().count(),
    }


def _papers(trainer: User) -> dict[str, Paper]:
    plans = {**PLANS, ISSUED: handbook_plan().sections}
    return {title: _paper(title, sections, trainer) for title, sections in plans.items()}


def _paper(title: str, sections, trainer: User) -> Paper:
    known = Paper.objects.filter(title=title).first()
    if known:
        return known
    mode = Paper.Mode.RANDOM if title == ISSUED else Paper.Mode.FIXED
    paper = create_paper(title, by=trainer, sections=sections, mode=mode, minutes=40 if title == STREETS else 90)
    finalise_paper(paper, by=trainer)
    if mode == Paper.Mode.FIXED:
        build_form(paper, "A", by=trainer, seed=SEED)
    return paper


def _past(papers: dict[str, Paper], trainer: User, bureau: User) -> None:
    staff = list(Officer.objects.active().filter(unit__kind="street").order_by("staff_no"))
    posts = [officer for officer in staff if officer.in_enforcement_post]
    holders = set(Card.objects.valid_on(dt.date(2026, 10, 1)).values_list("officer", flat=True))
    rng = Random(SEED)
    _held("2026年第三季度业务模拟考试", papers[GENERAL], staff[:150], dt.date(2026, 9, 10), trainer, bureau, rng)
    candidates = [officer for officer in posts if officer.pk not in holders] + posts[:20]
    _held(
        "2026年下半年执法资格考试", papers[ISSUED], candidates, dt.date(2026, 10, 22), trainer, bureau, rng,
        purpose=Exam.Purpose.CERTIFICATION,
    )  # fmt: skip
    _held(
        "2026年街道执法大比武", papers[STREETS], posts[::2], dt.date(2026, 11, 12), trainer, bureau, rng,
        purpose=Exam.Purpose.CONTEST,
    )  # fmt: skip


def _held(
    title: str, paper: Paper, officers: list[Officer], day: dt.date, trainer: User, bureau: User, rng: Random, **values
) -> Exam:
    opens = timezone.make_aware(dt.datetime.combine(day, dt.time(9)))
    exam = plan_exam(
        {
            "title": title,
            "paper": paper,
            "form": paper.forms.first(),
            "opens_at": opens,
            "closes_at": opens + dt.timedelta(minutes=30),
            **values,
        },
        by=trainer,
    )
    register(exam, officers, by=trainer)
    build_exam(exam, by=trainer)
    _written(exam, opens, rng)
    close_exam(exam, by=trainer)
    _marked(exam, bureau, rng)
    publish_results(exam, by=bureau)
    return exam


def _written(exam: Exam, opens: dt.datetime, rng: Random) -> None:
    """Everybody but a few absent ones begins, answers and hands in, within the time."""
    sittings = [one for one in Sitting.objects.filter(registration__exam=exam).order_by("pk") if rng.random() > ABSENT]
    for one in sittings:
        _handed_in(one, exam, opens, rng)
    ability = {one.pk: rng.gauss(MEAN, SPREAD) for one in sittings}
    items = list(SittingItem.objects.filter(sitting__in=ability).select_related("version", "question", "sitting"))
    parts: dict[int, tuple[Part, ...]] = {}
    entries = []
    for item in items:
        if item.version_id not in parts:
            parts[item.version_id] = item.version.content.parts
        part, lead = (
            parts[item.version_id][item.part_no - 1],
            ability[item.sitting_id] - STEP * (item.question.difficulty - 3),
        )
        if answer := _answer(part, lead, rng):
            at = opens + dt.timedelta(minutes=10 + rng.randint(0, exam.paper.minutes // 3))
            item.answer, item.seq, item.answered_at = answer, 1, at
            entries.append(AnswerEntry(item=item, seq=1, answer=answer, lease_no=1, received_at=at))
    # by upsert: an UPDATE with a CASE for each of fifteen thousand rows takes many times as long
    SittingItem.objects.bulk_create(
        items,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["answer", "seq", "answered_at"],
    )
    AnswerEntry.objects.bulk_create(entries, batch_size=1000)
    fields = ["state", "lease_no", "started_at", "ends_at", "due_at", "finished_at"]
    Sitting.objects.bulk_update(sittings, fields, batch_size=200)
    score_exam(exam)


def _handed_in(sitting: Sitting, exam: Exam, opens: dt.datetime, rng: Random) -> None:
    """The times of a sitting that was begun soon after the opening and handed in before its end."""
    minutes = exam.paper.minutes
    started = opens + dt.timedelta(seconds=rng.randint(5, 600))
    ends = started + dt.timedelta(minutes=minutes)
    sitting.state, sitting.lease_no, sitting.started_at, sitting.ends_at = Sitting.State.HANDED_IN, 1, started, ends
    sitting.due_at = ends + dt.timedelta(seconds=exam.grace_seconds)
    sitting.finished_at = started + dt.timedelta(seconds=rng.randint(minutes * 30, minutes * 58))


def _answer(part: Part, lead: float, rng: Random) -> str:
    """The right answer as often as the lead makes it likely; otherwise a wrong one, seldom none."""
    is_right = rng.random() < 1 / (1 + exp(-1.6 * lead))
    if part.kind == Kind.SHORT:
        points = [point.text for point in part.points] or [part.key]
        return "；".join(points[: max(1, round(len(points) * (0.9 if is_right else 0.5)))])
    if part.kind == Kind.FILL:
        return json.dumps(
            [words[0] if is_right or rng.random() < 0.3 else "三日" for words in part.blanks], ensure_ascii=False
        )
    if not is_right and rng.random() < 0.04:
        return ""
    right = set(right_ones(part))
    return _canonical(part, right if is_right else _wrong(part, right, rng))


def _wrong(part: Part, right: set[str], rng: Random) -> set[str]:
    """One letter too few, one too many, or another one."""
    if part.kind == Kind.JUDGE:
        return {"T", "F"} - right
    everything = set(part.letters) if part.kind in CHOICES else {str(n) for n in range(1, len(part.segments) + 1)}
    if part.kind == Kind.SINGLE:
        return {rng.choice(sorted(everything - right))}
    if rng.random() < 0.6 and len(right) > 1:
        return right - {rng.choice(sorted(right))}
    return right | {rng.choice(sorted(everything - right) or sorted(right))}


def _canonical(part: Part, chosen: set[str]) -> str:
    if part.kind == Kind.DOCUMENT:
        return ",".join(sorted(chosen, key=int))
    return "".join(sorted(chosen, key=lambda one: LETTERS.find(one)))


def _marked(exam: Exam, bureau: User, rng: Random) -> None:
    """Short answers by a person: by how much of the points they name."""
    waiting = SittingItem.objects.filter(sitting__registration__exam=exam, kind=Kind.SHORT, marks__isnull=True)
    finished = waiting.filter(sitting__state__in=Sitting.FINISHED).select_related("sitting__registration__exam")
    for item in finished:
        steps = int(2 * item.full_marks * Decimal(rng.choice(("0.5", "0.6", "0.7", "0.8", "0.9"))))
        give_marks(item, Decimal(steps) / 2, by=bureau, remark="")


def _open(paper: Paper, trainer: User) -> None:
    """Always to be tried, by whoever has an account and is in the list of people."""
    now = timezone.now()
    exam = plan_exam(
        {
            "title": "模拟考试（随时可考）",
            "paper": paper,
            "form": paper.forms.first(),
            "opens_at": now,
            "closes_at": now + dt.timedelta(days=365),
            "attempts": 9,
            "score_shown": Exam.When.HANDED_IN,
            "answers_shown": Exam.When.HANDED_IN,
            "key_shown": Exam.When.HANDED_IN,
        },
        by=trainer,
    )
    register(exam, Officer.objects.filter(user__isnull=False), by=trainer)
    build_exam(exam, by=trainer)
