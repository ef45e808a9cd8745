"""Text -> lines without markup: Markdown headings, emphasis, comments, front matter, tables, stray HTML tags.

Markup is not text; everything else stays, down to the zero-width characters that some sources carry.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kb.parser.nodes import BLANK, WHITE, ZERO_WIDTH, Line, Note
from kb.parser.openings import COUNT, numbered

FRONT_MATTER = "---"
LONGEST_FRONT_MATTER = 40
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_INFO_END = re.compile(r"<!--\s*INFO END\s*-->")
_HEADING = re.compile(r"^[ \t]{0,3}(#{1,6})[ \t\u3000]+(.*?)[ \t]*#*$")
_BOLD = re.compile(r"\*\*([^*]+)\*\*|(?<![A-Za-z0-9_])__([^_]+)__(?![A-Za-z0-9_])")
_LIST_MARK = re.compile(r"^[ \t]*[-*+][ \t]+")
_TABLE_RULE = re.compile(r"^\|?[ \t]*:?-{2,}:?[ \t]*(\|[ \t]*:?-{2,}:?[ \t]*)*\|?$")
_OPENING_THEN_TAB = re.compile(rf"^(?:第{COUNT}[条章节编](?:之{COUNT})?|[（(]?{COUNT}[）)、.．])[ \u3000]*\t[^\t]*$")
_TAG = re.compile(
    r"</?(?:ul|ol|li|br|p|div|span|b|strong|i|em|u|font|a|sup|sub|td|tr|th|table|tbody|thead|img|h[1-6])(?:\s[^<>]*)?/?>",
    re.I,
)


@dataclass(frozen=True, slots=True)
class ReadLines:
    """The lines with text, the number of the line that ends the 题注 block (0: unmarked), and what was taken off."""

    lines: tuple[Line, ...]
    info_end: int
    notes: tuple[Note, ...]


def read_lines(text: str, *, part_starts: frozenset[int] = frozenset({1})) -> ReadLines:
    """`part_starts`: line numbers at which a file begins, where YAML front matter may stand."""
    info_end = next((i for i, raw in enumerate(text.split("\n"), 1) if _INFO_END.search(raw)), 0)
    notes: list[Note] = []
    lines = [line for raw in _without_comments(text, part_starts) if (line := _clean(raw, notes)) is not None]
    return ReadLines(tuple(_glue_invisible(lines, info_end)), info_end, tuple(notes))


def _without_comments(text: str, part_starts: frozenset[int]) -> Iterator[Line]:
    """Numbered raw lines, comments blanked out (they may span lines), front matter skipped."""
    blanked = _COMMENT.sub(lambda m: "\n" * m[0].count("\n"), text.replace("\r\n", "\n").replace("\r", "\n"))
    raw = blanked.split("\n")
    skip_to = 0
    for number, line in enumerate(raw, 1):
        if number in part_starts and line.strip(BLANK) == FRONT_MATTER:
            skip_to = _front_matter_end(raw, number)
        if number > skip_to:
            yield Line(number, line)


def _front_matter_end(raw: list[str], start: int) -> int:
    """The line number of the closing ---, or 0 when there is none near: then the dashes are just dashes."""
    for number in range(start + 1, min(start + LONGEST_FRONT_MATTER, len(raw)) + 1):
        if raw[number - 1].strip(BLANK).startswith(FRONT_MATTER):
            return number if raw[number - 1].strip(BLANK) == FRONT_MATTER else 0
    return 0


def _clean(raw: Line, notes: list[Note]) -> Line | None:
    """One line without its markup; None when nothing is left."""
    text = raw.text
    if _TABLE_RULE.match(text.strip(BLANK)) and "|" in text:
        return None
    text = _without_tags(text, raw.number, notes)
    heading = 0
    if found := _HEADING.match(text):
        heading, text = len(found[1]), found[2]
    text = _without_list_mark(_table_cells(text))
    bold = text.lstrip(BLANK).startswith("**")
    text = _BOLD.sub(lambda m: m[1] or m[2], text)
    text = _settle_tabs(text)
    return replace(raw, text=text, heading=heading, bold=bold) if text.strip() else None


def _settle_tabs(text: str) -> str:
    """Tabs between cells stay; a tab that indents a line or follows 第三条 or （一） is only white space."""
    inner = text.strip(WHITE)
    visible = inner.lstrip(ZERO_WIDTH)
    inner = visible + inner[: len(inner) - len(visible)]
    if "\t" in inner and not _OPENING_THEN_TAB.match(inner):
        return text.rstrip("\r\n")
    return inner.replace("\t", " ")


def _without_tags(text: str, number: int, notes: list[Note]) -> str:
    tags = _TAG.findall(text) and [m[0] for m in _TAG.finditer(text)]
    if tags:
        notes.append(Note("markup", f"去掉网页标记 {' '.join(tags)}", number, text.strip()))
        text = _TAG.sub("", text)
    return text


def _table_cells(text: str) -> str:
    """| 甲 | 乙 | -> the cells with tabs between them."""
    row = text.strip(BLANK)
    if len(row) > 2 and row.startswith("|") and row.endswith("|"):
        return "\t".join(cell.strip(BLANK) for cell in row[1:-1].split("|"))
    return text


def _without_list_mark(text: str) -> str:
    """- （一）… : the dash is Markdown, the number is text. A dash before anything else stays."""
    found = _LIST_MARK.match(text)
    return text[found.end() :] if found and numbered(text[found.end() :]) else text


def _glue_invisible(lines: list[Line], info_end: int) -> Iterator[Line]:
    """A line of zero-width characters only is not a paragraph: it joins the line before it on its side of the 题注."""
    kept: list[Line] = []
    pending = ""
    for line in lines:
        if line.text.strip(BLANK):
            after_note = bool(kept) and kept[-1].number < info_end
            kept.append(replace(line, lead=pending) if after_note else replace(line, text=line.text + pending))
            pending = ""
        elif kept and (kept[-1].number < info_end) == (line.number < info_end):
            kept[-1] = replace(kept[-1], text=kept[-1].text + line.text)
        else:
            pending += line.text
    return iter(kept)
