"""A case as readers see it: its texts with the editor's replacements applied. The original stays as written.

    shown = layer.shown(case)          # `case` may be a stored row or a revision
    shown.title, shown.sections[0].text
    shown.sections[0].moved(*span)     # a citation found in the original, in the text shown

Every page, document, feed and export that readers get takes its case texts from here; for lists
prefetch `replacements` (`Case.objects.for_lists()` does).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from casebook.anonymise.substitution import Moved, Substitution
from casebook.sections import QUESTIONS

if TYPE_CHECKING:
    from casebook.models import Case

SUMMARY_LENGTH = 90
APPLIED = ("accepted", "edited")  # decisions of a Replacement that change what is read
BASIS_HEADINGS = {
    "duty_basis": "违反条款",
    "penalty_basis": "处罚条款",
    "discretion_basis": "裁量条款",
    "procedure_basis": "程序条款",
}


@dataclass(frozen=True, slots=True)
class ShownText:
    """One text of a case under its heading. `field_name` is the place that citations name.

    A picture is a text, too: its caption, with `image_id` and the words `alt` that stand for it.
    """

    field_name: str
    kind: str
    heading: str
    body: Moved
    image_id: int | None = None
    alt: str = ""

    @property
    def text(self) -> str:
        return self.body.text

    @property
    def is_questions(self) -> bool:
        return self.kind == QUESTIONS

    def moved(self, start: int, end: int) -> tuple[int, int]:
        """A span of the original text, in the text shown."""
        return self.body.span(start, end)


@dataclass(frozen=True, slots=True)
class ShownCase:
    """What may be read of a case. `basis` has the four roles in order, one citation a line."""

    title: str
    outcome: str
    summary: str
    sections: tuple[ShownText, ...]
    basis: tuple[ShownText, ...]
    digest: str
    rewrite: Callable[[str], str]

    @property
    def texts(self) -> tuple[str, ...]:
        """Everything that is read, for searching it."""
        parts = [part for section in self.sections for part in (section.heading, section.text, section.alt)]
        return (self.title, self.outcome, *(role.text for role in self.basis), *parts)


def shown(case: "Case") -> ShownCase:
    """The case with accepted and edited replacements at every occurrence. One query, none when prefetched."""
    layer = Substitution(pairs_of(case))

    def rewrite(text: str) -> str:
        return layer.apply(text).text

    sections = tuple(
        ShownText(one.field_name, one.kind, rewrite(one.heading), layer.apply(one.text), one.image_id, rewrite(one.alt))
        for one in case.sections()
    )
    basis = tuple(
        ShownText(name, name, heading, layer.apply(getattr(case, name))) for name, heading in BASIS_HEADINGS.items()
    )
    facts = next((one.text for one in sections if one.kind == "facts"), "")
    return ShownCase(
        title=rewrite(case.title),
        outcome=rewrite(case.outcome),
        summary=opening(facts),
        sections=sections,
        basis=basis,
        digest=case.text_digest(),
        rewrite=rewrite,
    )


def title(case: "Case") -> str:
    """The title that readers see, where nothing else of the case is needed."""
    return Substitution(pairs_of(case)).apply(case.title).text


def pairs_of(case: "Case") -> dict[str, str]:
    """Original -> shown, of the decisions that change what is read."""
    return {row.original: row.shown for row in case.replacements.all() if row.decision in APPLIED}


def decisions_of(case: "Case") -> list[str]:
    """What was decided about each original, for the digest that a signature covers."""
    decided = (row for row in case.replacements.all() if row.decision != "open")
    return sorted(f"{row.original}\x1e{row.decision}\x1e{row.shown}" for row in decided)


def opening(text: str, length: int = SUMMARY_LENGTH) -> str:
    """The beginning of a text for a card: whole sentences where they fit."""
    words = " ".join(text.split())
    if len(words) <= length:
        return words
    whole, stop, _ = words[:length].rpartition("。")
    return whole + stop if len(whole) > length // 2 else words[: length - 1] + "…"
