"""The two forms of the intake: one for the file, one on which the editor confirms what was read."""

from pathlib import PurePath
from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet

from casebook.intake.keeping import APPEND, DROP, Confirmed
from casebook.intake.proposals import Proposals
from casebook.intake.reading import ACCEPTED
from casebook.intake.values import Draft
from casebook.manuscript import CASE_NO
from casebook.models import Case
from casebook.permissions import can_edit_cases
from casebook.sections import SECTIONS
from kb.models import Citation, Domain, PowerItem
from people.models import Unit, User

DATES = ("filed_on", "informed_on", "heard_on", "decided_on", "served_on", "performed_on", "closed_on")
FACTS = ("kind", "source_kind", "procedure", "heard", "legal_reviewed", "collective")
RESULT = ("outcome", "result", "challenge", "fine_amount", "confiscated_amount")
COLUMNS = ("title", "case_no", *FACTS, *DATES, *RESULT)
ROLE_FIELDS = {role.value: name for name, role in Case.BASIS_FIELDS.items()}
_ROLES = [(role.value, label) for role, label in (
    (Citation.Role.DUTY, "违反条款"), (Citation.Role.PENALTY, "处罚条款"),
    (Citation.Role.DISCRETION, "裁量条款"), (Citation.Role.PROCEDURE, "程序条款"),
)]  # fmt: skip
PLACES = [(name, heading) for name, (heading, *_) in SECTIONS.items()]


