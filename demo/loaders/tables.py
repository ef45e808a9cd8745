"""The tables of demo/data: tab-separated, headed, edited by hand."""

import csv
import datetime as dt
from collections.abc import Iterable
from pathlib import Path

from people.importing import ImportReport
from people.importing.spreadsheets import Row

DATA = Path(__file__).resolve().parent.parent / "data"
EVERYTHING = "全部"


class RefusedData(Exception):
    """An importer refused a file of the demo; the message carries its report."""


def records(name: str) -> list[dict[str, str]]:
    """The rows of `<name>.tsv` by heading."""
    with (DATA / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def as_sheet(rows: Iterable[dict[str, str]]) -> list[Row]:
    """Records as the numbered rows, head first, that the importers of lists read."""
    rows = list(rows)
    cells = [list(rows[0])] + [list(row.values()) for row in rows] if rows else []
    return list(enumerate(cells, 1))


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def day_if_known(text: str) -> dt.date | None:
    return day(text) if text else None


def listed(text: str) -> list[str]:
    """`望津、沧澜` -> [望津, 沧澜]."""
    return [part for part in text.split("、") if part]


def accepted(report: ImportReport) -> int:
    """How many rows the file has; raises RefusedData when the importer did not take it."""
    if report.problems:
        raise RefusedData("\n".join([report.summary, *map(str, report.problems[:10])]))
    return report.total
