"""An edition -> a whole document, and the record of what is in it."""

import datetime as dt
import hashlib
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

from django.utils import timezone

from casebook.editions.chapters import chapter_of
from casebook.editions.cited import Cited, appendix, cited_by
from casebook.editions.printed import LeftOut, NotPrintable, Printed, entries_of, read_entry, title_of
from casebook.editions.texts import blocks_of
from casebook.models import CasebookIssue
from content.exports.document import Block, Chapter, Document, Note, Part, line, text_of
from content.exports.fonts import without_glyph
from content.exports.pdf import named

TITLE = "街道综合行政执法案例汇编"
COVER = ("案例仅供学习参照，不作为执法依据",)
OTHERS = "案例"


@dataclass(frozen=True)
class Printing:
    """Which printing of an edition: the first, or a corrected one with the reason and what changed."""

    number: int = 1
    reason: str = ""
    changes: tuple[str, ...] = ()

    @property
    def is_corrected(self) -> bool:
        return self.number > 1


@dataclass(frozen=True)
class Book:
    """A document, the cases that could not be printed, and the contents by which printings are compared."""

    document: Document
    left_out: tuple[LeftOut, ...] = ()
    contents: dict[str, Any] = field(default_factory=dict)


def build_book(issue: CasebookIssue, printing: Printing | None = None, *, fonts: Path | None = None) -> Book:
    """The edition as a document. With `fonts`, cases with characters these cannot draw are left out, too."""
    printing, entries = printing or Printing(), entries_of(issue)
    cases, left_out = [], []
    for entry in entries:
        try:
            cases.append(_drawable(read_entry(entry), fonts))
        except NotPrintable as reason:
            left_out.append(LeftOut(entry.case.case_no, title_of(entry), str(reason)))
    cited = cited_by(cases, day_of(issue))
    chapters = [chapter_of(printed, cited, n) for n, printed in enumerate(cases, 1)]
    document = _document(issue, printing, _parts(cases, chapters), cited)
    return Book(document, tuple(left_out), _contents(issue, cases, chapters, document))


def day_of(issue: CasebookIssue) -> dt.date:
    """The editorial deadline: the date of the book and of the law in its appendix."""
    if issue.closed_on:
        return issue.closed_on
    if issue.published_at:
        return timezone.localdate(issue.published_at)
    month = issue.quarter_no * 3
    return dt.date(issue.year_no + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)


def _drawable(printed: Printed, fonts: Path | None) -> Printed:
    """Refuses what the fonts cannot draw. Raises NotPrintable."""
    facts = (printed.case.case_no, *printed.shown.texts, printed.note)
    unknown = without_glyph("".join(facts), fonts) if fonts else []
    if unknown:
        raise NotPrintable(f"含有字体中没有的字符 {named(unknown)}，请改用通用字后重新发布")
    return printed


def _parts(cases: list[Printed], chapters: list[Chapter]) -> tuple[Part, ...]:
    """One part a section, in the printed order; a section that comes back begins a part of its own."""
    pairs = zip((printed.section or OTHERS for printed in cases), chapters, strict=True)
    grouped = groupby(pairs, key=lambda pair: pair[0])
    return tuple(
        Part(section, f"part-{n}", chapters=tuple(chapter for _, chapter in group))
        for n, (section, group) in enumerate(grouped, 1)
    )


def _document(issue: CasebookIssue, printing: Printing, parts: tuple[Part, ...], cited: Cited) -> Document:
    preface = (*_correction(printing), *blocks_of(issue.preface))
    return Document(
        title=issue.title or TITLE,
        identifier=f"urn:baodian:issue:{issue.code}:{printing.number}",
        made_on=day_of(issue),
        number=f"{issue.year_no}年{issue.get_quarter_no_display()}",
        publisher=publisher(),
        cover=(*COVER, *([f"第{printing.number}次印刷（更正版）"] if printing.is_corrected else [])),
        preface_title="编者按" if issue.preface else "更正说明",
        preface=preface,
        parts=parts,
        appendix=appendix(cited),
        colophon=_colophon(issue, printing, sum(len(part.chapters) for part in parts)),
    )


def publisher() -> str:
    """`江城区司法局`, after the district in the site's settings."""
    from content.models import SiteBranding

    kept = SiteBranding.objects.first()
    return f"{kept.district if kept else ''}司法局"


def _correction(printing: Printing) -> tuple[Block, ...]:
    if not printing.is_corrected:
        return ()
    said = (printing.reason, *printing.changes)
    return (Note(f"更正说明（第{printing.number}次印刷）", tuple(line(text) for text in said if text)),)


def _colophon(issue: CasebookIssue, printing: Printing, total: int) -> tuple[tuple[str, str], ...]:
    day = day_of(issue)
    rows = [
        ("编印", publisher()),
        ("期号", f"{issue.code}　{issue.year_no}年{issue.get_quarter_no_display()}"),
        ("印次", f"第{printing.number}次印刷{'（更正版）' if printing.is_corrected else ''}"),
        ("截稿日期", f"{day.year}年{day.month}月{day.day}日"),
        ("收录", f"案例 {total} 篇"),
        ("说明", "案例经匿名处理和审签，仅供学习参照，不作为执法依据。附录条文以截稿日期有效的文本为准。"),
    ]
    return tuple(rows)


def _contents(issue: CasebookIssue, cases: list[Printed], chapters: list[Chapter], document: Document) -> dict:
    """What is in the book, so that a later printing can say what changed."""
    listed = [
        {"pk": printed.case.pk, "case_no": printed.case.case_no, "digest": _digest(text_of(chapter))}
        for printed, chapter in zip(cases, chapters, strict=True)
    ]
    front = (document.title, document.number, document.publisher, issue.preface, *(p.title for p in document.parts))
    return {"cases": listed, "front": _digest(text_of(front)), "appendix": _digest(text_of(document.appendix))}


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def changes_between(before: dict[str, Any], after: dict[str, Any]) -> tuple[str, ...]:
    """What changed from one printing's contents to another's, in words; empty when nothing did."""
    old = {case["case_no"]: case["digest"] for case in before.get("cases", [])}
    new = {case["case_no"]: case["digest"] for case in after["cases"]}
    said = [
        _listed("撤下案例", [number for number in old if number not in new]),
        _listed("增加案例", [number for number in new if number not in old]),
        _listed("案例文字有改动", [number for number in new if number in old and old[number] != new[number]]),
        "封面、编者按或者栏目有改动。" if before.get("front") != after["front"] else "",
        "附录条文有改动。" if before.get("appendix") != after["appendix"] else "",
    ]
    kept = [number for number in old if number in new]
    if kept != [number for number in new if number in old]:
        said.append("案例次序有改动。")
    return tuple(text for text in said if text)


def _listed(what: str, numbers: list[str]) -> str:
    return f"{what}：{'、'.join(numbers)}。" if numbers else ""
