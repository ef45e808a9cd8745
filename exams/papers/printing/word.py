"""Leaflet -> DOCX for whoever wants to change a word before printing: styles, tab stops, page numbers as fields."""

import datetime as dt
import io
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm, Length, Pt
from docx.text.paragraph import Paragraph

from content.exports.archive import repacked
from content.exports.document import changed_texts, printable
from content.exports.word import styles
from content.exports.word.marks import add_field
from exams.papers.printing.leaflet import (
    Heading,
    Item,
    Keys,
    Leaflet,
    Notice,
    Passage,
    Scores,
    Sentences,
    Solution,
    Ticks,
)

MARGIN = Cm(2)
TEXT_WIDTH = Length(Cm(21) - 2 * MARGIN)
HANG = Cm(1.15)
KEY_INDENT = Cm(2.2)
LINE = Pt(17)
WRITING_LINE = Pt(26)
BOX, APART = "[{}]", chr(0xA0)  # a space at which no line ends
TITLE, SUBTITLE, FACTS, SECTION, HOW = "试卷标题", "试卷副标题", "试卷说明", "大题", "大题说明"
STEM, OPTIONS, CASE, WRITING, BOXES, REASON = "题干", "选项", "案情", "书写线", "填涂", "解析"


def write_docx(leaflet: Leaflet) -> bytes:
    """The Word file, the same bytes every time."""
    leaflet, word = changed_texts(leaflet, printable), docx.Document()
    styles.prepare_styles(word)
    _own_styles(word)
    _page(word, leaflet)
    _head(word, leaflet)
    for block in leaflet.blocks:
        _WRITERS[type(block)](word, block)
    target = io.BytesIO()
    word.save(target)
    return repacked(target.getvalue())


def _own_styles(word: WordDocument) -> None:
    centre, left = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT
    styles.add_style(word, TITLE, styles.HEADING, 18, align=centre)
    styles.add_style(word, SUBTITLE, styles.HEADING, 13, align=centre)
    styles.add_style(word, FACTS, styles.BODY, 10.5, align=centre).paragraph_format.space_after = Pt(6)
    section = styles.add_style(word, SECTION, styles.HEADING, 12, align=left)
    section.paragraph_format.space_before, section.paragraph_format.keep_with_next = Pt(12), True
    how = styles.add_style(word, HOW, styles.BODY, 9.5, colour=styles.GREY, align=left)
    how.paragraph_format.keep_with_next = True
    for name, above in ((STEM, 6), (OPTIONS, 0), (CASE, 0), (REASON, 0), (BOXES, 0)):
        shape = styles.add_style(word, name, styles.BODY, 10.5).paragraph_format
        shape.space_before, shape.line_spacing, shape.keep_together = Pt(above), LINE, True
    for name in (STEM, OPTIONS, REASON):
        word.styles[name].paragraph_format.left_indent = HANG
    word.styles[STEM].paragraph_format.first_line_indent = Length(-HANG)
    word.styles[STEM].paragraph_format.tab_stops.add_tab_stop(HANG)
    word.styles[BOXES].paragraph_format.alignment = left
    styles.indent_two_characters(word.styles[CASE])
    writing = styles.add_style(word, WRITING, styles.BODY, 10.5)
    writing.paragraph_format.left_indent, writing.paragraph_format.line_spacing = HANG, WRITING_LINE
    _underline(writing.element.get_or_add_pPr())


def _underline(properties: Any) -> None:
    """A line below each paragraph, also between equal ones."""
    line = '<w:{0} w:val="single" w:sz="4" w:space="1" w:color="808080"/>'
    borders = f"<w:pBdr {nsdecls('w')}>{line.format('bottom')}{line.format('between')}</w:pBdr>"
    properties.insert(0, parse_xml(borders))


def _page(word: WordDocument, leaflet: Leaflet) -> None:
    section = word.sections[0]
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
    section.footer_distance = Cm(1)
    foot = section.footer.paragraphs[0]
    foot.style, foot.alignment = styles.SMALL, WD_ALIGN_PARAGRAPH.CENTER
    foot.add_run(f"{leaflet.running}　　第 ")
    add_field(foot, "PAGE", "1")
    foot.add_run(" 页，共 ")
    add_field(foot, "NUMPAGES", "1")
    foot.add_run(" 页")
    properties, day = word.core_properties, dt.datetime.combine(leaflet.made_on, dt.time(12))
    properties.title, properties.author, properties.comments = leaflet.running, "", ""
    properties.language, properties.last_modified_by = "zh-CN", ""
    properties.created = properties.modified = day
    properties.revision = 1


def _head(word: WordDocument, leaflet: Leaflet) -> None:
    for text, style in ((leaflet.title, TITLE), (leaflet.subtitle, SUBTITLE), (leaflet.facts, FACTS)):
        word.add_paragraph(text, style=style)
    if leaflet.fields:
        row = word.add_paragraph(style=BOXES)
        row.paragraph_format.space_after = Pt(8)
        share = TEXT_WIDTH // len(leaflet.fields)
        for n, name in enumerate(leaflet.fields, 1):
            row.paragraph_format.tab_stops.add_tab_stop(Length(share * n - Cm(0.4)))
            row.paragraph_format.tab_stops.add_tab_stop(Length(share * n))
            row.add_run(f"{name} ")
            row.add_run("\t").underline = True
            row.add_run("\t" if n < len(leaflet.fields) else "")


