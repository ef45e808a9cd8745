"""What a workbook holds besides the text of its cells, and what a person who looks at it would not expect to be read:
dates that were typed as `3-5`, percentages, errors, formulas, merged cells, hidden rows, further sheets.

    for oddity in oddities(data, "题库.xlsx"): ...

`spreadsheets.read_rows` reads the text; importers for which every character counts ask here, too.
"""

import datetime as dt
import io
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath
from typing import Any

import openpyxl
import xlrd

_TEXT_FORMATS = {"General", "@", "0", "#,##0"}


class Oddness(StrEnum):
    DATE = "date"
    SHOWN_OTHERWISE = "shown"
    ERROR = "error"
    FORMULA = "formula"
    NO_RESULT = "no_result"
    MERGED = "merged"
    HIDDEN_ROW = "hidden_row"
    HIDDEN_COLUMN = "hidden_column"
    OTHER_SHEET = "other_sheet"


@dataclass(frozen=True)
class Oddity:
    """Rows and columns count from 1; 0 for the whole sheet. `last_row` and `last_column` end a merged range."""

    kind: Oddness
    row: int = 0
    column: int = 0
    text: str = ""
    last_row: int = 0
    last_column: int = 0


def oddities(data: bytes, filename: str) -> list[Oddity]:
    """Of the first sheet, in reading order; none for text files. The file has been read by `read_rows` before."""
    ending = PurePath(filename).suffix.lower()
    if ending in (".xlsx", ".xlsm"):
        found = _xlsx(data)
    elif ending == ".xls":
        found = _xls(data)
    else:
        return []
    return sorted(found, key=lambda one: (one.row, one.column))


def _xlsx(data: bytes) -> Iterator[Oddity]:
    written = openpyxl.load_workbook(io.BytesIO(data))
    results = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    sheet, shown = written.worksheets[0], results.worksheets[0]
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value is not None:
                yield from _of_cell(cell, shown.cell(cell.row, cell.column).value)
    yield from _of_sheet(sheet)
    for other in written.worksheets[1:]:
        if any(cell is not None for line in other.iter_rows(values_only=True) for cell in line):
            yield Oddity(Oddness.OTHER_SHEET, text=other.title)


def _of_sheet(sheet: Any) -> Iterator[Oddity]:
    for merged in sheet.merged_cells.ranges:
        yield Oddity(Oddness.MERGED, merged.min_row, merged.min_col, merged.coord, merged.max_row, merged.max_col)
    for number, row_shape in sheet.row_dimensions.items():
        if row_shape.hidden and number <= sheet.max_row:
            yield Oddity(Oddness.HIDDEN_ROW, number)
    for letter, column_shape in sheet.column_dimensions.items():
        if column_shape.hidden:
            for column in range(column_shape.min or 0, (column_shape.max or 0) + 1):
                yield Oddity(Oddness.HIDDEN_COLUMN, column=column, text=letter)


def _of_cell(cell: Any, result: object) -> Iterator[Oddity]:
    row, column = cell.row, cell.column
    if cell.data_type == "f":
        kind = Oddness.NO_RESULT if result is None else Oddness.FORMULA
        yield Oddity(kind, row, column, str(cell.value))
    if isinstance(result, str) and result.startswith("#") and (cell.data_type == "e" or cell.data_type == "f"):
        yield Oddity(Oddness.ERROR, row, column, result)
    elif isinstance(result, dt.date | dt.time | dt.timedelta):
        yield Oddity(Oddness.DATE, row, column, str(result))
    elif isinstance(result, int | float) and not isinstance(result, bool) and cell.number_format not in _TEXT_FORMATS:
        yield Oddity(Oddness.SHOWN_OTHERWISE, row, column, f"{result}（显示格式 {cell.number_format}）")


def _xls(data: bytes) -> Iterator[Oddity]:
    book = xlrd.open_workbook(file_contents=data, formatting_info=True)
    sheet = book.sheet_by_index(0)
    for row in range(sheet.nrows):
        for column, cell in enumerate(sheet.row(row)):
            if cell.ctype == xlrd.XL_CELL_DATE:
                shown = xlrd.xldate_as_datetime(cell.value, book.datemode)
                yield Oddity(Oddness.DATE, row + 1, column + 1, str(shown))
            elif cell.ctype == xlrd.XL_CELL_ERROR:
                text = xlrd.error_text_from_code.get(int(cell.value), str(cell.value))
                yield Oddity(Oddness.ERROR, row + 1, column + 1, text)
    for first, after, left, right in sheet.merged_cells:
        yield Oddity(Oddness.MERGED, first + 1, left + 1, "", after, right)
    for row, shape in sheet.rowinfo_map.items():
        if shape.hidden and row < sheet.nrows:
            yield Oddity(Oddness.HIDDEN_ROW, row + 1)
    for name, other in zip(book.sheet_names()[1:], book.sheets()[1:], strict=True):
        if other.nrows:
            yield Oddity(Oddness.OTHER_SHEET, text=name)
