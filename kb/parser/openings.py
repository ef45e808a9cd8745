"""How a line opens: 第三章, 第三十三条, （一）, 1., 一、 and the like, in either width of bracket."""

import re
from dataclasses import dataclass
from enum import StrEnum

from kb.numerals import NUMERAL, to_number
from kb.parser.nodes import BLANK, WHITE, Kind

COUNT = rf"(?:[{NUMERAL}]+|[0-9０-９]+)"
GAP = f"[{BLANK}]"


class Style(StrEnum):
    """Numbering styles, outermost first in an official document."""

    CHINESE = "一、"
    CHINESE_PAREN = "（一）"
    ARABIC = "1."
    ARABIC_PAREN = "（1）"
    ARABIC_HALF = "1)"
    CIRCLED = "①"


@dataclass(frozen=True, slots=True)
class Heading:
    """A structural opening: 编, 分编, 章, 节. `name` is what follows the label."""

    kind: Kind
    label: str
    number: int
    name: str


@dataclass(frozen=True, slots=True)
class ArticleOpening:
    """第X条 or 第X条之Y at the front of a line. `separated`: white space or emphasis sets it off from the text."""

    label: str
    number: int
    sub: int
    rest: str
    separated: bool

    @property
    def key(self) -> str:
        return f"{self.number}-{self.sub}" if self.sub else str(self.number)


@dataclass(frozen=True, slots=True)
class Numbered:
    """A numbered line: its style, its label as written and the text behind it."""

    style: Style
    label: str
    number: int
    rest: str


_STRUCTURE_KINDS = {"编": Kind.BOOK, "分编": Kind.SUBBOOK, "章": Kind.CHAPTER, "节": Kind.SECTION}
_STRUCTURE = re.compile(rf"^(第{GAP}*({COUNT}){GAP}*(分编|编|章|节))({GAP}|[：:、]|$|(?=[^{BLANK}]))(.*)$", re.S)
_ARTICLE = re.compile(rf"^(第{GAP}*({COUNT}){GAP}*条(?:{GAP}*之{GAP}*({COUNT}))?)(.*)$", re.S)
# After these words 第X条 is a reference inside a sentence, not an opening.
_REFERENCE = re.compile(
    r"(规定|的|[、和至或及与第，,。；]|所列|所称|所述|所指|中[的，规“]|以外|之外|以及|以下|款|项|修改|删去|改为|增加)"
)
_STYLES = (
    (Style.CHINESE_PAREN, re.compile(rf"^([（(]{GAP}*([{NUMERAL}]+){GAP}*[）)])(.*)$", re.S)),
    (Style.CHINESE, re.compile(rf"^(([{NUMERAL}]+){GAP}*(?:、|[.．](?=\D)))(.*)$", re.S)),
    (Style.ARABIC_PAREN, re.compile(rf"^([（(]{GAP}*([0-9０-９]{{1,3}}){GAP}*[）)])(.*)$", re.S)),
    (Style.ARABIC, re.compile(rf"^(([0-9０-９]{{1,3}}){GAP}*(?:、|[.．](?![0-9０-９])))(.*)$", re.S)),
    (Style.ARABIC_HALF, re.compile(r"^(([0-9０-９]{1,2})[）)])(.*)$", re.S)),
)
_REFERENCE_TO_ITEM = re.compile(r"[、，,]\s*[（(]|[项款](?=[规的所、，中和至或])|[至和或]\s*第?[（(]")
_BARE = re.compile(f"[{NUMERAL}]+")
_CIRCLED = {chr(0x2460 + i): i + 1 for i in range(20)}
LONGEST_HEADING = 40
SENTENCE_STOPS = "，。；;！？!?"


def structural(text: str, *, marked: bool = False) -> Heading | None:
    """第二章 总则 -> Heading. `marked`: the line is a heading in the source's own markup."""
    found = _STRUCTURE.match(text)
    if not found:
        return None
    label, count, unit, gap, name = found.groups()
    name = name.strip(WHITE)
    if not marked and not _reads_as_heading(name, glued=not gap):
        return None
    label += gap.strip(WHITE)
    return Heading(_STRUCTURE_KINDS[unit], label, _number(count), name)


def _reads_as_heading(name: str, *, glued: bool) -> bool:
    """第七节相应改为第八节，… is a sentence; 第三章 罚则 and 第三章罚则 are headings."""
    if len(name) > LONGEST_HEADING or any(c in name for c in SENTENCE_STOPS):
        return False
    return not (glued and _REFERENCE.match(name))


def article(text: str, *, bold: bool = False) -> ArticleOpening | None:
    """第一百二十条之一　… -> ArticleOpening. None as well when the words behind it make it a reference."""
    found = _ARTICLE.match(text)
    if not found:
        return None
    label, count, sub, rest = found.groups()
    separated = bold or not rest or rest[0] in BLANK or rest[0] in "：:【〔"
    if not separated and _REFERENCE.match(rest):
        return None
    if rest[:1] in ("：", ":"):
        label, rest = label + rest[0], rest[1:]
    return ArticleOpening(label, _number(count), _number(sub) if sub else 0, rest.strip(WHITE), separated)


def numbered(text: str, *, marked: bool = False) -> Numbered | None:
    """（三）… , 三、… , 3.… , （3）… , 3)… or ③… -> Numbered; decimals such as 1.5 and lists of
    references such as （一）、（二）项 are not numbering. `marked`: a heading, where a bare 三 will do."""
    if text[:1] in _CIRCLED and text:
        return Numbered(Style.CIRCLED, text[0], _CIRCLED[text[0]], text[1:].lstrip(WHITE))
    if marked and _BARE.fullmatch(text):
        return Numbered(Style.CHINESE, text, _number(text), "")
    for style, pattern in _STYLES:
        found = pattern.match(text)
        if found and not _REFERENCE_TO_ITEM.match(found[3]):
            return Numbered(style, found[1], _number(found[2]), found[3].lstrip(WHITE))
    return None


def _number(count: str) -> int:
    """0 for what looks like a numeral but is none: a doubtful number must not stop the reading."""
    try:
        return to_number(count)
    except ValueError:
        return 0
