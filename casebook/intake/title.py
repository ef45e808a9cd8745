"""Which line is the title: its style says so, or it ends in 案, or it stands alone and centred before the text."""

import re
from collections.abc import Sequence

from casebook.intake.folding import fold
from casebook.intake.headings import mark_of
from casebook.intake.values import Entry, Line

LONGEST = 80
LEADING = 8
_NAMED = re.compile(r"^(?:案例|案件)?(?:名称|标题|题目)\s*:\s*")
_SENTENCE = re.compile(r"[。;;,]")


def titled(entries: Sequence[Entry]) -> tuple[Line | None, list[Entry]]:
    """(the title, everything else in order); no title is chosen where no line looks like one."""
    leading = [(place, line) for place, line in enumerate(_leading(entries)) if _may_be(line)]
    if not leading:
        return None, list(entries)
    place, line = max(leading, key=lambda found: (_weight(found[1]), -found[0]))
    if _weight(line) == 0:
        return None, list(entries)
    rest = [entry for number, entry in enumerate(entries) if number != place]
    return line, rest


def _leading(entries: Sequence[Entry]) -> list[Line]:
    """The lines before the first known heading and before any table."""
    found: list[Line] = []
    for entry in entries[:LEADING]:
        mark = mark_of(entry) if isinstance(entry, Line) else None
        if not isinstance(entry, Line) or (mark and mark.exact):
            break
        found.append(entry)
    return found


def _may_be(line: Line) -> bool:
    return 2 <= len(line.text) <= LONGEST and not line.pictures and not line.label


def _weight(line: Line) -> int:
    """How much a line looks like a title; 0: not at all."""
    text = fold(line.text).strip()
    if line.is_title:
        return 5
    if _SENTENCE.search(text):
        return 0
    if _NAMED.match(text) or (text.endswith("案") and len(text) >= 6):
        return 4
    return 3 if line.level == 1 else 2 if line.centred else 1 if line.bold else 0
