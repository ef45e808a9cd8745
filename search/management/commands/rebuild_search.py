"""`rebuild_search`: a new index from the database, swapped in when it is complete."""

import json
from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.engines.base import EngineUnavailable
from search.outbox import drain, is_stale, rebuild


class Command(BaseCommand):
    help = "在旧索引旁重建检索索引；切换之前旧索引照常使用。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--if-stale", action="store_true", help="仅在索引缺失或不相符时重建")
        parser.add_argument("--json", action="store_true", help="输出一个 JSON 对象")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            result = self._renewed(options["if_stale"])
        except EngineUnavailable as error:
            raise CommandError(f"检索引擎不可用，索引未重建：{error}") from error
        if result["rebuilt"]:
            words = f"索引已重建：{result['documents']} 篇，用时 {result['seconds']} 秒"
        else:
            words = f"索引无须重建，补写 {result['drained']} 条"
        self.stdout.write(json.dumps(result) if options["json"] else words)

    def _renewed(self, if_stale: bool) -> dict[str, Any]:
        started = perf_counter()
        if if_stale and not is_stale():
            return {"rebuilt": False, "drained": drain()}
        return {"rebuilt": True, "documents": rebuild(), "seconds": round(perf_counter() - started, 1)}