class UploadForm(forms.Form):
    """A draft and the street it comes from; a street's editor has no choice of streets."""

    draft = forms.FileField(
        label="案例稿件",
        widget=forms.FileInput(attrs={"accept": ",".join(ACCEPTED)}),
        error_messages={"required": "请选择稿件。", "empty": "文件是空的，请重新保存后再上传。"},
    )
    street = forms.ModelChoiceField(
        Unit.objects.none(), label="报送街道", required=False, empty_label="区级稿件，或者在确认时选择"
    )

    def __init__(self, *args, user: User, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        limit = settings.WAGTAILDOCS_MAX_UPLOAD_SIZE // 1024 // 1024
        self.fields[
            "draft"
        ].help_text = f"Word（.docx）、文本（.txt）、Markdown（.md），不超过 {limit} MB；可以把文件拖到框里"
        if can_edit_cases(user):
            _offer(self, "street", Unit.objects.streets())
        else:
            del self.fields["street"]

    def clean_draft(self) -> UploadedFile:
        """The size is known before anything is read."""
        upload = self.cleaned_data["draft"]
        limit = settings.WAGTAILDOCS_MAX_UPLOAD_SIZE
        if upload.size > limit:
            size = f"{upload.size / 1024 / 1024:.0f} MB，超过 {limit // 1024 // 1024} MB 的上限"
            raise forms.ValidationError(
                f"{PurePath(upload.name).name}：文件有 {size}。请压缩或者删去文档里的图片后再上传。"
            )
        return upload


class ConfirmForm(forms.ModelForm):
    """What was read, to be confirmed: columns of the case, then parts, pictures and citations of the draft."""

    items = forms.ModelMultipleChoiceField(
        PowerItem.objects.none(), label="涉及事项", required=False, widget=forms.CheckboxSelectMultiple
    )
    other_items = forms.CharField(
        label="其他事项", required=False, help_text="事项编码，几个编码用空格分开；主要事项写在最前面", max_length=200
    )

    class Meta:
        model = Case
        fields = [*COLUMNS, "domain", "street"]
        widgets = {name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d") for name in DATES}

    def __init__(self, *args, draft: Draft, proposals: Proposals, user: User, street: Unit | None, **kwargs) -> None:
        self.draft, self.proposals, self.user, self.street = draft, proposals, user, street
        kwargs["initial"] = self._proposed() | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        _offer(self, "domain", Domain.objects.all())
        self.fields["domain"].required = False
        _offer(self, "items", PowerItem.objects.filter(pk__in=[one.item.pk for one in proposals.items]))
        if can_edit_cases(user):
            _offer(self, "street", Unit.objects.streets())
        else:
            del self.fields["street"]
        for number in range(len(draft.parts)):
            self.fields[f"part_{number}"] = self._part_field(number)
        for picture in self._pictures():
            self._add_picture(picture)
        for number, cited in enumerate(proposals.cited):
            choices = [("", "不列为依据"), *_ROLES]
            self.fields[f"cite_{number}"] = forms.ChoiceField(
                label=cited.text, choices=choices, required=False, initial=cited.role
            )

    def clean_case_no(self) -> str:
        number = self.cleaned_data["case_no"].strip()
        if not CASE_NO.fullmatch(number):
            raise forms.ValidationError("案例编号应写成季度加序号，如 2026Q3-01。")
        return number

    def clean_other_items(self) -> list[PowerItem]:
        codes = self.cleaned_data["other_items"].replace("，", " ").replace("、", " ").split()
        found = PowerItem.objects.in_bulk(codes, field_name="code")
        missing = [code for code in codes if code not in found]
        if missing:
            raise forms.ValidationError(f"没有编码为“{'、'.join(missing)}”的事项，请核对编码。")
        return [found[code] for code in codes]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        items = self.chosen_items()
        if not items and not self.errors.get("other_items"):
            self.add_error("items", "请至少选择一个事项，或者填写事项编码。")
        data["domain"] = data.get("domain") or (items[0].domain if items else None)
        if not data["domain"]:
            self.add_error("domain", "请选择领域。")
        self._clean_parts(data)
        self._clean_pictures(data)
        return data

    def _clean_parts(self, data: dict[str, Any]) -> None:
        chosen = [data.get(f"part_{number}") for number in range(len(self.draft.parts))]
        if None not in chosen and not [block for block in chosen if block not in (APPEND, DROP)]:
            self.add_error(None, "正文没有一段被采用；请至少把一段归入某个部分。")
        first = next((number for number, block in enumerate(chosen) if block != DROP), None)
        if first is not None and chosen[first] == APPEND:
            self.add_error(f"part_{first}", "前面没有可以并入的部分；请另选一项。")

    def _clean_pictures(self, data: dict[str, Any]) -> None:
        for number in (picture.number for picture in self._pictures()):
            if data.get(f"picture_{number}") and not data.get(f"alt_{number}"):
                self.add_error(f"alt_{number}", f"请为图{number}写一句图片说明，或者不采用这幅图片。")

    def chosen_items(self) -> list[PowerItem]:
        """The codes written by hand first, then the ticked proposals in their order."""
        ticked = {item.pk for item in self.cleaned_data.get("items") or ()}
        written = list(self.cleaned_data.get("other_items") or [])
        proposed = [one.item for one in self.proposals.items if one.item.pk in ticked]
        return list(dict.fromkeys([*written, *proposed]))

    def confirmed(self) -> Confirmed:
        """What `make_case` needs. Only of a valid form."""
        data = self.cleaned_data
        values = {name: data[name] for name in (*COLUMNS, "domain")}
        values["street"] = data.get("street") if "street" in self.fields else self.street
        basis: dict[str, list[str]] = {}
        for number, cited in enumerate(self.proposals.cited):
            if role := data.get(f"cite_{number}"):
                basis.setdefault(ROLE_FIELDS[role], []).append(cited.text)
        kept = [picture.number for picture in self._pictures() if data.get(f"picture_{picture.number}")]
        pictures = {number: (data[f"caption_{number}"], data[f"alt_{number}"]) for number in kept}
        blocks = [data[f"part_{number}"] for number in range(len(self.draft.parts))]
        return Confirmed(values, blocks, self.chosen_items(), basis, pictures)

    def _proposed(self) -> dict[str, Any]:
        values = {name: self.proposals.value(name) for name in COLUMNS}
        certain = [one.item.pk for one in self.proposals.items if one.certain]
        own = {
            "title": self.draft.title, "case_no": self.proposals.case_no, "domain": self.proposals.domain,
            "street": self.street or self.proposals.street, "items": certain,
        }  # fmt: skip
        return {name: value for name, value in (values | own).items() if value is not None}

    def _part_field(self, number: int) -> forms.ChoiceField:
        """Nothing is chosen for a part that nobody can place: it must be placed or dropped on purpose."""
        block = self.draft.parts[number].block
        choices = [*([] if block else [("", "请选择")]), *PLACES, (APPEND, "并入上一部分"), (DROP, "不采用")]
        return forms.ChoiceField(
            label=self.draft.parts[number].heading or "没有标题的文字",
            choices=choices,
            initial=block,
            error_messages={"required": f"请为第 {number + 1} 段选择归入哪一部分，或者选择不采用。"},
        )

    def _pictures(self) -> list:
        return [picture for picture in self.draft.pictures if not picture.fault]

    def _add_picture(self, picture) -> None:
        number = picture.number
        words = picture.alt or picture.caption
        self.fields[f"picture_{number}"] = forms.BooleanField(label="采用这幅图片", required=False, initial=True)
        self.fields[f"caption_{number}"] = forms.CharField(
            label="图注", required=False, max_length=200, initial=picture.caption
        )
        self.fields[f"alt_{number}"] = forms.CharField(
            label="图片说明", required=False, max_length=200, initial=words, help_text="看不到图片的人会读到这句话"
        )


def _offer(form: forms.BaseForm, name: str, rows: QuerySet) -> None:
    """The rows a chooser offers."""
    cast(forms.ModelChoiceField, form.fields[name]).queryset = rows
