"""`import_regulations PATH...`: laws, regulations and official documents from files and folders."""

import json
import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from kb.importers.bulk import Options, import_jobs
from kb.importers.collecting import collect
from kb.importers.refusal import Refused
from kb.importers.regulation_report import Report, table
from kb.importers.regulations import SourceKind

PROGRESS_EVERY = 50


class Command(BaseCommand):
    help = (
        "导入法规和公文（.md、.txt、.docx、.html，文件或文件夹）。同一法规的各版本按日期归并；"
        "重复导入只更新，不重复新增；一个文件要么整体导入，要么不导入。"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="文件或文件夹")
        parser.add_argument("--dry-run", action="store_true", help="只报告，不写入")
        parser.add_argument("--json", action="store_true", help="输出一个 JSON 对象")
        parser.add_argument("--replace", action="store_true", help="同一版本已有不同文本时，以本次文件替换")
        parser.add_argument("--source", default="", help="来源说明，缺省为文件名")
        parser.add_argument(
            "--source-kind", default=SourceKind.USER_FILE.value, choices=SourceKind.values, help="来源类别"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        began = time.monotonic()
        collected = collect(options["paths"])
        report = Report(dry_run=options["dry_run"], passed_over=[str(p) for p in collected.passed_over])
        for path in collected.missing:
            report.add(str(path), Refused(str(path), "没有这个文件或文件夹", "", "请检查路径"))
        how = Options(options["dry_run"], options["replace"], options["source"], options["source_kind"])
        import_jobs(collected.jobs, report, how, self._progress if options["verbosity"] else _silent)
        report.seconds = time.monotonic() - began
        self._print(report, options)
        if report.refused or not report.rows:
            sys.exit(1)

    def _print(self, report: Report, options: dict) -> None:
        if options["json"]:
            self.stdout.write(json.dumps(report.as_json(), ensure_ascii=False))
        elif report.rows:
            self.stdout.write(table(report, verbose=options["verbosity"] > 1))
        if not report.rows:
            self.stderr.write("所给路径中没有可以导入的文件（.md、.txt、.docx、.html），请检查路径")

    def _progress(self, step: str, count: int, total: int) -> None:
        """One line on stderr that counts up; nothing for a handful of files."""
        if total >= PROGRESS_EVERY and (count % PROGRESS_EVERY == 0 or count == total):
            self.stderr.write(f"\r{step} {count}/{total}", ending="\n" if count == total else "")
            self.stderr.flush()


def _silent(step: str, count: int, total: int) -> None:
    """No progress with --verbosity 0."""
