"""Marks found words in the text as it was written, not in its tokens. Safe HTML with <mark> and nothing else."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from search.chinese import fold

SNIPPET_LENGTH = 110
# How far back a snippet may start to begin with a whole clause.
LEAD = 24
_CLAUSE_END = re.compile(r"[。；;：:\n]")

Span = tuple[int, int]


def highlighted(text: str, words: Iterable[str]) -> SafeString:
    """The whole text with every occurrence of the folded words marked."""
    return _html(text, spans(text, words))


def snippet(text: str, words: Iterable[str], length: int = SNIPPET_LENGTH) -> SafeString:
    """About `length` characters around the place where most different words stand together."""
    found = spans(text, words)
    latest = max(0, len(text) - length)
    start = _clause_start(text, min(_best_start(text, found, length), latest))
    end = _whole_end(found, start, start + length)
    inside = [(max(a, start) - start, min(b, end) - start) for a, b in found if a < end and b > start]
    shown = _html(text[start:end].replace("\n", " "), inside)
    return mark_safe(f"{'…' if start else ''}{shown}{'…' if end < len(text) else ''}")  # noqa: S308  escaped in _html


def spans(text: str, words: Iterable[str]) -> list[Span]:
    """Places of the folded words in the text, in order, overlapping ones joined."""
    longest_first = sorted(set(filter(None, words)), key=len, reverse=True)
    if not longest_first:
        return []
    folded, origin = _folded_with_origin(text)
    # a lookahead, so that overlapping words are all seen
    pattern = re.compile(f"(?=({'|'.join(map(re.escape, longest_first))}))")
    joined: list[Span] = []
    for found in pattern.finditer(folded):
        start, end = origin[found.start(1)], origin[found.end(1) - 1] + 1
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _folded_with_origin(text: str) -> tuple[str, Sequence[int]]:
    """Folded text, and for each of its characters the place of the original one."""
    folded = fold(text)
    if len(folded) == len(text):
        return folded, range(len(text))
    pieces = [_folded_character(char) for char in text]
    origin = [place for place, piece in enumerate(pieces) for _ in piece]
    return "".join(pieces), origin


@lru_cache(maxsize=8192)
def _folded_character(char: str) -> str:
    return fold(char)


def _best_start(text: str, found: list[Span], length: int) -> int:
    """The start of the window that holds most different marked words, the earliest of equals."""

    def gain(start: int) -> int:
        inside = {text[a:b] for a, b in found if start <= a and b <= start + length}
        return sum(len(words) for words in inside)

    return max((start for start, _ in found), key=lambda start: (gain(start), -start), default=0)


def _clause_start(text: str, start: int) -> int:
    before = text[max(0, start - LEAD) : start]
    ends = [found.end() for found in _CLAUSE_END.finditer(before)]
    if ends:
        return start - len(before) + ends[-1]
    return 0 if start <= LEAD else start


def _whole_end(found: list[Span], start: int, end: int) -> int:
    """Not in the middle of a marked word: before it, unless the window holds nothing else."""
    return next((a for a, b in found if start < a < end < b), end)


def _html(text: str, marked: list[Span]) -> SafeString:
    pieces, at = [], 0
    for start, end in marked:
        pieces += [escape(text[at:start]), "<mark>", escape(text[start:end]), "</mark>"]
        at = end
    return mark_safe("".join((*pieces, escape(text[at:]))))  # noqa: S308  every piece is escaped
