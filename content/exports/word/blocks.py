"""The blocks of a document as paragraphs and tables of the Word file."""

import io
from collections.abc import Callable, Iterable
from typing import Any

from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.image.exceptions import UnrecognizedImageError
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt
from docx.table import Table as WordTable

from content.exports.document import (
    Block,
    ExportError,
    Facts,
    Line,
    Listing,
    Note,
    Paragraph,
    Picture,
    Quote,
    Small,
    Table,
    line,
)
from content.exports.word import styles
from content.exports.word.marks import add_text

TERM_WIDTH = Cm(2.6)


def add_blocks(word: WordDocument, blocks: Iterable[Block]) -> None:
    for block in blocks:
        _WRITERS[type(block)](word, block)


def _paragraph(word: WordDocument, block: Paragraph) -> None:
    _add(word, block.line, "Body Text")


def _listing(word: WordDocument, block: Listing) -> None:
    number = _new_numbering(word) if block.numbered else None
    for item in block.items:
        added = _add(word, item, "List Number" if block.numbered else "List Bullet")
        if number is not None:
            added._p.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = number
            styles.hang(added)  # a numbering given directly brings its own indents


def _quote(word: WordDocument, block: Quote) -> None:
    for n, text in enumerate(block.lines):
        added = word.add_paragraph(style=styles.QUOTE)
        if n == 0 and block.label:
            added.add_run(f"{block.label}　").font.name = styles.HEADING
        add_text(added, text)


def _note(word: WordDocument, block: Note) -> None:
    if block.title:
        word.add_paragraph(block.title, style=styles.NOTE_TITLE)
    added = [_add(word, text, styles.NOTE) for text in block.lines]
    if added:
        added[-1].paragraph_format.space_after = Pt(9)


def _small(word: WordDocument, block: Small) -> None:
    _add(word, block.line, styles.SMALL)


def _facts(word: WordDocument, block: Facts) -> None:
    table = _grid(word, TERM_WIDTH, styles.TEXT_WIDTH - TERM_WIDTH)
    for term, value in block.rows:
        row = table.add_row()
        _keep_whole(row)
        _fill(row.cells[0], line(term), styles.TERM)
        _fill(row.cells[1], value, styles.CELL)
    _space_below(word)


def _table(word: WordDocument, block: Table) -> None:
    if block.caption:
        word.add_paragraph(block.caption, style=styles.CAPTION).paragraph_format.keep_with_next = True
    table = _grid(word, *[styles.TEXT_WIDTH // len(block.header)] * len(block.header))
    head = table.add_row()
    head._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for cell, name in zip(head.cells, block.header, strict=True):
        _fill(cell, line(name), styles.TERM)
    for values in block.rows:
        row = table.add_row()
        for cell, value in zip(row.cells, values, strict=True):
            _fill(cell, line(value), styles.CELL)
    _space_below(word)


def _picture(word: WordDocument, block: Picture) -> None:
    holder = word.add_paragraph()
    holder.alignment = WD_ALIGN_PARAGRAPH.CENTER
    try:
        shape = holder.add_run().add_picture(io.BytesIO(block.data), width=styles.TEXT_WIDTH)
    except UnrecognizedImageError as error:
        raise ExportError(f"图片“{block.alt}”无法读取，请换成 PNG 或 JPEG 图片。") from error
    shape._inline.docPr.set("descr", block.alt)
    if block.caption:
        word.add_paragraph(block.caption, style=styles.CAPTION)


_WRITERS: dict[type, Callable[[WordDocument, Any], None]] = {
    Paragraph: _paragraph,
    Listing: _listing,
    Quote: _quote,
    Note: _note,
    Small: _small,
    Facts: _facts,
    Table: _table,
    Picture: _picture,
}


def _add(word: WordDocument, text: Line, style: str):
    added = word.add_paragraph(style=style)
    add_text(added, text)
    return added


def _fill(cell, text: Line, style: str) -> None:
    cell.paragraphs[0].style = style
    add_text(cell.paragraphs[0], text)


def _grid(word: WordDocument, *widths: int) -> WordTable:
    """A table with lines between its rows only."""
    table = word.add_table(rows=0, cols=len(widths))
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    lines = "".join(f'<w:{side} w:val="single" w:sz="4" w:color="A0A0A0"/>' for side in ("top", "bottom", "insideH"))
    borders = parse_xml(f"<w:tblBorders {nsdecls('w')}>{lines}</w:tblBorders>")
    layout = table._tbl.tblPr.find(qn("w:tblLayout"))
    layout.addprevious(borders)
    layout.addnext(_padding())
    return table


def _padding():
    """Above and below the text of a cell."""
    width = f'w:w="{round(styles.CELL_PADDING.pt * 20)}" w:type="dxa"'
    return parse_xml(f"<w:tblCellMar {nsdecls('w')}><w:top {width}/><w:bottom {width}/></w:tblCellMar>")


def _keep_whole(row) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _space_below(word: WordDocument) -> None:
    """Word glues a table to what follows, so a small empty line stands between."""
    word.add_paragraph(style=styles.SMALL)


def _new_numbering(word: WordDocument) -> int:
    """A numbering of its own, so that each list begins with 1."""
    numbering = word.part.numbering_part.element
    style = word.styles["List Number"].element
    pattern = style.pPr.numPr.numId.val
    abstract = next(num.abstractNumId.val for num in numbering.num_lst if num.numId == pattern)
    number = numbering.add_num(abstract)
    number.add_lvlOverride(ilvl=0).add_startOverride(1)
    return number.numId
