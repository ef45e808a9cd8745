"""Numbered lines inside an article or a level: which list they go on, and what hangs on what."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from kb.parser.nodes import Kind, Line, Note
from kb.parser.openings import Numbered, Style, article, numbered, structural
from kb.parser.outline import Draft

ITEM_LETTERS = ("i", "s")
DEEPEST_LEVEL = 5
LOOK_AHEAD = 12


@dataclass(slots=True)
class Rung:
    """A list that is open: its style, the number reached, the node that carries it."""

    style: Style
    number: int
    draft: Draft | None = None


@dataclass(slots=True)
class Ladder:
    """The open lists, outermost first. `base`: the clause of a standard on which levels stand."""

    rungs: list[Rung] = field(default_factory=list)
    base: Draft | None = None

    @property
    def top(self) -> Draft | None:
        return self.rungs[-1].draft if self.rungs else None

    def clear(self) -> None:
        self.rungs = []

    def stand_on(self, draft: Draft) -> None:
        self.rungs[-1].draft = draft

    def continues(self, step: Numbered) -> bool:
        """Whether the step is the next number of an open list."""
        rung = self._rung(step.style)
        return rung is not None and step.number == rung.number + 1

    def place(self, step: Numbered, paragraph: Draft, line: int, notes: list[Note]) -> tuple[Draft, str] | None:
        """(parent, key letter) for an item of an article; None when it lies deeper than 目."""
        self._open(step, line, notes)
        depth = len(self.rungs)
        if depth > len(ITEM_LETTERS):
            self.rungs.pop()
            return None
        above = self.rungs[depth - 2].draft if depth > 1 else None
        return above or paragraph, ITEM_LETTERS[depth - 1]

    def place_level(self, step: Numbered, last: Draft | None, line: int, notes: list[Note]) -> Draft | bool | None:
        """The level or paragraph above a level; False for none (top of the document), None when it is too deep."""
        rung = self._rung(step.style)
        if rung and step.number == 1 and last is not None and last.kind is Kind.PARAGRAPH:
            # a list that starts again below an unnumbered line hangs on that line
            self.rungs = [*self.rungs[: self.rungs.index(rung)], Rung(step.style, 1)]
            return last
        self._open(step, line, notes)
        if len(self.rungs) > DEEPEST_LEVEL:
            self.rungs.pop()
            return None
        above = self.rungs[-2].draft if len(self.rungs) > 1 else None
        return above or self.base or False

    def _rung(self, style: Style) -> Rung | None:
        return next((r for r in reversed(self.rungs) if r.style is style), None)

    def _open(self, step: Numbered, line: int, notes: list[Note]) -> None:
        """Go on with the list of that style, or begin one inside the innermost."""
        rung = self._rung(step.style)
        expected = rung.number + 1 if rung else 1
        if step.number != expected:
            message = f"“{step.label}”之前应为第 {expected} 号，编号不连续"
            notes.append(Note("list_gap", message, line, f"{step.label}{step.rest}"[:60]))
        if rung:
            del self.rungs[self.rungs.index(rung) :]
        self.rungs.append(Rung(step.style, step.number))


def resumes_later(lines: Sequence[Line], at: int, ladder: Ladder) -> bool:
    """Whether an open list goes on after unnumbered lines, which then belong to its last item."""
    for line in lines[at : at + LOOK_AHEAD]:
        text = line.stripped
        if line.heading or structural(text) or article(text, bold=line.bold):
            return False
        if step := numbered(text):
            return ladder.continues(step)
    return False
