"""Lines in, one JSON object a citation out."""

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db.utils import DatabaseError

from kb.citations import Citation, Context, LawNames, parse
from kb.citations.registry import standard_names
from kb.linking import known_names


class Command(BaseCommand):
    requires_system_checks: list[str] = []
    help = (
        "从标准输入逐行读取，每处引用输出一个 JSON 对象：行号、法名、条文键、"
        "作用、位置和存疑之处。并列和范围按每个目标各输出一个；"
        "没有引用的行不输出。法名取自本站法规和简称表。"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--context",
            default="",
            metavar="LAW#KEY",
            help="各行所在的条款，用于本法、前款、本条和未写法名的条文，如 行政处罚法#33.p3",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        context, names = Context.parse(options["context"]), _names()
        for number, line in enumerate(sys.stdin, 1):
            for citation in parse(line.rstrip("\r\n"), context, names):
                self.stdout.write(json.dumps(as_json(number, citation), ensure_ascii=False))


def as_json(line: int, citation: Citation) -> dict[str, Any]:
    """The citation as the command prints it; `span` counts characters from 0, its end exclusive."""
    values = asdict(citation)
    span = [values.pop("start"), values.pop("end")]
    first = {"line": line, "law": values.pop("law"), "key": values.pop("key"), "role": values.pop("role"), "span": span}
    return first | dict(_said(values))


def _said(values: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """What is worth saying: `raw`, `known`, and the rest when it is not empty."""
    for name, value in values.items():
        if value or name in ("raw", "known"):
            yield name, value


def _names() -> LawNames:
    """The site's names; the project's own where there is no database yet."""
    try:
        return known_names()
    except DatabaseError:
        return standard_names()
