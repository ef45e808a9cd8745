"""What waits for people who mark: short answers by exam and question, across candidates and without their names."""

from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from content.dashboard import Waiting
from exams.content import Content, Kind
from exams.models import Exam, ManualMark, QuestionVersion, Sitting, SittingItem
from exams.permissions import can_mark, can_publish_results
from people.models import User

CODE = 1000  # twice three digits are enough to speak of an answer


@dataclass(frozen=True)
class Heap:
    """The answers to one short question in one exam."""

    exam: Exam
    version_id: int
    part_no: int
    title: str
    waiting: int
    doubtful: int
    marked: int


def short_answers() -> QuerySet[SittingItem]:
    """Short answers of finished sittings that the rules have seen; what nobody wrote is marked already."""
    finished = SittingItem.objects.filter(kind=Kind.SHORT, sitting__state__in=Sitting.FINISHED)
    return finished.filter(sitting__scored_at__isnull=False).exclude(answer="")


def unmarked() -> QuerySet[SittingItem]:
    return short_answers().filter(marks__isnull=True)


def second_looks(besides: User | None = None) -> QuerySet[SittingItem]:
    """Answers whose last marker asks somebody else to look; without those that `besides` marked last."""
    last = ManualMark.objects.filter(item=OuterRef("pk")).order_by("-given_at", "-pk")
    asked = Coalesce(Subquery(last.values("asks_second")[:1]), False, output_field=BooleanField())
    rows = short_answers().annotate(asks_second=asked, marked_by=Subquery(last.values("given_by")[:1]))
    rows = rows.filter(asks_second=True)
    return rows.exclude(marked_by=besides.pk) if besides else rows


def for_marker(items: QuerySet[SittingItem], marker: User) -> QuerySet[SittingItem]:
    """Without the marker's own sittings."""
    return items.exclude(sitting__registration__officer__user=marker)


def second_looks_for(marker: User) -> QuerySet[SittingItem]:
    """Those at which this marker may look: not the own sitting, not the own mark."""
    return for_marker(second_looks(besides=marker), marker)


def heaps(marker: User, exam: Exam | None = None) -> list[Heap]:
    """The questions with short answers, those that wait first; four queries."""
    mine = for_marker(short_answers(), marker)
    if exam is not None:
        mine = mine.filter(sitting__registration__exam=exam)
    key = ("sitting__registration__exam", "version", "part_no")
    waiting = Count("pk", filter=Q(marks__isnull=True))
    rows = list(mine.values_list(*key).annotate(waiting=waiting, all=Count("pk")).order_by(*key))
    doubtful = dict(_by_place(second_looks_for(marker), key))
    exams = Exam.objects.in_bulk({row[0] for row in rows})
    contents = {one.pk: one.content for one in QuestionVersion.objects.filter(pk__in={row[1] for row in rows})}
    found = [
        Heap(exams[e], v, p, title_of(contents[v], p), waits, doubtful.get((e, v, p), 0), whole - waits)
        for e, v, p, waits, whole in rows
    ]
    return sorted(found, key=lambda heap: (not (heap.waiting or heap.doubtful), -heap.exam.pk))


def title_of(content: Content, part_no: int) -> str:
    """The stem of a part."""
    return content.parts[part_no - 1].stem


def anonymous_code(sitting: Sitting) -> str:
    """`010-882`: the same for one sitting everywhere in the queue; out of its random seed."""
    return f"{sitting.seed % CODE:03d}-{sitting.seed // CODE % CODE:03d}"


def waiting_for(user: User) -> list[Waiting]:
    """What the admin's home page counts."""
    entries = []
    if can_mark(user):
        address = reverse("exams_marking")
        count = for_marker(unmarked(), user).count()
        entries.append(Waiting("待评的简答", count, address, "对照参考答案和要点评分"))
        entries.append(Waiting("待复看的简答", second_looks_for(user).count(), address, "评分人请他人再看"))
    if can_publish_results(user):
        closed = Exam.objects.filter(status=Exam.Status.CLOSED, results_published_at=None)
        entries.append(Waiting("待公布成绩的考试", closed.count(), reverse("exams_results"), "评完后公布"))
    return entries


def _by_place(items: QuerySet[SittingItem], key: tuple[str, ...]) -> list[tuple[Any, int]]:
    rows = items.values_list(*key).annotate(count=Count("pk")).order_by(*key)
    return [(row[:3], row[-1]) for row in rows]
