"""`import_power_items FILE...`: the list of power items from Excel, CSV or TSV."""

from typing import Any

from kb.importers.power_items import import_power_items
from people.importing import ImportReport
from people.importing.command import ImportCommand
from people.importing.spreadsheets import Row


class Command(ImportCommand):
    help = "导入赋权事项清单（.xlsx、.xls、.csv、.tsv）；已有编码更新，不重复新增。"

    def import_rows(self, rows: list[Row], *, filename: str, dry_run: bool, options: dict[str, Any]) -> ImportReport:
        return import_power_items(rows, filename=filename, dry_run=dry_run)
