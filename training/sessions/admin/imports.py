"""Excel lists of sessions and of attendance: checked first, shown line by line, saved when confirmed."""

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from content.downloads import download
from kb.admin.imports import ImportView
from kb.importers.lists import ImportedList, through
from people.importing import ImportReport, workbook
from people.importing.spreadsheets import Row
from people.models import User
from training.actions.credits import credit_session
from training.models import Attendance, TrainingSession
from training.permissions import can_plan, require
from training.sessions.importing import SessionResource, import_attendance
from training.sessions.sheets import ROSTER_HEAD


@transaction.atomic
def attendance_with_hours(rows: list[Row], *, filename: str, by: User, dry_run: bool = False) -> ImportReport:
    """`import_attendance`, and the hours of those sessions of the file that are over."""
    began = timezone.now()
    report = import_attendance(rows, filename=filename, by=by, dry_run=dry_run)
    if not dry_run and not report.problems:
        made = Attendance.objects.filter(way=Attendance.Way.SHEET, recorded_by=by, recorded_at__gte=began)
        closed = TrainingSession.objects.filter(pk__in=made.values("session"), status=TrainingSession.Status.CLOSED)
        for session in closed:
            credit_session(session, by=by)
    return report


class TrainingImport(ImportView):
    """`/admin/trainings/imports/<list>/`."""

    lists = {
        "attendance": ImportedList("attendance", "考勤", SessionResource, attendance_with_hours),
        "sessions": ImportedList("sessions", "培训场次", SessionResource, through(SessionResource)),
    }
    url_name = "training_import"
    allowed = staticmethod(can_plan)


def template(request: HttpRequest, slug: str) -> HttpResponse:
    """The empty workbook of a list."""
    require(can_plan(request.user), "下载导入模板")
    if slug == "attendance":
        return download(workbook(ROSTER_HEAD, [], "考勤"), "考勤导入模板.xlsx")
    if slug not in TrainingImport.lists:
        raise Http404
    return download(SessionResource.template(), "培训场次导入模板.xlsx")
