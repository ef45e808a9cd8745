"""`load_demo`: a fictional district, loaded through the public importers; safe to run again."""

import json
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from demo.loaders import PARTS, Part
from demo.loaders.tables import RefusedData
from kb.models import PowerItem


class Command(BaseCommand):
    help = "装入演示数据（虚构的江城区）；可重复运行，不会重复新增。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="已有事项时什么也不做")
        parser.add_argument("--json", action="store_true", help="以 JSON 输出数量")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["if_empty"] and PowerItem.objects.exists():
            self._finish({}, options["json"], "已有事项，未装入演示数据。")
            return
        counts: dict[str, int] = {}
        started = time.monotonic()
        for part in PARTS:
            counts |= self._load(part, quiet=options["json"])
        self._finish(counts, options["json"], f"演示数据已装入，用时 {time.monotonic() - started:.0f} 秒。")

    def _load(self, part: Part, *, quiet: bool) -> dict[str, int]:
        started = time.monotonic()
        try:
            counts = part.load()
        except RefusedData as refusal:
            raise CommandError(f"{part.label}未能装入：\n{refusal}") from refusal
        if not quiet:
            figures = "，".join(f"{label} {n}" for label, n in counts.items())
            self.stdout.write(f"  {part.label}：{figures}（{time.monotonic() - started:.1f} 秒）")
        return counts

    def _finish(self, counts: dict[str, int], as_json: bool, sentence: str) -> None:
        self.stdout.write(json.dumps({"loaded": counts}, ensure_ascii=False) if as_json else sentence)
