"""执法文书 from two lists: 文书, one row a version; 文书栏目, one row a field.

Both are keyed by 文书编码 and 启用日期. A form that occurs in the list of fields has exactly the fields
of that list afterwards, in its order.
"""

from collections import defaultdict
from collections.abc import Iterable

from import_export.instance_loaders import BaseInstanceLoader
from import_export.results import RowResult

from kb.actions.forms import settle_versions
from kb.forms.citations import link_forms
from kb.models import FormField, FormTemplate
from people.importing import ImportReport, SheetResource, run
from people.importing.cells import ChoiceCell, CodeCell, DateCell, RowCell, TextCell, YesNoCell
from people.importing.resource import SheetField
from people.importing.spreadsheets import Row
from people.models import User

CODE = r"[0-9A-Z][0-9A-Z-]{0,19}"
BEGINNING = "请填写启用日期"


def code_cell() -> CodeCell:
    """文书编码: letters, digits and hyphens."""
    return CodeCell(20, "请填写文书编码", CODE, "应为字母、数字和短横，如 WS202")


def text(heading: str, attribute: str, longest: int = 0, required: str = "", example: str = "") -> SheetField:
    """A column of text, empty unless `required` says what to fill in."""
    return SheetField(heading, attribute, TextCell(longest, required), example=example)


def flag(heading: str, attribute: str, *, default: bool = False) -> SheetField:
    """A column of 是 and 否."""
    return SheetField(heading, attribute, YesNoCell(default), example="是")


class VersionLoader(BaseInstanceLoader):
    """Versions by code and first day."""

    def __init__(self, resource: "FormResource", dataset) -> None:
        super().__init__(resource, dataset)
        self.known = {(form.code, form.valid_from): form for form in FormTemplate.objects.all()}

    def get_instance(self, row: dict) -> FormTemplate | None:
        fields = self.resource.fields
        return self.known.get((fields["code"].clean(row), fields["valid_from"].clean(row)))


class FormResource(SheetResource):
    """文书, one row a version."""

    sheet_name = "执法文书"
    key = "code"
    needed = ("文书编码", "文书名称", "办案阶段", "版本", "启用日期", "用途")

    code = SheetField("文书编码", "code", code_cell(), also=("编码",), example="WS202")
    name = text("文书名称", "name", 60, "请填写文书名称", "询问笔录")
    aliases = text("别名", "aliases", 120, example="调查笔录")
    stage = SheetField(
        "办案阶段", "stage", ChoiceCell(FormTemplate.Stage, required="请填写办案阶段"), example="调查取证"
    )
    in_simple = flag("简易程序", "in_simple")
    in_ordinary = flag("普通程序", "in_ordinary")
    in_inspection = flag("行政检查", "in_inspection")
    in_coercion = flag("行政强制", "in_coercion")
    is_frequent = flag("常用", "is_frequent")
    sort_order = SheetField("使用顺序", "sort_order", TextCell(4, "", r"\d+", "应为数字"), example="30")
    version_label = text("版本", "version_label", 40, "请填写版本", "2026年版")
    valid_from = SheetField("启用日期", "valid_from", DateCell(required=BEGINNING), example="2026-01-01")
    valid_to = SheetField("停用日期", "valid_to", DateCell(), example="")
    purpose = text("用途", "purpose", required="请用一两句话说明用途", example="记录对当事人和证人的询问。")
    occasion = text("何时使用", "occasion", example="需要了解案件情况时")
    basis_text = text("法律依据", "basis_text", example="《中华人民共和国行政处罚法》第五十五条第二款")
    mistakes = text("常见错误", "mistakes", example="一人询问，或者两人同时询问两名当事人")
    number_pattern = text("文号样式", "number_pattern", 60)
    example_number = text("示例文号", "example_number", 60)
    wording = text("正文", "wording")
    example_note = text("示例说明", "example_note")
    needs_review = flag("待核", "needs_review")
    verification = text("核对情况", "verification", 200)

    class Meta:
        model = FormTemplate
        import_id_fields = ("code", "valid_from")
        fields = (
            "code", "name", "aliases", "stage", "in_simple", "in_ordinary", "in_inspection", "in_coercion",
            "is_frequent", "sort_order", "version_label", "valid_from", "valid_to", "purpose", "occasion",
            "basis_text", "mistakes", "number_pattern", "example_number", "wording", "example_note",
            "needs_review", "verification",
        )  # fmt: skip
        instance_loader_class = VersionLoader
        skip_unchanged = True
        skip_html_diff = True
        store_instance = True

    def __init__(self, *, by: User | None = None) -> None:
        super().__init__(by=by)
        self.touched: set[str] = set()

    def row_key(self, row: dict) -> object:
        return self.key_field.widget.normalise(row[self.key_field.column_name]), row["启用日期"]

    def import_instance(self, instance: FormTemplate, row: dict, **kwargs: object) -> None:
        """An empty end leaves the one that a later version has set."""
        ended = instance.valid_to
        super().import_instance(instance, row, **kwargs)
        instance.valid_to = instance.valid_to or ended
        instance.sort_order = int(instance.sort_order or 0)

    def after_import_row(self, row: dict, row_result: RowResult, **kwargs: object) -> None:
        super().after_import_row(row, row_result, **kwargs)
        if row_result.import_type != RowResult.IMPORT_TYPE_SKIP:
            self.touched.add(row_result.instance.code)


