"""How a form is laid out, without a word about files: blanks in running text, rows of a table (pure)."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kb.models import FormField

Kind = FormField.Kind
BLANK = re.compile(r"【([^【】]+)】")
# Two fields share a row when both their names fit into a narrow column.
NARROW = 8
EMPTY_BOX, TICKED_BOX = "□", "☑"


@dataclass(frozen=True)
class Piece:
    """A stretch of running text; `field` when it is a place to fill in."""

    text: str
    field: FormField | None = None


def paragraphs(wording: str, fields: Iterable[FormField]) -> Iterator[list[Piece]]:
    """The lines of the wording in pieces. A name that is no field stays as it is written."""
    known = {field.name: field for field in fields}
    for line in wording.splitlines():
        if line.strip():
            yield list(_pieces(line.strip(), known))


def _pieces(line: str, known: dict[str, FormField]) -> Iterator[Piece]:
    end = 0
    for found in BLANK.finditer(line):
        if found[1] not in known:
            continue
        if found.start() > end:
            yield Piece(line[end : found.start()])
        yield Piece(found[0], known[found[1]])
        end = found.end()
    if line[end:]:
        yield Piece(line[end:])


def unknown_blanks(wording: str, names: Iterable[str]) -> list[str]:
    """Names in 【】 for which the form has no field: slips of the pen."""
    known = set(names)
    return [name for name in dict.fromkeys(BLANK.findall(wording)) if name not in known]


def tabled(wording: str, fields: Iterable[FormField]) -> list[FormField]:
    """The fields that stand in the table: neither in the wording nor signatures."""
    written = set(BLANK.findall(wording))
    return [field for field in fields if field.kind != Kind.SIGNATURE and field.name not in written]


def signatures(fields: Iterable[FormField]) -> list[FormField]:
    return [field for field in fields if field.kind == Kind.SIGNATURE]


def rows(fields: Sequence[FormField]) -> Iterator[tuple[FormField, ...]]:
    """Rows of the table: one field, or two short ones beside each other."""
    waiting: FormField | None = None
    for field in fields:
        if not _is_narrow(field):
            yield from [(waiting,)] if waiting else []
            yield (field,)
            waiting = None
        elif waiting:
            yield waiting, field
            waiting = None
        else:
            waiting = field
    yield from [(waiting,)] if waiting else []


def ticked(field: FormField, filled: bool) -> str:
    """The options of a field with their boxes; filled in, those that the example names are ticked."""
    chosen = field.example.split("、") if filled else []
    boxes = [f"{TICKED_BOX if option in chosen else EMPTY_BOX}{option}" for option in field.choices]
    return "　".join(boxes)


def _is_narrow(field: FormField) -> bool:
    return field.kind == Kind.LINE and len(field.name) <= NARROW and len(field.example) <= 2 * NARROW
