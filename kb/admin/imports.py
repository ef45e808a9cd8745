"""Uploading a list: the file is checked first, shown as a report, and saved only when confirmed."""

from collections.abc import Mapping

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import path, reverse
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from content.downloads import download
from kb.importers.lists import LISTS, ImportedList
from kb.permissions import can_import_items
from people.importing import ImportReport, Problem, UnreadableSheet, put_aside, read_rows

SESSION_KEY = "import_waiting"


class UploadForm(forms.Form):
    """One file."""

    file = forms.FileField(label="文件", help_text="Excel（.xlsx、.xls）、CSV 或 TSV，第一张工作表。")

    def clean_file(self):
        upload = self.cleaned_data["file"]
        if upload.size > settings.WAGTAILDOCS_MAX_UPLOAD_SIZE:
            limit = settings.WAGTAILDOCS_MAX_UPLOAD_SIZE // 1024 // 1024
            raise forms.ValidationError(f"文件超过 {limit} MB；请拆成几个文件。")
        return upload


class ImportView(WagtailAdminTemplateMixin, TemplateView):
    """`/admin/imports/<list>/`: choose a file, read the report, confirm."""

    template_name = "kb/admin/import.html"
    header_icon = "upload"
    # What an app above changes: its own lists, addresses, and who may.
    lists: Mapping[str, ImportedList] = LISTS
    url_name = "kb_import"
    allowed = staticmethod(can_import_items)
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        if not self.allowed(request.user):
            raise PermissionDenied
        self.list = _list(self.lists, kwargs["slug"])
        self.page_title = f"导入{self.list.label}"
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs) -> dict:
        extra = {"form": UploadForm(), "list": self.list, "lists": self.lists.values()}
        extra |= {"url_name": self.url_name, "template_url": f"{self.url_name}_template"}
        return super().get_context_data(**(extra | kwargs))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        if "confirm" in request.POST:
            return self._save(request)
        form = UploadForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        upload = form.cleaned_data["file"]
        data = upload.read()
        report = _run(self.list, data, upload.name, dry_run=True, by=request.user)
        if not report.problems:
            request.session[SESSION_KEY] = {"slug": slug, "name": upload.name, "token": put_aside.keep(data)}
        return self.render_to_response(self.get_context_data(form=form, report=report))

    def _save(self, request: HttpRequest) -> HttpResponse:
        """Imports the file that was checked; it is read again, because the data may have changed since."""
        waiting = request.session.pop(SESSION_KEY, None)
        data = put_aside.take(waiting["token"]) if waiting and waiting["slug"] == self.list.slug else None
        if data is None:
            messages.error(request, "没有等待导入的文件；请重新选择文件。")
            return redirect(self.url_name, slug=self.list.slug)
        report = _run(self.list, data, waiting["name"], dry_run=False, by=request.user)
        if report.problems:
            return self.render_to_response(self.get_context_data(report=report))
        messages.success(request, report.summary)
        return redirect(self.url_name, slug=self.list.slug)


def template(request: HttpRequest, slug: str) -> HttpResponse:
    """The empty workbook of a list."""
    if not can_import_items(request.user):
        raise PermissionDenied
    chosen = _list(LISTS, slug)
    return download(chosen.resource.template(), f"{chosen.label}导入模板.xlsx")


class ImportMenuItem(MenuItem):
    """导入清单, for whoever may import."""

    def __init__(self, order: int) -> None:
        super().__init__(
            "导入清单", reverse("kb_import", args=["items"]), name="imports", icon_name="upload", order=order
        )

    def is_shown(self, request: HttpRequest) -> bool:
        return can_import_items(request.user)


urls = [
    path("imports/<slug:slug>/", ImportView.as_view(), name="kb_import"),
    path("imports/<slug:slug>/template.xlsx", template, name="kb_import_template"),
]


def _list(lists: Mapping[str, ImportedList], slug: str) -> ImportedList:
    if slug not in lists:
        raise Http404
    return lists[slug]


def _run(chosen: ImportedList, data: bytes, name: str, *, dry_run: bool, by) -> ImportReport:
    try:
        rows = read_rows(data, name)
    except UnreadableSheet as error:
        return ImportReport(name, dry_run, problems=[Problem(0, "", str(error))])
    return chosen.import_rows(rows, filename=name, by=by, dry_run=dry_run)
