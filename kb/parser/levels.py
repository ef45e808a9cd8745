"""The levels of official documents (一、（一）1.（1）) and the clauses of standards (3.2.1)."""

import re
from dataclasses import dataclass

from kb.numerals import to_chinese
from kb.parser.nodes import BLANK, LEVELS, Kind
from kb.parser.openings import Numbered, Style
from kb.parser.outline import Draft, Outline

KIND_OF = {
    Style.CHINESE: Kind.LEVEL1,
    Style.CHINESE_PAREN: Kind.LEVEL2,
    Style.ARABIC: Kind.LEVEL3,
    Style.ARABIC_PAREN: Kind.LEVEL4,
    Style.ARABIC_HALF: Kind.LEVEL4,
    Style.CIRCLED: Kind.LEVEL4,
}
LONGEST_HEADING = 45
LONGEST_LEAD = 26
_STOPS = tuple("。；;：:，,！？")
_CLAUSE = re.compile(rf"^(\d{{1,2}}(?:\.\d{{1,3}}){{0,4}})[{BLANK}]+(\S.*)$", re.S)
FEWEST_CLAUSES = 3


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of a standard: its number is its key."""

    label: str
    rest: str

    @property
    def above(self) -> str:
        return self.label.rpartition(".")[0]

    @property
    def kind(self) -> Kind:
        return LEVELS[min(self.label.count("."), len(LEVELS) - 1)]


def clause(text: str) -> Clause | None:
    found = _CLAUSE.match(text)
    return Clause(found[1], found[2]) if found else None


def key_of(step: Numbered, above: Draft | None, outline: Outline) -> str:
    """`三/二/5`: Chinese for the first two levels, Arabic below; hangs on the level or paragraph above."""
    chinese = step.style in (Style.CHINESE, Style.CHINESE_PAREN) and 0 < step.number < 10_000
    own = to_chinese(step.number) if chinese else str(step.number)
    if above:
        return f"{above.key}/{own}"
    key = outline.scoped(own)
    return f"{outline.place.key}/{own}" if key in outline.keys and outline.place else key


def split_heading(rest: str, style: Style | None) -> tuple[str, str]:
    """一、总体要求 is all heading; （一）指导思想。坚持… has a heading and text; other lines are text."""
    if len(rest) <= LONGEST_HEADING and "。" not in rest and not rest.endswith((*_STOPS, "、")):
        return (rest, "") if style in (Style.CHINESE, Style.CHINESE_PAREN, None) else ("", rest)
    lead, stop, text = rest.partition("。")
    if stop and text.strip(BLANK) and len(lead) <= LONGEST_LEAD and not any(c in lead for c in "，,；;：:"):
        return lead + stop, text
    return "", rest


def looks_like_standard(texts: list[str]) -> bool:
    """Several clauses in decimal numbering, the first of them 1 or 1.0.1."""
    found = [c for text in texts if (c := clause(text))]
    return len(found) >= FEWEST_CLAUSES and found[0].label.split(".")[0] == "1"
