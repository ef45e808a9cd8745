"""What a question says: frozen values, their JSON, and what is wrong with them. Pure: knows no database.

    Content      the whole question: a common stem (case groups only) and one part or several
    Part         what is answered and marked: stem, options, key, explanation, basis
    Segment      one sentence of a faulty document; `right` is what it should say, empty where it is right

An answer is one string in canonical form, so that it is stored, logged and compared in one way:

    single       "B"                    the letter of the option as written in the bank, whatever order was shown
    multiple     "ACD"                  letters in order
    judge        "T" or "F"
    fill         '["九十日", "5"]'        JSON, one string a blank
    short        the text
    document     "3,7"                  numbers of the ticked sentences, from 1, rising
    ""           not answered
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

LETTERS = "ABCDEFGH"
FEWEST_OPTIONS, MOST_OPTIONS = 2, len(LETTERS)
BLANK = "（____）"


class Kind(StrEnum):
    """How a part is answered; GROUP is the kind of a question with several parts."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    JUDGE = "judge"
    FILL = "fill"
    SHORT = "short"
    DOCUMENT = "document"
    GROUP = "group"

    @property
    def label(self) -> str:
        return KIND_LABELS[self]


KIND_LABELS = {
    Kind.SINGLE: "单选",
    Kind.MULTIPLE: "多选",
    Kind.JUDGE: "判断",
    Kind.FILL: "填空",
    Kind.SHORT: "简答",
    Kind.DOCUMENT: "改错",
    Kind.GROUP: "案例",
}
MARKED_BY_HAND = frozenset({Kind.SHORT})
CHOICES = frozenset({Kind.SINGLE, Kind.MULTIPLE})


@dataclass(frozen=True)
class Point:
    """What a marker of a short answer looks for, in percent of the marks."""

    text: str
    percent: int


@dataclass(frozen=True)
class Segment:
    """A sentence of a faulty document as shown; `right` mends the words `wrong` that stand at `text[at:]`, where an
    error is planted; `ends_line` ends a line. Read and written by `documents`."""

    text: str
    wrong: str = ""
    right: str = ""
    ends_line: bool = False
    at: int = 0

    @property
    def is_faulty(self) -> bool:
        return bool(self.right or self.wrong)


@dataclass(frozen=True)
class Part:
    """One answerable piece. `key` is a canonical answer; `blanks` holds the accepted spellings of each blank."""

    kind: Kind
    stem: str
    options: tuple[str, ...] = ()
    key: str = ""
    blanks: tuple[tuple[str, ...], ...] = ()
    points: tuple[Point, ...] = ()
    segments: tuple[Segment, ...] = ()
    explanation: str = ""
    basis: str = ""

    @property
    def letters(self) -> str:
        """`ABCD` for four options."""
        return LETTERS[: len(self.options)]

    @property
    def is_marked_by_hand(self) -> bool:
        return self.kind in MARKED_BY_HAND


@dataclass(frozen=True)
class Content:
    """A question as one version says it."""

    kind: Kind
    parts: tuple[Part, ...]
    stem: str = ""

    @property
    def is_group(self) -> bool:
        return self.kind == Kind.GROUP

    @property
    def title(self) -> str:
        """The stem by which people know the question."""
        return self.stem or (self.parts[0].stem if self.parts else "")

    def words(self) -> str:
        """Everything the question says, a line a text, for people who look for it."""
        lines = [self.stem]
        for part in self.parts:
            lines += [part.stem, *part.options, *(spelling for blank in part.blanks for spelling in blank)]
            lines += [part.key if part.kind == Kind.SHORT else "", *(point.text for point in part.points)]
            lines += ["".join(one.text for one in part.segments), *(one.right for one in part.segments)]
            lines += [part.explanation, part.basis]
        return "\n".join(line for line in lines if line)

    def texts(self) -> Iterator[tuple[str, str]]:
        """(field name, text) of what may hold citations: basis and explanation of each part, `basis`, `basis.2` ..."""
        for number, part in enumerate(self.parts, 1):
            end = "" if number == 1 else f".{number}"
            yield f"basis{end}", part.basis
            yield f"explanation{end}", part.explanation


def to_json(content: Content) -> dict[str, Any]:
    """Plain values for a JSON column."""
    return asdict(content)


def from_json(stored: dict[str, Any]) -> Content:
    """The value back. Raises KeyError or ValueError for anything `to_json` did not write."""
    parts = tuple(_part(one) for one in stored["parts"])
    return Content(Kind(stored["kind"]), parts, stored.get("stem", ""))


def _part(stored: dict[str, Any]) -> Part:
    values = dict(stored)
    values["kind"] = Kind(values["kind"])
    values["options"] = tuple(values.get("options", ()))
    values["blanks"] = tuple(tuple(one) for one in values.get("blanks", ()))
    values["points"] = tuple(Point(**one) for one in values.get("points", ()))
    values["segments"] = tuple(Segment(**one) for one in values.get("segments", ()))
    return Part(**values)


def written_blanks(answer: str) -> list[str]:
    """The strings of an answer to a fill-in; an answer that is none of ours has none."""
    try:
        given = json.loads(answer) if answer else []
    except ValueError:
        return []
    return [str(one) for one in given] if isinstance(given, list) else []
