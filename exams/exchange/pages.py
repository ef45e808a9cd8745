"""导入试题, 导出试题 in the admin: upload, look at every question as it would be, confirm; the list as a file."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from wagtail.admin.menu import MenuItem

from casebook.review.diffing import compare
from content.downloads import download
from exams.bank.law import law_of_contents
from exams.bank.listing import questions_shown
from exams.bank.reading import options_of
from exams.bank.versions import key_in_words
from exams.exchange.exporting import outgoing
from exams.exchange.formats import AUTO, ENDINGS, FORMATS, Format, read_file, write_file
from exams.exchange.importing import Choice, Defaults, Entry, Plan, State, apply_plan, plan_import
from exams.exchange.samples import template
from exams.exchange.values import UnreadableFile
from exams.menu import ExamMenuItem
from exams.permissions import can_edit_questions, can_read_bank, require
from kb.admin.imports import UploadForm
from kb.models import Domain
from people import audit
from people.importing import put_aside
from people.models import User

SESSION_KEY = "exams_import_waiting"
PER_PAGE = 30
MOST_SHOWN = 200  # lines of a list of faults
STATES = {"faulty": State.FAULTY, "changed": State.CHANGED, "new": State.NEW, "same": State.SAME}


class QuestionUploadForm(UploadForm):
    """A file, and what counts where it says nothing."""

    format = forms.ChoiceField(label="格式", required=False)
    domain = forms.ModelChoiceField(
        Domain.objects.order_by("sort_order", "name"), label="领域", required=False, to_field_name="name",
        empty_label="以文件为准", help_text="文件没有写明领域的题归入这里",
    )  # fmt: skip
    origin = forms.CharField(
        label="来源", max_length=60, required=False, initial=Defaults.origin, help_text="文件没有写明来源时填写"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = f"可用 {'、'.join(ENDINGS)} 文件；旧版 .doc 请先另存为 .docx"
        cast(forms.ChoiceField, self.fields["format"]).choices = [
            (AUTO, "自动识别"), *((one.slug, one.label) for one in FORMATS.values()),
        ]  # fmt: skip

    def order(self, name: str, token: str) -> dict[str, str]:
        """What the session remembers of an upload."""
        domain = self.cleaned_data["domain"]
        return {
            "name": name,
            "token": token,
            "format": self.cleaned_data["format"] or AUTO,
            "domain": domain.name if domain else "",
            "origin": self.cleaned_data["origin"].strip() or Defaults.origin,
        }


def upload(request: HttpRequest) -> HttpResponse:
    """The form and the templates; a file that can be read leads to its preview."""
    require(can_edit_questions(request.user), "导入试题")
    form = QuestionUploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        data = file.read()
        try:
            read_file(data, file.name, form.cleaned_data["format"] or AUTO)
        except UnreadableFile as error:
            form.add_error("file", str(error))
        else:
            request.session[SESSION_KEY] = form.order(file.name, put_aside.keep(data))
            return redirect("exams_import_preview")
    context = {"page_title": "导入试题", "header_icon": "upload", "form": form, "formats": FORMATS.values()}
    return render(request, "exams/admin/import.html", context)


def preview(request: HttpRequest) -> HttpResponse:
    """GET: what would become of every question. POST: imports, by the ticks for updating and for skipping."""
    require(can_edit_questions(request.user), "导入试题")
    order = request.session.get(SESSION_KEY)
    data = put_aside.look(order["token"]) if order else None
    if order is None or data is None:
        messages.error(request, "没有等待导入的文件，或已超过一天而清除；请重新选择文件。")
        return redirect("exams_import")
    defaults = Defaults(order["domain"], order["origin"])
    plan = plan_import(read_file(data, order["name"], order["format"]), order["name"], defaults)
    if request.method == "GET":
        return _shown(request, plan)
    choice = Choice("update" in request.POST, "skip" in request.POST)
    report = apply_plan(plan, choice, by=cast(User, request.user), defaults=defaults)
    if report.problems:
        return _shown(request, plan, choice, [str(one) for one in report.problems])
    put_aside.take(order["token"])
    del request.session[SESSION_KEY]
    messages.success(request, report.summary)
    return redirect("exams_review_queue")


def _shown(request: HttpRequest, plan: Plan, choice: Choice | None = None, refused: list[str] | None = None):
    entries = {name: plan.of(state) for name, state in STATES.items()}
    show = request.GET.get("show", "")
    chosen = entries.get(show, plan.entries)
    page = Paginator(chosen, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page_title": "导入试题",
        "header_icon": "upload",
        "plan": plan,
        "choice": choice or Choice(),
        "is_refused": bool(refused),
        "refused": [one for one in refused or [] if one not in set(map(str, plan.faults))][:MOST_SHOWN],
        "counts": [(name, STATES[name].value, len(some)) for name, some in entries.items()],
        "faulty": len(entries["faulty"]),
        "changed": len(entries["changed"]),
        "importable": len(entries["new"]) + len(entries["changed"]),
        "faults": plan.faults[:MOST_SHOWN],
        "more_faults": max(0, len(plan.faults) - MOST_SHOWN),
        "remarks": plan.remarks[:MOST_SHOWN],
        "more_remarks": max(0, len(plan.remarks) - MOST_SHOWN),
        "show": show if show in entries else "",
        "page": page,
        "entries": _entries(list(page)),
    }
    return render(request, "exams/admin/import_preview.html", context)


def _entries(entries: list[Entry]) -> list[dict[str, Any]]:
    """Each question as editors read it, with the law behind it and what it would change."""
    laws = law_of_contents(entry.content for entry in entries)
    return [
        {
            "entry": entry,
            "parts": [
                {"no": n, "part": part, "options": options_of(part), "key": key_in_words(part), "law": law}
                for n, (part, law) in enumerate(zip(entry.content.parts, parts_law, strict=True), 1)
            ],
            "differences": [(name, compare(old, new)) for name, old, new in entry.differences],
        }
        for entry, parts_law in zip(entries, laws, strict=True)
    ]


def example(request: HttpRequest, slug: str) -> HttpResponse:
    """The template of a format."""
    require(can_edit_questions(request.user), "导入试题")
    form = _format(slug)
    return download(template(form, _domain()), f"试题导入模板-{form.label}{form.suffix}", form.content_type)


def _domain() -> str:
    """通用程序 where the site has it, else its first domain."""
    names = list(Domain.objects.order_by("sort_order", "name").values_list("name", flat=True))
    return "通用程序" if "通用程序" in names or not names else names[0]


def export(request: HttpRequest) -> HttpResponse:
    """The formats, and how many of the questions that the bank's list shows each can hold."""
    require(can_read_bank(request.user), "导出试题")
    questions = outgoing(questions_shown(request))
    rows = [(form, sum(not form.refusal(one) for one in questions)) for form in FORMATS.values()]
    context = {"page_title": "导出试题", "header_icon": "download", "rows": rows, "total": len(questions)}
    return render(request, "exams/admin/export.html", context | {"query": request.GET.urlencode()})


