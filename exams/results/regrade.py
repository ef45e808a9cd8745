"""What a key fix would do to every sitting that had the item: computed without writing anything.

Learnosity's three: what the candidate saw (`SittingItem`, never touched), what is marked by now (the version with the
fixes of this exam), what the bank says (its own versions). A fix changes the second only.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from exams.models import KeyFix, Sitting, SittingItem
from exams.results.keys import Fix
from exams.results.scoring import (
    Contents,
    Item,
    Sums,
    applied_fixes,
    hand_marks,
    items_of,
    marks_with,
    read_contents,
    sums,
)

# Sittings looked at together, so that a huge exam takes no more memory than a small one.
BATCH = 500


@dataclass(frozen=True)
class Change:
    """One sitting before and after: marks of the item, score, full marks, whether it passes."""

    sitting: Sitting
    item: Item
    old_marks: Decimal | None
    new_marks: Decimal | None
    new_score: Decimal | None
    new_full_marks: Decimal
    new_pass_marks: Decimal

    @property
    def old_passed(self) -> bool:
        return self.sitting.has_passed

    @property
    def new_passed(self) -> bool:
        return self.new_score is not None and self.new_score >= self.new_pass_marks

    @property
    def is_other(self) -> bool:
        """Whether anything differs."""
        now = (self.sitting.score, self.sitting.full_marks)
        return self.old_marks != self.new_marks or now != (self.new_score, self.new_full_marks)

    @property
    def turns(self) -> str:
        """`pass` or `fail` where the outcome changes."""
        if self.old_passed == self.new_passed:
            return ""
        return "pass" if self.new_passed else "fail"


def planned(fix: KeyFix) -> list[Change]:
    """The changes by candidate, of sittings that the rules have marked. A fixed number of queries for 500 sittings."""
    place = (fix.version_id, fix.part_no)
    dropped = {one for one, other in applied_fixes(fix.exam_id).items() if other.is_dropped and one != place}
    contents = read_contents([fix.version_id], {})
    items = items_of(_concerned(fix))
    found: list[Change] = []
    for start in range(0, len(items), BATCH):
        chunk = items[start : start + BATCH]
        found += _changes(chunk, Fix(fix.action, fix.new_key), {*dropped, place}, contents)
    return found


def _concerned(fix: KeyFix):
    """The items at the fixed place in sittings of this exam that have been marked by rule."""
    rows = SittingItem.objects.filter(version=fix.version_id, part_no=fix.part_no)
    return rows.filter(
        sitting__registration__exam=fix.exam_id,
        sitting__state__in=Sitting.FINISHED,
        sitting__scored_at__isnull=False,
    )


def _changes(items: list[Item], fix: Fix, without: Iterable[tuple[int, int]], contents: Contents) -> list[Change]:
    """`without` are the places that do not count, the fixed one among them: its share is added here."""
    sittings = Sitting.objects.select_related("registration__officer__unit", "registration__exam__paper")
    known = sittings.in_bulk([item.sitting_id for item in items])
    rest, given = sums(known, without), hand_marks(item.pk for item in items)
    found = []
    for item in items:
        marks = marks_with(item, contents, fix, given.get(item.pk))
        found.append(_change(known[item.sitting_id], item, marks, _with(rest[item.sitting_id], item, marks, fix)))
    return found


def _with(rest: Sums, item: Item, marks: Decimal | None, fix: Fix) -> Sums:
    if fix.is_dropped:
        return rest
    earned, waiting = rest.earned + (marks or 0), rest.waiting + (marks is None)
    return Sums(rest.asked, rest.counted + item.full_marks, earned, waiting)


def _change(sitting: Sitting, item: Item, marks: Decimal | None, new: Sums) -> Change:
    line = new.pass_line(sitting.registration.exam.paper.pass_marks)
    return Change(sitting, item, item.marks, marks, new.score, new.counted, line)
