"""Word files: paragraphs with automatic numbers, options in tables, and what is no text (complaints 40, 44)."""

import io

import docx
import pytest

from exams.content import Kind
from exams.exchange import word
from exams.exchange.values import UnreadableFile
from tests.casebook.docx_maker import p, package, table
from tests.casebook.pictures_maker import photo


def read(*body: str):
    return word.read(package(*body), "题，库 (1).docx")


def test_typed_paragraphs_are_read_like_lines_of_text():
    (question,) = read(p("一、单选题"), p("1．期限是（　）。"), p("A．三日　　B．五日"), p("答案：B")).questions
    assert (question.line, question.content.kind, question.content.parts[0].key) == (2, Kind.SINGLE, "B")


def test_automatic_numbers_begin_questions_and_options():
    document = docx.Document()
    document.add_paragraph("应当出示执法证件。（√）", style="List Number")
    document.add_paragraph("罚款可以当场收缴。（×）", style="List Number")
    stream = io.BytesIO()
    document.save(stream)
    found = word.read(stream.getvalue(), "题.docx").questions
    assert [one.content.parts[0].key for one in found] == ["T", "F"]


def test_options_in_a_table_are_options():
    reading = read(p("1. 期限是（　）。"), table([["A. 三日", "B. 五日"], ["C. 七日", "D. 十日"]]), p("答案：B"))
    assert reading.questions[0].content.parts[0].options == ("三日", "五日", "七日", "十日")


def test_old_and_foreign_files_are_refused_in_words():
    for name, raw, said in (
        ("题.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "旧版 Word 文档（.doc）"),
        ("题.docx", b"not a zip", "内容却是"),
        ("题.docx", b"PK\x03\x04broken", "已损坏"),
    ):
        with pytest.raises(UnreadableFile, match=said):
            word.read(raw, name)


def test_pictures_are_mentioned_with_their_paragraph():
    from tests.casebook.docx_maker import picture, relations

    parts = {
        "word/_rels/document.xml.rels": relations({"rId5": "media/image1.jpeg"}), "word/media/image1.jpeg": photo(),
    }  # fmt: skip
    raw = package(p("1. 看图，应当两人执法。（√）"), p(picture("rId5")), parts=parts)
    (remark,) = word.read(raw, "题.docx").remarks
    assert str(remark) == "第 2 行图片没有导入；请在题库中补上文字。"
