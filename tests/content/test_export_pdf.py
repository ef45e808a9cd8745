"""The printed book: contents, links, running heads, the same bytes; nothing in a text acts as markup."""

import io
import re

import pytest
from pypdf import PdfReader

from content.exports import ExportError, write_pdf
from content.exports.document import Chapter, Paragraph, Picture, line
from content.exports.pdf import pages_of
from tests.factories.books import HOSTILE, book, chapter, picture
from tests.printing import squeezed

pytestmark = pytest.mark.usefixtures("fonts")


@pytest.fixture(scope="module")
def pages(fonts) -> list[str]:
    return [squeezed(page.extract_text()) for page in PdfReader(io.BytesIO(write_pdf(book()))).pages]


def test_the_cover_names_the_book_its_number_and_its_maker(pages):
    assert all(words in pages[0] for words in ("案例汇编", "2026年第三季度", "江城区司法局", "2026年9月"))


def test_the_contents_give_the_page_on_which_each_chapter_begins(pages):
    found = re.search(r"某店第2种行为案\.*(\d+)", pages[2])
    first_of_body = next(n for n, text in enumerate(pages) if n > 2 and "某店第1种" in text)
    assert "某店第2种行为案" in pages[first_of_body + int(found[1]) - 1]


def test_the_pages_of_parts_and_chapters_are_those_printed(pages):
    found = pages_of(book())
    assert set(found) == {"part-1", "case-1", "case-2", "appendix", "law-1"}
    first_of_body = next(n for n, text in enumerate(pages) if n > 2 and "某店第1种" in text)
    assert found["case-1"] == 1
    assert "某店第2种行为案" in pages[first_of_body + found["case-2"] - 1]


def test_what_looks_like_markup_is_printed_as_it_is(pages):
    assert squeezed(HOSTILE) in "".join(pages)


def test_running_heads_name_book_and_chapter_but_not_on_opening_pages(pages):
    second = next(text for text in pages[3:] if "某店第2种行为案" in text)
    assert second.startswith("案例汇编2026年第三季度市容环境某店第2种行为案")
    assert not pages[3].startswith("案例汇编2026年")


def test_the_file_carries_title_language_bookmarks_and_links():
    reader = PdfReader(io.BytesIO(write_pdf(book())))
    assert reader.metadata.title == "案例汇编"
    assert reader.metadata.creation_date.date().isoformat() == "2026-09-25"
    assert reader.trailer["/Root"]["/Lang"].startswith("zh")
    assert [entry.title for entry in reader.outline if not isinstance(entry, list)] == ["市容环境", "附录　所引条文"]
    links = [note.get_object() for page in reader.pages for note in page.get("/Annots", [])]
    assert sum(link["/Subtype"] == "/Link" for link in links) >= 5


def test_only_our_fonts_are_in_the_file():
    reader = PdfReader(io.BytesIO(write_pdf(book())))
    names = {font.get_object()["/BaseFont"] for page in reader.pages for font in page["/Resources"]["/Font"].values()}
    assert names and all("NotoSerifCJK" in name or "NotoSansCJK" in name for name in names)


def test_the_same_book_is_the_same_bytes():
    assert write_pdf(book()) == write_pdf(book())


def test_no_line_begins_with_a_mark_that_ends_a_clause(fonts):
    text = "执法人员检查，该店未按规定，作业、清运；经责令，仍不改正。" * 40
    reader = PdfReader(io.BytesIO(write_pdf(book(chapter(1, text=text)))))
    lines = [found for page in reader.pages for found in page.extract_text().splitlines() if found.strip()]
    assert len(lines) > 40
    assert not [found for found in lines if found.strip()[0] in "，。；、：！？）》”"]


def test_a_character_without_a_glyph_is_named_instead_of_printed_as_a_box():
    with pytest.raises(ExportError, match=r"U\+1F600"):
        write_pdf(book(Chapter("某店案", "case-1", blocks=(Paragraph(line("笑😀")),)), appendix=None))


def test_a_broken_picture_is_an_error_in_words():
    broken = Picture(b"not a picture", "image/png", "现场")
    with pytest.raises(ExportError, match="PDF 排版失败"):
        write_pdf(book(preface=(broken,)))


def test_two_pictures_keep_their_own_files():
    reader = PdfReader(io.BytesIO(write_pdf(book(preface=(picture("navy"), picture("red"))))))
    assert sum(len(page.images) for page in reader.pages) == 2
