"""What the figures of an item say, in words for the person who wrote it. Pure.

Bounds: an item that 95 % solve or 20 % or fewer tells candidates little apart; a discrimination below 20 % is weak and
a negative one a sign of a wrong key (Moodle's "Quiz statistics report": negative is "probably invalid"). Below ten
candidates the figures are chance, and nothing is said.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from exams.results.responses import Response, untaken
from exams.statistics import ItemFigures

EASY, HARD = 0.95, 0.20
WEAK = 20.0  # percent
FEWEST = 10


class Weight(StrEnum):
    """How urgent: look at the key, consider the item, know it."""

    CHECK = "check"
    WARN = "warn"
    NOTE = "note"


@dataclass(frozen=True)
class Verdict:
    weight: Weight
    words: str


def verdicts(figures: ItemFigures, rows: Sequence[Response]) -> list[Verdict]:
    """What is to be said about an item, the most urgent first; nothing where few candidates had it."""
    if figures.count < FEWEST:
        return []
    found = [*_about_key(figures, rows), *_about_difficulty(figures), *_about_options(rows)]
    return sorted(found, key=lambda one: list(Weight).index(one.weight))


def _about_key(figures: ItemFigures, rows: Sequence[Response]) -> Iterator[Verdict]:
    if figures.discrimination is not None and figures.discrimination < 0:
        yield Verdict(Weight.CHECK, "区分度为负，请检查答案")
    right = [row for row in rows if row.is_right]
    wrong = [row for row in rows if row.label and not row.is_right]
    # more than one right choice may each be taken by fewer than a wrong one
    if len(right) == 1 and (favourites := [row for row in wrong if row.count > right[0].count]):
        favourite = max(favourites, key=lambda row: row.count)
        yield Verdict(Weight.CHECK, f"选“{favourite.label}”的多于选答案的，请检查答案")


def _about_difficulty(figures: ItemFigures) -> Iterator[Verdict]:
    if figures.facility is None:
        return
    if figures.facility >= EASY:
        yield Verdict(Weight.NOTE, "太易")
    elif figures.facility <= HARD:
        yield Verdict(Weight.WARN, "太难")
    elif figures.discrimination is not None and 0 <= figures.discrimination < WEAK:
        yield Verdict(Weight.WARN, "区分度低")


def _about_options(rows: Sequence[Response]) -> Iterator[Verdict]:
    if names := untaken(rows):
        yield Verdict(Weight.NOTE, f"无人选择：{'、'.join(names)}")
