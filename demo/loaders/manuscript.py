"""Pages written as Markdown: a head between two lines of ---, then blocks."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

TONES = {"说明": "info", "提醒": "warn", "禁止": "seal"}
NOTICE = re.compile(r"^> (说明|提醒|禁止|演示)：?(.*)$", re.DOTALL)
Block = tuple[str, object]


@dataclass(frozen=True)
class Manuscript:
    """One page: the values of its head and its blocks for a StreamField."""

    head: dict[str, str]
    body: list[Block]


def read(path: Path) -> Manuscript:
    """Reads a file. Raises ValueError when it has no head."""
    parts = path.read_text(encoding="utf-8").split("---\n", 2)
    if len(parts) != 3:
        raise ValueError(f"{path.name} 缺少开头的 --- 段")
    head = dict(re.findall(r"^(\w+): (.+)$", parts[1], re.MULTILINE))
    return Manuscript(head, list(blocks(parts[2])))


def blocks(text: str) -> Iterator[Block]:
    """Paragraphs are divided by blank lines; `## `, `- `, `| ` and `> ` open the other kinds."""
    for part in re.split(r"\n\s*\n", text.strip()):
        if part.startswith("## "):
            yield "heading", part[3:].strip()
        elif part.startswith("- "):
            yield "paragraph", _list(part)
        elif part.startswith("| "):
            yield "table", {"caption": "", "lines": "\n".join(row.strip("| ") for row in part.splitlines())}
        elif part.startswith("> "):
            yield "notice", _notice(part)
        else:
            yield "paragraph", f"<p>{html.escape(' '.join(part.splitlines()))}</p>"


def _list(part: str) -> str:
    entries = "".join(f"<li>{html.escape(line.removeprefix('- '))}</li>" for line in part.splitlines())
    return f"<ul>{entries}</ul>"


def _notice(part: str) -> dict[str, str]:
    found = NOTICE.match(part)
    tone, text = (TONES.get(found[1], "info"), found[2]) if found else ("info", part[2:])
    return {"tone": tone, "title": "", "text": text}
