"""The Word file for the print shop: real headings and contents, faces by name, page fields."""

import io
import zipfile

import docx
import pytest
from docx.oxml.ns import qn

from content.exports import ExportError, write_docx
from content.exports.document import Picture
from tests.factories.books import HOSTILE, book


@pytest.fixture(scope="module")
def data() -> bytes:
    return write_docx(book())


@pytest.fixture(scope="module")
def word(data):
    return docx.Document(io.BytesIO(data))


def codes(word) -> list[str]:
    return [found.text.strip() for found in word.element.iter(qn("w:instrText"))]


def test_headings_are_headings(word):
    found = [(p.style.name, p.text) for p in word.paragraphs if p.style.name.startswith("Heading")]
    assert ("Heading 1", "市容环境") in found
    assert ("Heading 2", "某店第2种行为案") in found
    assert ("Heading 3", "一、基本案情") in found


def test_the_contents_are_a_field_filled_beforehand(word):
    assert codes(word)[0] == r'TOC \o "1-2" \h \z \u'
    entries = [p for p in word.paragraphs if p.style.name.lower().startswith("toc")]
    titles = ["".join(t.text or "" for t in p._p.iter(qn("w:t"))) for p in entries]
    assert titles == ["市容环境", "某店第1种行为案", "某店第2种行为案", "附录　所引条文", "某市管理办法"]


def test_the_contents_begin_with_the_given_pages_and_word_renews_them_on_opening(word):
    numbered = docx.Document(io.BytesIO(write_docx(book(), {"case-1": 1, "case-2": 27})))
    entries = [p for p in numbered.paragraphs if p.style.name.lower().startswith("toc")]
    said = ["".join(run.text for run in p.runs if run.text.isdigit()) for p in entries]
    assert said == ["", "1", "27", "", ""]
    for one in (word, numbered):
        assert one.settings.element.find(qn("w:updateFields")).get(qn("w:val")) == "true"
        assert next(one.element.iter(qn("w:fldChar"))).get(qn("w:dirty")) == "true"


def test_every_link_has_its_bookmark(word):
    wanted = {link.get(qn("w:anchor")) for link in word.element.iter(qn("w:hyperlink"))}
    assert {"case-1", "p1"} <= wanted
    assert wanted <= {mark.get(qn("w:name")) for mark in word.element.iter(qn("w:bookmarkStart"))}


def test_faces_are_named_for_chinese_with_substitutes(word, data):
    fonts = word.styles["Heading 1"].element.rPr.rFonts
    assert fonts.get(qn("w:eastAsia")) == "黑体"
    assert word.styles["Normal"].element.rPr.rFonts.get(qn("w:eastAsia")) == "仿宋_GB2312"
    table = zipfile.ZipFile(io.BytesIO(data)).read("word/fontTable.xml").decode()
    assert 'w:name="仿宋_GB2312"><w:altName w:val="FangSong"' in table and 'w:val="SimHei"' in table


def test_pages_are_a4_and_numbered_in_the_footer(word):
    section = word.sections[-1]
    assert round(section.page_width.cm, 1) == 21.0 and round(section.page_height.cm, 1) == 29.7
    footer = word.sections[1].footer._element
    assert [code.text.strip() for code in footer.iter(qn("w:instrText"))] == ["PAGE"]
    assert "案例汇编" in word.sections[1].header.paragraphs[0].text


def test_the_cover_carries_no_running_lines(word):
    assert not word.sections[0].footer.paragraphs[0].text


def test_each_numbered_list_begins_with_one(word):
    numbers = [p._p.pPr.numPr.numId.val for p in word.paragraphs if p.style.name == "List Number"]
    assert len(numbers) == 4 and len(set(numbers)) == 2


def test_what_looks_like_markup_is_text(word):
    assert any(HOSTILE in p.text for p in word.paragraphs)


def test_nothing_of_the_template_s_makers_remains(word):
    properties = word.core_properties
    assert (properties.author, properties.comments) == ("江城区司法局", "")
    assert properties.created.date().isoformat() == "2026-09-25"


def test_the_same_book_is_the_same_bytes(data):
    assert write_docx(book()) == data


def test_a_broken_picture_is_named():
    with pytest.raises(ExportError, match="现场"):
        write_docx(book(preface=(Picture(b"none", "image/png", "现场"),)))
