"""A few sheets as a Word file: the chapters and the appendix, without cover and contents."""

from itertools import count

import docx
from docx.shared import Pt

from content.exports.document import Document, prepared
from content.exports.word import styles
from content.exports.word.blocks import add_blocks
from content.exports.word.book import (
    add_chapter,
    add_heading,
    add_running_lines,
    number_pages,
    saved,
    set_properties,
)


def write_sheets(document: Document) -> bytes:
    """The Word file, the same bytes every time. Raises ExportError on a picture that cannot be read.

    Chapters are headings of the first level, whatever part they stand in; the preface and the colophon are left out.
    """
    document, word, numbers = prepared(document), docx.Document(), count(1)
    styles.prepare_styles(word)
    set_properties(word, document)
    add_running_lines(word.sections[0], document)
    number_pages(word.sections[0], "decimal")
    for part in document.parts:
        for chapter in part.chapters:
            add_chapter(word, chapter, 1, numbers)
    if document.appendix:
        heading = add_heading(word, document.appendix.title, 1, document.appendix.anchor, numbers)
        heading.paragraph_format.space_before = Pt(30)
        add_blocks(word, document.appendix.blocks)
        for chapter in document.appendix.chapters:
            add_chapter(word, chapter, 2, numbers)
    return saved(word)
