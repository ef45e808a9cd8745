"""Which part of which question stands where on one candidate's paper. Pure: the same seed gives the same paper.

Sections keep their order; questions change places inside their section; the parts of a case group stay together and
in order. Options that refer to other options ("以上都对", "A和C") would say something else at another place, so they
keep it; so does every option of a question whose texts name letters.
"""

import random
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Protocol

from exams.content import CHOICES, Content, Kind, Part

CENT = Decimal("0.01")
_REFERS_BACK = re.compile(r"^\s*(以上|上述|前述)")
_NAMES_LETTERS = re.compile(
    r"(?<![A-Za-z])[A-H](?:\s*[、,，和与及]?\s*[A-H])+(?![A-Za-z])|选项\s*[A-H]|(?<![A-Za-z])[A-H]\s*(?:选?项|正确|错误|对|错)"
)


@dataclass(frozen=True)
class Rules:
    """What a section says about each of its questions."""

    section_no: int
    marks_each: Decimal
    rule: str


class Drawn(Protocol):
    """A question drawn for a paper in the version that is asked: a row of a form, or drawn at random."""

    @property
    def section_no(self) -> int: ...
    @property
    def question_id(self) -> int: ...
    @property
    def version_id(self) -> int: ...


@dataclass(frozen=True)
class Place:
    """One part at its place: the values of a `SittingItem`."""

    order_no: int
    section_no: int
    question_id: int
    version_id: int
    part_no: int
    kind: str
    option_order: str
    size: int
    rule: str
    full_marks: Decimal


def places(
    drawn: Sequence[Drawn],
    contents: Mapping[int, Content],
    rules: Mapping[int, Rules],
    *,
    seed: int,
    shuffles_items: bool,
    shuffles_options: bool,
) -> list[Place]:
    """The paper's places, numbered from 1. `contents` by version, `rules` by section number.

    Raises KeyError where a version or a section is not given.
    """
    chance = random.Random(seed)
    found: list[Place] = []
    for one in _ordered(drawn, chance if shuffles_items else None):
        content, rule = contents[one.version_id], rules[one.section_no]
        marks = shares(rule.marks_each, len(content.parts))
        for part_no, (part, full_marks) in enumerate(zip(content.parts, marks, strict=True), 1):
            order = option_order(part, chance if shuffles_options else None)
            found.append(_place(len(found) + 1, one, part_no, part, order, rule, full_marks))
    return found


def option_order(part: Part, chance: random.Random | None) -> str:
    """The bank's letters in the order shown; empty for what has no options."""
    if part.kind not in CHOICES:
        return ""
    if chance is None or any(_NAMES_LETTERS.search(text) for text in (part.stem, part.explanation, *part.options)):
        return part.letters
    free = [n for n, option in enumerate(part.options) if not _REFERS_BACK.match(option)]
    shown = list(part.letters)
    for place, letter in zip(free, chance.sample(free, len(free)), strict=True):
        shown[place] = part.letters[letter]
    return "".join(shown)


def shares(marks: Decimal, parts: int) -> list[Decimal]:
    """Marks shared evenly to the cent; the first parts take what is left over, so that the sum is exact."""
    cents = int(marks / CENT)
    return [(cents // parts + (number < cents % parts)) * CENT for number in range(parts)]


def size_of(part: Part) -> int:
    """How many options, blanks or sentences there are to answer."""
    if part.kind == Kind.FILL:
        return len(part.blanks)
    return len(part.segments) if part.kind == Kind.DOCUMENT else len(part.options)


def _ordered(drawn: Sequence[Drawn], chance: random.Random | None) -> Iterable[Drawn]:
    for _, group in groupby(sorted(drawn, key=lambda one: one.section_no), key=lambda one: one.section_no):
        section = list(group)
        yield from chance.sample(section, len(section)) if chance else section


def _place(number: int, one: Drawn, part_no: int, part: Part, order: str, rule: Rules, marks: Decimal) -> Place:
    return Place(
        order_no=number,
        section_no=one.section_no,
        question_id=one.question_id,
        version_id=one.version_id,
        part_no=part_no,
        kind=part.kind.value,
        option_order=order,
        size=size_of(part),
        rule=rule.rule,
        full_marks=marks,
    )