def export_file(request: HttpRequest, slug: str) -> HttpResponse:
    """The file; where something cannot be in it, first the list of that. Every export is in the audit trail."""
    require(can_read_bank(request.user), "导出试题")
    form = _format(slug)
    written = write_file(form, outgoing(questions_shown(request)))
    if written.left_out and "rest" not in request.GET:
        context = {"page_title": "导出试题", "header_icon": "download", "form": form, "written": written}
        return render(request, "exams/admin/export_left_out.html", context | {"query": request.GET.urlencode()})
    user = cast(User, request.user)
    audit.record(by=user, verb="导出试题", target=user, detail=f"{form.label} {written.count} 道")
    return download(written.data, f"试题{form.suffix}", form.content_type)


def _format(slug: str) -> Format:
    if slug not in FORMATS:
        raise Http404("没有这种格式")
    return FORMATS[slug]


def menu_entry() -> MenuItem:
    return ExamMenuItem("导入试题", "exams_import", "upload", 200, can_edit_questions)


urlpatterns = [
    path("questions/import/", upload, name="exams_import"),
    path("questions/import/preview/", preview, name="exams_import_preview"),
    path("questions/import/templates/<slug:slug>/", example, name="exams_import_template"),
    path("questions/export/", export, name="exams_export"),
    path("questions/export/<slug:slug>/", export_file, name="exams_export_file"),
]
