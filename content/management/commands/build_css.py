"""`build_css`: joins the style sheets, in their order, into the one file that pages load."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from content.stylesheet import TARGET, is_current, joined


class Command(BaseCommand):
    """Thin shell over content.stylesheet."""

    help = "把 content/static/css 下的样式按次序合并为 site.css；--check 只检查是否已是最新。"

    def add_arguments(self, parser: Any) -> None:
        """`--check` changes nothing and fails when site.css is behind its sources."""
        parser.add_argument("--check", action="store_true", help="只检查，不写文件")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        """Write the file, or compare it."""
        if check:
            if not is_current():
                raise SystemExit("site.css 不是最新的，请运行：python manage.py build_css")
            return
        Path(TARGET).write_text(joined(), encoding="utf-8")
        self.stdout.write(f"{TARGET.name} {TARGET.stat().st_size / 1024:.1f} KB")
