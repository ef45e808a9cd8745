"""The parser over the 856 real files: nothing raises, spans are the text, and the counts stay where they are."""

import tarfile
from functools import cache

from kb.citations import Context, LawNames, parse
from kb.citations.registry import add_project_names
from tests.paths import shared


@cache
def documents() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(title, lines) of every Markdown file of the archive."""
    found = []
    with tarfile.open(shared("laws", "laws.tar.xz")) as archive:
        for member in archive:
            file = archive.extractfile(member) if member.name.endswith(".md") else None
            lines = file.read().decode("utf-8").splitlines() if file else []
            title = next((line[2:].strip() for line in lines if line.startswith("# ")), "")
            found.append((title, tuple(line.lstrip("*") for line in lines if line and not line.startswith("#"))))
    return tuple(found)


def test_every_line_is_read_and_every_span_is_the_text():
    names = add_project_names(LawNames(title for title, _ in documents() if title))
    own = other = unknown = 0
    for title, lines in documents():
        for line in lines:
            for found in parse(line, Context(title, "1.p9"), names):
                assert line[found.start : found.end] == found.raw
                own, other = own + found.own, other + (found.known and not found.own)
                unknown += bool(not found.known and found.key)
    assert own > 5_000
    assert other > 800
    # laws that the archive does not hold, and no more than that
    assert unknown < 1_300
