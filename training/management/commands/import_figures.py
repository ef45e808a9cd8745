"""`import_figures FILE...`: numbers of other systems, with source and day."""

from typing import Any

from people.importing import ImportReport
from people.importing.command import ImportCommand
from people.importing.spreadsheets import Row
from training.figures.importing import import_figures


class Command(ImportCommand):
    help = "导入外部数据（指标、单位、统计期、数值、来源、截至日）"

    def import_rows(self, rows: list[Row], *, filename: str, dry_run: bool, options: dict[str, Any]) -> ImportReport:
        return import_figures(rows, filename=filename, dry_run=dry_run)
