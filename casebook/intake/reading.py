"""A file -> Draft. Looked at before it is parsed; every refusal says what is wrong, where, and how to mend it.

draft = read_draft(upload.read(), "某店油烟案.docx")
"""

from pathlib import PurePath

from casebook.intake.docx import read_docx
from casebook.intake.plain import read_plain
from casebook.intake.sorting import sort
from casebook.intake.values import Draft
from kb.importers.encoding import UnreadableText, decode
from kb.importers.refusal import Refused

WORD, TEXT = ".docx", (".txt", ".md")
ACCEPTED = (WORD, *TEXT)
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_SAVE_AS = "请用 WPS 或 Word 打开，另存为“Word 文档（.docx）”后再上传"
_FOREIGN = {b"%PDF": "PDF 文件", b"{\\rtf": "RTF 文件", b"Rar!": "压缩包", b"7z\xbc\xaf": "压缩包"}


def read_draft(raw: bytes, name: str, *, most_bytes: int = 20 * 1024 * 1024) -> Draft:
    """Reads .docx, .txt and .md. Raises Refused, with a message fit for the user."""
    ending = PurePath(name).suffix.lower()
    refuse_foreign(raw, name, ending, most_bytes)
    content = read_docx(raw, name) if raw.startswith(_ZIP) else read_plain(raw, name)
    if not content.entries:
        raise Refused(name, "文件里没有文字", "", "请确认另存时没有只留下空页")
    return sort(content, name)


def refuse_foreign(raw: bytes, name: str, ending: str, most_bytes: int = 20 * 1024 * 1024) -> None:
    """Raises Refused for what is no document of the kind that its ending says."""
    if len(raw) > most_bytes:
        what = f"文件有 {len(raw) / 1024 / 1024:.0f} MB，超过 {most_bytes // 1024 // 1024} MB 的上限"
        raise Refused(name, what, "", "请压缩或者删去文档里的图片后再上传")
    if not raw.strip():
        raise Refused(name, "文件是空的", "", "请重新保存后再上传")
    if raw.startswith(_OLE):
        _refuse_old(raw, name)
    for start, what in _FOREIGN.items():
        if raw.startswith(start):
            raise Refused(name, f"这是 {what}，不是 Word 文档", "", _SAVE_AS)
    if ending == ".docm":
        raise Refused(name, "这是带宏的文档（.docm）", "", "请用 WPS 或 Word 打开，另存为“Word 文档（.docx）”后再上传")
    if ending not in ACCEPTED:
        raise Refused(name, f"不能读取“{ending or '无扩展名'}”文件", "", "可用 .docx、.txt、.md；" + _SAVE_AS)
    if ending == WORD and not raw.startswith(_ZIP):
        _refuse_renamed(raw, name)
    if ending != WORD and raw.startswith(_ZIP):
        raise Refused(name, f"扩展名是 {ending}，内容却是 Word 文档或压缩包", "", "请把扩展名改为 .docx 后再上传")


def _refuse_old(raw: bytes, name: str) -> None:
    if _ENCRYPTED in raw:
        raise Refused(name, "文档设有打开密码", "", "请在 Word 或 WPS 中取消密码（文件—文档加密），保存后再上传")
    raise Refused(name, "这是旧版 Word 文档（.doc）或 WPS 文档（.wps）", "", _SAVE_AS)


def _refuse_renamed(raw: bytes, name: str) -> None:
    try:
        encoding = decode(raw).encoding
    except UnreadableText:
        raise Refused(name, "扩展名是 .docx，内容却不是 Word 文档", "文件开头", _SAVE_AS) from None
    shown = {"gb18030": "GBK", "big5": "Big5"}.get(encoding, encoding.upper())
    what = f"扩展名是 .docx，内容却是 {shown} 编码的文字"
    raise Refused(name, what, "", "请把扩展名改为 .txt 后再上传，或者粘贴到 Word 中另存")
