"""`rebuild_search`: a new index from the database, swapped in when it is complete."""

import json
from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from search.outbox import drain, is_stale, rebuild


class Command(BaseCommand):
    help = "Builds the search index anew beside the old one, which keeps answering until they are swapped."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--if-stale", action="store_true", help="only when the index is absent or does not fit")
        parser.add_argument("--json", action="store_true", help="one JSON object instead of a sentence")

    def handle(self, *args: Any, **options: Any) -> None:
        started = perf_counter()
        if options["if_stale"] and not is_stale():
            result: dict[str, Any] = {"rebuilt": False, "drained": drain()}
            words = f"索引无须重建，补写 {result['drained']} 条"
        else:
            result = {"rebuilt": True, "documents": rebuild(), "seconds": round(perf_counter() - started, 1)}
            words = f"索引已重建：{result['documents']} 篇，用时 {result['seconds']} 秒"
        self.stdout.write(json.dumps(result) if options["json"] else words)
