"""`close_sittings`: closes what is overdue and marks what is finished, for a timer of the system."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from exams.sittings.keeper import keep_once


class Command(BaseCommand):
    """Thin shell over `sittings.keeper`."""

    help = "收回到时的答卷并判分。网站运行时会自动收卷；也可由系统定时器调用本命令。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="以 JSON 输出")

    def handle(self, *args: Any, **options: Any) -> None:
        closed = scored = 0
        while any(done := keep_once()):
            closed, scored = closed + done[0], scored + done[1]
        if options["json"]:
            self.stdout.write(json.dumps({"closed": closed, "scored": scored}))
        else:
            self.stdout.write(f"收卷 {closed} 份，判分 {scored} 份。")
