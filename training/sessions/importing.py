"""Sessions and attendance as they arrive in Excel.

A list of attendance names people as its writer knew them: by number, or by name and unit, with blanks, other widths and
short names of units. Who is certain is recorded; a name that two people have, or that nobody has, waits as a `WalkIn`
for a person to settle, and the report says on which line. The same file again changes nothing.
"""

import datetime as dt
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from people import audit
from people.importers import UnitCell
from people.importing import Change, ImportReport, Problem, SheetResource
from people.importing.cells import ChoiceCell, CodeCell, TextCell
from people.importing.resource import NaturalKeyLoader, SheetField
from people.importing.spreadsheets import Row
from people.models import Officer, Unit, User
from training.actions.attendance import units_of
from training.models import Attendance, TrainingSession, WalkIn
from training.models.choices import Category, Form, OrganiserLevel, Topic
from training.permissions import can_run_session, require

_MOMENT = re.compile(r"(\d{4})\D(\d{1,2})\D(\d{1,2})(?:日?[\sT]+(\d{1,2})[:：时](\d{1,2}))?.*")
_NOISE = re.compile(r"[\s·•.．]+")
_TAIL = re.compile(r"[(（].*?[)）]$")


class MomentCell(TextCell):
    """2026-09-01 09:00, 2026/9/1 9:00, 2026年9月1日 9:00."""

    def clean(self, value: object, row: dict | None = None, **kwargs: object) -> dt.datetime | None:
        text = super().clean(value, row, **kwargs)
        if not text:
            return None
        if moment := read_moment(text):
            return moment
        raise ValueError(f"是“{text}”，不是时间；请写成 2026-09-01 09:00 的样子。")

    def render(self, value: object, obj: object = None, **kwargs: object) -> str:
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}" if isinstance(value, dt.datetime) else ""


class DecimalCell(TextCell):
    """学时, to one decimal."""

    def clean(self, value: object, row: dict | None = None, **kwargs: object) -> Decimal:
        text = unicodedata.normalize("NFKC", super().clean(value, row, **kwargs)) or "2"
        if not re.fullmatch(r"\d{1,2}(\.\d)?(0*)", text):
            raise ValueError(f"是“{value}”；请填写学时，如 2 或 1.5。")
        return Decimal(text).quantize(Decimal("0.1"))


class SessionResource(SheetResource):
    """Sessions that were held."""

    sheet_name = "培训场次"
    key = "code"
    needed = ("场次编号", "名称", "开始时间", "结束时间")

    code = SheetField("场次编号", "code", CodeCell(20, "请填写场次编号"), also=("编号",), example="PX2026-001")
    title = SheetField(
        "名称", "title", TextCell(120, "请填写名称"), also=("培训名称", "主题"), example="行政处罚普通程序"
    )
    unit = SheetField("主办单位", "unit", UnitCell("请填写主办单位"), example="江城区司法局")
    organiser = SheetField(
        "主办层级",
        "organiser",
        ChoiceCell(OrganiserLevel, {"街道": "street", "区": "district"}, required="请填写主办层级"),
        example="区级",
    )
    form = SheetField("形式", "form", ChoiceCell(Form, {"授课": "lecture"}, default="lecture"), example="理论授课")
    topic = SheetField(
        "内容类别", "topic", ChoiceCell(Topic, default="power_items"), also=("内容",), example="通用法律知识"
    )
    category = SheetField("学时类别", "category", ChoiceCell(Category, default="business"), example="法律")
    starts_at = SheetField("开始时间", "starts_at", MomentCell(required="请填写开始时间"), example="2026-06-10 09:00")
    ends_at = SheetField("结束时间", "ends_at", MomentCell(required="请填写结束时间"), example="2026-06-10 11:30")
    place = SheetField("地点", "place", TextCell(120), example="区行政中心三楼")
    lecturer_text = SheetField("讲师", "lecturer_text", TextCell(120), example="区司法局业务骨干")
    hours = SheetField("学时", "hours", DecimalCell(), example="3")
    guest_unit = SheetField("来访单位", "guest_unit", TextCell(120))
    status = SheetField(
        "状态", "status", ChoiceCell(TrainingSession.Status, {"已举办": "closed"}, default="closed"), example="已结束"
    )
    source = SheetField("数据来源", "source", TextCell(120), example="2026年培训台账")

    class Meta:
        model = TrainingSession
        fields = (
            "code", "title", "unit", "organiser", "form", "topic", "category", "starts_at", "ends_at", "place",
            "lecturer_text", "hours", "guest_unit", "status", "source",
        )  # fmt: skip
        import_id_fields = ("code",)
        instance_loader_class = NaturalKeyLoader
        skip_unchanged = True
        skip_html_diff = True
        store_instance = True

    def after_init_instance(self, instance: TrainingSession, new: bool, row: dict, **kwargs: object) -> None:
        """What comes from a list was held, unless its column says otherwise."""
        if new:
            instance.status, instance.made_by = TrainingSession.Status.CLOSED, self.by


