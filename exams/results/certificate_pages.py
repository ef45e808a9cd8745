"""Certificates: the public page on which each is verified, the holder's file, the bureau's list."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.views.decorators.http import require_POST

from content.downloads import download
from content.exports.document import ExportError
from exams.actions.certificates import issue_certificates, reissue_certificate, revoke_certificate
from exams.models import Exam, ExamCertificate
from exams.permissions import can_certify, can_sit, require
from exams.results.certificate_pdf import certificate_pdf, printed_fields
from exams.results.codes import grouped, read_code
from exams.results.desk import show, told, user_of
from people.throttle import Limit, throttled

PDF = "application/pdf"
PER_PAGE = 50
# As many as somebody needs who checks a class; a code has 53 bits, so this is not what keeps them secret.
LOOKED_UP = Limit(per_minute=20, per_hour=200)
LABELS = {
    "code": "验证码",
    "holder_name": "姓名",
    "unit_name": "单位",
    "exam_title": "考试",
    "score": "成绩",
    "full_marks": "满分",
    "taken_on": "考试日期",
    "issued_on": "发证日期",
    "issuer_name": "发证机关",
}
# standing -> (words, tone, what it means)
STANDINGS = {
    "valid": ("有效", "ok", "请与所持证明逐项核对；有一项不同的，以本页为准。"),
    "doubtful": ("待核", "warn", "这份证明所依据的成绩已有变动，请向发证机关核实。"),
    "replaced": ("已换发", "warn", "持证人已换领新的证明，这一份不再使用。"),
    "revoked": ("已撤销", "seal", "发证机关已撤销这份证明，不得使用。"),
}


def look_up(request: HttpRequest) -> HttpResponse:
    """The form for a code that was typed off paper; it leads to the certificate's page."""
    if code := read_code(request.GET.get("code", "")):
        return redirect("exams:certificate", grouped(code))
    return render(request, "exams/certificate.html", {"typed": ""})


@throttled("certificate", LOOKED_UP, methods=("GET", "HEAD"))
def certificate_page(request: HttpRequest, code: str) -> HttpResponse:
    """Every printed field and where the certificate stands, so that an edited paper is caught (peers 52)."""
    kept = read_code(code)
    found = ExamCertificate.objects.select_related("sitting").filter(code=kept).first()
    if found is None:
        return render(request, "exams/certificate.html", {"typed": code, "unknown": True}, status=404)
    words, tone, says = STANDINGS[standing(found)]
    fields = printed_fields(found)
    facts = [{"term": LABELS[name], "text": fields[name]} for name in ExamCertificate.PRINTED]
    notice = {"says": says, "notice_tone": "info" if tone == "ok" else tone}
    context = {"certificate": found, "facts": facts, "words": words, "tone": tone, "typed": "", **notice}
    return render(request, "exams/certificate.html", context)


@login_required
def certificate_file(request: HttpRequest, code: str) -> HttpResponse:
    """The PDF, for its holder and the bureau, while it counts."""
    found = get_object_or_404(
        ExamCertificate.objects.select_related("sitting__registration__officer"), code=read_code(code)
    )
    if not (can_sit(request.user, found.sitting.registration) or can_certify(request.user)):
        raise Http404("没有这份证明")
    if found.status != ExamCertificate.Status.VALID:
        raise Http404("这份证明已经失效")
    try:
        return download(certificate_pdf(found), f"合格证明 {found.holder_name} {grouped(found.code)}.pdf", PDF)
    except ExportError as refusal:
        messages.error(request, str(refusal))
        return redirect("exams:certificate", grouped(found.code))


def standing(certificate: ExamCertificate) -> str:
    """A name of STANDINGS: a valid one whose sitting does not pass any more is doubtful until somebody decides."""
    if certificate.status == ExamCertificate.Status.VALID and not certificate.sitting.has_passed:
        return "doubtful"
    return certificate.status


def certificate_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The certificates of one exam; POST issues those that are missing."""
    require(can_certify(request.user), "发放合格证明")
    exam = get_object_or_404(Exam, pk=pk)
    if request.method == "POST":
        _issue(request, exam)
        return redirect("exams_exam_certificates", pk)
    rows = ExamCertificate.objects.filter(sitting__registration__exam=exam).select_related("sitting")
    page = Paginator(rows.order_by("-issued_on", "holder_name", "pk"), PER_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "page": page,
        "rows": [(one, STANDINGS[standing(one)]) for one in page],
        "issuer": _last_issuer(exam) or str(user_of(request).unit or ""),
    }
    return show(request, "certificates", f"合格证明：{exam}", exam=exam, tab="certificates", **context)


@require_POST
def change_certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """POST `step`: issue anew or revoke, with a reason."""
    found = get_object_or_404(ExamCertificate.objects.select_related("sitting__registration"), pk=pk)
    reason, by = request.POST.get("reason", ""), user_of(request)
    if request.POST.get("step") == "reissue":
        told(request, lambda: reissue_certificate(found, reason, by=by), "已换发，原证明标为已换发。")
    else:
        told(request, lambda: revoke_certificate(found, reason, by=by), "已撤销，查询时会显示。")
    return redirect("exams_exam_certificates", found.sitting.registration.exam_id)


def _issue(request: HttpRequest, exam: Exam) -> None:
    issuer, made = request.POST.get("issuer", ""), []

    def act() -> None:
        made.extend(issue_certificates(exam, issuer_name=issuer, by=user_of(request)))

    told(request, act, "已发放合格证明。")
    if made:
        messages.info(request, f"本次发放 {len(made)} 份。")


def _last_issuer(exam: Exam) -> str:
    last = ExamCertificate.objects.filter(sitting__registration__exam=exam).order_by("-pk").first()
    last = last or ExamCertificate.objects.order_by("-pk").first()
    return last.issuer_name if last else ""


urlpatterns = [
    path("certificates/", look_up, name="certificates"),
    path("certificates/<str:code>/", certificate_page, name="certificate"),
    path("me/certificates/<str:code>.pdf", certificate_file, name="certificate_file"),
]
admin_urlpatterns = [
    path("results/<int:pk>/certificates/", certificate_list, name="exams_exam_certificates"),
    path("results/certificates/<int:pk>/", change_certificate, name="exams_certificate_change"),
]
