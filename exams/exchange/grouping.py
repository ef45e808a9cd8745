"""Formats without case groups carry one as its common stem followed by its sub-questions; this puts it together again.

Pure.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from exams.content import Kind
from exams.exchange.raw import RawPart, RawQuestion, incoming
from exams.exchange.values import Incoming
from exams.exchange.vocabulary import kind_of


@dataclass
class Item:
    """One item of a foreign file: a question, the stem of a case (`part` None), or a sub-question (`is_sub`)."""

    question: RawQuestion
    part: RawPart | None = None
    is_sub: bool = False


@dataclass
class Grouping:
    """The questions so far."""

    questions: list[RawQuestion] = field(default_factory=list)

    def take(self, item: Item) -> None:
        last = self.questions[-1] if self.questions else None
        if item.is_sub and item.part is not None and last is not None and last.is_group:
            last.parts.append(item.part)
            last.problems += item.question.problems
            return
        if item.is_sub:
            item.question.refuse(item.question.line, "标明是小题，前面却没有案例题的案情；请补上案情。")
        if item.part is not None:
            item.question.parts.append(item.part)
        elif kind_of(item.question.kind) != Kind.GROUP:
            item.question.kind = Kind.GROUP.label
        self.questions.append(item.question)


def grouped(items: Iterable[Item]) -> tuple[Incoming, ...]:
    """The questions of a file."""
    grouping = Grouping()
    for item in items:
        grouping.take(item)
    return tuple(incoming(one) for one in grouping.questions)