HEADINGS = {
    "session": ("场次编号", "场次", "编号"),
    "staff_no": ("人员编号", "工号"),
    "name": ("姓名", "参训人员", "名字"),
    "unit": ("单位", "所在单位", "街道", "部门"),
    "status": ("状态", "考勤", "出勤情况"),
    "at": ("签到时间", "时间"),
}
STATUSES = {label: code for code, label in Attendance.Status.choices}
STATUSES |= {"": "present", "√": "present", "✓": "present", "到": "present", "已签到": "present", "是": "present"}
STATUSES |= {"×": "absent", "未到": "absent", "旷课": "absent", "否": "absent", "事假": "excused", "病假": "excused"}
HEAD_WITHIN = 10


@dataclass(frozen=True)
class Named:
    """A line of an attendance list."""

    line: int
    session: str
    staff_no: str
    name: str
    unit: str
    status: str
    at: dt.datetime | None


class People:
    """Everybody who can be meant, read once: by number, by name, by name and unit."""

    def __init__(self) -> None:
        officers = list(Officer.objects.select_related("unit"))
        self.by_no = {officer.staff_no: officer for officer in officers}
        self.by_name: dict[str, list[Officer]] = defaultdict(list)
        for officer in officers:
            self.by_name[plain(officer.name)].append(officer)
        self.units: dict[str, int] = {}
        for unit in Unit.objects.all():
            self.units |= {name: unit.pk for name in (plain(unit.name), plain(unit.short_name)) if name}

    def find(self, row: Named) -> tuple[Officer | None, str]:
        """The one who is certainly meant, or None and why not."""
        if row.staff_no:
            return (
                (self.by_no[row.staff_no], "")
                if row.staff_no in self.by_no
                else (None, f"没有编号 {row.staff_no} 的人员")
            )
        same = self.by_name.get(plain(row.name), [])
        unit = self.units.get(plain(row.unit))
        if row.unit and unit is None:
            return None, f"没有名为“{row.unit}”的单位"
        there = [officer for officer in same if unit is None or officer.unit_id == unit]
        if len(there) == 1:
            return there[0], ""
        if there:
            return None, f"有 {len(there)} 名同名人员，请填写单位或人员编号"
        return None, f"“{row.name}”不在该单位，在其他单位有同名人员" if same else f"没有姓名为“{row.name}”的人员"


def plain(text: str) -> str:
    """张  三（一中队） -> 张三: without blanks, dots, width and what stands in brackets behind."""
    return _NOISE.sub("", _TAIL.sub("", unicodedata.normalize("NFKC", text or "").strip()))


def read_moment(text: str) -> dt.datetime | None:
    """A moment in Shanghai; midnight where only a day is given."""
    found = _MOMENT.fullmatch(unicodedata.normalize("NFKC", text.strip()))
    if not found:
        return None
    try:
        year, month, day, hour, minute = (int(part or 0) for part in found.groups())
        return timezone.make_aware(dt.datetime(year, month, day, hour, minute))
    except ValueError:
        return None


def import_attendance(
    rows: list[Row], *, filename: str, by: User, session: TrainingSession | None = None, dry_run: bool = False
) -> ImportReport:
    """A list of who was there, of one session or of several (column 场次编号). Whole or not at all.

    Not certain who is meant: a warning with the line, and a `WalkIn` to be settled. A fixed number of queries, and one
    for every five hundred new rows.
    """
    report = ImportReport(filename, dry_run)
    named = _named(rows, report, session)
    sessions = {one.code: one for one in _sessions(named, session)}
    for row in named:
        if not session and row.session not in sessions:
            report.problems.append(Problem(row.line, "场次编号", f"是“{row.session}”，没有这样的场次；请先导入场次。"))
    for one in sessions.values():
        require(can_run_session(by, one), f"登记“{one}”的考勤")
    if not report.problems:
        _record(named, sessions, session, report, by)
    return report


def _named(rows: list[Row], report: ImportReport, session: TrainingSession | None) -> list[Named]:
    at = max(range(min(HEAD_WITHIN, len(rows))), key=lambda i: len(_columns(rows[i][1])), default=0)
    columns = _columns(rows[at][1]) if rows else {}
    if not {"name", "staff_no"} & set(columns) or (session is None and "session" not in columns):
        needed = "姓名" if session else "场次编号、姓名"
        report.problems.append(Problem(0, "", f"表头中没有「{needed}」列；请使用考勤导入模板的表头。"))
        return []
    found = []
    for line, cells in rows[at + 1 :]:
        values = {name: cells[place].strip() if place < len(cells) else "" for name, place in columns.items()}
        if values.get("name") or values.get("staff_no"):
            found.append(_line(line, values, report))
    report.total = len(found)
    return found


