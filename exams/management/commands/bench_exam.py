"""`bench_exam --candidates N`: a whole exam under load on a scratch site, and the account of every answer."""

import argparse
import json
import shlex
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from exams.bench.figures import lines
from exams.bench.running import Plan, is_clean, run
from exams.bench.stage import STAGES


class Command(BaseCommand):
    """Thin shell over `exams.bench`."""

    help = (
        "在一个临时站点上模拟一场考试：真实的 gunicorn 和 HTTP，N 名考生在同一秒开考，每 2 至 5 秒作答一次并自动保存，"
        "一部分断电后换机继续，一部分重复提交，最后交卷；然后逐条核对确认过的作答和判分。"
        "默认用 SQLite；给出 DATABASE_URL 时在该服务器上新建一个库，用完删除。"
        "有丢失、重复、错误或判分不一致时退出码非零。"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--candidates", type=int, default=500)
        parser.add_argument("--items", type=int, default=100, help="每人作答的题数（试卷总是 100 题）")
        parser.add_argument("--pace", type=float, default=1.0, help="作答快慢，2 为两倍快")
        parser.add_argument("--spread", type=float, default=1.0, help="在几秒内全部开考")
        parser.add_argument("--kill-server", action="store_true", help="中途两次 kill -9 服务器并重新启动")
        parser.add_argument(
            "--server", default="", metavar="选项", help="gunicorn 的选项，如 '--workers 2 --threads 8'"
        )
        parser.add_argument("--json", action="store_true", help="以 JSON 输出")
        parser.add_argument("--stage", default="", help=argparse.SUPPRESS)  # inside the scratch site

    def handle(self, *args: Any, **options: Any) -> None:
        if options["stage"]:
            values = json.loads(options["stage"])
            self.stdout.write(json.dumps(STAGES[values.pop("name")](**values), ensure_ascii=False))
            return
        names = ("candidates", "items", "pace", "spread", "kill_server")
        plan = Plan(**{name: options[name] for name in names}, options=tuple(shlex.split(options["server"])))
        report = run(plan, self.stderr.write)
        self.stdout.write(json.dumps(report, ensure_ascii=False) if options["json"] else "\n".join(lines(report)))
        if not is_clean(report):
            raise CommandError("有丢失、重复、未交卷、判分不一致或错误，见上。")
