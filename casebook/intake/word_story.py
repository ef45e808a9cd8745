"""The body of a Word document -> lines and rows, in reading order, with text boxes at the place of their anchor."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from casebook.intake.values import Entry, Line, Row, characters
from casebook.intake.word_pictures import Pictures
from casebook.intake.wordml import FALLBACK, REMOVED, SPACES, TEXT, Styles, V, W, symbol
from casebook.intake.wordml import A as DRAWING
from casebook.intake.wordml import R as RELATION
from kb.importers.docx_numbering import Numbering

DEEPEST_TABLE = 3
CELL_GAP = " | "
NOTE = "［注：{}］"
NOTE_ADDED = characters(NOTE.format(""))
_SKIPPED = REMOVED | {f"{W}instrText", f"{W}pPr", f"{W}rPr", f"{W}rt", FALLBACK}
_NOTES = {f"{W}footnoteReference": "footnote", f"{W}endnoteReference": "endnote"}


@dataclass
class _Gathered:
    """What one paragraph holds: (text, bold) pieces, the boxes and pictures anchored in it, characters put in."""

    pieces: list[tuple[str, bool]] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)
    added: int = 0


@dataclass
class Story:
    """One reading of a document. `notes`: (kind, id) -> text of a footnote. Counts what it meets on the way."""

    styles: Styles
    numbering: Numbering
    concealed: dict[etree._Element, str]
    pictures: Pictures
    notes: dict[tuple[str, str], str] = field(default_factory=dict)
    box_count: int = 0
    note_count: int = 0
    table_count: int = 0

    def entries(self, parent: etree._Element, depth: int = 0) -> Iterator[Entry]:
        """The lines and rows of a body, a cell or a text box."""
        for child in parent:
            if child.tag == f"{W}p":
                yield from self._paragraph(child)
            elif child.tag == f"{W}tbl":
                yield from self._table(child, depth)
            elif isinstance(child.tag, str) and child.tag not in _SKIPPED:
                yield from self.entries(child, depth)

    def _paragraph(self, element: etree._Element) -> Iterator[Entry]:
        gathered = _Gathered()
        self._gather(element, gathered)
        yield from self._lines(element, gathered)
        for box in gathered.boxes:
            self.box_count += 1
            yield from self.entries(box, DEEPEST_TABLE)

    def _lines(self, element: etree._Element, gathered: _Gathered) -> Iterator[Line]:
        """One line, or several where the paragraph has line breaks; the number stands before the first."""
        texts = _split(gathered.pieces)
        if not any(text.strip() for text, _ in texts):
            if gathered.pictures:
                yield Line("", pictures=tuple(gathered.pictures))
            return
        shape = Line(
            "",
            level=self.styles.level(element),
            is_title=self.styles.is_title(element),
            centred=self.styles.centred(element),
        )
        label = self.numbering.label(element)
        last = len(texts) - 1
        for number, (text, bold) in enumerate(texts):
            line = replace(shape, text=text.strip(), bold=bold, label=label if number == 0 else "")
            if number == last:
                line = replace(line, pictures=tuple(gathered.pictures), added=gathered.added)
            if line.text or line.pictures:
                yield line

    def _gather(self, element: etree._Element, into: _Gathered) -> None:
        for child in element:
            if child.tag in TEXT or child.tag == f"{W}sym" or child.tag == f"{W}noBreakHyphen":
                if child not in self.concealed:
                    into.pieces.append((_written(child), self._bold(child)))
            elif child.tag in SPACES:
                into.pieces.append(("" if child.get(f"{W}type") == "page" else SPACES[child.tag], False))
            elif child.tag in _NOTES:
                self._note(child, into)
            elif child.tag == f"{W}txbxContent":
                into.boxes.append(child)
            elif child.tag == f"{DRAWING}blip" or child.tag == f"{V}imagedata":
                self._picture(child, into)
            elif isinstance(child.tag, str) and child.tag not in _SKIPPED:
                self._gather(child, into)

    def _note(self, reference: etree._Element, into: _Gathered) -> None:
        text = self.notes.get((_NOTES[reference.tag], reference.get(f"{W}id") or ""), "")
        if text:
            self.note_count += 1
            into.added += NOTE_ADDED
            into.pieces.append((NOTE.format(text), False))

    def _picture(self, element: etree._Element, into: _Gathered) -> None:
        relation = element.get(f"{RELATION}embed") or element.get(f"{RELATION}id") or ""
        if number := self.pictures.met(relation, element):
            into.pictures.append(number)

    def _bold(self, element: etree._Element) -> bool:
        run = next(element.iterancestors(f"{W}r"), None)
        return run is not None and self.styles.run_flag(run, "b")

    def _table(self, table: etree._Element, depth: int) -> Iterator[Entry]:
        """A table of one column only frames text, and is read as text."""
        rows = [self._cells(row) for row in table.iter(f"{W}tr") if _owner(row, f"{W}tbl") is table]
        self.table_count += depth < DEEPEST_TABLE
        if depth >= DEEPEST_TABLE or max((len(row) for row in rows), default=0) <= 1:
            for cell in (cell for row in rows for cell in row):
                yield from self.entries(cell, min(depth + 1, DEEPEST_TABLE))
            return
        for number, row in enumerate(rows):
            cells = tuple(tuple(flat(self.entries(cell, depth + 1))) for cell in row)
            yield from _row(cells, number == 0)

    def _cells(self, row: etree._Element) -> list[etree._Element]:
        return [cell for cell in row.iter(f"{W}tc") if _owner(cell, f"{W}tr") is row]


def flat(entries: Iterable[Entry]) -> Iterator[Line]:
    """Rows as lines, their cells divided by a bar."""
    for entry in entries:
        yield row_line(entry) if isinstance(entry, Row) else entry


def row_line(row: Row) -> Line:
    """A row in one line. Its bars are counted as put in."""
    cells = [" ".join(line.written for line in cell) for cell in row.cells]
    lines = [line for cell in row.cells for line in cell]
    added = characters(CELL_GAP) * (len(cells) - 1) + sum(line.added for line in lines)
    numbers = tuple(number for line in lines for number in line.pictures)
    labels = sum(characters(line.label) for line in lines)
    return Line(CELL_GAP.join(cells), pictures=numbers, added=added + labels)


def _row(cells: tuple[tuple[Line, ...], ...], first: bool) -> Iterator[Entry]:
    """A row with one cell only, such as a heading over the whole width, is plain lines."""
    filled = [cell for cell in cells if cell]
    if len(cells) == 1:
        yield from filled[0] if filled else ()
    elif filled:
        yield Row(cells, first)


def _written(element: etree._Element) -> str:
    if element.tag == f"{W}sym":
        return symbol(element)
    return "-" if element.tag == f"{W}noBreakHyphen" else " ".join((element.text or "").splitlines())


def _split(pieces: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """Pieces -> lines at their breaks; a line is bold when everything visible in it is."""
    lines: list[list[tuple[str, bool]]] = [[]]
    for text, bold in pieces:
        first, *others = text.split("\n")
        lines[-1].append((first, bold))
        lines += [[(other, bold)] for other in others]
    return [_joined(line) for line in lines]


def _joined(pieces: list[tuple[str, bool]]) -> tuple[str, bool]:
    marks = [bold for text, bold in pieces if text.strip()]
    return "".join(text for text, _ in pieces), bool(marks) and all(marks)


def _owner(element: etree._Element, tag: str) -> etree._Element | None:
    return next(element.iterancestors(tag), None)
