"""Whether a line lies inside a quotation that began on an earlier line (amending decisions)."""

from dataclasses import dataclass

_MARKS = "“”"


@dataclass(slots=True)
class Quotes:
    """The last quotation mark seen decides: each quoted paragraph opens anew, only the last one closes."""

    open: bool = False

    def follow(self, text: str) -> None:
        last = next((c for c in reversed(text) if c in _MARKS), "")
        if last:
            self.open = last == "“"
