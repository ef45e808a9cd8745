"""Faulty documents in formats without any: the document stands below the stem, its markup travels apart. Pure."""

from exams.documents import MarkupError, numbered_lines, read_markup
from exams.exchange.raw import RawPart, RawQuestion


def shown_document(markup: str) -> str:
    """A faulty document as candidates see it; empty for a markup that cannot be read."""
    try:
        segments = read_markup(markup) if markup else ()
    except MarkupError:
        return ""
    return "\n".join("".join(one.text for _, one in line) for line in numbered_lines(segments))


def take_off_document(question: RawQuestion, part: RawPart, place: str) -> None:
    """Takes the document off the stem again; what counts is its markup, which stands in `place`."""
    shown = shown_document(part.markup)
    if shown and part.stem.endswith(shown):
        part.stem = part.stem[: -len(shown)].rstrip("\n")
    elif shown:
        question.refuse(part.line, f"题干里的文书与{place}里的文书不一致；请只改{place}里的文书。")
