"""`import_list units|officers|instructors|letters|batches|items FILE...`."""

from argparse import ArgumentParser
from typing import Any

from kb.importers.lists import LISTS
from people.importing import ImportReport
from people.importing.command import ImportCommand
from people.importing.spreadsheets import Row


class Command(ImportCommand):
    help = "导入清单：" + "、".join(f"{entry.slug}（{entry.label}）" for entry in LISTS.values())

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("list", choices=sorted(LISTS), metavar="清单", help="、".join(LISTS))
        super().add_arguments(parser)

    def import_rows(self, rows: list[Row], *, filename: str, dry_run: bool, options: dict[str, Any]) -> ImportReport:
        return LISTS[options["list"]].import_rows(rows, filename=filename, dry_run=dry_run)
