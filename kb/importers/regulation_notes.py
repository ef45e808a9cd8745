"""What the reading of a file has to tell: when it must stay out, and the words kept beside its text."""

import re

from kb.importers.refusal import Refused
from kb.parser import Kind, Note, ParsedRegulation, Severity

_HAN = re.compile("[\u4e00-\u9fff]")
LONGEST_TITLE = 200


def refusal_of(parsed: ParsedRegulation) -> str:
    """Why a parsed document cannot be imported; empty when it can."""
    error = next((n for n in parsed.notes if n.severity is Severity.ERROR), None)
    name = parsed.source.filename
    if error:
        mend = "请连同原件反馈给系统维护人员" if error.code == "text_lost" else "这样的文件不必导入"
        return str(Refused(name, error.message, f"第 {error.line} 行" if error.line else "", mend))
    if not _HAN.search(parsed.title):
        what = "没有找到标题"
        return str(Refused(name, what, "文件开头", "请在第一行写上法规名称，或以法规名称作文件名后再导入"))
    if len(parsed.title) > LONGEST_TITLE:
        return str(Refused(name, f"标题有 {len(parsed.title)} 字，过长", "文件开头", "请把标题单独写成一行"))
    return ""


def describe(note: Note) -> str:
    """第 12 行：缺少第 3 条."""
    return f"第 {note.line} 行：{note.message}" if note.line else note.message


def source_report(parsed: ParsedRegulation) -> str:
    """The notes as lines, kept with the source text."""
    counted = f"条 {len(parsed.articles)}，各级条文 {len(parsed.nodes)}，附件 {_count(parsed, Kind.ATTACHMENT)}"
    return "\n".join([counted, *(describe(n) for n in parsed.notes)])


def _count(parsed: ParsedRegulation, kind: Kind) -> int:
    return sum(n.kind is kind for n in parsed.nodes)
