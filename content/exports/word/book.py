"""A whole book as a Word file."""

import datetime as dt
import io
from collections.abc import Iterator, Mapping
from itertools import count

import docx
from docx.document import Document as WordDocument
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section as WordSection
from docx.shared import Pt
from docx.text.paragraph import Paragraph as WordParagraph

from content.exports.archive import repacked
from content.exports.document import Chapter, Document, Facts, Part, line, prepared
from content.exports.word import styles
from content.exports.word.blocks import add_blocks
from content.exports.word.marks import add_bookmark, add_field, add_link, close_field, open_field

CONTENTS_CODE = r'TOC \o "1-2" \h \z \u'


def write_docx(document: Document, pages: Mapping[str, int] | None = None) -> bytes:
    """The Word file, the same bytes every time. Raises ExportError on a picture that cannot be read.

    `pages` (`pdf.pages_of`): what the contents say until Word has counted for itself, which it does on opening.
    """
    document, word = prepared(document), docx.Document()
    styles.prepare_styles(word)
    set_properties(word, document)
    _renew_on_opening(word)
    _cover(word, document)
    _front(word, document, pages or {})
    numbers = count(1)
    for part in document.all_parts():
        _part(word, part, numbers)
    _colophon(word, document)
    return saved(word)


def saved(word: WordDocument) -> bytes:
    """The file, the same bytes for the same content."""
    target = io.BytesIO()
    word.save(target)
    return repacked(target.getvalue())


def set_properties(word: WordDocument, document: Document) -> None:
    """Title, publisher and date of the file; nothing of the machine that made it."""
    properties, day = word.core_properties, dt.datetime.combine(document.made_on, dt.time(12))
    properties.title, properties.author = f"{document.title} {document.number}".strip(), document.publisher
    properties.last_modified_by, properties.comments = document.publisher, ""
    properties.language, properties.identifier = document.language, document.identifier
    properties.created = properties.modified = day
    properties.revision = 1


def _renew_on_opening(word: WordDocument) -> None:
    renew = OxmlElement("w:updateFields")  # Word asks once, then page numbers of the contents are right
    renew.set(qn("w:val"), "true")
    word.settings.element.append(renew)


def _cover(word: WordDocument, document: Document) -> None:
    title = word.add_paragraph(document.title, style=styles.COVER_TITLE)
    title.paragraph_format.space_before = Pt(150)
    lines = [(document.subtitle, 6), (document.number, 30)]
    lines += [(text, 230 if n == 0 else 0) for n, text in enumerate(document.cover)]
    lines += [(document.publisher, 30), (f"{document.made_on.year}年{document.made_on.month}月", 0)]
    for text, above in lines:
        if text:
            word.add_paragraph(text, style=styles.COVER_LINE).paragraph_format.space_before = Pt(above)


def _front(word: WordDocument, document: Document, pages: Mapping[str, int]) -> None:
    """Preface and contents, with pages in Roman numerals; the body begins with page 1."""
    front = word.add_section(WD_SECTION.NEW_PAGE)
    number_pages(front, "lowerRoman")
    add_running_lines(front, document)
    if document.preface:
        word.add_paragraph(document.preface_title, style=styles.PREFACE).paragraph_format.page_break_before = False
        add_blocks(word, document.preface)
    heading = word.add_paragraph("目录", style=styles.PREFACE)
    heading.paragraph_format.page_break_before = bool(document.preface)
    _contents(word, document, pages)
    number_pages(word.add_section(WD_SECTION.NEW_PAGE), "decimal")


def _contents(word: WordDocument, document: Document, pages: Mapping[str, int]) -> None:
    """A real field, filled beforehand so that it can be read before Word has renewed it."""
    entries = [(1, part) if part is place else (2, place) for part in document.all_parts() for place in _places(part)]
    paragraph = None
    for n, (level, place) in enumerate(entries):
        paragraph = word.add_paragraph(style=styles.CONTENTS[level - 1])
        if n == 0:
            open_field(paragraph, CONTENTS_CODE, stale=True)
        add_link(paragraph, f"{place.title}\t", place.anchor, coloured=False)
        add_field(paragraph, rf"PAGEREF {place.anchor} \h", str(pages.get(place.anchor, "")))
    if paragraph is not None:
        close_field(paragraph)


def _places(part: Part) -> tuple[Part | Chapter, ...]:
    return (part, *part.chapters)


def _part(word: WordDocument, part: Part, numbers: Iterator[int]) -> None:
    heading = add_heading(word, part.title, 1, part.anchor, numbers)
    # the section of the first part begins a page already
    heading.paragraph_format.page_break_before = next(numbers) > 2
    add_blocks(word, part.blocks)
    for n, chapter in enumerate(part.chapters):
        heading = add_chapter(word, chapter, 2, numbers)
        heading.paragraph_format.page_break_before = n > 0 and not part.flowing


def add_chapter(word: WordDocument, chapter: Chapter, level: int, numbers: Iterator[int]) -> WordParagraph:
    """The chapter with its sections one level below; gives its heading."""
    heading = add_heading(word, chapter.title, level, chapter.anchor, numbers)
    if chapter.byline:
        word.add_paragraph(chapter.byline, style=styles.SMALL).paragraph_format.space_after = Pt(7)
    add_blocks(word, chapter.blocks)
    for section in chapter.sections:
        add_heading(word, section.title, level + 1, section.anchor, numbers)
        add_blocks(word, section.blocks)
    return heading


def add_heading(word: WordDocument, title: str, level: int, anchor: str, numbers: Iterator[int]) -> WordParagraph:
    heading = word.add_heading(title, level)
    if anchor:
        add_bookmark(heading, anchor, numbers)
    return heading


def _colophon(word: WordDocument, document: Document) -> None:
    if document.colophon:
        closing = word.add_paragraph(f"{document.title}　{document.number}", style=styles.TERM)
        closing.paragraph_format.page_break_before = closing.paragraph_format.keep_with_next = True
        closing.paragraph_format.space_before, closing.paragraph_format.space_after = Pt(300), Pt(6)
        add_blocks(word, (Facts(tuple((term, line(value)) for term, value in document.colophon)),))


def add_running_lines(section: WordSection, document: Document) -> None:
    """Title above, page number below; what comes before the section keeps neither."""
    section.header.is_linked_to_previous = section.footer.is_linked_to_previous = False
    head = section.header.paragraphs[0]
    head.style, head.alignment = styles.SMALL, WD_ALIGN_PARAGRAPH.CENTER
    head.add_run(f"{document.title}　{document.number}".strip())
    foot = section.footer.paragraphs[0]
    foot.style, foot.alignment = styles.SMALL, WD_ALIGN_PARAGRAPH.CENTER
    foot.add_run("— ")
    add_field(foot, "PAGE", "1")
    foot.add_run(" —")


def number_pages(section: WordSection, form: str) -> None:
    """The section's own numbers, from 1: `decimal` or `lowerRoman`."""
    numbering = OxmlElement("w:pgNumType")
    numbering.set(qn("w:fmt"), form)
    numbering.set(qn("w:start"), "1")
    section._sectPr.append(numbering)
