"""The Word file of a form: every field is in it, the example is filled in, the same form is the same file."""

import datetime as dt
import io
import re
import shutil
import subprocess
import zipfile

import pytest
from docx import Document
from docx.oxml.ns import qn

from kb.forms.docx import form_docx
from kb.forms.layout import paragraphs, rows, ticked, unknown_blanks
from kb.models import FormField, FormTemplate


def field(name, kind="line", **more):
    return FormField(name=name, kind=kind, hint=f"怎样填{name}", **more)


FORM = FormTemplate(
    code="WS203",
    name="责令改正通知书",
    version_label="2026年版",
    valid_from=dt.date(2026, 1, 1),
    purpose="要求改正。",
    number_pattern="江街责改〔　　　　〕第　　号",
    example_number="江街责改〔2026〕第1号",
    wording="【当事人】：\n经查，你（单位）【违法行为】，现责令你于【期限】前改正。改正方式：【方式】。",
)
FIELDS = [
    field("证件号码", example="420102000000000000"),
    field("当事人", example="李某"),
    field("违法行为", "passage", example="占用人行道十二平方米"),
    field("期限", example="2026年9月5日"),
    field("方式", "choice", options="立即、限期", example="限期"),
    field("当事人签收", "signature", example="李某　2026年9月3日", is_required=False),
    field("行政机关印章", "signature", example="江城区望津街道办事处　2026年9月3日"),
]


def made(filled=False, form=FORM, fields=FIELDS):
    return form_docx(form, fields, filled=filled, by="江城区")


def text_of(data):
    """All words of the file, cell by cell, line by line."""
    document = Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    footer = document.sections[0].footer.paragraphs[0].text
    return "\n".join([*(p.text for p in document.paragraphs), *cells, footer])


def test_every_field_is_named_in_the_blank_file_with_its_hint_and_no_example():
    text = text_of(made())
    for one in FIELDS:
        assert one.name in text
        assert one.hint in text
    assert "李某" not in text
    assert "选填" in text
    assert FORM.number_pattern in text


def test_every_example_is_in_the_filled_file_which_says_that_it_is_fictional():
    text = text_of(made(filled=True))
    assert "均为虚构" in text
    assert "李某：" in text
    assert "你（单位）占用人行道十二平方米，现责令你于2026年9月5日前改正" in text
    assert "420102000000000000" in text
    assert "□立即　☑限期" in text
    assert "江街责改〔2026〕第1号" in text
    assert "江城区望津街道办事处（印章）" in text
    assert "填写说明" not in text


def test_the_page_is_a4_in_the_fonts_of_an_official_form():
    document = Document(io.BytesIO(made()))
    section = document.sections[0]
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (21.0, 29.7)
    fonts = document.styles["Normal"].element.rPr.rFonts
    assert fonts.get(qn("w:eastAsia")) == "仿宋_GB2312"
    names = zipfile.ZipFile(io.BytesIO(made())).read("word/fontTable.xml").decode()
    assert re.search(r'w:name="仿宋_GB2312"><w:altName w:val="FangSong"', names)


def test_the_footer_names_the_form_and_the_page_but_not_on_the_notes():
    first, notes = (section.footer.paragraphs[0] for section in Document(io.BytesIO(made())).sections)
    assert "江城区　WS203　责令改正通知书　2026年版" in first.text
    assert [one.text for one in first._p.iter(qn("w:instrText"))] == ["PAGE"]
    assert "不随文书送达" in notes.text
    assert len(Document(io.BytesIO(made(filled=True))).sections) == 1


def test_the_same_form_is_the_same_file():
    assert made() == made()
    assert made(filled=True) == made(filled=True)
    assert made() != made(filled=True)


def test_a_form_without_wording_is_a_table_of_its_fields():
    form = FormTemplate(code="WS1", name="审批表", version_label="版", valid_from=dt.date(2026, 1, 1), purpose="报批。")
    table = Document(io.BytesIO(made(filled=True, form=form))).tables[0]
    assert [cell.text for cell in table.columns[0].cells] == ["证件号码", "当事人", "违法行为", "期限", "方式"]
    assert table.rows[3].cells[1].text == "2026年9月5日"


def test_two_short_fields_share_a_row_and_anything_long_has_its_own():
    fields = [field("时间"), field("地点"), field("事由"), field("经过", "passage"), field("在场见证人的姓名和单位")]
    names = [[one.name for one in row] for row in rows(fields)]
    assert names == [["时间", "地点"], ["事由"], ["经过"], ["在场见证人的姓名和单位"]]


def test_a_name_in_brackets_that_is_no_field_stays_and_is_reported():
    pieces = next(paragraphs("【当事人】在【某处】", FIELDS))
    assert [piece.text for piece in pieces] == ["【当事人】", "在【某处】"]
    assert unknown_blanks(FORM.wording + "【某处】", [one.name for one in FIELDS]) == ["某处"]


def test_boxes_are_ticked_only_in_the_example():
    choice = FIELDS[4]
    assert ticked(choice, filled=False) == "□立即　□限期"
    assert ticked(choice, filled=True) == "□立即　☑限期"


@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice")
def test_libreoffice_opens_the_file(tmp_path):
    (tmp_path / "form.docx").write_bytes(made())
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), "form.docx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    assert (tmp_path / "form.pdf").read_bytes().startswith(b"%PDF")
