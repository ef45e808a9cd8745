"""Plain text of a case -> blocks of a document: lines, `- ` lists, `1. ` lists, links at exact offsets."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from content.exports.document import Block, Line, Listing, Paragraph, Run

_MARKS = {"bullet": re.compile(r"\s*[-•]\s+"), "number": re.compile(r"\s*\d+[.、．]\s*")}
CHINESE = "一二三四五六七八九十"


class Link(NamedTuple):
    """From `start` to `end` of the text leads to that anchor."""

    start: int
    end: int
    target: str


def blocks_of(text: str, links: Iterable[Link] = ()) -> tuple[Block, ...]:
    """Each line a paragraph; neighbouring lines with the same kind of mark make one list."""
    links = sorted(links)
    blocks: list[Block] = []
    for kind, group in groupby(_lines(text), key=lambda found: found[0]):
        lines = tuple(_runs(text, start, end, links) for _, start, end in group)
        if kind == "text":
            blocks += [Paragraph(line) for line in lines]
        else:
            blocks.append(Listing(lines, numbered=kind == "number"))
    return tuple(blocks)


def line_of(text: str, links: Iterable[Link] = ()) -> Line:
    """A text of one line, line ends as ；."""
    lines = [_runs(text, start, end, sorted(links)) for _, start, end in _lines(text)]
    joined: list[Run] = []
    for n, runs in enumerate(lines):
        joined += [Run("；"), *runs] if n else runs
    return tuple(joined)


def numbered(n: int) -> str:
    """1 -> 一, 12 -> 十二; sections of a case are never more than 99."""
    tens, ones = divmod(n, 10)
    head = ("" if tens == 1 else CHINESE[tens - 1]) + "十" if tens else ""
    return head + (CHINESE[ones - 1] if ones else "")


def _lines(text: str) -> Iterator[tuple[str, int, int]]:
    """(kind, start, end) of every line that holds something, marks and outer spaces left out."""
    for found in re.finditer(r"[^\n]+", text):
        content = found.group()
        kind, mark = next(((kind, m) for kind, mark in _MARKS.items() if (m := mark.match(content))), ("text", None))
        start = found.start() + (mark.end() if mark else len(content) - len(content.lstrip()))
        end = found.start() + len(content.rstrip())
        if start < end:
            yield kind, start, end


def _runs(text: str, start: int, end: int, links: list[Link]) -> Line:
    runs, at = [], start
    for link in links:
        begin, stop = max(link.start, at), min(link.end, end)
        if begin < stop:
            runs += [Run(text[at:begin])] if at < begin else []
            runs.append(Run(text[begin:stop], link.target))
            at = stop
    return (*runs, Run(text[at:end])) if at < end else tuple(runs)
