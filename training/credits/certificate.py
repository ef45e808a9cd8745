"""年度学时证明: what somebody earned in a year, entry by entry, as PDF. The same bytes for the same records."""

import datetime as dt
from pathlib import Path

from content.exports.pdf import typeset
from content.numbers import plain_number
from content.templatetags.ui import cn_date
from people.models import Officer
from training.credits.standing import Standing, standing_of
from training.models import CreditEntry

TEMPLATE = Path(__file__).parent / "certificate.typ"


def entries_of(officer: Officer, on: dt.date) -> list[CreditEntry]:
    """What counts in the year of the day, up to the day."""
    found = CreditEntry.objects.standing(on).filter(officer=officer, earned_on__gte=dt.date(on.year, 1, 1))
    return list(found.order_by("earned_on", "pk"))


def hours_pdf(officer: Officer, on: dt.date, issuer: str) -> bytes:
    """A4, as many pages as the entries take. Raises ExportError: fonts missing, a character without a glyph."""
    standing = standing_of(officer, on)
    rows = [
        [cn_date(one.earned_on), one.get_category_display(), one.note, plain_number(one.hours)]
        for one in entries_of(officer, on)
    ]
    data = {
        "year": on.year,
        "month": on.month,
        "day": on.day,
        "name": officer.name,
        "unit": officer.unit.name,
        "staff_no": officer.staff_no,
        "until": cn_date(on),
        "issuer": issuer,
        "lines": [[label, plain_number(hours), plain_number(asked)] for label, hours, asked in standing.lines()],
        "total": plain_number(standing.total),
        "verdict": _verdict(standing),
        "rows": rows,
    }
    text = "".join([officer.name, officer.unit.name, issuer, *(cell for row in rows for cell in row)])
    return typeset(TEMPLATE, data, text, on)


def _verdict(standing: Standing) -> str:
    if standing.is_done:
        return "已完成本年度学时要求。"
    return f"本年度要求 {plain_number(standing.wanted)} 学时，尚差 {plain_number(standing.missing)} 学时。"