def _heading(word: WordDocument, block: Heading) -> None:
    word.add_paragraph(block.text, style=SECTION)
    if block.note:
        word.add_paragraph(block.note, style=HOW)


def _item(word: WordDocument, block: Item) -> None:
    lines = block.text.split("\n")
    added = [word.add_paragraph(f"{block.number}\t{lines[0]}" if block.number else lines[0], style=STEM)]
    added += [word.add_paragraph(text, style=OPTIONS) for text in lines[1:]]
    added += [_options(word, row, block.columns) for row in _rows(block.options, block.columns)]
    added += [word.add_paragraph(style=WRITING) for _ in range(block.room)]
    if block.by_hand:
        added[0].paragraph_format.space_before = Pt(12)
    for paragraph in added[:-1]:
        paragraph.paragraph_format.keep_with_next = True


def _options(word: WordDocument, row: Sequence[str], columns: int) -> Paragraph:
    paragraph = word.add_paragraph("\t".join(row), style=OPTIONS)
    for n in range(1, columns):
        stop = HANG + (TEXT_WIDTH - HANG) * n // columns
        paragraph.paragraph_format.tab_stops.add_tab_stop(Length(stop), WD_TAB_ALIGNMENT.LEFT)
    if columns == 1:
        paragraph.paragraph_format.left_indent = Length(HANG + Cm(0.65))
        paragraph.paragraph_format.first_line_indent = Cm(-0.65)
    return paragraph


def _passage(word: WordDocument, block: Passage) -> None:
    word.add_paragraph(block.label, style=SECTION)
    for text in block.paragraphs:
        word.add_paragraph(text, style=CASE).paragraph_format.keep_with_next = True


def _sentences(word: WordDocument, block: Sentences) -> None:
    for line in block.lines:
        paragraph = word.add_paragraph(style=OPTIONS)
        for number, sentence in line:
            paragraph.add_run(f"〔{number}〕").font.size = Pt(8)
            paragraph.add_run(sentence)


def _ticks(word: WordDocument, block: Ticks) -> None:
    """Groups side by side as rows of a table without lines; a wide one is a paragraph."""
    if block.is_wide:
        for number, letters in (row for group in block.groups for row in group):
            word.add_paragraph(f"{number}．\t{_boxes(letters).replace(APART, chr(32))}", style=STEM)
        return
    table = word.add_table(rows=0, cols=block.columns)
    for row in _rows(block.groups, block.columns):
        cells = table.add_row().cells
        for cell, group in zip(cells, row, strict=False):
            for n, (number, letters) in enumerate(group):
                paragraph = cell.paragraphs[0] if n == 0 else cell.add_paragraph()
                paragraph.style = BOXES
                paragraph.add_run(f"{number:>3}{APART * 2}{_boxes(letters)}")
            cell.paragraphs[-1].paragraph_format.space_after = Pt(8)
    word.add_paragraph(style=styles.SMALL)


def _boxes(letters: Iterable[str]) -> str:
    return APART.join(BOX.format(letter) for letter in letters)


def _scores(word: WordDocument, block: Scores) -> None:
    table = word.add_table(rows=3, cols=len(block.columns) + 1)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:color="606060"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    table._tbl.tblPr.append(parse_xml(f"<w:tblBorders {nsdecls('w')}>{borders}</w:tblBorders>"))
    for column, words in enumerate(("题号", *block.columns)):
        _cell(table.cell(0, column), words)
    for row, words in enumerate(("得分", "评卷人"), 1):
        _cell(table.cell(row, 0), words)
    word.add_paragraph(style=styles.SMALL)


def _cell(cell: Any, text: str) -> None:
    cell.paragraphs[0].style = styles.TERM
    cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    cell.paragraphs[0].add_run(text)


def _notice(word: WordDocument, block: Notice) -> None:
    for text in block.lines:
        word.add_paragraph(text, style=styles.NOTE)


def _keys(word: WordDocument, block: Keys) -> None:
    half = TEXT_WIDTH // 2
    for row in _rows(block.rows, block.columns):
        paragraph = word.add_paragraph(style=BOXES)
        shape = paragraph.paragraph_format
        shape.left_indent, shape.first_line_indent = KEY_INDENT, Length(-KEY_INDENT)
        for stop in (half, half + KEY_INDENT) if len(row) > 1 else ():
            shape.tab_stops.add_tab_stop(Length(stop))
        for n, (number, words) in enumerate(row):
            paragraph.add_run("\t" if n else "")
            paragraph.add_run(number).font.name = styles.HEADING
            paragraph.add_run(f"\t{words}")


def _solution(word: WordDocument, block: Solution) -> None:
    head = word.add_paragraph(style=STEM)
    head.paragraph_format.tab_stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    head.paragraph_format.keep_with_next = bool(block.lines)
    answer = head.add_run(f"{block.number}\t{block.answer}")
    answer.font.bold = True
    mark = head.add_run(f"\t{block.mark}")
    mark.font.size = Pt(8.5)
    for text in block.lines:
        word.add_paragraph(text, style=REASON)


_WRITERS: dict[type, Callable[[WordDocument, Any], None]] = {
    Heading: _heading,
    Item: _item,
    Keys: _keys,
    Notice: _notice,
    Passage: _passage,
    Scores: _scores,
    Sentences: _sentences,
    Solution: _solution,
    Ticks: _ticks,
}


def _rows(values: Sequence[Any], size: int) -> list[Sequence[Any]]:
    return [values[start : start + size] for start in range(0, len(values), size)]
