"""Marks of finished sittings: by rule, by hand, and by the key fixes applied in their exam.

    score_sitting(sitting)      when a sitting finishes; again at any time, with the same result
    score_exam(exam)            every finished sitting of an exam
    refresh_totals(sittings)    the totals alone, after marks of single items have changed

A short answer stays unmarked until a person has marked it; until then the sitting has no score (`score` is None,
`is_marked` False): nobody passes or fails by half a paper. A dropped item counts neither in the score nor in the full
marks, and the pass line stays the same share of the full marks: 60 of 100 becomes 58.8 of 98.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from django.db import transaction
from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone

from exams.content import Content
from exams.marking import CENT, rounded
from exams.models import Exam, KeyFix, ManualMark, QuestionVersion, Sitting, SittingItem
from exams.results.keys import Fix, marks_of

# Sittings of one transaction: about 5,000 items.
BATCH = 50
_UPDATED = 500  # rows of one UPDATE
Place = tuple[int, int]
Contents = dict[int, Content]


class Item(NamedTuple):
    """What marking needs of a `SittingItem`."""

    pk: int
    sitting_id: int
    version_id: int
    part_no: int
    rule: str
    full_marks: Decimal
    answer: str
    marks: Decimal | None

    @property
    def place(self) -> Place:
        return self.version_id, self.part_no


def score_sitting(sitting: Sitting) -> bool:
    """Marks one finished sitting and renews its totals; whether it had not been marked before.

    Does nothing for one that is not finished. About ten queries, whatever the number of items.
    """
    fresh = score_sittings([sitting.pk])
    sitting.refresh_from_db(fields=["score", "full_marks", "pass_marks", "is_marked", "scored_at"])
    return bool(fresh)


def score_exam(exam: Exam) -> int:
    """Marks every finished sitting of the exam; gives how many."""
    pks = list(Sitting.objects.finished().filter(registration__exam=exam).order_by("pk").values_list("pk", flat=True))
    score_sittings(pks)
    return len(pks)


def score_sittings(pks: Collection[int]) -> int:
    """Marks sittings of one exam or several; gives how many had not been marked before. Others are passed over."""
    contents: Contents = {}
    wanted, fresh = sorted(pks), 0
    for start in range(0, len(wanted), BATCH):
        fresh += _score_batch(wanted[start : start + BATCH], contents)
    return fresh


def refresh_totals(sittings: Iterable[int]) -> None:
    """Score, full marks and pass line of finished sittings, out of the marks of their items."""
    wanted = sorted(sittings)
    found = Sitting.objects.finished().filter(pk__in=wanted).select_related("registration__exam__paper")
    by_exam: dict[int, list[Sitting]] = defaultdict(list)
    for sitting in found:
        by_exam[sitting.registration.exam_id].append(sitting)
    for exam, members in by_exam.items():
        _total(members, dropped_places(exam))


def applied_fixes(exam: int) -> dict[Place, Fix]:
    """What counts instead of keys in the exam; of several for one part the one applied last."""
    rows = KeyFix.objects.filter(exam=exam, applied_at__isnull=False).order_by("applied_at", "pk")
    return {(row.version_id, row.part_no): Fix(row.action, row.new_key) for row in rows}


def dropped_places(exam: int) -> set[Place]:
    """(version, part) of what does not count in the exam."""
    return {place for place, fix in applied_fixes(exam).items() if fix.is_dropped}


def at_places(places: Iterable[Place]) -> Q:
    """A condition on `SittingItem`s: those at one of the places; none for no place."""
    condition = Q(pk__in=[])
    for version, part_no in places:
        condition |= Q(version=version, part_no=part_no)
    return condition


def items_of(items: QuerySet[SittingItem]) -> list[Item]:
    """The rows for marking, in one query."""
    return [Item(*row) for row in items.order_by("sitting", "order_no").values_list(*Item._fields)]


def read_contents(versions: Iterable[int], contents: Contents) -> Contents:
    """Adds what the versions say; each is read once."""
    missing = set(versions) - contents.keys()
    for start in range(0, len(missing), _UPDATED):
        chunk = sorted(missing)[start : start + _UPDATED]
        for version in QuestionVersion.objects.filter(pk__in=chunk).only("body"):
            contents[version.pk] = version.content
    return contents


def hand_marks(items: Iterable[int]) -> dict[int, Decimal]:
    """The marks given by hand that count, by item: the last of each."""
    rows = ManualMark.objects.filter(item__in=list(items)).order_by("given_at", "pk")
    return dict(rows.values_list("item", "marks"))


def store_marks(changes: Iterable[tuple[int, Decimal | None]]) -> None:
    """Writes (item, marks), an UPDATE for all that get the same marks."""
    same: dict[Decimal | None, list[int]] = defaultdict(list)
    for pk, marks in changes:
        same[marks].append(pk)
    for marks, pks in same.items():
        for start in range(0, len(pks), _UPDATED):
            SittingItem.objects.filter(pk__in=pks[start : start + _UPDATED]).update(marks=marks)


def _score_batch(pks: list[int], contents: Contents) -> int:
    mine = SittingItem.objects.filter(sitting__in=pks)
    # what a version says never changes, so it is read before the transaction
    read_contents(mine.order_by().values_list("version", flat=True).distinct(), contents)
    with transaction.atomic():
        locked = Sitting.objects.finished().filter(pk__in=pks).select_for_update().order_by("pk")
        exams: dict[int, set[int]] = defaultdict(set)
        for pk, exam in locked.values_list("pk", "registration__exam"):
            exams[exam].add(pk)
        finished = {pk for members in exams.values() for pk in members}
        for exam, members in exams.items():
            _mark(mine.filter(sitting__in=members), applied_fixes(exam), contents)
        refresh_totals(finished)
        return Sitting.objects.unscored().filter(pk__in=finished).update(scored_at=timezone.now())


def _mark(items: QuerySet[SittingItem], fixes: dict[Place, Fix], contents: Contents) -> None:
    rows = items_of(items)
    given = hand_marks(row.pk for row in rows if contents[row.version_id].parts[row.part_no - 1].is_marked_by_hand)
    new = ((row, marks_with(row, contents, fixes.get(row.place), given.get(row.pk))) for row in rows)
    store_marks((row.pk, marks) for row, marks in new if marks != row.marks)


def marks_with(item: Item, contents: Contents, fix: Fix | None, by_hand: Decimal | None) -> Decimal | None:
    """What the item earns under the fix."""
    part = contents[item.version_id].parts[item.part_no - 1]
    return marks_of(part, item.answer, item.rule, item.full_marks, fix=fix, by_hand=by_hand)


def _total(sittings: list[Sitting], dropped: set[Place]) -> None:
    found = sums([sitting.pk for sitting in sittings], dropped)
    for sitting in sittings:
        row = found[sitting.pk]
        sitting.full_marks, sitting.is_marked, sitting.score = row.counted, not row.waiting, row.score
        sitting.pass_marks = row.pass_line(sitting.registration.exam.paper.pass_marks)
    Sitting.objects.bulk_update(sittings, ["full_marks", "pass_marks", "score", "is_marked"], batch_size=100)


class Sums(NamedTuple):
    """Of one sitting: the marks of all items, of those that count, what these earned, how many of them wait."""

    asked: Decimal
    counted: Decimal
    earned: Decimal
    waiting: int

    @property
    def score(self) -> Decimal | None:
        return None if self.waiting else self.earned

    def pass_line(self, pass_marks: Decimal) -> Decimal:
        """`pass_marks` of all items, as the same share of those that count."""
        if not self.asked:
            return Decimal(0)
        return rounded(Fraction(pass_marks) * Fraction(self.counted) / Fraction(self.asked))


def sums(sittings: Iterable[int], dropped: Iterable[Place]) -> dict[int, Sums]:
    """By sitting, in one query."""
    sittings, counts = list(sittings), ~at_places(dropped)
    rows = SittingItem.objects.filter(sitting__in=sittings).values("sitting").order_by()
    found = rows.annotate(
        asked=Sum("full_marks"),
        counted=Sum("full_marks", filter=counts),
        earned=Sum("marks", filter=counts),
        waiting=Count("pk", filter=counts & Q(marks__isnull=True)),
    )
    nothing = Sums(Decimal(0), Decimal(0), Decimal(0), 0)
    return {pk: nothing for pk in sittings} | {
        row["sitting"]: Sums(_exact(row["asked"]), _exact(row["counted"]), _exact(row["earned"]), row["waiting"])
        for row in found
    }


def _exact(total: Decimal | None) -> Decimal:
    """Sums of cents; SQLite adds them up as floating point."""
    return Decimal(total or 0).quantize(CENT)
