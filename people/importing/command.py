"""What every import command has in common: files in, a report for a person or as JSON, an exit code."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from people.importing.report import ImportReport, Problem
from people.importing.spreadsheets import Row, UnreadableSheet, read_rows


class ImportCommand(BaseCommand):
    """Base of the import commands; a subclass says how one file's rows are imported."""

    files = ".xlsx、.xls、.csv 或 .tsv"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="文件", help=self.files)
        parser.add_argument("--dry-run", action="store_true", help="只检查，不保存")
        parser.add_argument("--json", action="store_true", help="以 JSON 输出报告")

    def import_rows(self, rows: list[Row], *, filename: str, dry_run: bool, options: dict[str, Any]) -> ImportReport:
        raise NotImplementedError

    def handle(self, *args: Any, **options: Any) -> None:
        reports = [self.import_file(path, options) for path in options["paths"]]
        if options["json"]:
            self.stdout.write(json.dumps({"files": [r.as_dict() for r in reports]}, ensure_ascii=False))
        else:
            for report in reports:
                self._print(report)
        if any(report.problems or report.skipped for report in reports):
            raise CommandError("有文件未导入，请按提示改正后重试。")

    def import_file(self, path: Path, options: dict[str, Any]) -> ImportReport:
        """One file; what cannot be read is a problem of its report."""
        dry_run = options["dry_run"]
        try:
            rows = read_rows(path.read_bytes(), path.name)
        except FileNotFoundError:
            return ImportReport(str(path), dry_run, problems=[Problem(0, "", f"找不到文件 {path}。")])
        except UnreadableSheet as error:
            return ImportReport(path.name, dry_run, problems=[Problem(0, "", str(error))])
        return self.import_rows(rows, filename=path.name, options=options, dry_run=dry_run)

    def _print(self, report: ImportReport) -> None:
        for warning in report.warnings:
            self.stdout.write(f"  提示：{warning}")
        for problem in report.problems:
            self.stdout.write(f"  {problem}")
        self.stdout.write(report.summary)
