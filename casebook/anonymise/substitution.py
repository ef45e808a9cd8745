"""Replaces originals in texts and says where every place of a text has moved to. Pure.

layer = Substitution({"王建国": "王某", "4月2日": "4月"})
moved = layer.apply("店主王建国于4月2日缴清。")
moved.text             # 店主王某于4月缴清。
moved.span(2, 5)       # (2, 4)
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from casebook.anonymise.folding import HAN, is_han
from casebook.anonymise.words import FIXED_TERMS, cut, is_word

Span = tuple[int, int]
_LONGEST_WORD, _REACH = 3, 20
_HAN_BEFORE, _HAN_AFTER = re.compile(rf"[{HAN}]*$"), re.compile(rf"[{HAN}]*")
_LAW = re.compile(r"《[^《》]{2,60}(?:法|典|条例|规定|办法|细则|标准|规范|通则|规则|解释)》")
_SHORTEST_OVERLAP = 2  # 执法人员李伟 with 执法人员甲 gives 执法人员甲, not the title twice


@dataclass(frozen=True, slots=True)
class Piece:
    """One replaced stretch: where it stood, where it stands now (half-open offsets)."""

    start: int
    end: int
    new_start: int
    new_end: int


@dataclass(frozen=True, slots=True)
class Moved:
    """A text after replacement. `pieces` are in order and do not overlap."""

    text: str
    pieces: tuple[Piece, ...] = ()

    def span(self, start: int, end: int) -> Span:
        """The span of the old text in the new one; a boundary inside a replaced stretch goes to its edge."""
        return self._place(start, edge="start"), self._place(end, edge="end")

    def _place(self, offset: int, edge: str) -> int:
        index = bisect_right(self.pieces, offset, key=lambda piece: piece.start) - 1
        if index < 0:
            return offset
        piece = self.pieces[index]
        if offset == piece.start:
            return piece.new_start
        if offset < piece.end:
            return piece.new_start if edge == "start" else piece.new_end
        return offset + piece.new_end - piece.end


class Substitution:
    """Originals and what readers see instead. The longest original wins where several begin."""

    def __init__(self, pairs: Mapping[str, str]) -> None:
        self.pairs = {original: shown for original, shown in pairs.items() if original}
        longest_first = sorted(self.pairs, key=lambda original: (-len(original), original))
        self._pattern = re.compile("|".join(map(_bounded, longest_first))) if longest_first else None

    def apply(self, text: str) -> Moved:
        """Every occurrence replaced; the same text when nothing occurs."""
        if self._pattern is None:
            return Moved(text)
        written: list[str] = []
        pieces: list[Piece] = []
        cursor = length = 0
        for found in self._found(text):
            before = text[cursor : found.start()]
            shown = _without_repetition(before, self.pairs[found[0]])
            written += [before, shown]
            length += len(before)
            pieces.append(Piece(found.start(), found.end(), length, length + len(shown)))
            cursor, length = found.end(), length + len(shown)
        return Moved("".join([*written, text[cursor:]]), tuple(pieces))

    def spans(self, text: str) -> list[Span]:
        """Where the originals stand in the text and are replaced."""
        return [found.span() for found in self._found(text)]

    def spared(self, text: str) -> list[str]:
        """The longer words in which an original stands and stays, in order, each once."""
        found = self._pattern.finditer(text) if self._pattern else ()
        return list(dict.fromkeys(word for one in found if (word := longer_word(text, *one.span()))))

    def _found(self, text: str) -> Iterator[re.Match[str]]:
        if self._pattern:
            yield from (one for one in self._pattern.finditer(text) if not longer_word(text, *one.span()))


def longer_word(text: str, start: int, end: int) -> str:
    """安全帽 for 安全 in 戴安全帽: a name that is a word, too, stays in longer words, terms, titles of laws."""
    original = text[start:end]
    if len(original) > _LONGEST_WORD or not is_han(original) or not is_word(original):
        return ""
    return _in_title(text, start, end) or _in_term(text, start, end) or _in_word(text, start, end)


def _in_title(text: str, start: int, end: int) -> str:
    """《安全生产法》."""
    found = _LAW.match(text, text.rfind("《", 0, start)) if "《" in text[:start] else None
    return found[0] if found and found.end() >= end else ""


def _in_term(text: str, start: int, end: int) -> str:
    original = text[start:end]
    places = ((term, start - at.start()) for term in FIXED_TERMS for at in re.finditer(original, term))
    return next((term for term, begin in places if begin >= 0 and text.startswith(term, begin)), "")


def _in_word(text: str, start: int, end: int) -> str:
    """By the segmentation of the Han characters around it."""
    before, after = _HAN_BEFORE.search(text[max(0, start - _REACH) : start]), _HAN_AFTER.match(text[end : end + _REACH])
    left, original, right = before[0] if before else "", text[start:end], after[0] if after else ""
    place = 0
    for word in cut(left + original + right):
        if place <= len(left) and len(left) + len(original) <= place + len(word):
            return word if word != original else ""
        place += len(word)
    return ""


def _bounded(original: str) -> str:
    """Digits and Latin letters are whole words: 1月2日 does not stand in 11月2日."""
    first, last = original[0], original[-1]
    before = r"(?<![0-9A-Za-z０-９])" if _is_alphanumeric(first) else ""
    after = r"(?![0-9A-Za-z０-９])" if _is_alphanumeric(last) else ""
    return f"{before}{re.escape(original)}{after}"


def _is_alphanumeric(character: str) -> bool:
    return re.match(r"[0-9A-Za-z０-９]", character) is not None


def _without_repetition(before: str, shown: str) -> str:
    """`shown` without a beginning that already stands right before it."""
    for length in range(len(shown), _SHORTEST_OVERLAP - 1, -1):
        if before.endswith(shown[:length]):
            return shown[length:]
    return shown
