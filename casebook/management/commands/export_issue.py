"""`export_issue`: an edition as files, either kept as a printing of the site or written into a folder."""

import json
import os
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError

from casebook.editions.actions import FORMS, make_files, write_forms
from casebook.editions.book import build_book
from casebook.editions.files import digest
from casebook.models import CasebookIssue
from content.exports import ExportError
from content.exports.fonts import fetch_fonts, installed_fonts
from people.models import User


class Command(BaseCommand):
    help = (
        "把一期案例汇编生成 PDF、Word、EPUB。给出 --to 时只写到该文件夹，不登记；"
        "给出 --by 时以该账号的名义正式制作：登记校验值，不覆盖旧文件，内容有变时须用 --reason 写明更正理由。"
        "不能编印的案例不影响其他案例，逐篇列出原因。"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("codes", nargs="*", metavar="2026Q3", help="期号，可多个")
        parser.add_argument("--all", action="store_true", help="全部已发布的汇编")
        parser.add_argument("--form", default=",".join(FORMS), help="格式，以逗号分隔（只用于 --to）")
        parser.add_argument("--to", type=Path, metavar="DIR", help="写到这个文件夹")
        parser.add_argument("--by", metavar="USER", help="以该账号的名义正式制作")
        parser.add_argument("--reason", default="", help="更正理由")
        parser.add_argument("--json", action="store_true", help="输出一个 JSON 对象")

    def handle(self, *args: Any, **options: Any) -> None:
        self.quiet = options["json"]
        if bool(options["to"]) == bool(options["by"]):
            raise CommandError("请给出 --to 文件夹，或者 --by 账号，二者之一。")
        issues = _issues(options["codes"], options["all"])
        try:
            self._fetch_fonts(options)
            made = [self._export(issue, options) for issue in issues]
        except (ExportError, ValidationError, PermissionDenied) as reason:
            raise CommandError("；".join(getattr(reason, "messages", [str(reason)]))) from reason
        self._print(made)
        if any(issue["left_out"] for issue in made):
            raise SystemExit(1)

    def _fetch_fonts(self, options: dict[str, Any]) -> None:
        if options["by"] or "pdf" in _forms(options["form"]):
            self._say("正在核对字体")
            fetch_fonts()

    def _export(self, issue: CasebookIssue, options: dict[str, Any]) -> dict[str, Any]:
        began = time.monotonic()
        self._say(f"{issue.code} {issue}")
        report = self._write(issue, options) if options["to"] else self._keep(issue, options)
        return {"code": issue.code, **report, "seconds": round(time.monotonic() - began, 2)}

    def _write(self, issue: CasebookIssue, options: dict[str, Any]) -> dict[str, Any]:
        forms, folder = _forms(options["form"]), options["to"]
        fonts = installed_fonts() if "pdf" in forms else None
        book = build_book(issue, fonts=fonts)
        folder.mkdir(parents=True, exist_ok=True)
        files = []
        for form, data in write_forms(book, forms, self._say).items():
            path = folder / f"{issue.code}.{form}"
            unfinished = path.with_name(f".{path.name}.{os.getpid()}.part")
            unfinished.write_bytes(data)
            unfinished.replace(path)
            files.append({"file": str(path), "size": len(data), "sha256": digest(data)})
        return {"cases": len(book.contents["cases"]), "files": files, "left_out": [str(o) for o in book.left_out]}

    def _keep(self, issue: CasebookIssue, options: dict[str, Any]) -> dict[str, Any]:
        made = make_files(issue, by=_user(options["by"]), reason=options["reason"], progress=self._say)
        files = [{"file": f.file.name, "size": f.size, "sha256": f.sha256} for f in made.files]
        return {
            "cases": len(made.files[0].case_pks),
            "printing": made.files[0].printing_no,
            "new": made.is_new,
            "files": files,
            "left_out": [str(left) for left in made.left_out],
        }

    def _say(self, text: str) -> None:
        if not self.quiet:
            self.stderr.write(text)

    def _print(self, made: list[dict[str, Any]]) -> None:
        if self.quiet:
            self.stdout.write(json.dumps({"issues": made}, ensure_ascii=False))
            return
        for issue in made:
            kept = "" if issue.get("new", True) else "，与已有文件内容相同，未另行制作"
            self.stdout.write(f"{issue['code']}：{issue['cases']} 篇，用时 {issue['seconds']:.1f} 秒{kept}")
            for file in issue["files"]:
                self.stdout.write(f"  {file['file']}  {file['size'] / 1024:,.0f} KB  sha256 {file['sha256']}")
            for left in issue["left_out"]:
                self.stdout.write(f"  未收 {left}")


def _issues(codes: list[str], every: bool) -> list[CasebookIssue]:
    if every:
        return list(CasebookIssue.objects.published())
    issues = {issue.code: issue for issue in CasebookIssue.objects.all()}
    unknown = [code for code in codes if code not in issues]
    if unknown or not codes:
        raise CommandError(f"没有这一期：{'、'.join(unknown)}" if unknown else "请给出期号，例如 2026Q3，或者 --all。")
    return [issues[code] for code in codes]


def _forms(written: str) -> tuple[str, ...]:
    forms = tuple(form.strip() for form in written.split(",") if form.strip())
    unknown = [form for form in forms if form not in FORMS]
    if unknown or not forms:
        raise CommandError(f"没有这种格式：{'、'.join(unknown) or '（空）'}。可用：{'、'.join(FORMS)}")
    return forms


def _user(name: str) -> User:
    user = User.objects.filter(username=name).first()
    if not user:
        raise CommandError(f"没有账号“{name}”。")
    return user
