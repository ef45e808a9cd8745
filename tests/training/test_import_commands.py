"""Sessions, attendance and outside figures by command: a report, an exit code, nothing half-written."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError
from django.utils import timezone

from tests import cast
from tests.factories.people import OfficerFactory
from tests.factories.training import AttendanceFactory, SessionFactory
from training.models import Attendance, ImportedFigure, TrainingSession

FIGURES = "指标\t单位\t统计期自\t统计期至\t数值\t来源\t截至日\n一般程序案件数\t\t2021-09-01\t2026-06-30\t{}\t平台\t{}\n"
SESSIONS = (
    "场次编号\t名称\t主办单位\t主办层级\t开始时间\t结束时间\n"
    "PX1\t笔录\t滨江街道办事处\t镇街\t2026-03-02 09:00\t2026-03-02 11:00\n"
)


@pytest.fixture
def told(tmp_path, db):
    """`told("import_figures", text)` runs the command on a file of that text and gives its report as JSON."""

    def run(command: str, text: str, *options: str) -> dict:
        path, out = tmp_path / "表.tsv", StringIO()
        path.write_text(text, encoding="utf-8")
        try:
            call_command(command, str(path), "--json", *options, stdout=out)
        except CommandError:
            return json.loads(out.getvalue())["files"][0] | {"refused": True}
        return json.loads(out.getvalue())["files"][0]

    return run


def test_the_same_figure_is_unchanged_and_another_value_is_refused_by_both(told):
    assert told("import_figures", FIGURES.format(6752, "2026-06-30"))["created"] == 1
    assert told("import_figures", FIGURES.format("6,752", "2026-06-30"))["unchanged"] == 1
    report = told("import_figures", FIGURES.format(6800, "2026-06-30"))
    assert report["refused"] and "6800" in report["errors"][0] and "6752" in report["errors"][0]
    assert ImportedFigure.objects.get().quantity == 6752
    assert told("import_figures", FIGURES.format(6800, "2026-07-31"))["created"] == 1


def test_a_dry_run_saves_no_figure_and_names_what_is_wrong(told):
    assert told("import_figures", FIGURES.format(1, "2026-06-30"), "--dry-run")["created"] == 1
    report = told("import_figures", FIGURES.format("很多", "2026-06-30"))
    assert report["refused"] and "第 2 行" in report["errors"][0]
    assert not ImportedFigure.objects.exists()


def test_sessions_by_command_twice_change_nothing(told):
    cast.street()
    assert told("import_sessions", SESSIONS, "--dry-run")["created"] == 1
    assert not TrainingSession.objects.exists()
    assert told("import_sessions", SESSIONS)["created"] == 1
    assert told("import_sessions", SESSIONS)["unchanged"] == 1
    assert told("import_sessions", SESSIONS.replace("笔录", ""))["refused"]


def test_attendance_by_command_for_one_session(told):
    session, by = SessionFactory(code="PX1"), ("--by", cast.member("song").username)
    OfficerFactory(staff_no="S0001")
    rows = "人员编号\t姓名\nS0001\t\n"
    assert told("import_attendance", rows, *by, "--session", "px1")["created"] == 1
    assert Attendance.objects.get().session == session
    assert told("import_attendance", rows, *by)["refused"]
    with pytest.raises(CommandError, match="没有可用的账号"):
        call_command("import_attendance", "没有.tsv", "--by", "nobody")


def test_the_exported_attendances_come_back_without_a_change(tmp_path, as_member):
    client = as_member("song")
    AttendanceFactory.create_batch(3, session=SessionFactory(status="closed"))
    path, out = tmp_path / "人次.xlsx", StringIO()
    path.write_bytes(client.get("/figures/attendances/?format=xlsx&since=2020-01-01").content)
    call_command("import_attendance", str(path), "--by", "song", "--json", stdout=out)
    report = json.loads(out.getvalue())["files"][0]
    assert (report["rows"], report["created"], report["unchanged"], report["warnings"]) == (3, 0, 3, [])


def test_the_exported_sessions_come_back_without_a_change(tmp_path, as_member):
    client = as_member("song")
    held = {"status": "closed", "starts_at": timezone.now().replace(second=0, microsecond=0)}
    SessionFactory(code="PX-1", place="三楼会议室", form="drill", category="legal", hours="1.5", **held)
    SessionFactory(code="PX-2", **held)
    path, out = tmp_path / "场次.xlsx", StringIO()
    path.write_bytes(client.get("/figures/sessions/?format=xlsx&since=2020-01-01").content)
    call_command("import_sessions", str(path), "--json", stdout=out)
    report = json.loads(out.getvalue())["files"][0]
    assert (report["rows"], report["created"], report["unchanged"], report["errors"]) == (2, 0, 2, [])


def test_the_exported_figures_come_back_without_a_change(told, tmp_path, as_member):
    told("import_figures", FIGURES.format(6752, "2026-06-30"))
    path, out = tmp_path / "外部数据.xlsx", StringIO()
    path.write_bytes(as_member("song").get("/figures/platform/?format=xlsx").content)
    call_command("import_figures", str(path), "--json", stdout=out)
    report = json.loads(out.getvalue())["files"][0]
    assert (report["created"], report["unchanged"], report["errors"]) == (0, report["rows"], [])


def test_figures_are_uploaded_with_a_preview_and_stand_by_period_with_the_newest_day_first(told, at_desk, tmp_path):
    client, path = at_desk("song"), tmp_path / "数据.tsv"
    told("import_figures", FIGURES.format(6700, "2026-06-30"))
    path.write_text(FIGURES.format(6752, "2026-07-31"), encoding="utf-8")
    with path.open("rb") as file:
        assert client.post("/admin/imports/figures/", {"file": file}).context["report"].created == 1
    assert ImportedFigure.objects.count() == 1
    client.post("/admin/imports/figures/", {"confirm": "1"})
    (row,) = client.get("/figures/platform/").context["table"]["rows"]
    assert row[:2] == ["一般程序案件数", "全区"] and row[4] == 6752
    assert "2026-06-30：6700" in row[-1]


def test_a_figure_of_the_whole_district_stands_once_in_the_database(told):
    told("import_figures", FIGURES.format(1, "2026-06-30"))
    with pytest.raises(IntegrityError):
        ImportedFigure.objects.create(
            name="一般程序案件数",
            starts_on="2021-09-01",
            ends_on="2026-06-30",
            quantity=2,
            source="平台",
            as_of="2026-06-30",
        )
