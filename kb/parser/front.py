"""The head of a document: its title, the 题注 below it, the number of the document."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kb.parser import dates
from kb.parser.nodes import BLANK, Line, Note
from kb.parser.openings import article, numbered, structural

DOC_NUMBER = re.compile(
    r"[\u4e00-\u9fffA-Za-z]{1,20}[〔\[［【（(]\s*(?:19|20)\d{2}\s*[〕\]］】）)]\s*第?\s*\d{1,4}\s*号"
)
_ORDER_NUMBER = re.compile(r"[\u4e00-\u9fff、]{2,40}?令?\s*第?\s*\d{1,4}\s*号令?")
_BARE_NUMBER = re.compile(rf"^(?:{DOC_NUMBER.pattern}|第\s*\d{{1,4}}\s*号|[（(]?{DOC_NUMBER.pattern}[）)]?)$")
_ACTION = re.compile("通过|公布|发布|颁布|修正|修订|批准|施行|实施|令第|印发|生效|执行")
_HISTORY_START = re.compile(
    rf"^[（(【\[]?\s*(?:根据|经|自|依据)?\s*(?:{dates.DATE}|[0-9]{{4}}年)|^[（(]?(?:根据|经).{{0,30}}(?:{dates.DATE})|^(?:公布|发布)之日(?:起)?(?:施行|实施)"
)
LONGEST_TITLE_LINE = 60
LONGEST_HISTORY_LINE = 260
MOST_TITLE_LINES = 3
LONGEST_TITLE = 180
STOPS = tuple("。；;：:，,！？")
_SIGNED = re.compile(r"(?:局|政府|办公室|委员会|厅|部|院)$")
_NAMED = re.compile(r"《([^《》]{4,120})》")
# A name that a document gives itself ends like this.
_KIND_OF_TEXT = re.compile(
    r"(?:法|条例|办法|规定|规则|细则|决定|意见|方案|通知|制度|规程|规范|标准|准则|章程|公告|纲要|规划|解释|批复|目录|清单|宪法|法典)(?:[（(].{1,12}[）)])?$"
)


@dataclass(frozen=True, slots=True)
class Front:
    """The head of a document and the lines of its body. `in_body`: the title is among those lines as well."""

    title: str
    history: tuple[str, ...]
    body: tuple[Line, ...]
    doc_number: str = ""
    inner_title: str = ""
    in_body: bool = False
    notes: tuple[Note, ...] = ()


def split_front(lines: tuple[Line, ...], info_end: int, title_line: int, fallback: str) -> Front:
    """`info_end`: the marked end of the 题注; `title_line`: the line known to be the title; 0 when unknown."""
    if not lines:
        return Front(fallback, (), (), in_body=True)
    if info_end and (head := [line for line in lines if line.number < info_end]):
        return _marked(head, lines[len(head) :])
    first, count = _title_block(lines, title_line)
    if first is None:
        return _untitled(lines, fallback)
    title = _joined(line.stripped for line in lines[first : first + count])
    if first > 0:
        inner = _embedded_title(lines)
        return Front(title, (), lines, _doc_number(lines), inner if inner != title else "", in_body=True)
    history_end = _history_end(lines, count)
    history = tuple(line.text.strip(BLANK) for line in lines[count:history_end])
    body = lines[history_end:]
    return Front(title, history, body, _doc_number(lines[: history_end + 3]), _embedded_title(body, title))


def _marked(head: list[Line], body: tuple[Line, ...]) -> Front:
    """Title first, everything else up to the mark is 题注."""
    title, rest = head[0].stripped, head[1:]
    return Front(title, tuple(line.text for line in rest), body, _doc_number(tuple(head)))


def _title_block(lines: tuple[Line, ...], title_line: int) -> tuple[int | None, int]:
    """(index, number of lines) of the title."""
    if title_line:
        at = next((i for i, line in enumerate(lines) if line.number >= title_line), None)
        return at, 1
    for at, line in enumerate(lines):
        if line.heading == 1 and not structural(line.stripped, marked=True):
            return at, 1
        if _opens_body(line):
            break
    if lines[0].heading:
        return (0, 1) if not _opens_body(lines[0]) and not _BARE_NUMBER.match(lines[0].stripped) else (None, 0)
    return _plain_title(lines)


def _opens_body(line: Line) -> bool:
    text = line.stripped
    marked = bool(line.heading)
    return bool(structural(text, marked=marked) or article(text, bold=line.bold) or numbered(text, marked=marked))


def _plain_title(lines: tuple[Line, ...]) -> tuple[int | None, int]:
    """The first short lines without a full stop, up to the 题注, the signature or the first provision."""
    start = 0
    while start < len(lines) and start < MOST_TITLE_LINES and _BARE_NUMBER.match(lines[start].stripped):
        start += 1
    count = 0
    for line in lines[start : start + MOST_TITLE_LINES]:
        text = line.stripped
        if not _could_be_title(line) or (
            count and (_SIGNED.search(text) or _KIND_OF_TEXT.search(lines[start + count - 1].stripped))
        ):
            break
        count += 1
    return (start, count) if count else (None, 0)


def _could_be_title(line: Line) -> bool:
    text = line.stripped
    if len(text) > LONGEST_TITLE_LINE or text.endswith(STOPS) or line.is_table_row:
        return False
    return not (_opens_body(line) or _is_history(text) or _BARE_NUMBER.match(text) or dates.is_date_line(text))


def _is_history(text: str) -> bool:
    """1996年3月17日…通过, 根据…修正, （2009年…公布 …施行)."""
    if len(text) > LONGEST_HISTORY_LINE:
        return False
    return bool(_HISTORY_START.match(text) and _ACTION.search(text)) or bool(_BARE_NUMBER.match(text))


def _history_end(lines: tuple[Line, ...], start: int) -> int:
    """Index of the first line after the 题注, which may wrap inside a bracket or a quoted title."""
    at, open_marks = start, 0
    while at < len(lines):
        line = lines[at]
        text = line.stripped
        if (
            line.heading
            or article(text, bold=line.bold)
            or not (_is_history(text) or (open_marks > 0 and len(text) < LONGEST_HISTORY_LINE))
        ):
            break
        open_marks += sum(text.count(c) for c in "（(《") - sum(text.count(c) for c in "）)》")
        at += 1
    return at


def _untitled(lines: tuple[Line, ...], fallback: str) -> Front:
    """No title at the top: the document may name itself further down (a notice without its heading)."""
    inner = _embedded_title(lines)
    if inner:
        return Front(inner, (), lines, _doc_number(lines), in_body=True)
    note = Note("no_title", f"没有认出标题，暂以文件名“{fallback}”为题", lines[0].number)
    return Front(fallback, (), lines, _doc_number(lines), in_body=True, notes=(note,))


def _embedded_title(lines: tuple[Line, ...], outer: str = "") -> str:
    """The title of the document that a notice passes on: short lines which a 《…》 before them names."""
    names: set[str] = {_squeezed(name) for name in _NAMED.findall(outer)}
    for at, line in enumerate(lines):
        if at and _opens_body(line):
            break
        for count in range(1, MOST_TITLE_LINES + 1):
            joined = _joined(x.stripped for x in lines[at : at + count])
            if _squeezed(joined) in names and _squeezed(joined) != _squeezed(outer):
                return joined
        names |= {_squeezed(name) for name in _NAMED.findall(line.text)}
    return ""


def _doc_number(lines: tuple[Line, ...]) -> str:
    """The document's own number stands on a line by itself (or in the 令第…号 of the 题注), near the top."""
    for line in lines[:8]:
        text = line.stripped
        if _BARE_NUMBER.match(text):
            found = DOC_NUMBER.search(text)
            return found[0] if found else text
    return ""


def _joined(parts: Iterable[str]) -> str:
    """A title set on two lines is one title."""
    return "".join(parts)[:LONGEST_TITLE]


def _squeezed(text: str) -> str:
    return "".join(text.split()).replace("〈", "<").replace("〉", ">")
