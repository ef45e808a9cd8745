"""执法文书 in the Wagtail admin: the list, one form with its fields, a new version of it."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.views.generic import FormView
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.admin.ui.menus import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import IndexView, WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminDateInput

from kb.actions.forms import begin_version, form_changed
from kb.forms.layout import unknown_blanks
from kb.models import FormTemplate
from kb.permissions import can_edit_forms
from people.admin import PlainViewSet
from people.models import User

MOST_BYTES = 10 * 1024 * 1024
WORDING_HELP = (
    "<p>告知书、决定书等写正文，在要填写的地方写【栏目名称】；笔录、审批表等留空，按栏目排成表格。"
    "不写入正文的栏目排在正文之前的表格里，签名盖章的栏目排在最后。</p>"
)
VERSION_HELP = "<p>正在使用的版本要作实质修改时，请在列表中选“另立新版本”，旧版本连同日期保留，可以继续查阅。</p>"


class FormTemplateForm(WagtailAdminModelForm):
    """Saving ties the versions of the form to each other and its basis to the regulations."""

    def clean_upload(self) -> Any:
        upload = self.cleaned_data["upload"]
        if upload and getattr(upload, "size", 0) > MOST_BYTES:
            raise ValidationError("文件超过 10 MB；请压缩图片后再上传。")
        return upload

    def is_valid(self) -> bool:
        """The wording is read together with the fields, which come below it on the page."""
        valid = super().is_valid()
        unknown = unknown_blanks(self.cleaned_data.get("wording", ""), self._field_names()) if valid else []
        if unknown:
            self.add_error("wording", f"没有名为「{'」「'.join(unknown)}」的栏目；请增加栏目，或者改正【】中的名称。")
        return valid and not unknown

    def _field_names(self) -> list[str]:
        rows = self.formsets["form_fields"].cleaned_data if "form_fields" in self.formsets else []
        return [row["name"] for row in rows if row.get("name") and not row.get("DELETE")]

    def save(self, commit: bool = True) -> FormTemplate:
        form = super().save(commit=commit)
        if commit:
            form_changed(form, by=self.for_user)
        return form


FORM_TABS = TabbedInterface(
    [
        ObjectList(
            [
                HelpPanel(VERSION_HELP),
                FieldRowPanel([FieldPanel("name"), FieldPanel("code")]),
                FieldPanel("aliases"),
                FieldRowPanel([FieldPanel("stage"), FieldPanel("sort_order")]),
                MultiFieldPanel(
                    [
                        FieldPanel(name)
                        for name in ("in_simple", "in_ordinary", "in_inspection", "in_coercion", "is_frequent")
                    ],
                    heading="适用程序",
                ),
                FieldPanel("version_label"),
                FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")]),
                FieldPanel("upload"),
            ],
            heading="文书",
        ),
        ObjectList(
            [FieldPanel("purpose"), FieldPanel("occasion"), FieldPanel("basis_text"), FieldPanel("mistakes")],
            heading="用法",
        ),
        ObjectList(
            [
                InlinePanel(
                    "form_fields",
                    panels=[
                        FieldRowPanel([FieldPanel("name"), FieldPanel("kind")]),
                        FieldRowPanel([FieldPanel("is_required"), FieldPanel("options")]),
                        FieldPanel("hint"),
                        FieldPanel("example"),
                    ],
                    label="栏目",
                )
            ],
            heading="栏目",
        ),
        ObjectList(
            [
                HelpPanel(WORDING_HELP),
                FieldPanel("wording"),
                FieldRowPanel([FieldPanel("number_pattern"), FieldPanel("example_number")]),
                FieldPanel("example_note"),
            ],
            heading="正文与示例",
        ),
        ObjectList([FieldPanel("needs_review"), FieldPanel("verification")], heading="核对"),
    ],
    base_form_class=FormTemplateForm,
)


class FormIndexView(IndexView):
    """The list, with a way to a new version."""

    def get_list_more_buttons(self, instance: FormTemplate) -> list:
        buttons = super().get_list_more_buttons(instance)
        if can_edit_forms(self.request.user):
            url = reverse("form-templates:version", args=[instance.pk])
            buttons.append(MenuItem("另立新版本", url=url, icon_name="copy", priority=20))
        return buttons


class FormViewSet(PlainViewSet):
    model = FormTemplate
    icon = "form"
    menu_label = "执法文书"
    name = "form-templates"
    index_view_class = FormIndexView
    search_fields = ["name", "aliases", "code", "purpose"]
    list_filter = ["stage", "needs_review", "is_frequent", "in_simple", "in_ordinary", "in_inspection", "in_coercion"]
    list_display = [
        "name",
        Column("code", label="编码", sort_key="code"),
        Column("stage", label="办案阶段", accessor="get_stage_display"),
        Column("version_label", label="版本"),
        Column("valid_from", label="启用", sort_key="valid_from"),
        Column("valid_to", label="停用", sort_key="valid_to"),
        Column("needs_review", label="核对", accessor=lambda form: "待核" if form.needs_review else ""),
        Column("upload", label="正式文本", accessor=lambda form: "已上传" if form.upload else ""),
    ]
    list_export = ["code", "name", "stage", "version_label", "valid_from", "valid_to", "purpose", "basis_text"]
    edit_handler = FORM_TABS

    def get_urlpatterns(self) -> list:
        return [*super().get_urlpatterns(), path("version/<int:pk>/", VersionView.as_view(), name="version")]


class VersionForm(forms.Form):
    """When the new version begins, and what it is called."""

    version_label = forms.CharField(label="版本", max_length=40, help_text="如：2027年版")
    valid_from = forms.DateField(label="启用日期", widget=AdminDateInput, initial=timezone.localdate)


class VersionView(WagtailAdminTemplateMixin, FormView):
    """`/admin/form-templates/version/<pk>/`: copies the wording and fields, ends the old version on that day."""

    template_name = "kb/admin/form_version.html"
    form_class = VersionForm
    header_icon = "copy"
    page_title = "另立新版本"
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        if not can_edit_forms(request.user):
            raise PermissionDenied
        self.template = get_object_or_404(FormTemplate, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict]:
        place = {"url": reverse("form-templates:index"), "label": "执法文书"}
        return [*super().get_breadcrumbs_items(), place, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs) -> dict:
        return super().get_context_data(**(kwargs | {"template": self.template}))

    def form_valid(self, form: VersionForm) -> HttpResponse:
        given = form.cleaned_data
        by = cast(User, self.request.user)
        try:
            new = begin_version(self.template, by=by, valid_from=given["valid_from"], label=given["version_label"])
        except ValidationError as error:
            form.add_error("valid_from", error)
            return self.form_invalid(form)
        messages.success(self.request, f"已建立{new.name}的{new.version_label}，请修改后保存。")
        return redirect("form-templates:edit", new.pk)
