"""What a candidate may see of a paper: values for the templates that have no key, explanation, basis or correction.

A template cannot show what it is not given; nothing else of a question reaches the page of an exam.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby
from typing import Any

from content.numbers import plain_number
from exams.content import BLANK, LETTERS, Content, Kind, Part
from exams.documents import numbered_lines
from exams.models import PaperSection, SittingItem
from exams.sittings import answers
from kb.numerals import to_chinese


@dataclass(frozen=True)
class Option:
    """An option at the place where it stands, under that place's letter."""

    letter: str
    text: str
    is_chosen: bool = False


@dataclass(frozen=True)
class Piece:
    """A stretch of the stem of a fill-in; `blank` numbers the blank after it, 0 for none."""

    text: str
    blank: int = 0
    written: str = ""


@dataclass(frozen=True)
class Sentence:
    """A sentence of a faulty document as it was served, errors and all."""

    number: int
    text: str
    is_ticked: bool = False


@dataclass(frozen=True)
class ShownItem:
    """One part as the page shows it; `answer` is as the page writes it."""

    order_no: int
    kind: str
    label: str
    marks: str
    stem: str
    answer: Any = ""
    is_flagged: bool = False
    options: tuple[Option, ...] = ()
    pieces: tuple[Piece, ...] = ()
    lines: tuple[tuple[Sentence, ...], ...] = ()

    @property
    def is_answered(self) -> bool:
        return bool(self.answer)


@dataclass(frozen=True)
class Block:
    """A question: alone, or the parts of a case group below their common stem."""

    stem: str
    items: tuple[ShownItem, ...]


@dataclass(frozen=True)
class ShownSection:
    """`一、单选题（共 40 题，40 分）` and what stands in it."""

    title: str
    note: str
    blocks: tuple[Block, ...] = field(default=())


def shown_sections(
    items: Iterable[SittingItem], sections: Mapping[int, PaperSection], contents: Mapping[int, Content]
) -> list[ShownSection]:
    """The paper for the page, with the answers that the items hold. `contents` by version. No query."""
    found = []
    for number, group in groupby(items, key=lambda item: item.section_no):
        members = list(group)
        title = sections[number].title if number in sections else ""
        found.append(ShownSection(_title(number, title), _note(members), tuple(_blocks(members, contents))))
    return found


def shown_item(item: SittingItem, part: Part) -> ShownItem:
    """One part, with the answer that the item holds."""
    answer = answers.shown(item.kind, item.option_order, item.answer)
    return ShownItem(
        order_no=item.order_no,
        kind=item.kind,
        label=part.kind.label,
        marks=plain_number(item.full_marks),
        stem=part.stem,
        answer=answer,
        is_flagged=item.is_flagged,
        options=tuple(_options(part, item.option_order, answer)),
        pieces=tuple(_pieces(part, answer)),
        lines=tuple(_lines(part, answer)),
    )


def _title(number: int, title: str) -> str:
    return f"{to_chinese(number)}、{title}" if title else f"第{to_chinese(number)}部分"


def _note(items: Sequence[SittingItem]) -> str:
    return f"共 {len(items)} 题，{plain_number(sum((item.full_marks for item in items), Decimal(0)))} 分"


def _blocks(items: Iterable[SittingItem], contents: Mapping[int, Content]) -> Iterator[Block]:
    for version, group in groupby(items, key=lambda item: item.version_id):
        content = contents[version]
        parts = tuple(shown_item(item, content.parts[item.part_no - 1]) for item in group)
        yield Block(content.stem if content.is_group else "", parts)


def _options(part: Part, order: str, answer: Any) -> Iterator[Option]:
    if part.kind == Kind.JUDGE:
        yield from (Option(letter, text, answer == letter) for letter, text in (("T", "对"), ("F", "错")))
    for place, letter in enumerate(order):
        yield Option(LETTERS[place], part.options[part.letters.index(letter)], LETTERS[place] in answer)


def _pieces(part: Part, answer: Any) -> Iterator[Piece]:
    if part.kind == Kind.FILL:
        texts = part.stem.split(BLANK)
        for number, text in enumerate(texts, 1):
            blank = number if number < len(texts) else 0
            written = answer[number - 1] if blank and number <= len(answer) else ""
            yield Piece(text, blank, written)


def _lines(part: Part, answer: Any) -> Iterator[tuple[Sentence, ...]]:
    if part.kind == Kind.DOCUMENT:
        for line in numbered_lines(part.segments):
            yield tuple(Sentence(number, one.text, number in answer) for number, one in line)
