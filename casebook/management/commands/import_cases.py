"""Imports cases from Markdown files, and on request signs and publishes them."""

import json
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from casebook import actions, citing
from casebook.importers import CREATED, REFUSED, UNCHANGED, UPDATED, ImportReport, import_cases
from people.models import User


class Command(BaseCommand):
    help = (
        "导入案例（Markdown 文件或文件夹）。按案例编号识别，重复导入只更新；一个文件要么整个导入，要么不导入。"
        "导入的案例是草稿；"
        "给出 --by 和 --sign-by（不同的两个人）时，确认匿名、送审，由审签人对整批文件的审核清单负责并审签；"
        "再给出 --publish-by（主编，不是审签人）时发布。"
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
        parser.add_argument("--dry-run", action="store_true", help="只检查，不保存")
        parser.add_argument("--json", action="store_true", help="输出一个 JSON 对象")
        parser.add_argument("--by", metavar="USER", help="以该账号的名义导入并确认匿名")
        parser.add_argument("--sign-by", metavar="USER", help="以该账号的名义答复审核清单并审签")
        parser.add_argument("--publish-by", metavar="USER", help="以该账号的名义发布")

    def handle(self, *args, **options) -> None:
        missing = [str(path) for path in options["paths"] if not path.exists()]
        if missing:
            raise CommandError(f"没有这个文件或文件夹：{'、'.join(missing)}")
        by, signer, chief = (_user(options[name]) for name in ("by", "sign_by", "publish_by"))
        _refuse_same_hands(by, signer, chief)
        report = import_cases(options["paths"], by=by, dry_run=options["dry_run"])
        if signer and by and not options["dry_run"]:
            _release(report, by, signer, chief)
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


def _refuse_same_hands(by: User | None, signer: User | None, chief: User | None) -> None:
    if signer and (by is None or by == signer):
        raise CommandError("审签需要两个人：请用 --by 和 --sign-by 给出不同的账号。")
    if chief and (signer is None or chief == signer):
        raise CommandError("发布需要先审签，发布人不能是审签人：请用 --sign-by 和 --publish-by 给出不同的账号。")


def _release(report: ImportReport, by: User, signer: User, chief: User | None) -> None:
    """The way of every case: anonymised, handed in, signed, and published where a chief editor is named."""
    for row in report.files:
        if row.case and row.result in (CREATED, UPDATED):
            try:
                row.case = actions.release(row.case, by=by, signer=signer, chief=chief)
            except ValidationError as refusal:
                row.problems = [f"已存为草稿，没有送审：{said}" for said in refusal.messages]
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
