"""A sitting after the end as its page shows it: values that hold only what may be seen.

The template is given no key, explanation or law unless `Seen.key`, no right or wrong and no marks of items unless
`Seen.answers`, and no items at all unless one of them; it cannot show what it is not given.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from content.numbers import plain_number
from exams.content import CHOICES, LETTERS, Kind, Part, Point
from exams.documents import mended
from exams.models import ManualMark, PaperSection, Sitting, SittingItem
from exams.results.grounds import Ground, grounds_of
from exams.results.keys import DROP, FULL, NEW_KEY, Fix, own_key, write_key
from exams.results.scoring import applied_fixes, dropped_places, read_contents
from exams.results.visibility import Seen
from exams.sittings.shown import ShownItem, shown_sections

Verdict = tuple[str, str]
RIGHT, WRONG, PARTLY = ("答对", "ok"), ("答错", "seal"), ("部分得分", "warn")
SILENT, WAITING, BY_HAND = ("未作答", "seal"), ("待评分", "info"), ("人工评分", "info")
FIXED = {
    NEW_KEY: "考试后更正了答案，已按新答案计分。",
    DROP: "这道题有误，不计分。",
    FULL: "这道题有误，所有考生得满分。",
}
DROPPED, GIVEN = ("不计分", "info"), ("全员得分", "info")


@dataclass(frozen=True)
class Key:
    """What is right, and why; letters are those of the places at which the candidate saw the options."""

    words: str
    letters: str = ""
    mended: dict[int, str] = field(default_factory=dict)
    points: tuple[Point, ...] = ()
    explanation: str = ""
    grounds: tuple[Ground, ...] = ()


@dataclass(frozen=True)
class Told:
    """An item as it was shown, with what may be said about it."""

    shown: ShownItem
    version_id: int
    verdict: Verdict | None = None
    earned: str = ""
    remark: str = ""
    key: Key | None = None
    fixed: str = ""

    @property
    def is_wrong(self) -> bool:
        return self.verdict in (WRONG, PARTLY, SILENT)


@dataclass(frozen=True)
class ToldBlock:
    """A question, or the parts of a case group below their stem."""

    stem: str
    items: tuple[Told, ...]


@dataclass(frozen=True)
class ToldSection:
    title: str
    note: str
    blocks: tuple[ToldBlock, ...]


@dataclass(frozen=True)
class SectionScore:
    """What a section earned; dropped items are in neither number."""

    title: str
    earned: Decimal
    full_marks: Decimal


def section_scores(sitting: Sitting) -> list[SectionScore]:
    """By section; for a sitting that is fully marked. Three queries."""
    titles, dropped = _titles(sitting), dropped_places(sitting.registration.exam_id)
    sums: dict[int, list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
    rows = sitting.items.order_by("order_no").values_list("section_no", "version_id", "part_no", "marks", "full_marks")
    for section, version, part_no, marks, full in rows:
        if (version, part_no) not in dropped:
            sums[section][0] += marks or 0
            sums[section][1] += full
    return [SectionScore(titles.get(number, f"第 {number} 部分"), *pair) for number, pair in sorted(sums.items())]


def told_sections(sitting: Sitting, seen: Seen) -> list[ToldSection]:
    """The paper again, with what may be said; nothing unless items may be seen. A fixed number of queries."""
    if not seen.items:
        return []
    items = list(sitting.items.order_by("order_no"))
    contents = read_contents((item.version_id for item in items), {})
    sections = {one.section_no: one for one in PaperSection.objects.filter(paper=sitting.registration.exam.paper_id)}
    fixes = applied_fixes(sitting.registration.exam_id)
    grounds = grounds_of(item.version_id for item in items) if seen.key else {}
    remarks = _remarks(items) if seen.answers else {}
    by_number = {item.order_no: item for item in items}

    def told(shown: ShownItem) -> Told:
        item = by_number[shown.order_no]
        place = (item.version_id, item.part_no)
        part, fix = contents[item.version_id].parts[item.part_no - 1], fixes.get(place)
        return Told(
            shown=shown,
            version_id=item.version_id,
            verdict=verdict_of(item, fix) if seen.answers else None,
            earned=plain_number(item.marks) if seen.answers and item.marks is not None else "",
            remark=remarks.get(item.pk, ""),
            key=key_of(item, part, fix, grounds.get(place, ())) if seen.key else None,
            fixed=_fixed(fix) if seen.answers else "",
        )

    return [
        ToldSection(
            one.title,
            one.note,
            tuple(ToldBlock(block.stem, tuple(map(told, block.items))) for block in one.blocks),
        )
        for one in shown_sections(items, sections, contents)
    ]


def verdict_of(item: SittingItem, fix: Fix | None) -> Verdict:
    """Right or wrong in words, with their tone."""
    if fix is not None and fix.action in (DROP, FULL):
        return DROPPED if fix.action == DROP else GIVEN
    if item.marks is None:
        return WAITING
    if not item.answer.strip():
        return SILENT
    if item.kind == Kind.SHORT:
        return BY_HAND
    return RIGHT if item.marks == item.full_marks else PARTLY if item.marks else WRONG


def key_of(item: SittingItem, part: Part, fix: Fix | None, grounds: Iterable[Ground]) -> Key:
    """The key that counts, in the letters that the candidate saw."""
    kept = fix.new_key if fix is not None and fix.new_key else own_key(part)
    letters = {bank: LETTERS[place] for place, bank in enumerate(item.option_order)}
    as_seen = "".join(letters.get(one, one) for one in kept) if item.option_order else kept
    if item.option_order:
        as_seen = "/".join("".join(sorted(one)) for one in as_seen.split("/"))
    return Key(
        words=part.key if part.kind == Kind.SHORT else write_key(part, as_seen),
        letters=as_seen.replace("/", "") if part.kind in CHOICES or part.kind == Kind.JUDGE else "",
        mended=_mended(part, kept),
        points=part.points,
        explanation=part.explanation,
        grounds=tuple(grounds),
    )


def only_wrong(sections: Sequence[ToldSection]) -> list[ToldSection]:
    """The same without what was right; a case group stays whole as soon as one part of it was wrong."""
    found = []
    for section in sections:
        blocks = tuple(block for block in section.blocks if any(one.is_wrong for one in block.items))
        if blocks:
            found.append(ToldSection(section.title, section.note, blocks))
    return found


def _mended(part: Part, kept: str) -> dict[int, str]:
    """How faulty sentences should read, by number; those of a new key without a mended wording are left empty."""
    if part.kind != Kind.DOCUMENT:
        return {}
    numbers = {int(one) for key in kept.split("/") for one in key.split(",") if one}
    segments = enumerate(part.segments, 1)
    return {number: mended(one) if one.is_faulty else "" for number, one in segments if number in numbers}


def _fixed(fix: Fix | None) -> str:
    return FIXED[fix.action] if fix is not None else ""


def _remarks(items: Iterable[SittingItem]) -> dict[int, str]:
    """The last marker's words on each short answer."""
    rows = ManualMark.objects.filter(item__in=[one.pk for one in items if one.kind == Kind.SHORT])
    return dict(rows.order_by("given_at", "pk").values_list("item", "remark"))


def _titles(sitting: Sitting) -> Mapping[int, str]:
    sections = PaperSection.objects.filter(paper=sitting.registration.exam.paper_id)
    return dict(sections.values_list("section_no", "title"))
