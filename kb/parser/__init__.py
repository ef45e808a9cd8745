"""Text of laws and official documents -> frozen dataclasses. Pure Python: no Django, no database.

    parsed = parse_regulation(source)      # SourceDocument -> ParsedRegulation
    parsed = parse_text("第一条 …", filename="某办法.md")

The promise: title, history note and nodes, read in order, give back every character of the source but
its markup, white space and what `parsed.notes` lists as removed. No text makes the parser raise.
"""

from kb.parser.nodes import (
    Act,
    Dates,
    Event,
    Kind,
    Line,
    Node,
    Note,
    ParsedRegulation,
    Part,
    Severity,
    SourceDocument,
    VersionKind,
)
from kb.parser.reading import parse_regulation, parse_text

__all__ = [
    "Act",
    "Dates",
    "Event",
    "Kind",
    "Line",
    "Node",
    "Note",
    "ParsedRegulation",
    "Part",
    "Severity",
    "SourceDocument",
    "VersionKind",
    "parse_regulation",
    "parse_text",
]
