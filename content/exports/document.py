"""A book as plain values: what `pdf`, `docx` and `epub` write. Knows nothing of cases.

    Document -> parts -> chapters -> sections -> blocks

Text is never markup: whatever stands in a string is printed as it is. A `Run` with a target is a
link to the anchor of that name; anchors are ASCII identifiers, unique in the document.
"""

import dataclasses
import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

T = TypeVar("T")
_ANCHOR = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,39}")  # valid in Word, XML and typst alike
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class ExportError(Exception):
    """A document cannot be written; the message says in Chinese what is wrong and what to do."""


@dataclass(frozen=True)
class Run:
    """A piece of a line; with `target` a link to that anchor."""

    text: str
    target: str = ""


Line = tuple[Run, ...]


def line(text: str) -> Line:
    """A line without links."""
    return (Run(text),)


@dataclass(frozen=True)
class Paragraph:
    line: Line


@dataclass(frozen=True)
class Listing:
    items: tuple[Line, ...]
    numbered: bool = False


@dataclass(frozen=True)
class Quote:
    """Text of somebody else, such as an article of law, with a label before its first line."""

    lines: tuple[Line, ...]
    label: str = ""


@dataclass(frozen=True)
class Note:
    """A remark set apart from the text: notices, editors' notes."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Small:
    """A line in small type: dates of a version, where something is cited."""

    line: Line


@dataclass(frozen=True)
class Facts:
    """Terms and what stands for them, two columns."""

    rows: tuple[tuple[str, Line], ...]


@dataclass(frozen=True)
class Table:
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""


@dataclass(frozen=True)
class Picture:
    """A PNG or JPEG as bytes; `alt` is read aloud, `caption` is printed."""

    data: bytes
    media_type: str
    alt: str
    caption: str = ""

    @property
    def suffix(self) -> str:
        return {"image/png": "png", "image/jpeg": "jpg"}[self.media_type]


Block = Paragraph | Listing | Quote | Note | Small | Facts | Table | Picture


@dataclass(frozen=True)
class Section:
    title: str
    blocks: tuple[Block, ...] = ()
    anchor: str = ""


@dataclass(frozen=True)
class Chapter:
    title: str
    anchor: str
    byline: str = ""
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()


@dataclass(frozen=True)
class Part:
    """`flowing`: its chapters follow one another, instead of each beginning a page."""

    title: str
    anchor: str
    blocks: tuple[Block, ...] = ()
    chapters: tuple[Chapter, ...] = ()
    flowing: bool = False


@dataclass(frozen=True)
class Document:
    """One book. `made_on` is its date everywhere: the clock has no part in what is written."""

    title: str
    identifier: str
    made_on: dt.date
    subtitle: str = ""
    number: str = ""
    publisher: str = ""
    cover: tuple[str, ...] = ()
    preface_title: str = ""
    preface: tuple[Block, ...] = ()
    parts: tuple[Part, ...] = ()
    appendix: Part | None = None
    colophon: tuple[tuple[str, str], ...] = ()
    language: str = "zh-CN"

    def all_parts(self) -> tuple[Part, ...]:
        return (*self.parts, self.appendix) if self.appendix else self.parts


def prepared(document: Document) -> Document:
    """The document without characters that no format can hold. Raises ExportError on a dangling link."""
    _check_links(document)
    return changed_texts(document, printable)


def printable(text: str) -> str:
    """The text without characters that no format can hold."""
    return _UNPRINTABLE.sub("", text)


def changed_texts(value: T, change: Callable[[str], str]) -> T:
    """The same values with every string changed."""
    if isinstance(value, str):
        return change(value)  # type: ignore[return-value]
    if isinstance(value, tuple):
        return tuple(changed_texts(member, change) for member in value)  # type: ignore[return-value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        names = [field.name for field in dataclasses.fields(value)]
        return dataclasses.replace(value, **{name: changed_texts(getattr(value, name), change) for name in names})
    return value


def members(value: Any, wanted: type[T]) -> Iterator[T]:
    """Every value of that type inside, in reading order."""
    if isinstance(value, wanted):
        yield value
    if isinstance(value, tuple):
        for member in value:
            yield from members(member, wanted)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from members(getattr(value, field.name), wanted)


def text_of(value: Any) -> str:
    """Everything that will be printed, joined; for counting characters, not for reading."""
    return "\n".join(members(value, str))


def _check_links(document: Document) -> None:
    anchors = Counter(anchor for anchor in _anchors(document) if anchor)
    wrong = [anchor for anchor, count in anchors.items() if count > 1 or not _ANCHOR.fullmatch(anchor)]
    if wrong:
        raise ExportError(f"文档中的定位标识重复或者不合规：{'、'.join(wrong)}。")
    dangling = {run.target for run in members(document, Run) if run.target and run.target not in anchors}
    if dangling:
        raise ExportError(f"文档中的链接指向不存在的位置：{'、'.join(sorted(dangling))}。")


def _anchors(document: Document) -> Iterator[str]:
    yield from (part.anchor for part in members(document, Part))
    yield from (chapter.anchor for chapter in members(document, Chapter))
    yield from (section.anchor for section in members(document, Section))
