"""Lists of a session as Excel: the roster to fill in, and who was there. Both are read back by the import."""

from collections.abc import Iterable

from django.utils import timezone

from people.importing import workbook
from people.models import Officer
from training.models import Attendance, TrainingSession

ROSTER_HEAD = ["场次编号", "人员编号", "姓名", "单位", "状态", "签到时间"]
RESULT_HEAD = [*ROSTER_HEAD, "签退时间", "方式"]


def roster_sheet(session: TrainingSession, officers: Iterable[Officer]) -> bytes:
    rows = [[session.code, one.staff_no, one.name, one.unit.label, "", ""] for one in officers]
    return workbook(ROSTER_HEAD, rows, "签到表")


def result_sheet(session: TrainingSession, rows: Iterable[Attendance]) -> bytes:
    cells = [
        [
            session.code,
            row.officer.staff_no,
            row.officer.name,
            row.unit.label,
            row.get_status_display(),
            _moment(row.signed_in_at),
            _moment(row.signed_out_at),
            row.get_way_display(),
        ]
        for row in rows
    ]
    return workbook(RESULT_HEAD, cells, "考勤")


def _moment(at) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else ""
