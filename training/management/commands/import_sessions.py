"""`import_sessions FILE...`: sessions that were held."""

from typing import Any

from people.importing import ImportReport, run
from people.importing.command import ImportCommand
from people.importing.spreadsheets import Row
from training.sessions.importing import SessionResource


class Command(ImportCommand):
    help = "导入培训场次"

    def import_rows(self, rows: list[Row], *, filename: str, dry_run: bool, options: dict[str, Any]) -> ImportReport:
        return run(SessionResource(), rows, filename=filename, dry_run=dry_run)
