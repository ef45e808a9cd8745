"""Finds and stores the citations of the regulations and power items of the site."""

import json
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db.models import QuerySet

from kb.basis_links import link_items
from kb.linking import LinkReport, link_versions
from kb.models import Citation, PowerItem, RegulationVersion


class Command(BaseCommand):
    help = "识别并关联法规正文和事项依据中的引用。可随时重复运行：结果随文本更新，人工作出的决定保留。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("titles", nargs="*", help="只处理这些标题的法规，不处理事项")
        parser.add_argument("--json", action="store_true", help="输出一个 JSON 对象")

    def handle(self, *args: Any, **options: Any) -> None:
        started, titles = time.monotonic(), options["titles"]
        report = link_versions(_versions(titles), None if options["json"] else self._progress)
        items = 0 if titles else link_items(PowerItem.objects.all())
        report.seconds = time.monotonic() - started
        self._print(report, items, as_json=options["json"])

    def _progress(self, done: int, total: int) -> None:
        if done % 50 == 0 or done == total:
            self.stderr.write(f"\r{done}/{total}", ending="\n" if done == total else "")

    def _print(self, report: LinkReport, items: int, *, as_json: bool) -> None:
        counts = {status.value: report.statuses[status] for status in Citation.Status}
        if as_json:
            whole = {"sources": report.sources, **counts, "item_citations": items, "seconds": round(report.seconds, 1)}
            self.stdout.write(json.dumps(whole | {"waiting": report.waiting_names.most_common(30)}, ensure_ascii=False))
            return
        for status in Citation.Status:
            self.stdout.write(f"{status.label}\t{report.statuses[status]}")
        self.stdout.write(f"事项依据\t{items}")
        self.stdout.write(f"法规版本 {report.sources}，用时 {report.seconds:.1f} 秒")
        for name, count in report.waiting_names.most_common(15):
            self.stdout.write(f"待处理\t{count}\t{name}")


def _versions(titles: list[str]) -> QuerySet[RegulationVersion]:
    versions = RegulationVersion.objects.filter(has_text=True).order_by("pk")
    return versions.filter(regulation__title__in=titles) if titles else versions
