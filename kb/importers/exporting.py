"""A version written out again from its provision rows: Markdown, JSON, Word. Nothing comes from the source text."""

import io
import json
from collections.abc import Iterator
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from docx.shared import Pt

from kb.importers.regulations import TITLE_KEY
from kb.models import Provision, RegulationVersion

Kind = Provision.Kind
HEADING_DEPTH = {Kind.BOOK: 1, Kind.SUBBOOK: 2, Kind.CHAPTER: 2, Kind.SECTION: 3, Kind.TITLE_LINE: 2}
INFO_END = "<!-- INFO END -->"
GAP = "　"
BODY_FONT, HEADING_FONT = "宋体", "黑体"


def to_markdown(version: RegulationVersion) -> str:
    """Title, 题注 and text. White space aside it is the text that was imported."""
    rows = list(version.provisions.order_by("position"))
    blocks = []
    if title := _title(version, rows):
        blocks.append(f"# {title}")
    if version.history_note:
        blocks.append(version.history_note.replace("\n", "\n\n"))
    if blocks:
        blocks.append(INFO_END)
    blocks += ["#" * depth + f" {text}" if depth else text for depth, text in _blocks(rows)]
    return "\n\n".join(blocks) + "\n"


def to_json(version: RegulationVersion) -> dict[str, Any]:
    """The version and its rows in reading order, for other programs."""
    rows = list(version.provisions.order_by("position"))
    fields = ("key", "kind", "label", "heading", "text", "depth")
    return {
        "title": _title(version, rows) or version.regulation.title,
        "slug": version.regulation.slug,
        "level": version.regulation.get_level_code_display(),
        "doc_number": version.regulation.doc_number,
        "version": version.display_label,
        "promulgated_on": _iso(version.promulgated_on),
        "effective_from": _iso(version.effective_from),
        "effective_to": _iso(version.effective_to),
        "dates_verified": version.dates_verified,
        "history_note": version.history_note,
        "source": version.source,
        "provisions": [{name: getattr(row, name) for name in fields} for row in rows],
    }


def to_json_text(version: RegulationVersion) -> str:
    return json.dumps(to_json(version), ensure_ascii=False, indent=1)


def to_docx(version: RegulationVersion) -> bytes:
    """A plain Word document in Chinese fonts: title, 题注, headings, paragraphs, tables as tables."""
    rows = list(version.provisions.order_by("position"))
    document = Document()
    _set_fonts(document)
    if title := _title(version, rows):
        document.add_heading(title, level=0)
    for line in version.history_note.split("\n") if version.history_note else []:
        document.add_paragraph(line)
    for row, (depth, text) in _rows_and_blocks(rows):
        if row.kind == Kind.TABLE:
            _add_table(document, row.text)
        elif depth:
            document.add_heading(text.replace("\n", ""), level=depth)
        else:
            for line in text.split("\n"):
                document.add_paragraph(line)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _title(version: RegulationVersion, rows: list[Provision]) -> str:
    """The title as this version writes it; empty when it stands among the rows."""
    own = next((row.heading for row in rows if row.key == TITLE_KEY), "")
    if own:
        return own
    title = version.regulation.title
    in_rows = "".join(row.heading for row in rows if row.kind == Kind.TITLE_LINE)
    return "" if "".join(title.split()) in "".join(in_rows.split()) else title


def _blocks(rows: list[Provision]) -> Iterator[tuple[int, str]]:
    for _, block in _rows_and_blocks(rows):
        yield block


def _rows_and_blocks(rows: list[Provision]) -> Iterator[tuple[Provision, tuple[int, str]]]:
    """Each row with (heading depth, text); the first 款 stands on the line of its 条."""
    waiting: Provision | None = None
    for row in rows:
        if row.key == TITLE_KEY:
            continue
        if waiting is not None:
            first = row.parent_id == waiting.pk and row.kind == Kind.PARAGRAPH
            if first:
                yield row, (0, _line(waiting.label, waiting.heading, row.text))
            else:
                yield waiting, (0, _line(waiting.label, waiting.heading))
                yield from _single(row)
            waiting = None if first or row.kind != Kind.ARTICLE else row
        elif row.kind == Kind.ARTICLE and not row.text:
            waiting = row
        else:
            yield from _single(row)
    if waiting is not None:
        yield waiting, (0, _line(waiting.label, waiting.heading))


def _single(row: Provision) -> Iterator[tuple[Provision, tuple[int, str]]]:
    """A row by itself; an article still waiting for its first paragraph is left to the caller."""
    if row.kind == Kind.ARTICLE and not row.text:
        return
    depth = HEADING_DEPTH.get(Kind(row.kind), 0)
    numbered = row.kind in (Kind.ITEM, Kind.SUBITEM, Kind.LEVEL1, Kind.LEVEL2, Kind.LEVEL3, Kind.LEVEL4)
    clause = row.label[-1:].isdigit()
    text = row.label + row.heading + row.text if numbered and not clause else _line(row.label, row.heading, row.text)
    if text.strip():
        yield row, (depth, text.replace("\n", "") if depth and row.kind != Kind.TITLE_LINE else text)


def _line(*parts: str) -> str:
    return GAP.join(part for part in parts if part)


def _set_fonts(document: Any) -> None:
    """Word takes Chinese type from the east-asian font of the style, which python-docx leaves unset."""
    for name, font in (
        ("Normal", BODY_FONT),
        ("Title", HEADING_FONT),
        *((f"Heading {n}", HEADING_FONT) for n in (1, 2, 3)),
    ):
        style = document.styles[name]
        style.font.name = font
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    document.styles["Normal"].font.size = Pt(12)


def _add_table(document: Any, text: str) -> None:
    rows = [line.split("\t") for line in text.split("\n")]
    table = document.add_table(rows=len(rows), cols=max(len(row) for row in rows))
    table.style = "Table Grid"
    for line, row in zip(table.rows, rows, strict=True):
        for cell, value in zip(line.cells, row, strict=False):
            cell.text = value


def _iso(day: Any) -> str | None:
    return day.isoformat() if day else None
