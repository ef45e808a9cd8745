"""The report of an import: one row a file, totals, and the warnings with their lines."""

import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from kb.importers.matching import formal_title
from kb.importers.regulation_notes import describe
from kb.importers.regulations import Action, ImportPlan, ImportResult, Refused
from kb.parser import Kind, Note, ParsedRegulation, Severity
from kb.parser.numbering import missing_numbers

# Notes about what could not be put in its place for certain.
UNPLACED = {"list_gap", "number_repeated", "article_backwards", "no_title"}
MOST_KEYS = 20


@dataclass(slots=True)
class FileRow:
    """One file of the report."""

    file: str
    action: Action
    files: int = 1
    title: str = ""
    version: str = ""
    dates: dict[str, Any] = field(default_factory=dict)
    articles: int = 0
    provisions: int = 0
    gaps: list[int] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    differing: tuple[str, ...] = ()
    message: str = ""

    @property
    def refused(self) -> bool:
        return self.action is Action.REFUSED

    @property
    def warnings(self) -> list[Note]:
        return [n for n in self.notes if n.severity is Severity.WARNING]

    def as_json(self) -> dict[str, Any]:
        return {
            "file": self.file,
            "action": self.action.name.lower(),
            "label": self.action.value,
            "title": self.title,
            "version": self.version,
            "dates": self.dates,
            "articles": self.articles,
            "provisions": self.provisions,
            "gaps": self.gaps,
            "unplaced": [_note(n) for n in self.notes if n.code in UNPLACED],
            "warnings": [_note(n) for n in self.warnings],
            "differing": list(self.differing[:MOST_KEYS]),
            "message": self.message,
        }


@dataclass(slots=True)
class Report:
    """All rows of one run."""

    dry_run: bool = False
    rows: list[FileRow] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)
    kinds: Counter = field(default_factory=Counter)
    regulations: set[str] = field(default_factory=set)
    seconds: float = 0.0

    def add(self, name: str, result: ImportPlan | ImportResult | Refused, *, files: int = 1) -> FileRow:
        """`name`: the path as the user gave it."""
        if isinstance(result, Refused):
            row = FileRow(name, Action.REFUSED, files, message=str(result))
        else:
            plan = result.plan if isinstance(result, ImportResult) else result
            row = _row(name, plan, files)
            if plan.action not in (Action.REFUSED, Action.SKIPPED):
                self.kinds.update(n.kind.value for n in plan.parsed.nodes)
                self.regulations.add(row.title)
        self.rows.append(row)
        return row

    @property
    def refused(self) -> bool:
        return any(row.refused for row in self.rows)

    def as_json(self) -> dict[str, Any]:
        actions = Counter(row.action.name.lower() for row in self.rows)
        return {
            "dry_run": self.dry_run,
            "files": sum(row.files for row in self.rows),
            "regulations": len(self.regulations),
            "versions": sum(row.action not in (Action.REFUSED, Action.SKIPPED) for row in self.rows),
            "articles": sum(row.articles for row in self.rows),
            "provisions": sum(row.provisions for row in self.rows),
            "kinds": dict(self.kinds.most_common()),
            "actions": dict(actions),
            "refused": sum(row.refused for row in self.rows),
            "warnings": sum(len(row.warnings) for row in self.rows),
            "warning_kinds": dict(Counter(n.code for row in self.rows for n in row.warnings).most_common()),
            "passed_over": self.passed_over,
            "seconds": round(self.seconds, 2),
            "rows": [row.as_json() for row in self.rows],
        }


def _row(name: str, plan: ImportPlan, files: int) -> FileRow:
    parsed = plan.parsed
    stays_out = plan.action in (Action.REFUSED, Action.SKIPPED)
    return FileRow(
        file=name,
        action=plan.action,
        files=files,
        title=plan.regulation.title if plan.regulation else formal_title(parsed.title),
        version=str(parsed.dates.promulgated_on or parsed.dates.passed_on or "待核"),
        dates=_dates(parsed),
        articles=0 if stays_out else len(parsed.articles),
        provisions=0 if stays_out else len(parsed.nodes),
        gaps=[] if parsed.is_amending else missing_numbers(parsed.nodes),
        notes=sorted(parsed.notes, key=lambda note: note.line),
        differing=plan.differing,
        message=plan.reason,
    )


