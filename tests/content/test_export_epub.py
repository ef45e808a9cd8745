"""The EPUB: clean to its checker, linked, the same bytes."""

import io
import zipfile

import pytest
from lxml import etree

from content.exports import write_epub
from tests.factories.books import HOSTILE, book
from tests.printing import epubcheck

XHTML = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture(scope="module")
def archive() -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(write_epub(book())))


def test_the_checker_finds_nothing(tmp_path):
    path = tmp_path / "book.epub"
    path.write_bytes(write_epub(book()))
    assert epubcheck(path) == []


def test_the_kind_of_file_comes_first_and_uncompressed(archive):
    first = archive.infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)


def test_navigation_follows_parts_and_chapters(archive):
    page = etree.fromstring(archive.read("OEBPS/nav.xhtml"))
    titles = [link.text for link in page.iter(f"{XHTML}a")]
    assert titles == ["市容环境", "某店第1种行为案", "某店第2种行为案", "附录　所引条文", "某市管理办法"]


def test_a_link_between_chapters_leads_to_the_file_of_the_other(archive):
    page = etree.fromstring(archive.read("OEBPS/chapter-1.xhtml"))
    target = next(link.get("href") for link in page.iter(f"{XHTML}a"))
    name, anchor = target.split("#")
    other = etree.fromstring(archive.read(f"OEBPS/{name}"))
    assert other.xpath(f'//*[@id="{anchor}"]')


def test_what_looks_like_markup_is_text(archive):
    page = etree.fromstring(archive.read("OEBPS/chapter-1.xhtml"))
    assert HOSTILE in "".join(page.itertext())


def test_the_same_book_is_the_same_bytes():
    assert write_epub(book()) == write_epub(book())
