"""Word documents (.docx): the lines of `plain_text` as paragraphs, automatic numbers included. Pure.

A "line" of a report is a paragraph. Old .doc files, macros and what else is no .docx are refused in words.
"""

import io
from collections.abc import Iterable, Iterator
from pathlib import PurePath
from xml.sax.saxutils import escape

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt

from casebook.intake.docx import read_docx
from casebook.intake.reading import refuse_foreign
from casebook.intake.values import Entry, Row
from casebook.intake.word_story import row_line
from content.exports.archive import repacked
from content.exports.word.styles import prepare_styles
from exams.exchange.lines import Numbered, Sort, tokens
from exams.exchange.plain_text import lines_of, read_lines
from exams.exchange.values import Outgoing, Problem, Reading, UnreadableFile
from kb.importers.refusal import Refused

QUESTION = "Question"
# what a document holds besides text and does not concern a question bank
_QUIET = {"metadata", "thumbnail", "custom_xml", "bookmark", "template", "formatting", "hyperlink", "header", "field"}
_QUIET |= {"table", "picture"}  # said with their paragraphs


def read(raw: bytes, name: str) -> Reading:
    """Raises UnreadableFile for anything but an intact .docx."""
    try:
        refuse_foreign(raw, name, PurePath(name).suffix.lower())
        content = read_docx(raw, name)
    except Refused as refused:
        raise UnreadableFile(str(refused)) from None
    reading = read_lines(list(_lines(content.entries)))
    remarks = [Problem(0, "", one.message) for one in content.leftovers if one.kind not in _QUIET]
    remarks += _looked_at(content.entries)
    if reading.problems or any(one.problems for one in reading.questions):
        remarks.insert(0, Problem(0, "", "Word 文件的“行”是段落，空段落不计。"))
    return reading.also(remarks=remarks)


def _lines(entries: Iterable[Entry]) -> Iterator[Numbered]:
    """Paragraphs; a row of a table is one line, or one for each option or field that stands in its cells."""
    for number, entry in enumerate(entries, 1):
        if not isinstance(entry, Row):
            yield number, entry.written
        elif _is_parted(entry):
            yield from ((number, cell) for cell in _cells(entry))
        else:
            yield number, row_line(entry).text


def _looked_at(entries: Iterable[Entry]) -> Iterator[Problem]:
    """Pictures, which are lost, and rows of tables that became one line."""
    for number, entry in enumerate(entries, 1):
        if isinstance(entry, Row) and not _is_parted(entry):
            yield Problem(number, "", "表格的一行作为一行文字读入，单元格之间用“|”分开。")
        lines = [line for cell in entry.cells for line in cell] if isinstance(entry, Row) else [entry]
        if any(line.pictures for line in lines):
            yield Problem(number, "", "图片没有导入；请在题库中补上文字。")


def _cells(row: Row) -> list[str]:
    return [line.written for cell in row.cells for line in cell]


def _is_parted(row: Row) -> bool:
    """Whether each cell is an option, a field or the like of its own."""
    return all(one.sort != Sort.TEXT for cell in _cells(row) for one in tokens([(0, cell)]))


def write(questions: Iterable[Outgoing]) -> bytes:
    """One paragraph a line, a little room before each question."""
    word = docx.Document()
    prepare_styles(word)
    _question_style(word)
    lines = [list(lines_of(question, number)) for number, question in enumerate(questions, 1)]
    written = "".join(_paragraph(line, place == 0) for one in lines for place, line in enumerate(one))
    body = parse_xml(f"<w:body {nsdecls('w')}>{written}</w:body>")
    for paragraph in list(body):
        word.element.body.sectPr.addprevious(paragraph)
    target = io.BytesIO()
    word.save(target)
    return repacked(target.getvalue())


def _question_style(word: Document) -> None:
    style = word.styles.add_style(QUESTION, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style, style.font.bold = word.styles["Normal"], True
    style.paragraph_format.space_before, style.paragraph_format.keep_with_next = Pt(10), True


def _paragraph(line: str, first: bool) -> str:
    """Thousands of them: python-docx's own way takes a second a thousand."""
    properties = f'<w:pPr><w:pStyle w:val="{QUESTION}"/></w:pPr>' if first else ""
    return f'<w:p>{properties}<w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>'