def _dates(parsed: ParsedRegulation) -> dict[str, Any]:
    when = parsed.dates
    return {
        "kind": when.kind.value,
        "passed_on": _iso(when.passed_on),
        "promulgated_on": _iso(when.promulgated_on),
        "effective_from": _iso(when.effective_from),
        "verified": when.verified,
    }


def _iso(day: Any) -> str | None:
    return day.isoformat() if day else None


def _note(note: Note) -> dict[str, Any]:
    return {"code": note.code, "line": note.line, "message": note.message, "text": note.text[:200]}


def table(report: Report, *, verbose: bool = False) -> str:
    """The report for a person: the files worth a look, then the totals. `verbose`: every file and every warning."""
    lines = [line for row in report.rows if verbose or _worth_showing(row) for line in _lines(row, verbose=verbose)]
    totals = report.as_json()
    head = "试运行，没有写入" if report.dry_run else "导入完成"
    lines += [
        "",
        f"{head}：{totals['files']} 个文件，{totals['regulations']} 部法规文件，{totals['versions']} 个版本，"
        f"条 {totals['articles']}，各级条文 {totals['provisions']}，用时 {totals['seconds']} 秒",
        "结果：" + "，".join(f"{a.value} {n}" for a in Action if (n := totals["actions"].get(a.name.lower()))),
    ]
    if totals["kinds"]:
        lines.append("构成：" + "，".join(f"{_KIND_NAMES.get(k, k)} {n}" for k, n in totals["kinds"].items()))
    if totals["warning_kinds"]:
        lines.append("提示：" + "，".join(f"{_CODE_NAMES.get(c, c)} {n}" for c, n in totals["warning_kinds"].items()))
    if report.passed_over:
        lines.append(f"不是文档而略过：{'、'.join(report.passed_over[:10])}")
    return "\n".join(lines).lstrip("\n")


_QUIET = {"effective_assumed", "later_than_history", "date_from_name", "no_dates", "date_differs"}


def _worth_showing(row: FileRow) -> bool:
    return row.refused or bool(row.message) or any(n.code not in _QUIET for n in row.warnings)


def _lines(row: FileRow, *, verbose: bool) -> list[str]:
    state = f"条 {row.articles:>4}  条文 {row.provisions:>5}  {row.version:<10}"
    lines = [f"{_padded(row.action.value, 12)}{state}  {row.title or row.file}"]
    if row.message:
        lines.append(f"    {row.message}")
    if row.differing:
        lines.append(f"    不同之处：{'、'.join(row.differing[:MOST_KEYS])}")
    shown = [n for n in row.notes if verbose or (n.severity is Severity.WARNING and n.code not in _QUIET)]
    return lines + [f"    {describe(n)}" for n in shown]


def _padded(text: str, width: int) -> str:
    """Chinese characters are two columns wide."""
    return text + " " * max(0, width - sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text))


_KIND_NAMES = {
    Kind.BOOK.value: "编",
    Kind.SUBBOOK.value: "分编",
    Kind.CHAPTER.value: "章",
    Kind.SECTION.value: "节",
    Kind.ARTICLE.value: "条",
    Kind.PARAGRAPH.value: "款",
    Kind.ITEM.value: "项",
    Kind.SUBITEM.value: "目",
    Kind.PREAMBLE.value: "序言",
    Kind.TITLE_LINE.value: "标题行",
    Kind.ATTACHMENT.value: "附件",
    Kind.COLOPHON.value: "落款",
    Kind.TABLE.value: "表",
    Kind.LEVEL1.value: "一、",
    Kind.LEVEL2.value: "（一）",
    Kind.LEVEL3.value: "1.",
    Kind.LEVEL4.value: "（1）",
}
_CODE_NAMES = {
    "article_gap": "条号缺漏",
    "article_backwards": "条号倒序",
    "number_repeated": "编号重复",
    "list_gap": "项号不连续",
    "flattened": "多条挤在一行",
    "page_number": "页码",
    "navigation": "网页导航",
    "markup": "网页标记",
    "no_title": "没有标题",
    "no_dates": "没有日期",
    "date_from_name": "日期取自文件名",
    "date_differs": "文件名日期不符",
    "later_than_history": "题注未更新",
    "effective_assumed": "施行日期待核",
    "revision": "未接受的修订",
    "picture": "图片",
    "footnote": "脚注",
}
