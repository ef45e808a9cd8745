"""Numbered lines inside an article or a level: which list they go on, and what hangs on what."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from kb.parser.nodes import Line, Note
from kb.parser.openings import Numbered, Style, article, numbered, structural
from kb.parser.outline import Draft

ITEM_LETTERS = ("i", "s")
DEEPEST_LEVEL = 5
LOOK_AHEAD = 12


@dataclass(slots=True)
class Rung:
    """A list that is open: its style, the number reached, what it hangs on, its last entry."""

    style: Style
    number: int
    parent: Draft | None = None
    entry: Draft | None = None


@dataclass(slots=True)
class Ladder:
    """The open lists, outermost first. `base`: what the next outermost list hangs on (a clause, an unnumbered line)."""

    rungs: list[Rung] = field(default_factory=list)
    base: Draft | None = None

    @property
    def top(self) -> Draft | None:
        """The innermost numbered entry."""
        return self.rungs[-1].entry if self.rungs else None

    def clear(self, base: Draft | None = None) -> None:
        self.rungs, self.base = [], base

    def stand_on(self, entry: Draft) -> None:
        self.rungs[-1].entry = entry

    def continues(self, step: Numbered) -> bool:
        """Whether the step is the next number of an open list."""
        rung = self._rung(step.style)
        return rung is not None and step.number == rung.number + 1

    def restarts(self, step: Numbered) -> bool:
        """Whether the step begins a list anew whose style is open."""
        return step.number == 1 and self._rung(step.style) is not None

    def back_to(self, style: Style) -> Draft | None:
        """Closes the list of that style and those inside it; what it hung on."""
        rung = self._rung(style)
        if rung is None:
            return self.top
        del self.rungs[self.rungs.index(rung) :]
        return rung.parent

    def open(self, step: Numbered, line: int, notes: list[Note], *, deepest: int) -> Rung | None:
        """Go on with the list of that style, or begin one inside the innermost; None when that is too deep."""
        rung = self._rung(step.style)
        expected = rung.number + 1 if rung else 1
        if step.number != expected:
            message = f"“{step.label}”之前应为第 {expected} 号，编号不连续"
            notes.append(Note("list_gap", message, line, f"{step.label}{step.rest}"[:60]))
        if rung:
            del self.rungs[self.rungs.index(rung) + 1 :]
            rung.number = step.number
            return rung
        if len(self.rungs) >= deepest:
            return None
        self.rungs.append(Rung(step.style, step.number, parent=self.top or self.base))
        return self.rungs[-1]

    @property
    def letter(self) -> str:
        """`i` for the outer list of an article, `s` for the inner."""
        return ITEM_LETTERS[len(self.rungs) - 1]

    def _rung(self, style: Style) -> Rung | None:
        return next((r for r in reversed(self.rungs) if r.style is style), None)


def next_step(lines: Sequence[Line], at: int) -> Numbered | None:
    """The next numbered line within the same article or level; None when something else comes first."""
    for line in lines[at : at + LOOK_AHEAD]:
        text = line.stripped
        if line.heading or structural(text) or article(text, bold=line.bold):
            return None
        if step := numbered(text):
            return step
    return None
