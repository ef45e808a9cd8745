"""`fetch_fonts`: the Chinese fonts of printed editions, out of one pinned wheel."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from content.exports.fonts import FILES, WHEEL, FontsUnavailable, fetch_fonts


class Command(BaseCommand):
    """Thin shell over content.exports.fonts."""

    help = (
        f"取得编印 PDF 所需的中文字体（安装包 {WHEEL.name} {WHEEL.version}，约 85 MB，固定版本和校验和，"
        "只作为数据读取，不安装、不运行）。已有时只核对校验和。"
    )

    def add_arguments(self, parser: Any) -> None:
        """`--if-missing` lets a site start without a network."""
        parser.add_argument("--if-missing", action="store_true", help="取不到字体也不算失败")

    def handle(self, *args: Any, if_missing: bool, **options: Any) -> None:
        """Fetch, check, and say where the fonts are."""
        try:
            folder = fetch_fonts()
        except FontsUnavailable as reason:
            if not if_missing:
                raise CommandError(str(reason)) from reason
            self.stderr.write(str(reason))
            return
        self.stdout.write(f"字体已就绪：{folder}（{'、'.join(FILES)}）")
