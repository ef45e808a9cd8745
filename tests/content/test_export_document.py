"""The neutral document: what is refused before anything is written, and what falls out of a text."""

import dataclasses

import pytest

from content.exports import WRITERS, ExportError
from content.exports.document import Chapter, Paragraph, Part, Run, line, members, prepared
from tests.factories.books import book, chapter


def test_a_link_that_leads_nowhere_is_refused_by_name():
    dangling = dataclasses.replace(book(), preface=(Paragraph((Run("见", "gone"),)),))
    for write in (WRITERS["docx"], WRITERS["epub"]):
        with pytest.raises(ExportError, match="gone"):
            write(dangling)


def test_two_places_of_one_name_are_refused():
    with pytest.raises(ExportError, match="case-1"):
        prepared(book(chapter(1), chapter(1)))


def test_a_name_that_word_or_xml_cannot_hold_is_refused():
    with pytest.raises(ExportError, match="不合规"):
        prepared(book(parts=(Part("甲", "1 bad"),), appendix=None))


def test_characters_that_no_format_holds_fall_out():
    cleaned = prepared(
        book(Chapter("甲\x0b\ufffe乙", "case-1", blocks=(Paragraph(line("丙\x00丁\n戊")),)), appendix=None)
    )
    texts = list(members(cleaned, Chapter))[0]
    assert texts.title == "甲乙"
    assert texts.blocks[0].line[0].text == "丙丁\n戊"
