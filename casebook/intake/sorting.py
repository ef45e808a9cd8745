"""Lines and rows -> a draft: title, parts under their headings, pictures at their place. Nothing falls away."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from casebook.intake.folding import fold
from casebook.intake.headings import Mark, block_of, main_kinds, mark_of
from casebook.intake.title import titled
from casebook.intake.values import Account, Content, Draft, Entry, Line, Part, Picture, Row, characters
from casebook.intake.word_story import row_line

PICTURE_MARK = "［图{}］"
_LISTED = ("- ", "• ")
EVIDENCE = "证据"


def sort(content: Content, name: str) -> Draft:
    """The draft that a file's content makes; `name` is the file's, for a draft without a title."""
    title, entries = titled(content.entries)
    binder = _Binder(content.pictures)
    binder.bind(entries)
    binder.add_unreadable(content.unreadable)
    parts = tuple(part.made() for part in binder.parts)
    account = _account(content, parts, binder, title)
    log = [*content.log, *binder.log, *([] if title else ["没有找到标题，先用文件名，请改正。"])]
    if not account.complete:
        log.append(f"可见文字 {account.visible} 字，读入 {account.accounted} 字，两者不符；请逐段核对。")
    written = title.text if title else PurePath(name).stem
    pictures = tuple(binder.pictures[number] for number in sorted(binder.pictures))
    return Draft(written[:120], parts, pictures, content.leftovers, account, tuple(log), title.text if title else "")


@dataclass
class _Open:
    """A part that is being filled."""

    block: str = ""
    heading: str = ""
    lines: list[str] = field(default_factory=list)
    added: int = 0
    of_table: bool = False

    def made(self) -> Part:
        return Part(self.block, self.heading, _text(self.lines))


class _Binder:
    """Goes through the entries once and puts each under the heading before it."""

    def __init__(self, pictures: Iterable[Picture]) -> None:
        self.pictures = {picture.number: picture for picture in pictures}
        self.parts: list[_Open] = []
        self.log: list[str] = []
        self.captions = self.heading_labels = 0
        self._kinds: set[tuple] = set()
        self._waiting: list[int] = []

    def bind(self, entries: list[Entry]) -> None:
        marks = [mark_of(entry) if isinstance(entry, Line) else None for entry in entries]
        self._kinds = main_kinds(marks)
        for entry, mark in zip(entries, marks, strict=True):
            if isinstance(entry, Row):
                self._row(entry)
            elif mark and self._opens(mark):
                self._open(entry, mark)
            else:
                self._add(entry)

    def add_unreadable(self, texts: Iterable[str]) -> None:
        lines = list(texts)
        if lines:
            self.parts.append(_Open(lines=lines))

    def _opens(self, mark: Mark) -> bool:
        """Known words open a section unless they only divide one; unknown ones where sections are marked like this."""
        if mark.exact or mark.block:
            divides = bool(self.parts) and mark.block == self.parts[-1].block and mark.kind not in self._kinds
            return (mark.exact or mark.kind in self._kinds or not self._kinds) and not divides
        return mark.kind in self._kinds or (not self._kinds and mark.kind[0] == "style")

    def _open(self, line: Line, mark: Mark) -> None:
        heading, rest = line.written[: mark.cut].strip(), line.written[mark.cut :].strip()
        if not mark.block:
            self.log.append(f"不认识的标题“{heading}”，请选择归入哪一部分。")
        elif not mark.exact:
            self.log.append(f"标题“{heading}”按相近的说法归类，请核对。")
        self.heading_labels += characters(line.label)
        self.parts.append(_Open(mark.block, heading))
        self._add(replace(line, text=rest, label=""))

    def _add(self, line: Line) -> None:
        if self._caption(line):
            return
        part = self._part()
        text = line.written.strip()
        marks = "".join(PICTURE_MARK.format(number) for number in line.pictures)
        if text or marks:
            part.lines.append(text + marks)
            part.added += line.added + characters(line.label) + characters(marks)
        self._waiting = list(line.pictures) or ([] if text else self._waiting)
        for number in line.pictures:
            self.pictures[number] = replace(self.pictures[number], part=len(self.parts) - 1)

    def _caption(self, line: Line) -> bool:
        """A short line `图1 …` right after a picture belongs to it."""
        short = 0 < len(line.text) <= 60 and line.text.startswith(("图", "圖", "照片")) and not line.pictures
        if not (short and self._waiting):
            return False
        number = self._waiting.pop(0)
        self.pictures[number] = replace(self.pictures[number], caption=line.text.strip())
        self.captions += characters(line.text)
        return True

    def _row(self, row: Row) -> None:
        """A form's row `案情简介 | text` opens a section; a table of evidence is one; others stay where they stand."""
        first, *others = row.cells
        name = "".join(line.text for line in first)
        if len(others) == 1 and block_of(name):
            self.parts.append(_Open(block_of(name), name))
            for line in others[0]:
                self._add(line)
            return
        head = fold("".join(line.text for cell in row.cells for line in cell))
        if row.first and EVIDENCE in head and self._part().block != "evidence":
            self.parts.append(_Open("evidence", ""))
        self._add(row_line(row))

    def _part(self) -> _Open:
        if not self.parts:
            self.parts.append(_Open())
        return self.parts[-1]


def _text(lines: list[str]) -> str:
    """Paragraphs with a blank line between them; lines of a list and rows of a table without."""
    text = ""
    for before, line in zip(["", *lines], lines, strict=False):
        close = _in_list(before) and _in_list(line)
        text += line if not text else ("\n" if close else "\n\n") + line
    return text


def _in_list(line: str) -> bool:
    return line.startswith(_LISTED) or " | " in line or line[:1].isdigit()


def _account(content: Content, parts: tuple[Part, ...], binder: _Binder, title: Line | None) -> Account:
    placed = sum(characters(part.text) for part in parts if part.block)
    added = sum(part.added for part in binder.parts) + binder.heading_labels + (title.added if title else 0)
    return Account(
        visible=content.visible,
        title=characters(title.text) if title else 0,
        headings=sum(characters(part.heading) for part in parts),
        placed=placed,
        unplaced=sum(characters(part.text) for part in parts if not part.block),
        captions=binder.captions,
        added=added,
    )
