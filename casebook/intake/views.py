"""案例投稿 in the admin: upload a draft, confirm what was read, and a draft case stands."""

from pathlib import Path
from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, path, reverse
from django.views.decorators.http import require_POST
from wagtail.admin.menu import MenuItem

from casebook.intake.confirming import sections_of
from casebook.intake.forms import ConfirmForm, UploadForm
from casebook.intake.keeping import AlreadyReceived, discard, folder_of, from_json, make_case, receive
from casebook.intake.proposals import propose
from casebook.models import Case, CaseIntake
from casebook.permissions import can_edit_cases, can_see_intake, can_write_cases, require, visible_intakes
from kb.importers.refusal import Refused
from people.models import User

HEADER = {"page_title": "案例投稿", "header_icon": "upload"}
PER_PAGE = 20


class IntakeMenuItem(MenuItem):
    def __init__(self) -> None:
        super().__init__("上传稿件", reverse("casebook_intake"), name="case-intake", icon_name="upload", order=50)

    def is_shown(self, request: HttpRequest) -> bool:
        return can_write_cases(request.user)


def upload(request: HttpRequest) -> HttpResponse:
    """The form and the uploads so far. A good file leads to its confirmation."""
    user = cast(User, request.user)
    require(can_write_cases(user), "上传案例")
    form = UploadForm(request.POST or None, request.FILES or None, user=user)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["draft"]
        street = form.cleaned_data.get("street") if can_edit_cases(user) else user.unit
        try:
            intake = receive(file.read(), Path(file.name).name, by=user, street=street)
            return redirect("casebook_intake_confirm", intake.pk)
        except Refused as refused:
            form.add_error("draft", str(refused))
        except AlreadyReceived as known:
            form.add_error("draft", str(known))
            return render(request, "casebook/admin/intake.html", _listing(request, form, known.intake))
    return render(request, "casebook/admin/intake.html", _listing(request, form))


def _listing(request: HttpRequest, form: UploadForm, known: CaseIntake | None = None) -> dict:
    user = cast(User, request.user)
    waits = ExpressionWrapper(Q(case__isnull=True) & ~Q(draft=""), BooleanField())
    rows = visible_intakes(user).select_related("case", "street", "uploaded_by").annotate(draft_waits=waits)
    rows = rows.defer("draft", "report", "case__body")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("p"))
    shown = known if known and can_see_intake(user, known) else None
    return {"form": form, "intakes": page, "known": shown, "edit": _edit_name()} | HEADER


def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """GET: what was read and what is proposed. POST: the draft case."""
    intake = _visible(request, pk)
    if intake.case_id:
        messages.info(request, "这份稿件已经形成案例草稿。")
        return redirect(_edit_name(), intake.case_id)
    if not intake.draft:
        messages.error(request, "由这份稿件形成的案例已经删除；需要时请重新上传稿件。")
        return redirect("casebook_intake")
    draft = from_json(intake.draft)
    proposals = propose(draft)
    form = ConfirmForm(
        request.POST or None, draft=draft, proposals=proposals, user=cast(User, request.user), street=intake.street
    )
    if request.method == "POST" and form.is_valid():
        case = make_case(intake, form.confirmed(), by=cast(User, request.user))
        messages.success(request, f"已形成案例草稿：{case.title}。接下来逐项处理人名、电话、地址等信息。")
        return redirect(next_step(case))
    context = {"intake": intake, "draft": draft, "form": form, "sections": sections_of(form), **HEADER}
    return render(request, "casebook/admin/intake_confirm.html", context)


def picture(request: HttpRequest, pk: int, number: int) -> FileResponse:
    """A picture of an unconfirmed draft, for those who may confirm it."""
    intake = _visible(request, pk)
    found = next(iter(folder_of(intake).glob(f"{number}.*")), None)
    if found is None:
        raise Http404("没有这幅图片")
    return FileResponse(found.open("rb"), headers={"Cache-Control": "private, no-store"})


@require_POST
def throw_away(request: HttpRequest, pk: int) -> HttpResponse:
    intake = _visible(request, pk)
    discard(intake, by=cast(User, request.user))
    messages.success(request, f"已删除投稿：{intake.file_name}")
    return redirect("casebook_intake")


def next_step(case: Case) -> str:
    """The anonymiser's page, where the site has one; else the case's form."""
    try:
        return reverse("casebook_findings", args=[case.pk])
    except NoReverseMatch:
        return reverse(_edit_name(), args=[case.pk])


def _visible(request: HttpRequest, pk: int) -> CaseIntake:
    intake = get_object_or_404(CaseIntake.objects.select_related("street", "case"), pk=pk)
    user = cast(User, request.user)
    require(can_write_cases(user) and can_see_intake(user, intake), "查看这份投稿")
    return intake


def _edit_name() -> str:
    return Case.snippet_viewset.get_url_name("edit")


urlpatterns = [
    path("cases/intake/", upload, name="casebook_intake"),
    path("cases/intake/<int:pk>/", confirm, name="casebook_intake_confirm"),
    path("cases/intake/<int:pk>/discard/", throw_away, name="casebook_intake_discard"),
    path("cases/intake/<int:pk>/pictures/<int:number>/", picture, name="casebook_intake_picture"),
]
