"""Document -> PDF by typst: A4, table of contents, running heads, bookmarks; the same bytes every time.

The page is `book.typ`; the text reaches it as JSON, so nothing in a text can act as markup.
"""

import contextlib
import dataclasses
import datetime as dt
import json
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import typst

from content.exports.document import Document, ExportError, Picture, members, prepared, text_of
from content.exports.fonts import installed_fonts, without_glyph

TEMPLATE = Path(__file__).parent / "book.typ"


def write_pdf(document: Document) -> bytes:
    """The PDF. Raises ExportError: fonts missing, characters no font can draw, pictures that cannot be read."""
    document = prepared(document)
    data, pictures = _book(document)
    return typeset(TEMPLATE, data, text_of(document), document.made_on, pictures)


def pages_of(document: Document) -> dict[str, int]:
    """On which page of the PDF each part and chapter begins: anchor -> number as printed. Raises ExportError."""
    data, pictures = _book(prepared(document))
    with _laid_out(TEMPLATE, data, pictures) as template:
        found = typst.query(template, "<pages>", field="value", one=True, root=template.parent, font_paths=_fonts())
    return dict(json.loads(found))


def typeset(
    template: Path, data: dict[str, Any], text: str, day: dt.date, pictures: Mapping[str, bytes] | None = None
) -> bytes:
    """A template set with what it finds in `data.json` beside it; dated to the day, so the same data is the same bytes.

    `text` is all that will be printed, `pictures` are files by name. Raises ExportError as `write_pdf`.
    """
    if unknown := without_glyph(text, installed_fonts()):
        raise ExportError(f"字体中没有以下字符，PDF 无法印出：{named(unknown)}。请改用通用字后再生成。")
    with _laid_out(template, data, pictures or {}) as copy:
        return _compile(copy, day)


def named(characters: list[str]) -> str:
    """`𮧵（U+2E9F5）`: the code tells what the screen may not show."""
    return "、".join(f"{character}（U+{ord(character):04X}）" for character in characters)


@contextlib.contextmanager
def _laid_out(template: Path, data: dict[str, Any], pictures: Mapping[str, bytes]) -> Iterator[Path]:
    """A copy of the template with its data and pictures beside it. What typst refuses becomes an ExportError."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for name, picture in pictures.items():
            (folder / name).write_bytes(picture)
        (folder / "data.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        (folder / template.name).write_bytes(template.read_bytes())
        try:
            yield folder / template.name
        except typst.TypstError as error:
            raise ExportError(f"PDF 排版失败：{error.message}") from error


def _compile(template: Path, day: dt.date) -> bytes:
    noon = dt.datetime.combine(day, dt.time(12), dt.UTC)
    # PDF/A-2u, for archives: fonts inside, text extractable
    return typst.compile(template, root=template.parent, font_paths=_fonts(), timestamp=noon, pdf_standards="a-2u")


def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[installed_fonts()])


def _book(document: Document) -> tuple[dict[str, Any], dict[str, bytes]]:
    """What `book.typ` reads, and the pictures by the names that it knows."""
    files = {picture: f"picture-{n}.{picture.suffix}" for n, picture in enumerate(members(document, Picture), 1)}
    day = document.made_on
    data = _as_data(document, files) | {
        "year": day.year,
        "month": day.month,
        "day": day.day,
        "dated": f"{day.year}年{day.month}月",
        "running": f"{document.title}　{document.number}".strip(),
        "parts": _as_data(document.all_parts(), files),
    }
    return data, {name: picture.data for picture, name in files.items()}


def _as_data(value: Any, files: dict[Picture, str]) -> Any:
    """Dataclasses as objects that name their kind; a picture names its file."""
    if isinstance(value, tuple):
        return [_as_data(member, files) for member in value]
    if isinstance(value, Picture):
        return {"kind": "picture", "file": files[value], "alt": value.alt, "caption": value.caption}
    if dataclasses.is_dataclass(value):
        inner = {field.name: _as_data(getattr(value, field.name), files) for field in dataclasses.fields(value)}
        if "header" in inner:
            inner["columns"] = len(inner["header"])
        return {"kind": type(value).__name__.lower(), **inner}
    return value.isoformat() if isinstance(value, dt.date) else value
