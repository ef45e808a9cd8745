"""The editors' page of an edition's files: what a printing would hold, make it, what was made before."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path

from casebook.editions.actions import check_files, make_files
from casebook.models import CasebookIssue
from casebook.permissions import can_compile_issues, require
from casebook.quarter import views as quarters  # its converter reads 2026Q3 in addresses
from content.exports import ExportError
from people.models import User


def issue_files(request: HttpRequest, quarter: tuple[int, int]) -> HttpResponse:
    """GET says what would be printed and what not; POST makes the files."""
    require(can_compile_issues(request.user), "制作汇编文件")
    issue = get_object_or_404(CasebookIssue, year_no=quarter[0], quarter_no=quarter[1])
    if request.method == "POST":
        _make(request, issue)
        return redirect("casebook_issue_files", issue.code)
    context = {
        "page_title": f"{issue.code} 文件",
        "header_icon": quarters.ICON,
        "issue": issue,
        "files": issue.files.select_related("made_by").order_by("-printing_no", "form"),
        **_checked(issue),
    }
    return render(request, "casebook/admin/issue_files.html", context)


def _checked(issue: CasebookIssue) -> dict[str, object]:
    try:
        return {"check": check_files(issue)}
    except ExportError as reason:
        return {"refusal": str(reason)}


def _make(request: HttpRequest, issue: CasebookIssue) -> None:
    try:
        made = make_files(issue, by=cast(User, request.user), reason=request.POST.get("reason", ""))
    except (ExportError, ValidationError) as refusal:
        messages.error(request, "；".join(getattr(refusal, "messages", [str(refusal)])))
        return
    said = f"已制作第{made.files[0].printing_no}次印刷。" if made.is_new else "内容没有变化，没有另行制作。"
    messages.success(request, said)
    for left in made.left_out:
        messages.warning(request, f"未收 {left}")


urlpatterns = [path("quarters/<quarter:quarter>/files/", issue_files, name="casebook_issue_files")]
