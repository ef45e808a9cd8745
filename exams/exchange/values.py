"""What goes into files and what comes out of them: frozen values, nothing of the database."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from exams.content import Content
from people.importing.report import Problem

__all__ = ["Incoming", "LeftOut", "Outgoing", "Problem", "Reading", "UnreadableFile", "Written"]


class UnreadableFile(ValueError):
    """The file as a whole cannot be read; the message says why and how to mend it."""


@dataclass(frozen=True)
class Outgoing:
    """A question of the bank as a file carries it: the domain by name, power items by code."""

    content: Content
    code: str = ""
    domain: str = ""
    items: tuple[str, ...] = ()
    difficulty: int = 3
    origin: str = ""


@dataclass(frozen=True)
class Incoming:
    """A question of a file. What the file does not say is empty (`items`: None) and stays as it is in the bank.

    `line` is where it begins: a line of text, a row of a sheet, a paragraph of Word. With `problems` it is not taken;
    `content` is then what could be read of it, or None.
    """

    content: Content | None
    line: int = 0
    code: str = ""
    domain: str = ""
    items: tuple[str, ...] | None = None
    difficulty: int = 0
    origin: str = ""
    problems: tuple[Problem, ...] = ()

    @property
    def title(self) -> str:
        return self.content.title if self.content else ""


@dataclass(frozen=True)
class Reading:
    """A whole file. `problems` are about what belongs to no question; `remarks` only have to be looked at."""

    questions: tuple[Incoming, ...] = ()
    problems: tuple[Problem, ...] = ()
    remarks: tuple[Problem, ...] = ()

    def also(self, problems: Iterable[Problem] = (), remarks: Iterable[Problem] = ()) -> "Reading":
        return replace(self, problems=(*self.problems, *problems), remarks=(*self.remarks, *remarks))


@dataclass(frozen=True)
class LeftOut:
    """A question that a format cannot hold as it is."""

    question: Outgoing
    reason: str

    def __str__(self) -> str:
        name = self.question.code or self.question.content.title[:30]
        return f"{name}：{self.reason}"


@dataclass(frozen=True)
class Written:
    """A file, and the questions that are not in it."""

    data: bytes
    count: int
    left_out: tuple[LeftOut, ...] = ()
