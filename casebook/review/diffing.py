"""Two texts side by side: sentence by sentence, and within a changed sentence character by character. Pure.

for row in compare("甲。乙。", "甲。丙。"):
    row.old, row.new      # tuples of Piece(text, changed)
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

_SENTENCE = re.compile(r"[^。！？；\n]*[。！？；][”’」』）]?|[^。！？；\n]+|\n")
SIMILAR = 0.5  # below this two sentences are different ones, and no character is compared
SHORTEST_KEPT = 2  # single characters that happen to agree would tear a sentence to shreds


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text; `changed` means gone on the old side, new on the new side."""

    text: str
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence as it was and as it is; an empty side means that there was none."""

    old: tuple[Piece, ...] = ()
    new: tuple[Piece, ...] = ()

    @property
    def changed(self) -> bool:
        return any(piece.changed for piece in (*self.old, *self.new))

    @property
    def is_blank(self) -> bool:
        """Line ends alone: nothing to show."""
        return not any(piece.text.strip() for piece in (*self.old, *self.new))


def sentences(text: str) -> list[str]:
    """The text in sentences; joined they are the text again."""
    return _SENTENCE.findall(text.replace("\r\n", "\n"))


def compare(old: str, new: str) -> list[Row]:
    """Rows in reading order."""
    before, after = sentences(old), sentences(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    rows: list[Row] = []
    for _tag, i1, i2, j1, j2 in matcher.get_opcodes():
        rows += _rows(before[i1:i2], after[j1:j2])
    return rows


def _rows(before: list[str], after: list[str]) -> Iterator[Row]:
    for old, new in zip_longest(before, after, fillvalue=""):
        yield _row(old, new)


def _row(old: str, new: str) -> Row:
    if old == new:
        return Row((Piece(old),), (Piece(new),))
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if not (old and new) or matcher.ratio() < SIMILAR:
        return Row(_whole(old), _whole(new))
    kept = [block for block in matcher.get_matching_blocks() if block.size >= SHORTEST_KEPT]
    old_spans = [(block.a, block.size) for block in kept]
    new_spans = [(block.b, block.size) for block in kept]
    return Row(tuple(_pieces(old, old_spans)), tuple(_pieces(new, new_spans)))


def _whole(text: str) -> tuple[Piece, ...]:
    return (Piece(text, changed=True),) if text else ()


def _pieces(text: str, kept: list[tuple[int, int]]) -> Iterator[Piece]:
    """The text in runs: those at `kept` (start, length) stay, the rest changed."""
    at = 0
    for start, size in [*kept, (len(text), 0)]:
        if start > at:
            yield Piece(text[at:start], changed=True)
        if size:
            yield Piece(text[start : start + size])
        at = start + size
