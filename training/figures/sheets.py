"""The lists behind the figures as Excel: exactly the rows that the page lists."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.utils import timezone

from people.importing import workbook
from training.figures.counting import Line, Tally
from training.models import Attendance, TrainingSession

SESSION_HEAD = ["场次编号", "名称", "主办单位", "主办层级", "形式", "内容类别", "开始时间", "学时", "人次", "数据来源"]
# The page shows the columns above; with these the file can be corrected and imported again.
SESSION_MORE = ["结束时间", "学时类别", "地点", "讲师", "来访单位", "状态"]
ATTENDANCE_HEAD = ["场次编号", "场次", "日期", "人员编号", "姓名", "单位", "状态", "方式"]
PERSON_HEAD = ["人员编号", "姓名", "单位", "人次"]


def sessions_sheet(sessions: Iterable[TrainingSession]) -> bytes:
    """Rows annotated with `came`, as `listing.sessions` gives them."""
    rows = (session_cells(one) + _session_more(one) for one in sessions)
    return workbook(SESSION_HEAD + SESSION_MORE, rows, "培训场次")


def attendances_sheet(rows: Iterable[Attendance]) -> bytes:
    return workbook(ATTENDANCE_HEAD, (attendance_cells(row) for row in rows), "培训人次")


def persons_sheet(rows: Iterable[dict[str, Any]]) -> bytes:
    return workbook(PERSON_HEAD, (person_cells(row) for row in rows), "培训人数")


def table_sheet(lines: Iterable[Line], total: Tally, label: str) -> bytes:
    """A table of the figures with its last line, 合计."""
    return workbook([label, "场次", "人次", "人数"], _with_whole(lines, total), f"按{label}")


def session_cells(one: Any) -> list:
    return [
        one.code,
        one.title,
        one.unit.label,
        one.get_organiser_display(),
        one.get_form_display(),
        one.get_topic_display(),
        f"{timezone.localtime(one.starts_at):%Y-%m-%d %H:%M}",
        whole(one.hours),
        one.came,
        one.source,
    ]


def _session_more(one: TrainingSession) -> list:
    return [
        f"{timezone.localtime(one.ends_at):%Y-%m-%d %H:%M}",
        one.get_category_display(),
        one.place,
        one.lecturer_text,
        one.guest_unit,
        one.get_status_display(),
    ]


def attendance_cells(row: Attendance) -> list:
    return [
        row.session.code,
        row.session.title,
        f"{timezone.localtime(row.session.starts_at):%Y-%m-%d}",
        row.officer.staff_no,
        row.officer.name,
        row.unit.label,
        row.get_status_display(),
        row.get_way_display(),
    ]


def person_cells(row: dict[str, Any]) -> list:
    return [row["officer__staff_no"], row["officer__name"], row["officer__unit__name"], row["times"]]


def whole(quantity: Decimal) -> int | float:
    """8.0 -> 8: a number in the file, and without needless decimals on the page."""
    return int(quantity) if quantity == int(quantity) else float(quantity)


def _with_whole(lines: Iterable[Line], total: Tally) -> Iterator[list]:
    for line in lines:
        yield [line.label, line.tally.sessions, line.tally.attendances, line.tally.persons]
    yield ["合计", total.sessions, total.attendances, total.persons]
