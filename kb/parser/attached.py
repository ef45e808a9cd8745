"""Pieces around the articles: a table of contents, headings of articles, a law reprinted after the decision on it."""

import re
from collections.abc import Sequence

from kb.parser.nodes import BLANK, Kind, Line
from kb.parser.openings import article, structural
from kb.parser.outline import Outline

_HEADING_BRACKET = re.compile(rf"^(【[^【】]{{1,40}}】|〔[^〔〕]{{1,40}}〕|\[[^\[\]]{{1,40}}\])[{BLANK}]*")
LONGEST_CONTENTS_LINE = 60
LONGEST_TITLE = 60


def is_contents(text: str) -> bool:
    return "".join(text.split()) in ("目录", "目次")


def contents_rows(lines: Sequence[Line], start: int) -> list[Line]:
    """The lines of the table of contents: up to the point where its first heading comes a second time.

    Without a second time there is no telling it from the text, and nothing is taken.
    """
    first = structural(lines[start].stripped, marked=True) if start < len(lines) else None
    if not first:
        return []
    for end in range(start + 1, len(lines)):
        line = lines[end]
        again = structural(line.stripped, marked=bool(line.heading))
        if again and again.label == first.label and again.kind is first.kind and again.name[:2] == first.name[:2]:
            return list(lines[start:end])
        if article(line.stripped, bold=line.bold) or len(line.stripped) > LONGEST_CONTENTS_LINE:
            return []
    return []


def article_heading(rest: str) -> tuple[str, str]:
    """【立法目的】为了… -> its heading and its words."""
    found = _HEADING_BRACKET.match(rest)
    return (found[1], rest[found.end() :]) if found else ("", rest)


def reprint_begins(outline: Outline, amending: bool, in_article: bool) -> bool:
    """An amending decision in levels (一、二、) that comes to an article outside quotation marks."""
    if not amending or in_article or outline.scope:
        return False
    kinds = {d.kind for d in outline.drafts}
    return Kind.LEVEL1 in kinds and Kind.ARTICLE not in kinds


def take_reprint_title(outline: Outline) -> str:
    """The short line just before is the title of what follows: it moves from the decision to the attachment."""
    last = outline.drafts[-1]
    words = last.text or last.heading
    removable = last.kind in (Kind.PARAGRAPH, Kind.TITLE_LINE) and len(words) <= LONGEST_TITLE
    if not removable or words.endswith("。"):
        return ""
    outline.drafts.pop()
    outline.keys.discard(last.key)
    return words
