"""The names that come with the project: the abbreviation table and what completes it, in kb/data."""

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from kb.citations.documents import normalise_document_number
from kb.citations.names import LawNames

DATA = Path(__file__).resolve().parent.parent / "data"


def rows(filename: str) -> Iterator[dict[str, str]]:
    """The rows of one of our tab-separated tables."""
    with (DATA / filename).open(encoding="utf-8", newline="") as table:
        yield from csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE)


def add_project_names(names: LawNames) -> LawNames:
    """Abbreviations, ambiguous names and document numbers, added to a registry."""
    for row in rows("law_abbreviations.tsv"):
        add_name(names, row["abbreviation"], row["full_name"])
        names.add_title(row["full_name"])
    for row in rows("ambiguous_names.tsv"):
        names.set_ambiguous(row["name"], filter(None, (row["candidates"] or "").split(";")))
    for row in rows("document_numbers.tsv"):
        names.add_document(row["number"] + (row["attachment"] or ""), row["title"])
    return names


def add_name(names: LawNames, name: str, title: str) -> None:
    """A name of any sort: 建设部157号令 goes to the numbers, the rest to the aliases."""
    number = normalise_document_number(name)
    if number != name or name.endswith("号"):
        names.add_document(number, title)
    else:
        names.add_alias(name, title)


@cache
def standard_names() -> LawNames:
    """The project's own names without any database."""
    return add_project_names(LawNames())
