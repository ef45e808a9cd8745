"""Is this line a heading, and of which section? Styles, bold, numbers, brackets, or nothing but the words tell.

The synonyms are those of `casebook.manuscript`, the one table of headings.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache

from casebook.intake.folding import fold
from casebook.intake.values import Line, characters
from casebook.manuscript import BLOCK_OF

LONGEST = 24
LIKE_ENOUGH = 0.75
_NUMERAL = "一二三四五六七八九十"
# (rank, form): a lower rank stands higher in the document
_NUMBERS = (
    (0, re.compile(rf"^第[{_NUMERAL}\d]+(?:部分|章|节)[\s、:.]*")),
    (1, re.compile(rf"^[{_NUMERAL}]{{1,3}}\s*[、.,:]\s*")),
    (2, re.compile(rf"^\([{_NUMERAL}]{{1,3}}\)[\s、.]*")),
    (3, re.compile(r"^\d{1,2}\s*[、.:)](?!\d)\s*")),
    (4, re.compile(r"^\(\d{1,2}\)[\s、.]*")),
    (4, re.compile(r"^[①-⑳ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ][\s、.]*")),
)
_BULLETS = "◆◇●○■□★☆▲△▶►※*#·•-—>~ "
_BRACKETED = re.compile(r"^[【\[〔「〖<〈](?P<name>[^】\]〕」〗>〉]{2,24})[】\]〕」〗>〉][\s::]*(?P<rest>.*)$", re.S)
_COLON = re.compile(r"^(?P<name>[^::。;,\n]{2,14}):\s*(?P<rest>.*)$", re.S)
_SENTENCE_END = re.compile(r"[。;,!?、]$")
_AROUND = " \t:.-—_~<>《》()[]【】“”\"'"


@dataclass(frozen=True, slots=True)
class Mark:
    """How a line is marked, and what it says. `cut` is where text begins that follows on the same line.

    `kind` is ("style", level), ("number", rank), ("bracket",), ("bold",) or ("plain",).
    """

    kind: tuple
    name: str
    block: str = ""
    cut: int = 0
    exact: bool = False


def mark_of(line: Line) -> Mark | None:
    """The line as a heading, known or not; None for running text."""
    written = line.written
    folded = fold(written)
    start = len(folded) - len(folded.lstrip(_BULLETS))
    number, body = _number(folded[start:])
    kind = _kind(line, number)
    begin = len(folded) - len(body)
    if bracketed := _BRACKETED.match(body):
        kind = kind if kind[0] in ("style", "number") else ("bracket",)
        return _with_rest(kind, bracketed, begin)
    if block := block_of(body):
        return Mark(kind, key_of(body), block, len(written), exact=True)
    if (colon := _COLON.match(body)) and block_of(colon["name"]) and colon["rest"].strip():
        return _with_rest(kind, colon, begin)
    if kind == ("plain",) or characters(body) > LONGEST or _SENTENCE_END.search(body.strip()):
        return None
    return Mark(kind, key_of(body), like(body), len(written))


def _with_rest(kind: tuple, found: re.Match[str], begin: int) -> Mark:
    name = found["name"]
    cut = begin + found.start("rest")
    return Mark(kind, key_of(name), block_of(name) or like(name), cut, exact=bool(block_of(name)))


def _kind(line: Line, rank: int | None) -> tuple:
    if line.level:
        return ("style", line.level)
    if rank is not None:
        return ("number", rank)
    return ("bold",) if line.bold else ("plain",)


def _number(text: str) -> tuple[int | None, str]:
    for rank, form in _NUMBERS:
        if found := form.match(text):
            return rank, text[found.end() :]
    return None, text


def key_of(text: str) -> str:
    """The words of a heading without numbers, blanks and marks: `案 情 简 介：` -> 案情简介."""
    return "".join(fold(text).split()).strip(_AROUND + _BULLETS)


def bare(heading: str) -> str:
    """A heading as written without its number and marks: `一、案情简介：` -> 案情简介."""
    folded = fold(heading).strip(_BULLETS)
    return key_of(_number(folded)[1])


def block_of(text: str) -> str:
    """The section of a heading known word for word; empty when it is not."""
    return _blocks().get(key_of(text), "")


def like(text: str) -> str:
    """The section whose heading is contained or nearly so (`案情经过简介`, `本案的典型意义`); empty when none is."""
    key = key_of(text)
    inside = [name for name in _blocks() if len(name) >= 3 and name in key]
    if inside:
        return _blocks()[max(inside, key=len)]
    scored = [(SequenceMatcher(None, key, name).ratio(), name) for name in _blocks() if len(name) >= 4]
    score, name = max(scored, default=(0.0, ""))
    return _blocks()[name] if score >= LIKE_ENOUGH else ""


@cache
def _blocks() -> dict[str, str]:
    return {key_of(heading): block for heading, block in BLOCK_OF.items()}


def main_kinds(marks: Iterable[Mark | None]) -> set[tuple]:
    """The ways in which this draft marks its sections, told from the known headings; of each way the highest."""
    highest: dict[str, tuple] = {}
    for mark in marks:
        if mark and mark.exact and mark.kind != ("plain",):
            way = mark.kind[0]
            highest[way] = min(highest.get(way, mark.kind), mark.kind)
    return set(highest.values())