def _columns(cells: Iterable[str]) -> dict[str, int]:
    known = {spelling: name for name, spellings in HEADINGS.items() for spelling in spellings}
    places: dict[str, int] = {}
    for place, cell in enumerate(cells):
        if (name := known.get("".join(cell.split()))) and name not in places:
            places[name] = place
    return places


def _line(line: int, values: dict[str, str], report: ImportReport) -> Named:
    status, at = values.get("status", ""), values.get("at", "")
    if status not in STATUSES:
        report.problems.append(
            Problem(line, "状态", f"是“{status}”；请填写{'、'.join(Attendance.Status.labels)}之一，或留空表示出勤。")
        )
    moment = read_moment(at) if at else None
    if at and moment is None:
        report.problems.append(Problem(line, "签到时间", f"是“{at}”，不是时间；请写成 2026-09-01 09:00 的样子。"))
    return Named(
        line,
        values.get("session", "").upper(),
        values.get("staff_no", "").upper(),
        values.get("name", ""),
        values.get("unit", ""),
        STATUSES.get(status, "present"),
        moment,
    )


def _sessions(named: list[Named], session: TrainingSession | None) -> Iterable[TrainingSession]:
    if session:
        return [session]
    return TrainingSession.objects.filter(code__in={row.session for row in named}).select_related("unit")


def _record(named: list[Named], sessions: dict, only: TrainingSession | None, report: ImportReport, by: User) -> None:
    people = People()
    by_session: dict[str, list[tuple[Named, Officer]]] = defaultdict(list)
    lost: list[tuple[Named, TrainingSession, str]] = []
    for row in named:
        one, (officer, why) = only or sessions[row.session], people.find(row)
        if officer:
            by_session[one.code].append((row, officer))
        else:
            lost.append((row, one, why))
            report.warnings.append(Problem(row.line, "姓名", f"{why}；导入后请在“待归并人员”中处理。"))
    fresh = [made for code, pairs in by_session.items() for made in _fresh(only or sessions[code], pairs, report, by)]
    waiting = _waiting(lost)
    report.changes += [Change(row.line, row.name or row.staff_no, True) for row, _ in fresh]
    report.changes += [Change(one.line_no, f"{one.name}（待归并）", True) for one in waiting]
    if report.dry_run:
        return
    with transaction.atomic():
        # who has scanned since the list was compared keeps that, and does not stop the import of the others
        Attendance.objects.bulk_create([made for _, made in fresh], batch_size=500, ignore_conflicts=True)
        WalkIn.objects.bulk_create(waiting, batch_size=500)
        for one in [only] if only else sessions.values():
            audit.record(by=by, verb="导入考勤", target=one, detail=report.filename)


def _fresh(
    session: TrainingSession, pairs: list[tuple[Named, Officer]], report: ImportReport, by: User
) -> list[tuple[Named, Attendance]]:
    """Those who are not recorded yet; somebody who stands twice in the file is named."""
    here = set(session.attendances.values_list("officer_id", flat=True))
    twice = Counter(officer.pk for _, officer in pairs)
    units = units_of([officer for _, officer in pairs], session)
    made: dict[int, tuple[Named, Attendance]] = {}
    for row, officer in pairs:
        if officer.pk in here or officer.pk in made:
            report.unchanged += 1
            if officer.pk in made and twice[officer.pk] > 1:
                report.warnings.append(Problem(row.line, "姓名", f"{officer.name} 在表中重复出现，只记一次。"))
            continue
        made[officer.pk] = (
            row,
            Attendance(
                session=session,
                officer=officer,
                unit_id=units[officer.pk],
                status=row.status,
                way=Attendance.Way.SHEET,
                signed_in_at=row.at,
                recorded_by=by,
            ),
        )
    return list(made.values())


def _waiting(lost: list[tuple[Named, TrainingSession, str]]) -> list[WalkIn]:
    """Rows for those who could not be found, without those that wait already from the same file."""
    sessions = {one.pk for _, one, _ in lost}
    known = set(WalkIn.objects.filter(session__in=sessions).values_list("session_id", "name", "unit_text"))
    return [
        WalkIn(session=one, name=name, unit_text=row.unit[:80], line_no=row.line, note=why[:200], signed_in_at=row.at)
        for row, one, why in lost
        if (one.pk, name := (row.name or row.staff_no)[:40], row.unit[:80]) not in known
        and row.status in Attendance.CAME
    ]
