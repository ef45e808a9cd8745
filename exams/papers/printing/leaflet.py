"""A sheet of paper as plain values: what the PDF and the Word file are written from. Text is never markup. Pure."""

import datetime as dt
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

LINE_CHARACTERS = 42  # Chinese characters beside the hanging number, on A4 with margins of 20 mm
SHORT_CHARACTERS = 16
COLUMNS = (4, 2, 1)
GROUP = 5  # numbers that stand together on an answer sheet


@dataclass(frozen=True)
class Heading:
    """A section's heading with what to do."""

    text: str
    note: str = ""


@dataclass(frozen=True)
class Item:
    """A numbered question, kept whole with its options and `room` empty lines; `by_hand`: its blanks want height."""

    number: str
    text: str
    options: tuple[str, ...] = ()
    room: int = 0
    by_hand: bool = False

    @property
    def columns(self) -> int:
        """How many options stand in a line."""
        widest = max((width(option) for option in self.options), default=0.0)
        return next(n for n in COLUMNS if n == 1 or widest + 1 <= LINE_CHARACTERS / n)


@dataclass(frozen=True)
class Passage:
    """A text to read, such as the facts of a case."""

    label: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Sentences:
    """A document whose sentences are numbered: lines of (number, sentence)."""

    lines: tuple[tuple[tuple[int, str], ...], ...]


@dataclass(frozen=True)
class Ticks:
    """Boxes to blacken: groups of (number, letters). In a wide one the boxes run through the whole line."""

    groups: tuple[tuple[tuple[str, tuple[str, ...]], ...], ...]
    is_wide: bool = False

    @property
    def columns(self) -> int:
        """Groups side by side."""
        most = max((len(letters) for group in self.groups for _, letters in group), default=0)
        return 1 if self.is_wide else 4 if most <= 4 else 3 if most <= 6 else 2


@dataclass(frozen=True)
class Scores:
    """The table in which markers write: a column a section, and the sum."""

    columns: tuple[str, ...]


@dataclass(frozen=True)
class Notice:
    """Lines that stand apart from the text."""

    lines: tuple[str, ...]


@dataclass(frozen=True)
class Keys:
    """A table of short answers: (`1—5`, `B C A D A`)."""

    rows: tuple[tuple[str, str], ...]

    @property
    def columns(self) -> int:
        """Two side by side unless one of them is long."""
        return 2 if all(width(words) <= SHORT_CHARACTERS for _, words in self.rows) else 1


@dataclass(frozen=True)
class Solution:
    """The answer to a question with its reasons; `mark` names it in the bank."""

    number: str
    answer: str
    lines: tuple[str, ...]
    mark: str = ""


Block = Heading | Item | Passage | Sentences | Ticks | Scores | Notice | Keys | Solution


@dataclass(frozen=True)
class Leaflet:
    """`fields` are lines to fill in by hand. `made_on` is its date everywhere: the clock has no part in it."""

    title: str
    subtitle: str
    facts: str
    running: str
    made_on: dt.date
    fields: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()


def width(text: str) -> float:
    """In Chinese characters: everything that is not full-width counts half."""
    return sum(1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.5 for character in text)


def in_groups(rows: Sequence[tuple[str, tuple[str, ...]]]) -> Ticks:
    """Boxes for numbers, five together."""
    return Ticks(tuple(tuple(rows[start : start + GROUP]) for start in range(0, len(rows), GROUP)))


def paragraphs(text: str) -> tuple[str, ...]:
    """The lines of a text that hold something."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def numbers(ones: Iterable[int]) -> str:
    """`1—5` for several, `7` for one."""
    found = list(ones)
    return f"{found[0]}—{found[-1]}" if len(found) > 1 else str(found[0])
