"""Leaflet -> PDF by typst; the page is `leaflet.typ`. The same bytes every time."""

from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

from content.exports.document import changed_texts, printable, text_of
from content.exports.pdf import typeset
from exams.papers.printing.leaflet import Item, Keys, Leaflet, Ticks

TEMPLATE = Path(__file__).with_name("leaflet.typ")


def write_pdf(leaflet: Leaflet) -> bytes:
    """Raises ExportError: fonts missing, characters that no font can draw."""
    leaflet = changed_texts(leaflet, printable)
    day = leaflet.made_on
    data = _as_data(leaflet) | {"year": day.year, "month": day.month, "day": day.day}
    return typeset(TEMPLATE, data, text_of(leaflet) + "第共页题号得分评卷人", day)


def _as_data(value: Any) -> Any:
    """Blocks as objects that name their kind."""
    if isinstance(value, tuple):
        return [_as_data(member) for member in value]
    if not is_dataclass(value):
        return value if isinstance(value, str | int | bool) else str(value)
    inner = {field.name: _as_data(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Item | Ticks | Keys):
        inner["width"] = value.columns
    return {"kind": type(value).__name__.lower(), **inner}
