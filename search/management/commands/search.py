"""`search "QUERY"`: the search box on the command line."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from django.utils.html import strip_tags

from search.engines.base import Filters, Hit
from search.finding import Found, find_best
from search.highlight import snippet
from search.presenting import KINDS


class Command(BaseCommand):
    help = "按检索页面的方式查找事项、条文、案例和文件。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("query")
        parser.add_argument("--kind", choices=list(KINDS), default="")
        parser.add_argument("--limit", type=int, default=10)
        parser.add_argument("--explain", action="store_true", help="同时显示对检索词的理解")
        parser.add_argument("--json", action="store_true", help="输出一个 JSON 对象")

    def handle(self, *args: Any, query: str, kind: str, limit: int, **options: Any) -> None:
        found = find_best(query, Filters(kind=kind, on=timezone.localdate()), limit=limit)
        if options["json"]:
            self.stdout.write(json.dumps(self._answer(found, options["explain"]), ensure_ascii=False))
        else:
            self._print(found, options["explain"])

    def _answer(self, found: Found, explain: bool) -> dict[str, Any]:
        answer: dict[str, Any] = {
            "hits": [self._row(hit, found) for hit in found.results.hits],
            "total": found.results.total,
            "reduced": found.reduced,
        }
        return {**answer, "explain": found.plan.explain()} if explain else answer

    def _row(self, hit: Hit, found: Found) -> dict[str, Any]:
        document = hit.document
        return {
            "kind": document.kind,
            "title": document.title,
            "url": document.url,
            "score": round(hit.score, 3),
            "snippet": strip_tags(snippet(document.body, found.plan.marked)),
        }

    def _print(self, found: Found, explain: bool) -> None:
        for step in found.plan.steps if explain else ():
            self.stdout.write(f"{step.name}：{step.found}")
        for hit in found.results.hits:
            self.stdout.write(f"{hit.score:9.2f}  {KINDS[hit.document.kind]}  {hit.document.title}  {hit.document.url}")
        note = "（检索引擎不可用，结果来自数据库）" if found.reduced else ""
        self.stdout.write(f"共 {found.results.total} 条{note}")
