"""Lists that arrive as Excel or CSV: reading the file, importing it whole or not at all, the report.

    rows = read_rows(path.read_bytes(), path.name)
    report = run(UnitResource(), rows, filename=path.name, dry_run=True)

`people.importers` and `kb.importers` say what the columns mean.
"""

from people.importing.report import Change, ImportReport, Problem
from people.importing.resource import SheetResource, run
from people.importing.spreadsheets import UnreadableSheet, read_rows, workbook

__all__ = [
    "Change",
    "ImportReport",
    "Problem",
    "SheetResource",
    "UnreadableSheet",
    "read_rows",
    "run",
    "workbook",
]
