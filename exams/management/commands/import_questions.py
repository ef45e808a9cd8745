"""`import_questions`: question files into the bank, as drafts; every fault is named with its line."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from exams.exchange.formats import AUTO, ENDINGS, FORMATS, read_file
from exams.exchange.importing import UNIT, Choice, Defaults, apply_plan, plan_import
from exams.exchange.values import UnreadableFile
from kb.linking.resolve import Resolver
from people.importing import ImportReport, Problem
from people.importing.command import ImportCommand
from people.models import User


class Command(ImportCommand):
    help = (
        "导入试题：Excel（两种）、Word、纯文本、GIFT、Aiken、Moodle XML。导入的是草稿，审定后才抽用。"
        "文件整体导入，有一处需要改正就不保存；--skip 时只略过需要改正的题。"
        "题库中已有的题按编号对照，给出 --update 才更新。有题没有导入时以非零值退出。"
    )

    files = f"{'、'.join(ENDINGS)} 文件，或者放它们的文件夹"

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--format", default=AUTO, choices=[AUTO, *FORMATS], help="格式；不写则自动识别")
        parser.add_argument("--update", action="store_true", help="以文件更新题库中编号相同的题")
        parser.add_argument("--skip", action="store_true", help="略过需要改正的题，导入其余")
        parser.add_argument("--by", metavar="USER", help="以该账号的名义导入；不写则为系统")
        parser.add_argument("--domain", default="", help="文件没有写明领域时归入")
        parser.add_argument("--origin", default=Defaults.origin, help="文件没有写明来源时填写")

    def handle(self, *args: Any, **options: Any) -> None:
        self.by = _user(options["by"])
        self.resolver = Resolver().preload()
        options["paths"] = [file for path in options["paths"] for file in _files(path)]
        super().handle(*args, **options)

    def import_file(self, path: Path, options: dict[str, Any]) -> ImportReport:
        choice = Choice(options["update"], options["skip"])
        defaults = Defaults(options["domain"], options["origin"])
        try:
            reading = read_file(path.read_bytes(), path.name, options["format"])
        except (UnreadableFile, OSError) as error:
            message = str(error) if isinstance(error, UnreadableFile) else f"不能读取文件 {path}。"
            return ImportReport(path.name, options["dry_run"], unit=UNIT, problems=[Problem(0, "", message)])
        plan = plan_import(reading, path.name, defaults, self.resolver)
        if options["dry_run"]:
            return plan.report(choice)
        return apply_plan(plan, choice, by=self.by, defaults=defaults, resolver=self.resolver)


def _files(path: Path) -> list[Path]:
    """The files of a folder in order, or the file itself."""
    return sorted(one for one in path.iterdir() if one.is_file()) if path.is_dir() else [path]


def _user(name: str | None) -> User | None:
    if not name:
        return None
    user = User.objects.filter(username=name).first()
    if user is None:
        raise CommandError(f"没有账号“{name}”。")
    return user
