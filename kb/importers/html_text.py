"""Web pages -> lines of text: block elements end lines, data tables become tab-separated lines, scripts go."""

import re
from collections.abc import Iterator

from lxml import etree, html

from kb.importers.refusal import Refused
from kb.parser import Note, Severity

_DROPPED = ("script", "style", "noscript", "iframe", "object", "embed", "svg", "template", "select", "button", "head")
_FURNITURE = ("nav", "header", "footer", "aside", "form")
_BLOCKS = {
    "p", "div", "li", "ul", "ol", "dl", "dt", "dd", "section", "article", "main", "blockquote", "pre", "center",
    "h1", "h2", "h3", "h4", "h5", "h6", "tr", "td", "th", "table", "tbody", "thead", "body", "fieldset", "figure",
}  # fmt: skip
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_HEADING = re.compile(r"h([1-6])$")
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_WHITE = re.compile(r"[ \t\r\n\f]+")
MAIN_SHARE = 0.5
DEEPEST = 200


def read_html(text: str, raw: bytes, name: str) -> tuple[str, list[Note]]:
    """(text, notes). Raises Refused when there is no page in it."""
    try:
        root = html.fromstring(_XML_DECLARATION.sub("", text), parser=html.HTMLParser(no_network=True, huge_tree=False))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise Refused(name, "网页内容读不出来", "", "请在浏览器中全选正文，粘贴到文本文件后导入") from None
    notes = _strip(root)
    lines = list(_lines(_main(root)))
    return "\n".join(lines), notes


def _strip(root: etree._Element) -> list[Note]:
    """Takes out what is no text of the page; menus and footers are reported with their words."""
    notes = []
    scripts = 0
    for element in list(root.iter(*_DROPPED)):
        scripts += element.tag == "script"
        _drop(element)
    for element in [e for e in root.iter() if isinstance(e.tag, str) and _is_furniture(e)]:
        words = _WHITE.sub(" ", "".join(element.itertext())).strip()
        if words and element.getparent() is not None:
            notes.append(Note("navigation", f"去掉网页导航“{words[:80]}”", element.sourceline or 0, words))
        _drop(element)
    if scripts:
        notes.append(Note("script", f"去掉网页脚本 {scripts} 段", severity=Severity.INFO))
    return notes


def _is_furniture(element: etree._Element) -> bool:
    return element.tag in _FURNITURE or bool(_HIDDEN.search(element.get("style") or ""))


def _drop(element: etree._Element) -> None:
    if element.getparent() is not None:
        element.drop_tree()


def _main(root: etree._Element) -> etree._Element:
    """The page's <article> or <main> when it holds most of the text, else the whole page."""
    total = len("".join(root.itertext()).strip()) or 1
    for tag in ("article", "main"):
        found = list(root.iter(tag))
        if len(found) == 1 and len("".join(found[0].itertext()).strip()) >= MAIN_SHARE * total:
            return found[0]
    return root


def _lines(element: etree._Element) -> Iterator[str]:
    """The element's text, one line a block."""
    buffer: list[str] = []
    for piece in _pieces(element, 0):
        if piece is None:
            if line := _settled(buffer):
                yield line
            buffer = []
        else:
            buffer.append(piece)
    if line := _settled(buffer):
        yield line


def _settled(buffer: list[str]) -> str:
    line = "".join(buffer)
    return line.strip(" ") if line.strip() else ""


def _pieces(element: etree._Element, depth: int) -> Iterator[str | None]:
    """Text in order; None ends a line."""
    if not isinstance(element.tag, str) or depth > DEEPEST:
        return
    if element.tag == "table" and (rows := _data_rows(element)):
        for row in rows:
            yield None
            yield "\t".join(row)
        yield None
        return
    block = element.tag in _BLOCKS
    if block or element.tag == "br":
        yield None
    if heading := _HEADING.match(element.tag):
        yield "#" * int(heading[1]) + " "
    yield _WHITE.sub(" ", element.text or "")
    for child in element:
        yield from _pieces(child, depth + 1)
        yield _WHITE.sub(" ", child.tail or "")
    if block:
        yield None


def _data_rows(table: etree._Element) -> list[list[str]]:
    """The cells of a table of data; empty for a table that only lays out the page."""
    if next(table.iterdescendants("table"), None) is not None:
        return []
    rows = [[_cell(c) for c in row if c.tag in ("td", "th")] for row in table.iter("tr")]
    rows = [row for row in rows if row]
    widest = max((len(row) for row in rows), default=0)
    return rows if widest > 1 and len(rows) > 1 else []


def _cell(cell: etree._Element) -> str:
    return _WHITE.sub(" ", "".join(cell.itertext())).strip()
