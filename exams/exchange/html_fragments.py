"""HTML inside question files -> plain text, and back. Scripts and styles go; pictures are reported. Pure."""

import html
import re

from exams.exchange.values import Problem
from kb.importers.html_text import read_html
from kb.importers.refusal import Refused

_MEDIA = re.compile(r"<\s*(img|audio|video|embed|object|iframe|svg|math)\b", re.I)
_TAG = re.compile(r"<[a-zA-Z/!]|&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]\w*);")


def text_of(fragment: str, line: int, remarks: list[Problem]) -> str:
    """The words of a fragment, block elements as lines; says in `remarks` what was left behind."""
    if not fragment.strip():
        return ""
    if _MEDIA.search(fragment):
        remarks.append(Problem(line, "", "有图片、音频、视频或公式，没有导入；请在题库中补上文字。"))
    if not _TAG.search(fragment):
        return fragment
    try:
        text, notes = read_html(f"<div>{fragment}</div>", b"", "题目")
    except Refused:
        return ""
    remarks += [Problem(line, "", f"{note.message}。") for note in notes]
    return text


def html_of(text: str) -> str:
    """A paragraph; blanks that HTML would merge are kept."""
    kept = re.sub(r"(?<= ) ", "\xa0", html.escape(text, quote=False))
    return kept.replace("\n", "<br>")
