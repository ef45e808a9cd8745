"""The vocabulary of Word documents, and what styles say: outline level, bold, hidden, centred."""

from collections.abc import Iterator

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
V = "{urn:schemas-microsoft-com:vml}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"

REMOVED = frozenset({f"{W}del", f"{W}moveFrom"})
TEXT = frozenset({f"{W}t", f"{M}t"})
SPACES = {f"{W}tab": " ", f"{W}br": "\n", f"{W}cr": "\n", f"{W}softHyphen": ""}
TITLE_STYLES = {"title", "标题", "大标题", "文章标题"}
LONGEST_CHAIN = 12
_OFF = {"0", "false", "off", "none"}
_HEADING_STYLES = ("heading ", "标题 ", "標題 ")


def value(element: etree._Element | None, path: str) -> str:
    """`w:val` of the element at a path such as `w:pPr/w:jc`; empty when absent."""
    found = element.find(path.replace("w:", W)) if element is not None else None
    return "" if found is None else found.get(f"{W}val") or "1"


def flag(properties: etree._Element | None, name: str) -> bool | None:
    """An on/off property such as `b`; None when nothing is said."""
    found = properties.find(f"{W}{name}") if properties is not None else None
    return None if found is None else (found.get(f"{W}val") or "1") not in _OFF


def symbol(element: etree._Element) -> str:
    """Symbol fonts hide ordinary characters in the private area; what is not ordinary is shown as □."""
    try:
        code = int(element.get(f"{W}char") or "", 16)
    except ValueError:
        return "□"
    return chr(code) if 0x20 < code < 0xD800 else "□"


class Styles:
    """Questions about a paragraph or a run that its styles answer, by inheritance."""

    def __init__(self, styles: etree._Element | None) -> None:
        found = styles.iter(f"{W}style") if styles is not None else ()
        self._styles = {style.get(f"{W}styleId"): style for style in found}

    def level(self, paragraph: etree._Element) -> int:
        """The outline level, 1 to 9; 0 for running text. Styles are known by outline, then by name."""
        written = value(paragraph, "w:pPr/w:outlineLvl")
        if written:
            return _outline(written)
        for style in self._chain(value(paragraph, "w:pPr/w:pStyle")):
            named = _level_of_name(value(style, "w:name").lower())
            if named:
                return named
            if outline := value(style, "w:pPr/w:outlineLvl"):
                return _outline(outline)
        return 0

    def is_title(self, paragraph: etree._Element) -> bool:
        style = self._styles.get(value(paragraph, "w:pPr/w:pStyle"))
        return value(style, "w:name").lower() in TITLE_STYLES

    def centred(self, paragraph: etree._Element) -> bool:
        own = value(paragraph, "w:pPr/w:jc")
        chain = self._chain(value(paragraph, "w:pPr/w:pStyle"))
        said = own or next((jc for style in chain if (jc := value(style, "w:pPr/w:jc"))), "")
        return said == "center"

    def run_flag(self, run: etree._Element, name: str) -> bool:
        """Whether a run is bold (`b`) or hidden (`vanish`): itself, its style, its paragraph's style."""
        own = flag(run.find(f"{W}rPr"), name)
        if own is not None:
            return own
        paragraph = next(run.iterancestors(f"{W}p"), None)
        styles = [value(run, "w:rPr/w:rStyle"), value(paragraph, "w:pPr/w:pStyle")]
        for style in (style for first in styles for style in self._chain(first)):
            said = flag(style.find(f"{W}rPr"), name)
            if said is not None:
                return said
        return False

    def _chain(self, style_id: str) -> Iterator[etree._Element]:
        style = self._styles.get(style_id)
        for _ in range(LONGEST_CHAIN):
            if style is None:
                return
            yield style
            style = self._styles.get(value(style, "w:basedOn"))


def _outline(written: str) -> int:
    """`w:outlineLvl` counts from 0, and 9 is running text."""
    return int(written) + 1 if written.isdecimal() and int(written) < 9 else 0


def _level_of_name(name: str) -> int:
    for prefix in _HEADING_STYLES:
        rest = name.removeprefix(prefix)
        if rest != name and rest[:1].isdecimal():
            return int(rest[0])
    return 0
