"""Imports cases from Markdown files, and on request signs and publishes them."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from casebook import actions, citing
from casebook.importers import CREATED, REFUSED, UNCHANGED, UPDATED, ImportReport, import_cases
from people.models import User


class Command(BaseCommand):
    help = (
        "导入案例（Markdown 文件或文件夹）。按案例编号识别，重复导入只更新；一个文件要么整个导入，要么不导入。"
        "导入的案例是草稿；同时给出 --by 和 --sign-by（不同的两个人）时，确认匿名、审签并发布。"
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
        parser.add_argument("--dry-run", action="store_true", help="只检查，不保存")
        parser.add_argument("--json", action="store_true", help="输出一个 JSON 对象")
        parser.add_argument("--by", metavar="USER", help="以该账号的名义导入并确认匿名")
        parser.add_argument("--sign-by", metavar="USER", help="以该账号的名义审签并发布")

    def handle(self, *args, **options) -> None:
        missing = [str(path) for path in options["paths"] if not path.exists()]
        if missing:
            raise CommandError(f"没有这个文件或文件夹：{'、'.join(missing)}")
        by, signer = _user(options["by"]), _user(options["sign_by"])
        if signer and (by is None or by == signer):
            raise CommandError("审签需要两个人：请用 --by 和 --sign-by 给出不同的账号。")
        report = import_cases(options["paths"], by=by, dry_run=options["dry_run"])
        if signer and by and not options["dry_run"]:
            _publish(report, by, signer)
        self.stdout.write(_as_json(report) if options["json"] else _as_table(report))
        if report.refused:
            raise SystemExit(1)


def _user(name: str | None) -> User | None:
    if not name:
        return None
    found = User.objects.filter(username=name).first()
    if not found:
        raise CommandError(f"没有账号“{name}”。")
    return found


def _publish(report: ImportReport, by: User, signer: User) -> None:
    for row in report.files:
        if row.case and row.result in (CREATED, UPDATED):
            case = actions.confirm_anonymised(row.case, by=by, level=row.case.anonymity)
            row.case = actions.publish(actions.sign(case, by=signer), by=signer)
            row.unresolved = citing.unresolved(row.case)


def _as_json(report: ImportReport) -> str:
    counts = {name: report.count(name) for name in (CREATED, UPDATED, UNCHANGED, REFUSED)}
    body = {"dry_run": report.dry_run, "counts": counts, "files": [row.as_dict() for row in report.files]}
    return json.dumps(body, ensure_ascii=False, indent=1)


def _as_table(report: ImportReport) -> str:
    lines = [f"{row.result}\t{row.file}\t{row.case_no}\t{row.title}" for row in report.files]
    for row in report.files:
        lines += [f"  {row.file}：{problem}" for problem in row.problems]
        lines += [f"  {row.file}：引文未识别：{raw}" for raw in row.unresolved]
    counts = "，".join(f"{name} {report.count(name)}" for name in (CREATED, UPDATED, UNCHANGED, REFUSED))
    return "\n".join([*lines, ("（试运行，未保存）" if report.dry_run else "") + counts])
