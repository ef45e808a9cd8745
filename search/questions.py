"""Questions of procedure officers ask again and again, and the provision that answers each.

The statute seldom says the words of the question (处罚法36条 has neither 时效 nor 几年), so the answer is
named: `data/questions.tsv` holds groups of words, one of each group must be in the query.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from search.chinese import fold

QUESTIONS_FILE = Path(__file__).parent / "data" / "questions.tsv"


@dataclass(frozen=True)
class Question:
    """`groups`: of each, one word is in the query; `law` and `key` (`33.p1`) name the provision."""

    groups: tuple[tuple[str, ...], ...]
    law: str
    key: str
    label: str

    def asked_in(self, text: str) -> bool:
        return all(any(word in text for word in group) for group in self.groups)


def questions_in(text: str) -> Iterator[Question]:
    """Those asked in folded text."""
    return (question for question in _questions() if question.asked_in(text))


@cache
def _questions() -> tuple[Question, ...]:
    with QUESTIONS_FILE.open(encoding="utf-8", newline="") as lines:
        return tuple(_question(row) for row in csv.DictReader(lines, delimiter="\t"))


def _question(row: dict[str, str]) -> Question:
    law, _, key = row["provision"].partition("#")
    groups = tuple(tuple(group.split("/")) for group in fold(row["words"]).split())
    return Question(groups, fold(law), key, row["label"])
