"""When a question comes back, and when it enters and leaves the wrong-answer book. Pure: knows no database.

Spaced repetition is FSRS (`fsrs`), without its random spread, so that the same answers give the same days:

    wrong answer               Again
    right answer               Good, unless the person says 又忘了 (guessed), 勉强 or 很熟
    short answer               what the person says; nothing said, nothing scheduled

`DAILY` plans whole days, because officers practise once a day: the library's own steps of one and ten minutes would
call back what was answered right ten minutes ago. What was wrong comes back tomorrow, and at once in the wrong-answer
book. The longest interval is a year: law does not keep longer.
"""

import datetime as dt
from dataclasses import dataclass
from enum import IntEnum

from fsrs import Card, Rating, Scheduler

LONGEST_DAYS = 365
DAILY = Scheduler(learning_steps=(), relearning_steps=(), maximum_interval=LONGEST_DAYS, enable_fuzzing=False)


class Recall(IntEnum):
    """How well an answer was remembered; the numbers are those of `fsrs.Rating`."""

    FORGOTTEN = 1
    BARELY = 2
    REMEMBERED = 3
    EASILY = 4

    @property
    def label(self) -> str:
        return LABELS[self]


LABELS = {
    Recall.FORGOTTEN: "又忘了",
    Recall.BARELY: "勉强",
    Recall.REMEMBERED: "记得",
    Recall.EASILY: "很熟",
}


@dataclass(frozen=True)
class Reviewed:
    """A card after an answer, as JSON, and when the question is due next (UTC)."""

    card: str
    due_at: dt.datetime


@dataclass(frozen=True)
class Book:
    """Where a question stands with the wrong-answer book of one person."""

    is_in: bool = False
    rights_in_a_row: int = 0
    wrongs: int = 0


def recall_of(is_right: bool) -> Recall:
    """What an answer means as long as the person says nothing else."""
    return Recall.REMEMBERED if is_right else Recall.FORGOTTEN


def reviewed(card: str, recall: Recall, at: dt.datetime, *, scheduler: Scheduler = DAILY) -> Reviewed:
    """The card after an answer at the moment (aware); `card` is what an earlier review gave, empty for a new one."""
    before = Card.from_json(card) if card else Card(card_id=0, due=_utc(at))
    after, _ = scheduler.review_card(before, Rating(recall), _utc(at))
    return Reviewed(after.to_json(), after.due)


def days_ahead(card: str, at: dt.datetime) -> dict[Recall, int]:
    """In how many days the question would come back, for each thing that may be said of the answer."""
    return {recall: (reviewed(card, recall, at).due_at - at).days for recall in Recall}


def after_answer(book: Book, is_right: bool, rights_to_leave: int) -> Book:
    """In after a wrong answer; out after so many right ones in a row."""
    if not is_right:
        return Book(True, 0, book.wrongs + 1)
    rights = book.rights_in_a_row + 1
    return Book(book.is_in and rights < rights_to_leave, rights, book.wrongs)


def _utc(at: dt.datetime) -> dt.datetime:
    """The library takes nothing but UTC."""
    if at.tzinfo is None:
        raise ValueError("the moment of a review needs a time zone")
    return at.astimezone(dt.UTC)
