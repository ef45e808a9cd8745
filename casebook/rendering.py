"""Plain text with citations -> HTML: paragraphs, lists, links."""

import re
from collections.abc import Callable, Iterable
from itertools import groupby

from django.utils.safestring import SafeString, mark_safe

from kb.citations import Link, link_text_spans
from kb.lookup import provision_url
from kb.models import Citation

Span = tuple[int, int]
_BULLET = re.compile(r"^\s*[-•]\s+")
_NUMBER = re.compile(r"^\s*\d+[.、．]\s*")
_LIST_TAGS = {"bullet": "ul", "number": "ol"}


def _unmoved(start: int, end: int) -> Span:
    return start, end


def links_of(citations: Iterable[Citation], on=None, moved: Callable[[int, int], Span] = _unmoved) -> list[Link]:
    """Links for the resolved citations of one text, to the wording of the day `on`.

    `moved` takes a span of the text as written to the text shown.
    """
    return [
        Link(*moved(c.span_start, c.span_end), provision_url(c.regulation, c.key, on), title=c.regulation.title)
        for c in citations
        if c.regulation and c.status == Citation.Status.RESOLVED
    ]


def paragraphs(text: str, links: Iterable[Link] = ()) -> SafeString:
    """Each line a paragraph; lines that begin with `- ` or `1. ` become lists. Everything is escaped."""
    lines = [line for line in link_text_spans(text, links).split("\n") if line.strip()]
    pieces = [_group(kind, list(group)) for kind, group in groupby(lines, key=_kind)]
    return mark_safe("".join(pieces))  # noqa: S308  link_text_spans escaped it


def list_items(text: str, links: Iterable[Link] = ()) -> list[SafeString]:
    """The lines of a list without their marks."""
    lines = [line for line in link_text_spans(text, links).split("\n") if line.strip()]
    return [mark_safe(_unmarked(line)) for line in lines]  # noqa: S308


def _kind(line: str) -> str:
    return "bullet" if _BULLET.match(line) else "number" if _NUMBER.match(line) else "text"


def _group(kind: str, lines: list[str]) -> str:
    if kind == "text":
        return "".join(f"<p>{line.strip()}</p>" for line in lines)
    tag = _LIST_TAGS[kind]
    return f"<{tag}>{''.join(f'<li>{_unmarked(line)}</li>' for line in lines)}</{tag}>"


def _unmarked(line: str) -> str:
    return _NUMBER.sub("", _BULLET.sub("", line)).strip()
