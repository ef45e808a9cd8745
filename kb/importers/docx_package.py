"""The package of a Word document: opened with limits, because an upload is untrusted.

Sizes are those really read, not those the archive claims; XML is parsed without entities, DTD or network.
"""

import io
import lzma
import struct
import zipfile
import zlib

from lxml import etree

from kb.importers.refusal import Refused

# What zipfile raises for damaged data, by experience and by its source.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    EOFError,
)
LARGEST_PART = 30 * 1024 * 1024
LARGEST_PACKAGE = 200 * 1024 * 1024
LARGEST_RATIO = 200
MOST_ENTRIES = 5_000
_MEND = "请用 WPS 或 Word 打开后重新另存为 .docx"
# Word's "Strict Open XML" has other addresses for the same vocabulary.
_STRICT = b"http://purl.oclc.org/ooxml/"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/"
_MOVED = {
    _STRICT + b"wordprocessingml/main": _TRANSITIONAL + b"wordprocessingml/2006/main",
    _STRICT + b"drawingml/main": _TRANSITIONAL + b"drawingml/2006/main",
    _STRICT + b"drawingml/wordprocessingDrawing": _TRANSITIONAL + b"drawingml/2006/wordprocessingDrawing",
    _STRICT + b"officeDocument/math": _TRANSITIONAL + b"officeDocument/2006/math",
    _STRICT + b"officeDocument/relationships": _TRANSITIONAL + b"officeDocument/2006/relationships",
}


def open_package(raw: bytes, name: str) -> zipfile.ZipFile:
    """Raises Refused for a damaged or encrypted archive and for one that unpacks beyond all measure."""
    try:
        package = zipfile.ZipFile(io.BytesIO(raw))
        entries = package.infolist()
    except _BROKEN:
        raise Refused(name, "Word 文档已损坏，打不开", "", _MEND) from None
    unpacked, packed = sum(e.file_size for e in entries), max(1, sum(e.compress_size for e in entries))
    if (
        len(entries) > MOST_ENTRIES
        or unpacked > LARGEST_PACKAGE
        or (unpacked > LARGEST_PART and unpacked / packed > LARGEST_RATIO)
    ):
        what = f"文档解压后有 {unpacked / 1024 / 1024:.0f} MB，疑为压缩炸弹"
        raise Refused(name, what, "", "请用 WPS 或 Word 打开原件核对，另存为新的 .docx 后再导入")
    if any(e.flag_bits & 1 for e in entries):
        raise Refused(name, "文档设有打开密码", "", "请取消密码，保存后再导入")
    return package


def part_bytes(package: zipfile.ZipFile, member: str, name: str) -> bytes | None:
    """The bytes of a part, None when it is not there. Raises Refused for a damaged or oversized one."""
    try:
        with package.open(member) as stream:
            data = stream.read(LARGEST_PART + 1)
    except KeyError:
        return None
    except _BROKEN:
        raise Refused(name, "Word 文档已损坏", member, _MEND) from None
    if len(data) > LARGEST_PART:
        raise Refused(name, "文档正文过大", member, "请分成几个文件导入")
    return data


def xml_part(package: zipfile.ZipFile, member: str, name: str) -> etree._Element | None:
    """A part of the package as XML; None when it is not there. No entities, no network, no DTD."""
    data = part_bytes(package, member, name)
    if data is None:
        return None
    if b"<!DOCTYPE" in data[:2000] or b"<!ENTITY" in data:
        raise Refused(name, "文档里有不应出现的外部定义", member, _MEND)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(_transitional(data), parser)
    except etree.XMLSyntaxError:
        raise Refused(name, "Word 文档已损坏", member, _MEND) from None


def _transitional(data: bytes) -> bytes:
    if _STRICT in data:
        for strict, usual in _MOVED.items():
            data = data.replace(strict, usual)
    return data
