"""Answers as the form of a question posts them: `a1` for the first part, `a2` for the second of a case group."""

from typing import Any

from django.http import QueryDict

from exams.content import Content, Kind, Part
from exams.sittings.answers import kept
from exams.sittings.frame import size_of


def read_answers(posted: QueryDict, content: Content) -> list[str]:
    """A canonical answer for each part. Raises BadAnswer for what the form of the question cannot post."""
    return [_canonical(part, posted.getlist(f"a{number}")) for number, part in enumerate(content.parts, 1)]


def _canonical(part: Part, given: list[str]) -> str:
    return kept(part.kind, part.letters, size_of(part), _as_the_page_writes(part, given) if given else "")


def _as_the_page_writes(part: Part, given: list[str]) -> Any:
    if part.kind == Kind.FILL:
        return [word.strip() for word in given]
    if part.kind == Kind.DOCUMENT:
        return [int(number) if number.isascii() and number.isdigit() else 0 for number in given]
    return "".join(given).strip()
