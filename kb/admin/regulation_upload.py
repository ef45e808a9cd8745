"""导入法规文件: upload, read the report, then import. Nothing is saved before the second step.

Between the steps the files lie in the site's own folder, known only to the session that sent them.
"""

import shutil
import time
import uuid
from pathlib import Path

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from wagtail.admin.menu import MenuItem

from kb.importers.documents import SUPPORTED, read_document
from kb.importers.refusal import Refused
from kb.importers.regulation_report import FileRow, Report
from kb.importers.regulations import (
    Catalogue,
    ImportPlan,
    ImportResult,
    SourceKind,
    apply_import,
    parse_regulation,
    plan_import,
)
from kb.permissions import can_edit_regulations, require

SESSION_KEY = "kb_regulation_upload"
KEPT_HOURS = 24
MOST_FILES = 50
HEADER = {"page_title": "导入法规文件", "header_icon": "upload"}
MOST_NOTES = 30  # warnings shown a file; the whole report is kept with the version


class UploadMenuItem(MenuItem):
    def __init__(self) -> None:
        super().__init__(
            "导入法规文件", reverse("kb_regulation_upload"), name="regulation-upload", icon_name="upload", order=800
        )

    def is_shown(self, request: HttpRequest) -> bool:
        return can_edit_regulations(request.user)


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files, each checked for its ending and size."""

    def clean(self, data, initial=None) -> list[UploadedFile]:
        files = data if isinstance(data, list | tuple) else [data]
        if len(files) > MOST_FILES:
            raise forms.ValidationError(f"一次最多上传 {MOST_FILES} 个文件；更多文件请用命令 import_regulations。")
        return [self._checked(super(ManyFilesField, self).clean(one, initial)) for one in files]

    def _checked(self, upload: UploadedFile) -> UploadedFile:
        if Path(upload.name or "").suffix.lower() not in SUPPORTED:
            kinds = "、".join(SUPPORTED)
            raise forms.ValidationError(
                f"「{upload.name}」不是可以导入的格式；可用 {kinds}。旧版 .doc 请先另存为 .docx。"
            )
        if (upload.size or 0) > settings.WAGTAILDOCS_MAX_UPLOAD_SIZE:
            limit = settings.WAGTAILDOCS_MAX_UPLOAD_SIZE // 1024 // 1024
            raise forms.ValidationError(f"「{upload.name}」超过 {limit} MB。")
        return upload


class UploadForm(forms.Form):
    laws = ManyFilesField(
        label="文件", widget=ManyFiles, help_text="Word（.docx）、文本（.txt）、Markdown（.md）、网页（.html），可多选"
    )
    source = forms.CharField(
        label="来源说明", max_length=200, required=False, help_text="如：区司法局2026年汇编；不填则记文件名"
    )
    replace = forms.BooleanField(
        label="同一版本已有不同文本时，以本次文件替换",
        required=False,
        help_text="本单位文件总是替换公开法律包的文本，无须勾选",
    )


def upload(request: HttpRequest) -> HttpResponse:
    """The form; a good upload leads to its report."""
    require(can_edit_regulations(request.user), "导入法规文件")
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        folder = keep(data["laws"])
        request.session[SESSION_KEY] = {"folder": folder.name, "source": data["source"], "replace": data["replace"]}
        return redirect("kb_regulation_upload_report")
    return render(request, "kb/admin/regulation_upload.html", {"form": form} | HEADER)


def report(request: HttpRequest) -> HttpResponse:
    """GET: what the import would do. POST: does it, and shows what was done."""
    require(can_edit_regulations(request.user), "导入法规文件")
    order = request.session.get(SESSION_KEY) or {}
    folder = uploads() / order.get("folder", "none")
    if not order or not folder.is_dir():
        messages.error(request, "没有待导入的文件，或已超过一天而清除；请重新上传。")
        return redirect("kb_regulation_upload")
    applying = request.method == "POST"
    done = run(folder, order, by=request.user if applying else None)
    if applying:
        shutil.rmtree(folder, ignore_errors=True)
        del request.session[SESSION_KEY]
    context = {"report": done, "rows": [_shown(row) for row in done.rows], "applied": applying}
    context["writes"] = any(row.action in ("新增法规", "新增版本", "补入全文", "更新文本") for row in done.rows)
    return render(request, "kb/admin/regulation_report.html", context | HEADER)


def run(folder: Path, order: dict, *, by=None) -> Report:
    """Plans every file, and with `by` applies the plans. Each file is imported whole or not at all."""
    done, catalogue = Report(dry_run=by is None), Catalogue()
    started = time.monotonic()
    for file in sorted(folder.iterdir()):
        done.add(file.name, _one(file, order, catalogue, by))
    done.seconds = time.monotonic() - started
    return done


def _one(file: Path, order: dict, catalogue: Catalogue, by) -> ImportPlan | ImportResult | Refused:
    try:
        parsed = parse_regulation(read_document(file, folders=()))
    except Refused as refused:
        return refused
    plan = plan_import(
        parsed,
        source_kind=SourceKind.USER_FILE,
        source=order["source"],
        replace=order["replace"],
        catalogue=catalogue,
    )
    return apply_import(plan, by=by, catalogue=catalogue) if by else plan


def keep(files: list[UploadedFile]) -> Path:
    """Writes the files into a folder of their own; forgotten folders are cleared away."""
    for old in uploads().iterdir():
        if time.time() - old.stat().st_mtime > KEPT_HOURS * 3600:
            shutil.rmtree(old, ignore_errors=True)
    folder = uploads() / uuid.uuid4().hex
    folder.mkdir()
    for file in files:
        with (folder / Path(file.name or "").name).open("wb") as target:
            for chunk in file.chunks():
                target.write(chunk)
    return folder


def uploads() -> Path:
    folder = settings.VAR_DIR / "regulation_uploads"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _shown(row: FileRow) -> dict:
    """A row of the report in words."""
    tone = "critical" if row.refused else "warning" if row.warnings or row.gaps else "success"
    return {
        "row": row,
        "tone": tone,
        "action": row.action.value,
        "warnings": row.warnings[:MOST_NOTES],
        "more": max(0, len(row.warnings) - MOST_NOTES),
        "gaps": "、".join(f"第{number}条" for number in row.gaps[:20]),
        "differing": "、".join(row.differing[:20]),
    }


urlpatterns = [
    path("regulations/import/", upload, name="kb_regulation_upload"),
    path("regulations/import/report/", report, name="kb_regulation_upload_report"),
]
