"""What a copy out of a web page or a scanned document brings along: page numbers inside sentences, navigation.

Nothing is dropped silently: every removal is a note with its line, and the original stays with the version.
"""

import re
from dataclasses import dataclass, replace

from kb.parser.nodes import Line, Note

_DASH = "[—－–―‐-]"
_PAGE_LINE = re.compile(rf"^\s*{_DASH}+\s*(\d{{1,3}})\s*{_DASH}+\s*$")
_PAGE_OF = re.compile(r"^\s*第\s*\d+\s*页(\s*[,，/]?\s*共\s*\d+\s*页)?\s*$")
_PAGE_TAIL = re.compile(rf"\s*{_DASH}\s?(\d{{1,3}})\s?{_DASH}\s*$")
_PAGE_GLUED = re.compile(rf"(?:^|(?<=[\u4e00-\u9fff]))\s*{_DASH}\s?(\d{{1,3}})(?=[\u4e00-\u9fff])")
_EMPHASIS = re.compile(r"\*+")
PAGES_SKIPPED_AT_MOST = 4

_NAVIGATION = re.compile(
    r"""^\s*(?:
      (?:您?(?:现在|当前)的?位置|当前位置)\s*[:：]
    | 首页\s*[>＞|»]
    | 字体\s*[:：]|【?字体大小
    | (?:打印|关闭|收藏|分享|返回顶部|返回首页|我要纠错)(?:本页|窗口|到[:：]?)?\s*$
    | 分享到\s*[:：]?
    | 上一[篇条]\s*[:：]|下一[篇条]\s*[:：]
    | 相关(?:附件|链接|新闻|文章|阅读)\s*[:：]?\s*$
    | 主管主办\s*[:：]
    | 法治导读\s*[:：]?\s*$
    | (?:浏览|点击|阅读)(?:次数|量|数)?\s*[:：]\s*\d
    | 扫一扫|扫码
    | 关注.{0,12}(?:公众号|微信|微博)
    | 电子杂志往期回顾
    | 版权所有|网站标识码|.{0,6}ICP备|技术支持\s*[:：]
    | [{}();,\s]+$
    )""",
    re.X,
)
_WEB_META = re.compile(
    r"^\s*(?:\d{4}[-/年]\d{1,2}[-/月]\d{1,2}.{0,20}(?:来源|点击|浏览|作者)|来源\s*[:：].{0,30}(?:点击|浏览|\d{4}[-/年])|发布(?:时间|日期)\s*[:：]|字体\s*[:：])"
)
LONGEST_TAIL_LINE = 40
TAIL = 8


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The lines that are the document's own; the line number of its title where the page's furniture gives it away."""

    lines: tuple[Line, ...]
    title_line: int
    notes: tuple[Note, ...]


def clean(lines: tuple[Line, ...]) -> Cleaned:
    """Takes page numbers and navigation off, each with a note."""
    notes: list[Note] = []
    kept = _without_pages(lines, notes)
    title_at = _title_above_meta(kept)
    kept = _without_navigation(kept, title_at, notes)
    return Cleaned(tuple(kept), title_at, tuple(notes))


def _without_pages(lines: tuple[Line, ...], notes: list[Note]) -> list[Line]:
    kept: list[Line] = []
    last_page = 0
    for line in lines:
        plain = _EMPHASIS.sub("", line.text)
        if (page := _PAGE_LINE.match(plain)) or _PAGE_OF.match(plain):
            notes.append(_removed("page_number", "页码", line, line.text))
            last_page = int(page[1]) if page else last_page
        else:
            cleaned, last_page = _without_inline_page(line, last_page, notes)
            kept.append(cleaned)
    return kept


def _without_inline_page(line: Line, last_page: int, notes: list[Note]) -> tuple[Line, int]:
    """新情况、 — 2 — loses its tail; -8监督 loses its head when page 8 is due."""
    found = _PAGE_TAIL.search(line.text)
    if not found and last_page:
        found = _PAGE_GLUED.search(line.text)
        if found and not last_page < int(found[1]) <= last_page + PAGES_SKIPPED_AT_MOST:
            found = None
    if not found or found.group().strip() == line.text.strip():
        return line, last_page
    notes.append(_removed("page_number", "页码", line, found.group().strip()))
    before, after = line.text[: found.start()], line.text[found.end() :]
    return replace(line, text=before + after, broken=not after), int(found[1])


def _title_above_meta(lines: list[Line]) -> int:
    """The line above “2022-06-22 来源：… 点击：…” or “字体：[大]” is the page's title; 0 when there is none."""
    for before, line in zip(lines, lines[1:], strict=False):
        if _WEB_META.match(line.text) and not _NAVIGATION.match(before.text):
            return before.number
    return 0


def _without_navigation(lines: list[Line], title_at: int, notes: list[Note]) -> list[Line]:
    tail_from = _tail_start(lines)
    kept = []
    for index, line in enumerate(lines):
        furniture = line.number < title_at or _NAVIGATION.match(line.text) or (title_at and _WEB_META.match(line.text))
        if furniture or index >= tail_from:
            notes.append(_removed("navigation", "网页导航", line, line.text.strip()))
        else:
            kept.append(line)
    return kept


def _tail_start(lines: list[Line]) -> int:
    """Index from which the end of the page is furniture: a navigation line near the end and short lines after it."""
    for index in range(max(len(lines) // 2, len(lines) - TAIL), len(lines)):
        rest = lines[index:]
        if _NAVIGATION.match(lines[index].text) and all(len(x.text) <= LONGEST_TAIL_LINE for x in rest):
            return index
    return len(lines)


def _removed(code: str, what: str, line: Line, text: str) -> Note:
    return Note(code, f"去掉{what}“{text.strip()}”，原文保留在来源文本中", line.number, text)
