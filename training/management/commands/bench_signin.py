import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from exams.bench.site import scratch_site
from training.bench.signin import judged, prepare, rows_of, run


class Command(BaseCommand):
    help = "测量：几百人在一分钟内用动态码签到，核对有没有丢失和重复。在临时站点上进行，不影响本站数据。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--people", type=int, default=300, help="人数")
        parser.add_argument("--seconds", type=float, default=60, help="在多少秒之内")
        parser.add_argument("--workers", type=int, default=2, help="gunicorn 进程数")
        parser.add_argument("--json", action="store_true", help="只输出 JSON")
        # what the command asks of itself inside the scratch site
        parser.add_argument("--prepare", type=int, default=0, help="（内部使用）建立测试人员")
        parser.add_argument("--rows", type=int, default=0, help="（内部使用）列出考勤")

    def handle(self, **options: Any) -> None:
        if options["prepare"]:
            self.stdout.write(json.dumps(prepare(options["prepare"])))
        elif options["rows"]:
            self.stdout.write(json.dumps(rows_of(options["rows"])))
        else:
            self._measure(options)

    def _measure(self, options: dict[str, Any]) -> None:
        people = options["people"]
        with scratch_site(("--workers", str(options["workers"]))) as site:
            made = site.ask("bench_signin", "--prepare", str(people))
            site.start()
            answers = run(site, made, options["seconds"])
            site.stop()
            result = judged(people, answers, site.ask("bench_signin", "--rows", str(made["session"])))
        text = json.dumps(result.as_json()) if options["json"] else _words(result.as_json())
        self.stdout.write(text)
        if not result.is_sound:
            raise CommandError("签到有丢失、重复或者没有确认的，请查看上面的数字。")


def _words(figures: dict[str, Any]) -> str:
    labels = {
        "people": "人数", "presses": "请求", "acknowledged": "已确认", "in_database": "数据库中", "lost": "丢失",
        "duplicates": "重复", "refused": "未确认", "p50": "中位数（秒）", "p95": "95 分位（秒）",
        "longest": "最长（秒）",
        "load": "负载",
    }  # fmt: skip
    return "\n".join(f"{label}：{figures[name]}" for name, label in labels.items())
