"""What a cell may hold: text, a date, yes or no, a choice, a row of another table.

Each widget raises ValueError with the words that follow "第 14 行「事项编码」" in the report.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import QuerySet
from import_export.widgets import Widget

YES = {"是", "有", "√", "✓", "1", "y", "yes", "true", "高频", "疑难"}
NO = {"否", "无", "×", "0", "n", "no", "false"}
DAY = re.compile(r"(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?(?:\s+0{1,2}:00(?::00)?)?")


class TextCell(Widget):
    """Text, trimmed. `required` is the advice given for an empty cell."""

    def __init__(self, longest: int = 0, required: str = "", pattern: str = "", advice: str = "") -> None:
        super().__init__()
        self.longest, self.required = longest, required
        self.pattern, self.advice = pattern, advice

    def normalise(self, value: object) -> str:
        return str(value or "").strip()

    def clean(self, value: object, row: dict | None = None, **kwargs: object) -> Any:
        """The cell's value: here its text. Subclasses give dates, rows and the like."""
        text = self.normalise(value)
        if not text and self.required:
            raise ValueError(f"为空；{self.required}。")
        if self.longest and len(text) > self.longest:
            raise ValueError(f"有 {len(text)} 个字，超过 {self.longest} 个字；请缩短。")
        if text and self.pattern and not re.fullmatch(self.pattern, text):
            raise ValueError(f"是“{text}”；{self.advice}。")
        return text

    def render(self, value: object, obj: object = None, **kwargs: object) -> str:
        return str(value or "")


class CodeCell(TextCell):
    """A code: full-width characters and blanks do not matter."""

    def normalise(self, value: object) -> str:
        return re.sub(r"\s", "", unicodedata.normalize("NFKC", str(value or ""))).upper()


class DateCell(TextCell):
    """2026-09-01, 2026年9月1日, 2026/9/1."""

    def clean(self, value: object, row: dict | None = None, **kwargs: object) -> dt.date | None:
        text = super().clean(value, row, **kwargs)
        if not text:
            return None
        found = DAY.fullmatch(unicodedata.normalize("NFKC", text))
        try:
            return dt.date(*map(int, found.groups())) if found else _refuse(text)
        except ValueError:
            return _refuse(text)


def _refuse(text: str) -> dt.date:
    raise ValueError(f"是“{text}”，不是日期；请写成 2026-09-01 的样子。")


class YesNoCell(Widget):
    """是 or 否; an empty cell is the default."""

    def __init__(self, default: bool = False) -> None:
        super().__init__()
        self.default = default

    def clean(self, value: object, row: dict | None = None, **kwargs: object) -> bool:
        text = str(value or "").strip().lower()
        if not text:
            return self.default
        if text in YES | NO:
            return text in YES
        raise ValueError(f"是“{value}”；请填写“是”或“否”。")

    def render(self, value: object, obj: object = None, **kwargs: object) -> str:
        return "是" if value else "否"


class ChoiceCell(TextCell):
    """One of a TextChoices by label, by code or by another spelling."""

    def __init__(self, choices: Any, spellings: dict[str, str] | None = None, default: str = "", required: str = ""):
        super().__init__(required=required)
        self.labels = dict(choices.choices)
        self.default = default
        self.codes = {label: code for code, label in choices.choices}
        self.codes |= {code: code for code in self.labels} | (spellings or {})

    def clean(self, value: object, row: dict | None = None, **kwargs: object) -> str:
        text = super().clean(value, row, **kwargs)
        if not text:
            return self.default
        if text not in self.codes:
            raise ValueError(f"是“{text}”；请填写{'、'.join(self.labels.values())}之一。")
        return self.codes[text]

    def render(self, value: object, obj: object = None, **kwargs: object) -> str:
        return self.labels.get(str(value), str(value))


class RowCell(TextCell):
    """A row of another table, found by one of several names; loaded once an import."""

    def __init__(
        self,
        rows: Callable[[], QuerySet[Any]],
        names: Callable[[Any], Iterable[str]],
        what: str,
        required: str = "",
    ) -> None:
        super().__init__(required=required)
        self.rows, self.names, self.what = rows, names, what
        self.known: dict[str, Any] = {}

    def load(self) -> None:
        """Reads the other table; called when an import starts."""
        self.known = {name: row for row in self.rows() for name in self.names(row) if name}

    def clean(self, value: object, row: dict | None = None, **kwargs: object) -> Any:
        text = super().clean(value, row, **kwargs)
        if not text:
            return None
        if text not in self.known:
            raise ValueError(f"是“{text}”，没有这样的{self.what}；请核对名称，或先录入该{self.what}。")
        return self.known[text]
