"""Word documents -> lines of text: paragraphs with their automatic numbers, tables as tab-separated lines.

Read straight from the XML, with limits: an upload is untrusted and python-docx would unpack all of it.
"""

from collections.abc import Iterator

from lxml import etree

from kb.importers.docx_numbering import Numbering
from kb.importers.docx_package import open_package, xml_part
from kb.importers.refusal import Refused
from kb.parser import Note, Severity

MAIN = "word/document.xml"
DEEPEST_TABLE = 3
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED = {f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}pPr", f"{W}rPr", _FALLBACK}
_SPACES = {f"{W}tab": " ", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}softHyphen": ""}
_TITLE_STYLES = {"title", "标题"}
LONGEST_HEADING = 80


def read_docx(raw: bytes, name: str) -> tuple[str, list[Note]]:
    """(text, notes). Raises Refused for broken, oversized and foreign packages."""
    with open_package(raw, name) as package:
        document = xml_part(package, MAIN, name)
        if document is None:
            raise Refused(name, "压缩包里没有 Word 正文", MAIN, "请确认是 .docx 文档，而不是表格、演示文稿或压缩包")
        numbering = Numbering(xml_part(package, "word/numbering.xml", name), xml_part(package, "word/styles.xml", name))
        footnotes = xml_part(package, "word/footnotes.xml", name)
    body = document.find(f"{W}body")
    lines = list(_blocks(body, numbering, 0)) if body is not None else []
    return "\n".join(lines), [*_left_out(document), *_footnotes(footnotes)]


def _blocks(parent: etree._Element, numbering: Numbering, depth: int) -> Iterator[str]:
    """The lines of a body, a cell or a text box."""
    for child in parent:
        if child.tag == f"{W}p":
            yield from _paragraph(child, numbering)
        elif child.tag == f"{W}tbl":
            yield from _table(child, numbering, depth)
        elif isinstance(child.tag, str) and child.tag not in _SKIPPED:
            yield from _blocks(child, numbering, depth)


def _paragraph(element: etree._Element, numbering: Numbering) -> Iterator[str]:
    boxes: list[etree._Element] = []
    text = "".join(_runs(element, boxes))
    number = numbering.label(element) if text.strip() else ""
    heading = _heading_mark(element, numbering, text)
    if text.strip():
        yield from f"{heading}{number}{text}".split("\n")
    for box in boxes:
        yield from _blocks(box, numbering, DEEPEST_TABLE)


def _runs(element: etree._Element, boxes: list[etree._Element]) -> Iterator[str]:
    for child in element:
        if child.tag == f"{W}t":
            yield (child.text or "").replace("\n", " ").replace("\t", " ")
        elif child.tag in _SPACES:
            yield _SPACES[child.tag] if child.get(f"{W}type") != "page" else ""
        elif child.tag == f"{W}sym":
            yield _symbol(child)
        elif child.tag == f"{W}txbxContent":
            boxes.append(child)
        elif isinstance(child.tag, str) and child.tag not in _SKIPPED:
            yield from _runs(child, boxes)


def _symbol(element: etree._Element) -> str:
    """Symbol fonts hide ordinary characters in the private area; what is not ordinary is shown as □."""
    code = element.get(f"{W}char") or ""
    try:
        value = int(code, 16)
    except ValueError:
        return "□"
    return chr(value) if 0x20 < value < 0xD800 else "□"


def _heading_mark(element: etree._Element, numbering: Numbering, text: str) -> str:
    """The title's own style becomes #, so that the parser need not guess."""
    short = 0 < len(text.strip()) <= LONGEST_HEADING and "\n" not in text
    return "# " if short and numbering.style_name(element) in _TITLE_STYLES else ""


def _table(table: etree._Element, numbering: Numbering, depth: int) -> Iterator[str]:
    """One line a row. A table of one column only frames text, and is read as text."""
    rows = [
        [c for c in row.iter(f"{W}tc") if _owner(c, f"{W}tr") is row]
        for row in table.iter(f"{W}tr")
        if _owner(row, f"{W}tbl") is table
    ]
    if depth >= DEEPEST_TABLE or max((len(r) for r in rows), default=0) <= 1:
        for row in rows:
            for cell in row:
                yield from _blocks(cell, numbering, min(depth + 1, DEEPEST_TABLE))
        return
    for row in rows:
        cells = [
            " ".join(x.replace("\t", " ").strip() for x in _blocks(cell, numbering, DEEPEST_TABLE)) for cell in row
        ]
        yield "\t".join(cells) if len(cells) > 1 else "".join(cells)


def _owner(element: etree._Element, tag: str) -> etree._Element | None:
    return next(element.iterancestors(tag), None)


def _left_out(document: etree._Element) -> list[Note]:
    """Revisions not yet accepted and pictures: the reader of the report must know."""
    notes = []
    deleted = "".join(t.text or "" for t in document.iter(f"{W}delText"))
    if deleted:
        notes.append(
            Note("revision", f"文档有未接受的修订，已按修订后的文字导入，未计入删除的“{deleted[:40]}”", text=deleted)
        )
    if pictures := sum(1 for _ in document.iter(f"{W}drawing", f"{W}pict", f"{W}object")):
        notes.append(Note("picture", f"文档有 {pictures} 处图片或对象，没有文字可导入"))
    return notes


def _footnotes(part: etree._Element | None) -> list[Note]:
    if part is None:
        return []
    found = [
        ("".join(t.text or "" for t in note.iter(f"{W}t")), note.get(f"{W}id")) for note in part.iter(f"{W}footnote")
    ]
    return [
        Note("footnote", f"脚注 {number} 未并入正文：“{text.strip()[:60]}”", text=text, severity=Severity.WARNING)
        for text, number in found
        if text.strip()
    ]
