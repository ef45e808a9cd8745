"""A .txt or .md draft -> Content. Encodings are told by what reads as Chinese (UTF-8, GBK, Big5)."""

import re

from casebook.intake.values import Content, Line, characters
from kb.importers.encoding import UnreadableText, decode
from kb.importers.refusal import Refused

_MARKDOWN = re.compile(r"^(#{1,6})\s*(.+?)\s*#*$")
_BOLD = re.compile(r"^(\*\*|__)(.+)\1$")
_SHOWN = {"gb18030": "GBK", "big5": "Big5"}


def read_plain(raw: bytes, name: str) -> Content:
    """Raises Refused for binary data and for text in no known encoding."""
    try:
        decoded = decode(raw)
    except UnreadableText as error:
        raise Refused(name, "不是可以识别的文字文件", str(error), "请用记事本另存为 UTF-8 编码后再上传") from None
    text = decoded.text.removeprefix("\ufeff")
    lines = [_line(line.strip()) for line in text.splitlines() if line.strip()]
    encoding = "" if decoded.encoding.startswith("utf-8") else _SHOWN.get(decoded.encoding, decoded.encoding)
    log = (f"文件编码为 {encoding}，已转换。",) if encoding else ()
    visible = sum(characters(line.text) for line in lines)
    return Content(tuple(lines), visible=visible, log=log)


def _line(text: str) -> Line:
    if heading := _MARKDOWN.match(text):
        return Line(heading[2], level=len(heading[1]))
    if bold := _BOLD.match(text):
        return Line(bold[2], bold=True)
    return Line(text)
