"""`export_regulation NAME`: a regulation written out from its provision rows."""

import datetime as dt
from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kb.importers.exporting import to_docx, to_json_text, to_markdown
from kb.importers.matching import Catalogue
from kb.models import Regulation, RegulationAlias, RegulationVersion


def day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"日期“{text}”应写作 2024-05-01") from None


class Command(BaseCommand):
    help = "导出一部法规或文件（默认现行版本）。NAME 为标题（可省“中华人民共和国”）、简称或网址标识。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", metavar="NAME")
        parser.add_argument("--format", choices=["md", "json", "docx"], default="md")
        parser.add_argument("--on", type=day, help="取该日有效的版本，如 2022-01-01")
        parser.add_argument("--version-id", type=int, help="版本编号")
        parser.add_argument("--output", type=Path, help="写入文件；docx 缺省为当前目录下的“标题.docx”")

    def handle(self, *args: Any, **options: Any) -> None:
        version = self._version(find_regulation(options["name"]), options)
        output = options["output"]
        if options["format"] == "docx":
            output = output or Path(f"{version.regulation.name.replace('/', '')}.docx")
            output.write_bytes(to_docx(version))
        else:
            text = to_markdown(version) if options["format"] == "md" else to_json_text(version)
            if output:
                output.write_text(text, encoding="utf-8")
            else:
                self.stdout.write(text, ending="")
        if output:
            self.stderr.write(f"已写入 {output}")

    def _version(self, regulation: Regulation, options: dict) -> RegulationVersion:
        versions = regulation.versions.select_related("regulation")
        if options["version_id"]:
            found = versions.filter(pk=options["version_id"]).first()
        elif options["on"]:
            found = regulation.version_on(options["on"])
        else:
            with_text = list(versions.filter(has_text=True).live_only())
            current = regulation.current_or_last()
            found = current if current and current.has_text else (with_text or [current])[-1]
        if found is None:
            raise CommandError(f"《{regulation.title}》没有这个版本；可用版本：{_listed(regulation)}")
        if not found.has_text:
            raise CommandError(f"《{regulation.title}》只有条旨，还没有全文；请先用 import_regulations 导入")
        return found


def find_regulation(name: str) -> Regulation:
    """By title, short title, alias or slug. Raises CommandError."""
    found = Catalogue().find(name) or Regulation.objects.filter(slug=name).first()
    found = found or Regulation.objects.filter(short_title=name).first()
    if found is None:
        pks = set(RegulationAlias.objects.filter(name=name).values_list("regulation_id", flat=True))
        found = Regulation.objects.filter(pk__in=pks).first() if len(pks) == 1 else None
    if found is None:
        close = Regulation.objects.filter(title__icontains=name).values_list("title", flat=True)[:5]
        hint = f"；相近的有：{'、'.join(close)}" if close else ""
        raise CommandError(f"没有找到“{name}”{hint}")
    return found


def _listed(regulation: Regulation) -> str:
    return "、".join(f"{v.pk}（{v.display_label}）" for v in regulation.dated_versions()) or "无"
