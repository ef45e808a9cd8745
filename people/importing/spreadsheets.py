"""Rows out of .xlsx, .xls, .csv and .tsv files, and a workbook out of rows."""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import NamedTuple
from zipfile import BadZipFile

import openpyxl
import xlrd
from charset_normalizer import from_bytes
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

MOST_ROWS = 20_000
# What a Chinese office saves; anything else is not guessed at.
CHARSETS = ["gb18030", "utf_16", "big5"]

Row = tuple[int, list[str]]


class UnreadableSheet(ValueError):
    """The file cannot be read as a table; the message says why and what to do."""


def read_rows(data: bytes, filename: str) -> list[Row]:
    """The first sheet as (line number as the editor shows it, cells as text); empty rows are left out.

    Raises UnreadableSheet.
    """
    readers = {".xlsx": _xlsx, ".xlsm": _xlsx, ".xls": _xls, ".csv": _text, ".tsv": _text, ".txt": _text}
    reader = readers.get(PurePath(filename).suffix.lower())
    if reader is None:
        raise UnreadableSheet(f"「{filename}」的格式不支持；请使用 .xlsx、.xls、.csv 或 .tsv 文件。")
    rows = [(line, cells) for line, cells in enumerate(reader(data, filename), 1) if any(cells)]
    if len(rows) > MOST_ROWS:
        raise UnreadableSheet(f"「{filename}」超过 {MOST_ROWS} 行；请拆成几个文件导入。")
    if not rows:
        raise UnreadableSheet(f"「{filename}」没有内容；请检查第一张工作表。")
    return rows


def workbook(headers: Sequence[str], rows: Iterable[Sequence], title: str = "清单") -> bytes:
    """An .xlsx file with a frozen, bold head, columns as wide as their content."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title[:31]
    sheet.append([str(h) for h in headers])
    for row in rows:
        sheet.append([_harmless(value) for value in row])
    sheet.freeze_panes = "A2"
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for number, column in enumerate(sheet.columns, 1):
        widest = max(len(str(cell.value or "")) for cell in column)
        sheet.column_dimensions[get_column_letter(number)].width = min(60, widest * 2 + 2)
        for cell in column:
            cell.alignment = Alignment(vertical="top", wrap_text=widest > 29)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


class Sheet(NamedTuple):
    """One sheet of a large workbook."""

    title: str
    headers: Sequence[str]
    rows: Iterable[Sequence]


def large_workbook(sheets: Iterable[Sheet]) -> bytes:
    """Several sheets, written row by row, for tens of thousands of cells: a bold, frozen head, plain cells below."""
    book = openpyxl.Workbook(write_only=True)
    for one in sheets:
        sheet = book.create_sheet(one.title[:31])
        sheet.freeze_panes = "A2"
        for number, header in enumerate(one.headers, 1):
            sheet.column_dimensions[get_column_letter(number)].width = min(40, max(8, len(str(header)) * 2 + 2))
        sheet.append([_bold(sheet, header) for header in one.headers])
        for row in one.rows:
            sheet.append([_harmless(value) for value in row])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _bold(sheet: object, header: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=str(header))
    cell.font = Font(bold=True)
    return cell


def _harmless(value: object) -> object:
    """Text that a spreadsheet would run as a formula stays text; characters that no workbook holds are left out."""
    if not isinstance(value, str):
        return value
    text = ILLEGAL_CHARACTERS_RE.sub("", value)
    return f"'{text}" if text[:1] in {"=", "+", "@"} else text


def _xlsx(data: bytes, filename: str) -> Iterable[list[str]]:
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, OSError, ValueError) as error:
        raise UnreadableSheet(f"「{filename}」不是可读的 Excel 文件；请用 Excel 打开后另存为 .xlsx。") from error
    rows = book.worksheets[0].iter_rows(values_only=True)
    return [[_as_text(value) for value in row] for _, row in zip(range(MOST_ROWS + 2), rows, strict=False)]


def _xls(data: bytes, filename: str) -> Iterable[list[str]]:
    try:
        book = xlrd.open_workbook(file_contents=data)
    except (xlrd.XLRDError, OSError, ValueError, IndexError) as error:
        raise UnreadableSheet(f"「{filename}」不是可读的 Excel 文件；请另存为 .xlsx 后再试。") from error
    sheet = book.sheet_by_index(0)
    return [[_xls_cell(cell, book.datemode) for cell in sheet.row(i)] for i in range(sheet.nrows)]


def _xls_cell(cell: xlrd.sheet.Cell, datemode: int) -> str:
    if cell.ctype == xlrd.XL_CELL_DATE:
        return _as_text(xlrd.xldate_as_datetime(cell.value, datemode))
    return _as_text(cell.value)


def _text(data: bytes, filename: str) -> Iterable[list[str]]:
    text = _decoded(data, filename)
    head = text.split("\n", 1)[0]
    delimiter = max("\t,;", key=head.count)
    stream = io.StringIO(text, newline="")
    # a quotation mark inside a tab-separated cell is a character like any other
    plain = delimiter == "\t" and '\t"' not in text
    reader = csv.reader(stream, delimiter=delimiter, quoting=csv.QUOTE_NONE if plain else csv.QUOTE_MINIMAL)
    return [[cell.strip() for cell in row] for row in reader]


def _decoded(data: bytes, filename: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        guess = from_bytes(data, cp_isolation=CHARSETS).best()
    if guess is None:
        raise UnreadableSheet(f"「{filename}」的文字编码无法识别；请另存为 UTF-8 编码的 CSV。")
    return str(guess)


def _as_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    # Excel keeps whole numbers as floats
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip()
