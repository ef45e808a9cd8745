"""The editors' page of an edition's files: what a printing would hold, make it, what was made before."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse

from casebook.editions.actions import check_files
from casebook.editions.making import ask_for_files, job_of
from casebook.models import CasebookIssue
from casebook.permissions import can_compile_issues, require
from casebook.quarter import views as quarters  # its converter reads 2026Q3 in addresses
from content.exports import ExportError
from people.models import User


def issue_files(request: HttpRequest, quarter: tuple[int, int]) -> HttpResponse:
    """GET says what would be printed and what not, and how far the work is; POST asks for it."""
    issue = _issue(request, quarter)
    if request.method == "POST":
        _ask(request, issue)
        return redirect("casebook_issue_files", issue.code)
    job = job_of(issue)
    context = {
        "page_title": f"{issue.code} 文件",
        "header_icon": quarters.ICON,
        "issue": issue,
        "job": job,
        "state_url": reverse("casebook_issue_files_state", args=[issue.code]),
        "files": issue.files.select_related("made_by").order_by("-printing_no", "form"),
        **({} if job and job.is_open else _checked(issue)),
    }
    return render(request, "casebook/admin/issue_files.html", context)


def issue_files_state(request: HttpRequest, quarter: tuple[int, int]) -> HttpResponse:
    """For the page that waits: how far the work is; once it is over, the whole page anew."""
    issue = _issue(request, quarter)
    job = job_of(issue)
    if not (job and job.is_open):
        return HttpResponse(headers={"HX-Refresh": "true"})
    state_url = reverse("casebook_issue_files_state", args=[issue.code])
    return render(request, "content/admin/job.html", {"job": job, "state_url": state_url})


def _issue(request: HttpRequest, quarter: tuple[int, int]) -> CasebookIssue:
    require(can_compile_issues(request.user), "制作汇编文件")
    return get_object_or_404(CasebookIssue, year_no=quarter[0], quarter_no=quarter[1])


def _checked(issue: CasebookIssue) -> dict[str, object]:
    try:
        return {"check": check_files(issue)}
    except ExportError as reason:
        return {"refusal": str(reason)}


def _ask(request: HttpRequest, issue: CasebookIssue) -> None:
    try:
        ask_for_files(issue, by=cast(User, request.user), reason=request.POST.get("reason", ""))
    except ValidationError as refusal:
        messages.error(request, "；".join(refusal.messages))


urlpatterns = [
    path("quarters/<quarter:quarter>/files/", issue_files, name="casebook_issue_files"),
    path("quarters/<quarter:quarter>/files/state/", issue_files_state, name="casebook_issue_files_state"),
]
