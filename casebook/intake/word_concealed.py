"""Text of a Word document that is not carried over: struck out, moved away, hidden, a field that names its author."""

from lxml import etree

from casebook.intake.wordml import FALLBACK, REMOVED, TEXT, Styles, W

DELETED, MOVED, HIDDEN, AUTHOR, FALLBACK_COPY, GLOSS = "deleted", "moved", "hidden", "author", "copy", "gloss"
# Fields whose result is a person's or a computer's name.
PRIVATE_FIELDS = {"AUTHOR", "LASTSAVEDBY", "USERNAME", "USERINITIALS", "USERADDRESS", "FILENAME", "DOCPROPERTY", "INFO"}
_WRITTEN = TEXT | {f"{W}delText", f"{W}sym", f"{W}noBreakHyphen"}
_FIELD_PARTS = {f"{W}fldChar", f"{W}instrText", f"{W}delInstrText"}
_ANCESTORS = {
    FALLBACK: FALLBACK_COPY,
    f"{W}del": DELETED,
    f"{W}moveFrom": MOVED,
    f"{W}rt": GLOSS,
}


def concealed(root: etree._Element, styles: Styles) -> dict[etree._Element, str]:
    """Every written element that stays behind, with the reason."""
    found, fields = {}, Fields()
    for element in root.iter(*_WRITTEN, *_FIELD_PARTS):
        if element.tag in _FIELD_PARTS:
            fields.meet(element)
        elif reason := _reason(element, styles, fields):
            found[element] = reason
    return found


def _reason(element: etree._Element, styles: Styles, fields: "Fields") -> str:
    """The outermost reason wins: a hidden word in a deleted sentence is deleted."""
    for ancestor in reversed(list(element.iterancestors())):
        if reason := _ANCESTORS.get(ancestor.tag):
            return reason
        if ancestor.tag == f"{W}fldSimple" and field_name(ancestor.get(f"{W}instr") or "") in PRIVATE_FIELDS:
            return AUTHOR
    if fields.private:
        return AUTHOR
    run = next(element.iterancestors(f"{W}r"), None)
    return HIDDEN if run is not None and styles.run_flag(run, "vanish") else ""


def field_name(instruction: str) -> str:
    """`AUTHOR` of ` AUTHOR \\* MERGEFORMAT `."""
    return instruction.split()[0].upper() if instruction.split() else ""


class Fields:
    """Follows fields that are spread over runs: begin, instruction, separator, result, end."""

    def __init__(self) -> None:
        self._open: list[tuple[str, bool]] = []

    def meet(self, element: etree._Element) -> None:
        if element.tag != f"{W}fldChar":
            if self._open and not self._open[-1][1]:
                self._open[-1] = (self._open[-1][0] + (element.text or ""), False)
            return
        kind = element.get(f"{W}fldCharType")
        if kind == "begin":
            self._open.append(("", False))
        elif kind == "separate" and self._open:
            self._open[-1] = (self._open[-1][0], True)
        elif kind == "end" and self._open:
            self._open.pop()

    @property
    def private(self) -> bool:
        return any(shown and field_name(instruction) in PRIVATE_FIELDS for instruction, shown in self._open)


def is_struck(element: etree._Element) -> bool:
    """Whether the element stands in a tracked deletion or in the copy for old programs."""
    return any(ancestor.tag in REMOVED or ancestor.tag == FALLBACK for ancestor in element.iterancestors())
