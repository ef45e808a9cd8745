"""Reading files: Word, web pages, encodings, and every bad file refused in plain words."""

import io
import os
import zipfile

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.importers import documents
from kb.importers.collecting import collect
from kb.importers.documents import read_document
from kb.importers.refusal import Refused
from kb.parser import parse_regulation

TEXT = "江城区夜市办法\n第一条 为了夜市，制定本办法。\n第二条 本办法自2021年5月1日起施行。\n"


def docx_bytes(build) -> bytes:
    document = Document()
    build(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def package(**parts: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return buffer.getvalue()


def refusal(raw: bytes, name: str) -> str:
    with pytest.raises(Refused) as caught:
        read_document(raw, name)
    return str(caught.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le"])
def test_encodings_are_told_apart(encoding):
    assert read_document(TEXT.encode(encoding), "某.txt").text == TEXT


def test_traditional_text_in_big5():
    text = "江城區夜市辦法\n第一條 為了夜市的秩序，制定本辦法。\n第二條 攤位應當整潔。\n"
    assert read_document(text.encode("big5"), "某.txt").text == text


def test_word_paragraphs_breaks_and_tables():
    def build(document):
        document.add_paragraph("江城区夜市办法", style="Title")
        document.add_paragraph("第一条 收费如下：")
        table = document.add_table(rows=2, cols=2)
        for cell, text in zip(table._cells, ["项目", "金额", "停车", "5元"], strict=True):
            cell.text = text
        document.add_paragraph("第二条 甲\n乙。")

    source = read_document(docx_bytes(build), "某.docx")
    assert source.text == "# 江城区夜市办法\n第一条 收费如下：\n项目\t金额\n停车\t5元\n第二条 甲\n乙。"
    assert [n.key for n in parse_regulation(source).articles] == ["1", "2"]


def numbered_paragraphs(document, texts):
    """Paragraphs with Word's own numbering 第%1条 in Chinese."""
    numbering = document.part.numbering_part.element
    abstract = OxmlElement("w:abstractNum")
    abstract.set(qn("w:abstractNumId"), "90")
    level = OxmlElement("w:lvl")
    level.set(qn("w:ilvl"), "0")
    for tag, value in (("w:start", "1"), ("w:numFmt", "chineseCountingThousand"), ("w:lvlText", "第%1条")):
        child = OxmlElement(tag)
        child.set(qn("w:val"), value)
        level.append(child)
    abstract.append(level)
    numbering.insert(0, abstract)
    num = OxmlElement("w:num")
    num.set(qn("w:numId"), "91")
    reference = OxmlElement("w:abstractNumId")
    reference.set(qn("w:val"), "90")
    num.append(reference)
    numbering.append(num)
    for text in texts:
        properties = document.add_paragraph(text)._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = 0
        properties.get_or_add_numId().val = 91


def test_automatic_numbers_of_word_are_text():
    raw = docx_bytes(lambda d: numbered_paragraphs(d, [f"内容{n}。" for n in range(1, 13)]))
    lines = read_document(raw, "某.docx").text.split("\n")
    assert (lines[0], lines[11]) == ("第一条 内容1。", "第十二条 内容12。")


def test_pictures_and_unaccepted_revisions_are_reported():
    def build(document):
        paragraph = document.add_paragraph("第一条 罚款一百元。")
        deletion, run, text = OxmlElement("w:del"), OxmlElement("w:r"), OxmlElement("w:delText")
        text.text = "二百元"
        run.append(text)
        deletion.append(run)
        paragraph._p.append(deletion)

    source = read_document(docx_bytes(build), "某.docx")
    assert "二百元" not in source.text
    assert [n.code for n in source.notes] == ["revision"]


def test_a_web_page_loses_scripts_and_menus_and_keeps_the_rest():
    page = (
        "<html><head><title>页</title><script>var a='第九条';</script></head><body><nav>首页 栏目</nav>"
        "<h1>江城区夜市办法</h1><p>第一条　为了<b>夜市</b>，<br>制定本办法。</p>"
        "<div onclick='x()'>第二条 甲&lt;乙。</div>"
        "<table><tr><td>项目</td><td>金额</td></tr><tr><td>停车</td><td>5</td></tr></table>"
        "<footer>版权</footer></body></html>"
    )
    source = read_document(page.encode("gbk"), "某.html")
    assert source.text == "# 江城区夜市办法\n第一条　为了夜市，\n制定本办法。\n第二条 甲<乙。\n项目\t金额\n停车\t5"
    assert {n.code for n in source.notes} == {"navigation", "script"}
    assert source.original == page


@pytest.mark.parametrize(
    ("raw", "name", "words"),
    [
        (b"", "空.txt", "文件是空的"),
        (b" \n\n", "空.md", "文件是空的"),
        (os.urandom(3000) + b"\x00", "乱.txt", "不是可以识别的文字文件"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "旧.doc", "旧版 Word"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512 + "EncryptedPackage".encode("utf-16-le"),
            "密.docx",
            "打开密码",
        ),
        (b"%PDF-1.7 abc", "某.pdf", "PDF"),
        (b"{\\rtf1 abc}", "某.rtf", "RTF"),
        (b"PK\x03\x04broken", "坏.docx", "已损坏"),
        (TEXT.encode(), "假.docx", "不是 Word 文档"),
        (package(xl__workbook_xml=b"<a/>"), "表.docx", "没有 Word 正文"),
        (package(word__document_xml=b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"), "实体.docx", "外部定义"),
        (package(word__document_xml=b"<a><b></a>"), "坏.docx", "已损坏"),
        (TEXT.encode("gbk") + b"\xff\xff\x80", "截断.txt", "不是可以识别的文字文件"),
        (b"<html><script>1</script></html>", "空.html", "没有文字"),
    ],
    ids=lambda v: v if isinstance(v, str) else "",
)
def test_bad_files_are_refused_with_what_and_how(raw, name, words):
    message = refusal(raw, name)
    assert words in message
    assert message.startswith(name)
    assert "请" in message


def test_a_zip_bomb_is_not_unpacked():
    raw = package(word__document_xml=b"<a>" + b" " * (40 * 1024 * 1024) + b"</a>")
    assert "压缩炸弹" in refusal(raw, "弹.docx")


def test_a_file_too_large_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(documents, "LARGEST_FILE", 1000)
    path = tmp_path / "大.txt"
    path.write_text(TEXT * 50, encoding="utf-8")
    with pytest.raises(Refused, match="超过"):
        read_document(path)


def test_a_law_in_several_files_is_one_document(tmp_path):
    folder = tmp_path / "code"
    folder.mkdir()
    (folder / "README.md").write_text("---\nnext: a\n---\n\n# 江城法典\n\n2020年1月1日通过\n", encoding="utf-8")
    (folder / "01-a.md").write_text("# 第一编　总则\n\n**第一条**　甲。\n", encoding="utf-8")
    (folder / "02-b.md").write_text("---\nprev: a\n---\n\n# 第二编　附则\n\n**第二条**　乙。\n", encoding="utf-8")
    (folder / "LICENSE").write_text("MIT", encoding="utf-8")
    collected = collect([tmp_path])
    [job] = collected.jobs
    parsed = parse_regulation(job.read())
    assert parsed.title == "江城法典"
    assert [n.key for n in parsed.nodes] == ["b1", "1", "1.p1", "b2", "2", "2.p1"]
    assert [p.name for p in collected.passed_over] == ["LICENSE"]
    assert job.files == 3


WORD_FILE = docx_bytes(lambda d: d.add_paragraph("第一条 甲。"))
NAMES = st.sampled_from(["某.txt", "某.md", "某.html", "某.docx", "某"])


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=600), NAMES)
def test_any_bytes_are_read_or_refused(raw, name):
    read_or_refuse(raw, name)


@settings(max_examples=80, deadline=None)
@given(st.integers(0, len(WORD_FILE) - 1), st.binary(min_size=1, max_size=8))
def test_a_damaged_word_file_is_read_or_refused(at, damage):
    read_or_refuse(WORD_FILE[:at] + damage + WORD_FILE[at + len(damage) :], "某.docx")


def read_or_refuse(raw, name):
    try:
        parse_regulation(read_document(raw, name))
    except Refused as refused:
        assert "请" in str(refused)
