"""The automatic numbers of Word paragraphs (第%1条 in chineseCounting): they are in no text run, yet they are text."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from kb.numerals import LARGEST, to_chinese

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DEEPEST = 9
LONGEST_CHAIN = 12


def _chinese(n: int) -> str:
    return to_chinese(n) if 1 <= n <= LARGEST else str(n)


def _letters(first: str) -> Callable[[int], str]:
    return lambda n: chr(ord(first) + (n - 1) % 26) * ((n - 1) // 26 + 1) if n > 0 else ""


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda n: f"{n:02d}",
    "decimalFullWidth": lambda n: str(n).translate(str.maketrans("0123456789", "０１２３４５６７８９")),
    "decimalEnclosedCircle": lambda n: chr(0x245F + n) if 1 <= n <= 20 else str(n),
    "decimalEnclosedCircleChinese": lambda n: chr(0x245F + n) if 1 <= n <= 20 else str(n),
    "upperLetter": _letters("A"),
    "lowerLetter": _letters("a"),
    "bullet": lambda n: "",
    "none": lambda n: "",
}
_CHINESE = {
    "chineseCounting",
    "chineseCountingThousand",
    "japaneseCounting",
    "taiwaneseCounting",
    "taiwaneseCountingThousand",
    "ideographDigital",
    "chineseLegalSimplified",
    "japaneseDigitalTenThousand",
    "taiwaneseDigital",
    "koreanDigital2",
}


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    form: str
    text: str


class Numbering:
    """Counts the numbered paragraphs of one document, in order."""

    def __init__(self, numbering: etree._Element | None, styles: etree._Element | None) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._abstract: dict[str, str] = {}
        self._counters: dict[str, list[int]] = defaultdict(lambda: [0] * DEEPEST)
        self._restarts: dict[str, dict[int, int]] = {}
        self._styles = {s.get(f"{W}styleId"): s for s in styles.iter(f"{W}style")} if styles is not None else {}
        if numbering is not None:
            self._read(numbering)

    def label(self, paragraph: etree._Element) -> str:
        """第三条 and the like with its trailing gap, or empty. Advances the counters."""
        number, depth = self._reference(paragraph)
        abstract = self._abstract.get(number)
        level = self._levels.get(abstract or "", {}).get(depth)
        if not abstract or not level:
            return ""
        counters = self._counters[abstract]
        if depth in self._restarts.get(number, {}):
            counters[depth] = self._restarts[number].pop(depth) - 1
            counters[depth + 1 :] = [0] * (DEEPEST - depth - 1)
        counters[depth] = counters[depth] + 1 if counters[depth] else level.start
        counters[depth + 1 :] = [0] * (DEEPEST - depth - 1)
        return self._written(abstract, level, depth)

    def style_name(self, paragraph: etree._Element) -> str:
        """The lower-case name of the paragraph's style."""
        style = self._styles.get(self._style_id(paragraph))
        name = style.find(f"{W}name") if style is not None else None
        return (name.get(f"{W}val") or "").lower() if name is not None else ""

    def _read(self, numbering: etree._Element) -> None:
        for abstract in numbering.iter(f"{W}abstractNum"):
            levels = {_integer(lvl, f"{W}ilvl"): _level(lvl) for lvl in abstract.iter(f"{W}lvl")}
            self._levels[abstract.get(f"{W}abstractNumId") or ""] = levels
        for num in numbering.iter(f"{W}num"):
            target = num.find(f"{W}abstractNumId")
            key = num.get(f"{W}numId") or ""
            if target is not None:
                self._abstract[key] = target.get(f"{W}val") or ""
            self._restarts[key] = {
                _integer(o, f"{W}ilvl"): _integer(s, f"{W}val", 1)
                for o in num.iter(f"{W}lvlOverride")
                for s in o.iter(f"{W}startOverride")
            }

    def _reference(self, paragraph: etree._Element) -> tuple[str, int]:
        """(numId, level) of the paragraph itself, else of its style and the styles that one is based on."""
        properties = [paragraph.find(f"{W}pPr")]
        style = self._styles.get(self._style_id(paragraph))
        for _ in range(LONGEST_CHAIN):
            if style is None:
                break
            properties.append(style.find(f"{W}pPr"))
            based = style.find(f"{W}basedOn")
            style = self._styles.get(based.get(f"{W}val")) if based is not None else None
        for found in properties:
            numbered = found.find(f"{W}numPr") if found is not None else None
            number = numbered.find(f"{W}numId") if numbered is not None else None
            if numbered is not None and number is not None:
                depth = numbered.find(f"{W}ilvl")
                return number.get(f"{W}val") or "", min(_integer(depth, f"{W}val"), DEEPEST - 1)
        return "", 0

    def _style_id(self, paragraph: etree._Element) -> str:
        found = paragraph.find(f"{W}pPr/{W}pStyle")
        return (found.get(f"{W}val") or "") if found is not None else ""

    def _written(self, abstract: str, level: _Level, depth: int) -> str:
        text = level.text
        for place in range(depth + 1):
            other = self._levels[abstract].get(place, level)
            value = self._counters[abstract][place] or other.start
            text = text.replace(f"%{place + 1}", _format(other.form, value))
        return f"{text} " if text.strip() and level.form != "bullet" else ""


def _level(element: etree._Element) -> _Level:
    def value(tag: str, default: str) -> str:
        found = element.find(f"{W}{tag}")
        return (found.get(f"{W}val") or default) if found is not None else default

    start = value("start", "1")
    return _Level(int(start) if start.isdecimal() else 1, value("numFmt", "decimal"), value("lvlText", ""))


def _format(form: str, value: int) -> str:
    return _chinese(value) if form in _CHINESE else _FORMATS.get(form, str)(value)


def _integer(element: etree._Element | None, attribute: str, default: int = 0) -> int:
    written = element.get(attribute) if element is not None else None
    return int(written) if written and written.isdecimal() else default
