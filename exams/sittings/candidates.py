"""Lists of candidates: staff numbers pasted or out of a spreadsheet, and what became of each row."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from people.importing.spreadsheets import Row

HEADINGS = {"人员编号": "staff_no", "编号": "staff_no", "工号": "staff_no"}
HEADINGS |= {
    "延长（分钟）": "minutes",
    "延长(分钟)": "minutes",
    "延长": "minutes",
    "增加次数": "attempts",
    "理由": "reason",
}
MOST_MINUTES, MOST_ATTEMPTS = 600, 20
_BREAKS = re.compile(r"[\n,，;；、]+")


class Outcome(StrEnum):
    """What became of a row."""

    ADDED = "added"
    KEPT = "kept"
    REFUSED = "refused"

    @property
    def label(self) -> str:
        return {"added": "已报名", "kept": "已在名单", "refused": "未报名"}[self.value]


@dataclass(frozen=True)
class Wanted:
    """A row of the list as written; `fault` says what cannot be read."""

    line: int
    staff_no: str
    extra_minutes: int = 0
    extra_attempts: int = 0
    reason: str = ""
    fault: str = ""


@dataclass(frozen=True)
class RowReport:
    """A row of the report."""

    line: int
    staff_no: str
    name: str
    outcome: Outcome
    words: str = ""


def pasted(text: str) -> list[Row]:
    """Rows of a pasted list: one number a line or several by commas; columns by tabs, as Excel pastes them."""
    lines = text.replace("\r", "\n").split("\n") if "\t" in text else _BREAKS.split(text.replace("\r", "\n"))
    rows = [(number, [cell.strip() for cell in line.split("\t")]) for number, line in enumerate(lines, 1)]
    return [row for row in rows if any(row[1])]


def wanted_rows(rows: Iterable[Row]) -> list[Wanted]:
    """The rows read by their headings; without a heading the first column holds the staff number."""
    columns, found = {"staff_no": 0}, []
    for place, (line, cells) in enumerate(rows):
        named = {HEADINGS[cell.strip()]: n for n, cell in enumerate(cells) if cell.strip() in HEADINGS}
        if not place and "staff_no" in named:
            columns = named
        else:
            found.append(_wanted(line, {name: cells[n] if n < len(cells) else "" for name, n in columns.items()}))
    return found


def staff_number(text: str) -> str:
    """The number as it is kept: full-width characters and blanks do not matter."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).upper()


def _wanted(line: int, cells: dict[str, str]) -> Wanted:
    staff_no = staff_number(cells["staff_no"])
    minutes, attempts = cells.get("minutes", "") or "0", cells.get("attempts", "") or "0"
    reason = cells.get("reason", "").strip()[:200]
    if not staff_no:
        return Wanted(line, "", fault="人员编号为空；请填写或删除该行")
    if not minutes.isdecimal() or int(minutes) > MOST_MINUTES:
        return Wanted(line, staff_no, fault=f"延长“{minutes}”不是 0 至 {MOST_MINUTES} 的分钟数")
    if not attempts.isdecimal() or int(attempts) > MOST_ATTEMPTS:
        return Wanted(line, staff_no, fault=f"增加次数“{attempts}”不是 0 至 {MOST_ATTEMPTS} 的整数")
    if (int(minutes) or int(attempts)) and not reason:
        return Wanted(line, staff_no, fault="延长时间或增加次数须写明理由")
    return Wanted(line, staff_no, int(minutes), int(attempts), reason)
