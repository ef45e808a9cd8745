"""A file or an upload -> SourceDocument. Every refusal says what is wrong, where, and how to mend it.

source = read_document(Path("某办法.docx"))
source = read_document(uploaded.read(), "某办法.docx")
"""

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path, PurePath

from kb.importers.docx_text import read_docx
from kb.importers.encoding import UnreadableText, decode
from kb.importers.html_text import read_html
from kb.importers.refusal import Refused
from kb.parser import Note, Part, Severity, SourceDocument

TEXT = (".md", ".txt", ".markdown")
HTML = (".html", ".htm")
WORD = (".docx",)
SUPPORTED = TEXT + HTML + WORD
# Formats that hold documents but that we cannot read: named, so that they are not passed over in silence.
KNOWN_BUT_UNREADABLE = (".doc", ".wps", ".pdf", ".rtf", ".ofd", ".odt", ".zip", ".rar", ".7z")
LARGEST_FILE = 20 * 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_HTML_START = re.compile(rb"^\s*(?:<!doctype html|<html|<\?xml[^>]*>\s*<html)", re.I)
_SAVE_AS = "请用 WPS 或 Word 打开后另存为 .docx，再导入"


def read_document(origin: Path | bytes, filename: str = "", *, folders: Sequence[str] | None = None) -> SourceDocument:
    """Reads .md, .txt, .html and .docx. `folders`: the folders above the file, nearest last (hints for the level).

    Raises Refused, with a message fit for the user.
    """
    path = origin if isinstance(origin, Path) else None
    name = filename or (path.name if path else "")
    if folders is None:
        folders = path.resolve().parts[1:-1] if path else ()
    raw = _bytes_of(origin, name)
    text, original, encoding, notes = _convert(raw, name)
    if not text.strip():
        raise Refused(name, "文件里没有文字", "", "请确认导出时没有只留下空页或图片")
    digest = hashlib.sha256(raw).hexdigest()
    return SourceDocument(name, text, original, digest, tuple(folders), encoding, notes=tuple(notes))


def join_parts(cover: SourceDocument, parts: Sequence[SourceDocument]) -> SourceDocument:
    """A law that comes as a cover page and one file per 编 becomes one document."""
    texts, located, line = [], [], 1
    for document in (cover, *parts):
        located.append(Part(document.filename, line))
        texts.append(document.text.rstrip("\n"))
        line += texts[-1].count("\n") + 1
    text = "\n".join(texts)
    digest = hashlib.sha256("".join(d.sha256 for d in (cover, *parts)).encode()).hexdigest()
    name = f"{cover.filename}（共 {len(parts) + 1} 个文件）"
    return SourceDocument(name, text, text, digest, cover.folders, cover.encoding, tuple(located))


def _bytes_of(origin: Path | bytes, name: str) -> bytes:
    if isinstance(origin, bytes):
        size, raw = len(origin), origin
    else:
        try:
            size = origin.stat().st_size
            raw = origin.read_bytes() if size <= LARGEST_FILE else b""
        except OSError as error:
            raise Refused(name, f"文件打不开（{error.strerror}）", "", "请检查文件是否存在、是否有读取权限") from None
    if size > LARGEST_FILE:
        limit = LARGEST_FILE // 1024 // 1024
        what = f"文件有 {size / 1024 / 1024:.0f} MB，超过 {limit} MB 的上限"
        raise Refused(name, what, "", "请删去图片、扫描页后只留文字，或分成几个文件导入")
    if not raw.strip():
        raise Refused(name, "文件是空的", "", "请重新导出或下载后再导入")
    return raw


def _convert(raw: bytes, name: str) -> tuple[str, str, str, list[Note]]:
    """(text, original, encoding, notes) by what the bytes are; the file's ending decides only between text formats."""
    _refuse_foreign_formats(raw, name)
    if raw.startswith(b"PK\x03\x04"):
        text, notes = read_docx(raw, name)
        return text, text, "docx", notes
    ending = PurePath(name).suffix.lower()
    if ending in WORD:
        raise Refused(name, "扩展名是 .docx，内容却不是 Word 文档", "文件开头", _SAVE_AS)
    try:
        decoded = decode(raw)
    except UnreadableText as error:
        raise Refused(name, "不是可以识别的文字文件", str(error), "请用记事本另存为 UTF-8 编码后再导入") from None
    if ending in HTML or _HTML_START.match(raw[:400]):
        text, notes = read_html(decoded.text, raw, name)
        return text, decoded.text, decoded.encoding, notes
    return decoded.text.removeprefix("\ufeff"), decoded.text, decoded.encoding, _encoding_note(decoded.encoding)


def _refuse_foreign_formats(raw: bytes, name: str) -> None:
    if raw.startswith(_OLE):
        if _ENCRYPTED in raw:
            raise Refused(name, "文档设有打开密码", "", "请在 Word 或 WPS 中取消密码（文件—加密），保存后再导入")
        raise Refused(name, "这是旧版 Word 文档（.doc）或 WPS 文档", "", _SAVE_AS)
    if raw.startswith(b"%PDF"):
        raise Refused(name, "这是 PDF 文件", "", "请用 WPS 转换为 Word 后另存为 .docx，核对文字后再导入")
    if raw.startswith(b"{\\rtf"):
        raise Refused(name, "这是 RTF 文件", "", _SAVE_AS)


def _encoding_note(encoding: str) -> list[Note]:
    if encoding.startswith("utf-8"):
        return []
    shown = {"gb18030": "GBK（GB18030）", "big5": "Big5"}.get(encoding, encoding)
    return [Note("encoding", f"文件编码为 {shown}，已转换", severity=Severity.INFO)]
