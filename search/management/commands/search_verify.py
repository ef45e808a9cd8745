"""`search_verify`: does the index say what the database says? Fit for a nightly job."""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.engines.base import EngineUnavailable
from search.outbox import verify


class Command(BaseCommand):
    help = "逐篇比对索引与数据库，并补正不一致之处。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="只比对不补正；有不一致时退出码为 1")
        parser.add_argument("--json", action="store_true", help="输出一个 JSON 对象")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            difference = verify(repair=not options["check"])
        except EngineUnavailable as error:
            raise CommandError(f"检索引擎不可用，索引未核对：{error}") from error
        if options["json"]:
            self.stdout.write(json.dumps(asdict(difference), ensure_ascii=False))
        else:
            self.stdout.write(
                f"缺少 {len(difference.missing)}，过时 {len(difference.outdated)}，多余 {len(difference.surplus)}"
            )
        if options["check"] and difference.owners:
            raise CommandError("索引与数据库不一致，请运行 search_verify 修复")
