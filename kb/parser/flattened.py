"""Lines into which a whole chapter has been squeezed are taken apart again at their article numbers."""

import re
from collections.abc import Sequence
from dataclasses import replace

from kb.numerals import NUMERAL
from kb.parser.nodes import Line, Note
from kb.parser.openings import article

_INNER = re.compile(rf"(?<=[。；：”）])\s*(?=第[{NUMERAL}]+条(?:之[{NUMERAL}]+)?[ \u3000])")
_SENTENCE_GAP = re.compile(r"(?<=[。；：])[ \u3000]+(?=[\u4e00-\u9fff（(“])")
FEWEST_INNER = 1


def unflatten(lines: Sequence[Line], notes: list[Note]) -> list[Line]:
    """`第一条 …。 第二条 …。` on one line becomes one line an article, and one a 款 where a gap shows it."""
    out: list[Line] = []
    for line in lines:
        pieces = _pieces(line)
        if len(pieces) > 1:
            message = f"一行里有 {sum(bool(article(p)) for p in pieces)} 条，已按条号拆开"
            notes.append(Note("flattened", message, line.number, line.text[:40]))
            out += [replace(line, text=piece) for piece in pieces]
        else:
            out.append(line)
    return out


def _pieces(line: Line) -> list[str]:
    """The articles of the line when their numbers follow each other, each cut into its paragraphs."""
    first = article(line.stripped)
    if not first or line.heading:
        return [line.text]
    parts = [p for p in _INNER.split(line.text) if p.strip()]
    numbers = [opening.number if (opening := article(p.strip())) else 0 for p in parts]
    if len(parts) <= FEWEST_INNER or numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        return [line.text]
    return [piece for part in parts for piece in _SENTENCE_GAP.split(part) if piece.strip()]
