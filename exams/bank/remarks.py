"""纠错: the form below a question that was answered, and the reviewers' list of what was reported."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from exams.actions.remarks import report_question, settle_remark
from exams.models import QuestionRemark, QuestionVersion
from exams.permissions import can_read_bank, can_report_question, can_review_questions, require
from people.models import User

PER_PAGE = 50


def remarks(request: HttpRequest) -> HttpResponse:
    """Open reports, oldest first; `?settled=1` those that are settled, newest first."""
    require(can_read_bank(request.user), "查看试题纠错")
    settled = bool(request.GET.get("settled"))
    rows = QuestionRemark.objects.select_related("version__question__newest", "made_by", "settled_by")
    rows = rows.filter(settled_at__isnull=not settled).order_by("-settled_at" if settled else "made_at", "pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page_title": "试题纠错",
        "header_icon": "comment",
        "page": page,
        "settled": settled,
        "may_settle": can_review_questions(request.user),
    }
    return render(request, "exams/admin/remarks.html", context)


@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Back to the list, or to the question from which the outcome was written."""
    remark = get_object_or_404(QuestionRemark.objects.select_related("version__question"), pk=pk)
    try:
        settle_remark(remark, request.POST.get("outcome", ""), by=cast(User, request.user))
        messages.success(request, f"已处理对 {remark.version.question} 的意见。")
    except ValidationError as refusal:
        messages.error(request, "；".join(refusal.messages))
    return redirect(_next(request, "exams_remarks"))


@login_required
def report(request: HttpRequest, version: int) -> HttpResponse:
    """GET a page with the form (for browsers without a script), POST keeps the report and leads back."""
    seen = get_object_or_404(QuestionVersion.objects.select_related("question"), pk=version)
    user = cast(User, request.user)
    require(can_report_question(user, seen), "对这道题提出纠错（作答以后可以提出）")
    problems: list[str] = []
    if request.method == "POST":
        try:
            report_question(seen, request.POST.get("text", ""), by=user)
            messages.success(request, "已收到您的意见，审核员会核对。")
            return redirect(_next(request, "people:me"))
        except ValidationError as refusal:
            problems = refusal.messages
    context = {"version": seen, "problems": problems, "text": request.POST.get("text", ""), "next": _told(request)}
    return render(request, "exams/bank/report.html", context, status=422 if problems else 200)


def _next(request: HttpRequest, otherwise: str) -> str:
    return _told(request) or otherwise


def _told(request: HttpRequest) -> str:
    """Where the person came from, if that is a page of this site."""
    address = request.POST.get("next") or request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if safe else ""


admin_urlpatterns = [
    path("questions/remarks/", remarks, name="exams_remarks"),
    path("questions/remarks/<int:pk>/settle/", settle, name="exams_remark_settle"),
]
urlpatterns = [path("questions/<int:version>/report/", report, name="report_question")]