def import_forms(rows: list[Row], *, filename: str, by: User | None = None, dry_run: bool = False) -> ImportReport:
    """Imports one file whole or not at all, then ties versions to each other and the basis to the regulations."""
    resource = FormResource(by=by)
    report = run(resource, rows, filename=filename, dry_run=dry_run)
    if report.saved:
        for code in resource.touched:
            settle_versions(code)
        link_forms(FormTemplate.objects.filter(code__in=resource.touched))
    return report


class FormCell(RowCell):
    """A version of a form by code and first day; by the code alone the latest."""

    def __init__(self) -> None:
        forms = FormTemplate.objects.order_by("valid_from").all
        super().__init__(forms, lambda form: (form.code, f"{form.code} {form.valid_from}"), "文书", "请填写文书编码")

    def clean(self, value: object, row: dict | None = None, **kwargs: object) -> FormTemplate:
        begins = DateCell().clean((row or {}).get("启用日期", ""))
        code = CodeCell().normalise(value)
        return super().clean(f"{code} {begins}" if code and begins else code, row, **kwargs)


class FieldLoader(BaseInstanceLoader):
    """Fields by form and name."""

    def __init__(self, resource: "FormFieldResource", dataset) -> None:
        super().__init__(resource, dataset)
        self.known = {(field.template_id, field.name): field for field in FormField.objects.all()}

    def get_instance(self, row: dict) -> FormField | None:
        fields = self.resource.fields
        return self.known.get((fields["template"].clean(row).pk, fields["name"].clean(row)))


class FormFieldResource(SheetResource):
    """文书栏目, one row a field, in the order in which they stand on the form."""

    sheet_name = "文书栏目"
    key = "template"
    needed = ("文书编码", "栏目")

    template = SheetField("文书编码", "template", FormCell(), also=("编码",), example="WS202")
    name = text("栏目", "name", 60, "请填写栏目名称", "询问地点")
    kind = SheetField("形式", "kind", ChoiceCell(FormField.Kind, default="line"), example="填写")
    options = text("选项", "options", 200)
    is_required = flag("必填", "is_required", default=True)
    hint = text("填写提示", "hint", example="写到门牌号")
    example = text("示例", "example", example="望津街道综合行政执法中心询问室")

    class Meta:
        model = FormField
        import_id_fields = ("template", "name")
        fields = ("template", "name", "kind", "options", "is_required", "hint", "example")
        instance_loader_class = FieldLoader
        skip_unchanged = True
        skip_html_diff = True
        store_instance = True

    @classmethod
    def spellings(cls) -> dict[str, str]:
        """启用日期 is no field of a field: it says which version of the form is meant."""
        return super().spellings() | {"启用日期": "启用日期"}

    def __init__(self, *, by: User | None = None) -> None:
        super().__init__(by=by)
        self.names: dict[int, list[str]] = defaultdict(list)

    def row_key(self, row: dict) -> object:
        return CodeCell().normalise(row["文书编码"]), row.get("启用日期", ""), row["栏目"]

    def import_instance(self, instance: FormField, row: dict, **kwargs: object) -> None:
        super().import_instance(instance, row, **kwargs)
        names = self.names[instance.template_id]
        names.append(instance.name)
        instance.sort_order = len(names)

    def skip_row(self, instance: FormField, original: FormField, row: dict, import_validation_errors=None) -> bool:
        """A field that has only moved is saved too."""
        same_place = original.sort_order == instance.sort_order
        return same_place and super().skip_row(instance, original, row, import_validation_errors)


def import_form_fields(
    rows: list[Row], *, filename: str, by: User | None = None, dry_run: bool = False
) -> ImportReport:
    """Imports one file whole or not at all; fields that the list does not name any more are taken away."""
    resource = FormFieldResource(by=by)
    report = run(resource, rows, filename=filename, dry_run=dry_run)
    if report.saved:
        for pk, names in resource.names.items():
            FormField.objects.filter(template=pk).exclude(name__in=names).delete()
        if report.changes:
            _touch(resource.names)
    return report


def _touch(pks: Iterable[int]) -> None:
    """A form is what its fields are: its own save tells whoever keeps a copy of it."""
    for form in FormTemplate.objects.filter(pk__in=list(pks)):
        form.save(update_fields=["updated_at"])
