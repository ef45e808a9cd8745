"""`import_attendance FILE... --by USER [--session CODE]`: who was there, of one session or of several."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import CommandError

from people.importing import ImportReport
from people.importing.command import ImportCommand
from people.importing.spreadsheets import Row
from people.models import User
from training.models import TrainingSession
from training.sessions.importing import import_attendance


class Command(ImportCommand):
    help = "导入考勤（场次编号、人员编号或姓名、单位、状态）"

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--by", required=True, metavar="用户名", help="以谁的名义登记")
        parser.add_argument("--session", default="", metavar="场次编号", help="表中没有场次编号时，全部记入这一场")

    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options | {"by": _user(options["by"]), "session": _session(options["session"])})

    def import_rows(self, rows: list[Row], *, filename: str, dry_run: bool, options: dict[str, Any]) -> ImportReport:
        by, session = options["by"], options["session"]
        try:
            return import_attendance(rows, filename=filename, by=by, session=session, dry_run=dry_run)
        except PermissionDenied as refusal:
            raise CommandError(str(refusal)) from refusal


def _user(name: str) -> User:
    if found := User.objects.filter(username=name, is_active=True).first():
        return found
    raise CommandError(f"没有可用的账号“{name}”；请核对用户名。")


def _session(code: str) -> TrainingSession | None:
    if not code:
        return None
    if found := TrainingSession.objects.filter(code=code.upper()).select_related("unit").first():
        return found
    raise CommandError(f"没有编号为“{code}”的场次；请先导入场次。")
