"""Bad files: each gets one clear message in Chinese, and nothing of it is kept."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from casebook.intake.reading import read_draft
from casebook.models import Case, CaseIntake
from kb.importers.refusal import Refused
from people.models import AuditEntry
from tests.casebook.docx_maker import archive, p, package
from tests.casebook.docx_samples import FACTS, TITLE

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
GBK = f"{TITLE}\n基本案情\n{FACTS}".encode("gb18030")
GOOD = package(p(TITLE), p("基本案情"), p(FACTS))
ENTITIES = '<!DOCTYPE w [<!ENTITY a "油烟"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/hostname">]>'


def bomb(megabytes: int) -> bytes:
    """A package whose body unpacks to many megabytes of blanks."""
    return archive({"word/document.xml": b" " * (megabytes << 20)})


def locked() -> bytes:
    """An archive whose entries are marked as encrypted."""
    raw = bytearray(GOOD)
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        place = raw.find(mark)
        raw[place + (6 if mark == b"PK\x03\x04" else 8)] |= 1
    return bytes(raw)


def lying() -> bytes:
    """A bomb that claims in its directory to be small."""
    raw = bytearray(bomb(60))
    real = (60 << 20).to_bytes(4, "little")
    return bytes(raw.replace(real, (1000).to_bytes(4, "little")))


FAULTS = {
    "doc": ("案例.doc", OLE + b"\x00" * 600, "旧版 Word 文档（.doc）"),
    "doc-renamed": ("案例.docx", OLE + b"\x00" * 600, "另存为“Word 文档（.docx）”"),
    "wps": ("案例.wps", OLE + b"\x00" * 600, "WPS 文档（.wps）"),
    "encrypted": ("案例.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "设有打开密码"),
    "zip-encrypted": ("案例.docx", locked(), "设有打开密码"),
    "docm": ("案例.docm", GOOD, "带宏的文档"),
    "macros": ("案例.docx", package(p(TITLE), parts={"word/vbaProject.bin": b"\x00"}), "带有宏"),
    "bomb": ("案例.docx", bomb(60), "压缩炸弹"),
    "many-entries": ("案例.docx", archive({f"word/{n}.xml": "" for n in range(5001)}), "压缩炸弹"),
    "lying-bomb": ("案例.docx", lying(), "已损坏"),
    "too-large": ("案例.docx", GOOD + b"\x00" * (21 << 20), "超过 20 MB 的上限"),
    "entity-bomb": ("案例.docx", package(p("&b;"), head=ENTITIES), "外部定义"),
    "entity-file": ("案例.docx", package(p("&x;"), head=OUTSIDE), "外部定义"),
    "gbk-renamed": ("案例.docx", GBK, "GBK 编码的文字"),
    "binary-renamed": ("案例.docx", bytes(range(256)) * 8, "内容却不是 Word 文档"),
    "cut-off": ("案例.docx", GOOD[: len(GOOD) // 2], "已损坏"),
    "broken-xml": ("案例.docx", archive({"word/document.xml": "<w:document"}), "已损坏"),
    "spreadsheet": ("表格.docx", archive({"xl/workbook.xml": "<workbook/>"}), "没有 Word 正文"),
    "no-text": ("案例.docx", package(p("")), "没有文字"),
    "empty": ("案例.txt", b"  \n ", "文件是空的"),
    "pdf": ("案例.pdf", b"%PDF-1.7", "PDF 文件"),
    "rtf": ("案例.docx", b"{\\rtf1}", "RTF 文件"),
    "unknown": ("案例.odt", b"text", "不能读取“.odt”文件"),
    "word-named-txt": ("案例.txt", GOOD, "把扩展名改为 .docx"),
    "binary-txt": ("案例.txt", b"\x00\x01\x02" * 50, "不是可以识别的文字文件"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_bad_file_is_refused_with_what_where_and_how_to_mend(fault):
    name, raw, words = FAULTS[fault]
    with pytest.raises(Refused) as refused:
        read_draft(raw, name)
    message = str(refused.value)
    assert message.startswith(f"{name}：") and words in message
    assert "请" in message and "！" not in message


def test_every_cut_of_a_good_file_is_refused_or_read_whole():
    whole = read_draft(GOOD, "案例.docx")
    for end in range(0, len(GOOD), 37):
        try:
            read = read_draft(GOOD[:end], "案例.docx")
        except Refused:
            continue
        assert read == whole


def test_damaged_bytes_never_cause_anything_but_a_refusal():
    for place in range(0, len(GOOD), 11):
        damaged = bytearray(GOOD)
        damaged[place] ^= 0xFF
        try:
            read_draft(bytes(damaged), "案例.docx")
        except Refused:
            continue


@pytest.fixture
def send(as_member, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    call_command("set_up_roles", verbosity=0)
    return lambda name, raw: as_member("lin").post(reverse("casebook_intake"), {"draft": SimpleUploadedFile(name, raw)})


@pytest.mark.parametrize("fault", ["doc", "encrypted", "macros", "bomb", "too-large", "gbk-renamed", "cut-off"])
def test_a_refused_upload_leaves_nothing_behind(fault, send, tmp_path):
    name, raw, words = FAULTS[fault]
    page = send(name, raw).content.decode()
    assert words in page
    assert not CaseIntake.objects.exists() and not Case.objects.exists()
    assert not AuditEntry.objects.filter(verb="上传案例").exists()
    assert not list(tmp_path.rglob("*.docx"))


def test_the_limit_of_the_site_is_the_limit_here(send, settings):
    settings.WAGTAILDOCS_MAX_UPLOAD_SIZE = 1 << 20
    assert "超过 1 MB 的上限" in send("案例.docx", GOOD + b"\x00" * (2 << 20)).content.decode()


def test_40_megabytes_with_a_bomb_inside_are_refused_before_they_are_unpacked(send, settings):
    settings.WAGTAILDOCS_MAX_UPLOAD_SIZE = 50 << 20
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
        file.writestr("word/document.xml", b" " * (120 << 20))
        file.writestr(zipfile.ZipInfo("word/media/image1.bmp"), b"\x00" * (40 << 20))  # stored, not packed
        file.writestr("word/media/image2.bmp", b"\x00" * (120 << 20))
    page = send("案例.docx", out.getvalue()).content.decode()
    assert "疑为压缩炸弹" in page and not CaseIntake.objects.exists()


def test_a_text_in_gbk_is_read_and_says_so(send):
    send("案例.txt", GBK)
    assert "GBK" in CaseIntake.objects.get().draft or "文件编码为 GBK" in CaseIntake.objects.get().draft
