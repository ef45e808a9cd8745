"""The list of power items, from Excel or from the tab-separated list with English headings.

A row whose code exists updates that item; the same file twice changes nothing. Domains and
departments that are not there yet are made, and the report says so before anything is saved.
"""

import re

from django.utils.text import slugify
from import_export.results import RowResult

from kb.basis_links import link_items
from kb.models import Domain, PowerItem
from kb.short_names import short_name
from people.importers import unit_names
from people.importing import ImportReport, SheetResource, run
from people.importing.cells import ChoiceCell, CodeCell, RowCell, TextCell, YesNoCell
from people.importing.resource import LINE, NaturalKeyLoader, SheetField
from people.importing.spreadsheets import Row
from people.models import Unit, User

CODE = r"[0-9A-Z]{16}"
SAME_AS_ABOVE = {"同上", "同前", "〃"}
UNCHECKED = "待核"
CHECKED = "已核"
BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
TYPES = {"处罚": "penalty", "检查": "inspection", "强制": "coercion", "行政强制措施": "coercion"}
KINDS = {"法定": "statutory", "配合": "support", "赋权事项": "delegated"}
# Not a department that delegates, but what the list writes for the streets' own powers.
STREETS_THEMSELVES = "街道办事处"


class DomainCell(RowCell):
    """领域 by name; an unknown one is made."""

    def __init__(self) -> None:
        super().__init__(Domain.objects.all, lambda domain: (domain.name, domain.slug), "领域", "请填写所属领域")

    def clean(self, value: object, row: dict | None = None, **kwargs: object) -> Domain:
        name = TextCell(40, self.required).clean(value)
        if name not in self.known:
            order = len(self.known) + 1
            slug = slugify(name, allow_unicode=False) or f"domain-{order}"
            while Domain.objects.filter(slug=slug).exists():
                order += 1
                slug = f"domain-{order}"
            self.known[name] = Domain.objects.create(name=name, slug=slug, sort_order=order)
        return self.known[name]


class DepartmentCell(RowCell):
    """赋权部门: the first name of the cell; an unknown department is made."""

    def __init__(self) -> None:
        super().__init__(Unit.objects.all, unit_names, "部门", "请填写赋权部门")

    def clean(self, value: object, row: dict | None = None, **kwargs: object) -> Unit:
        name = lead_department(TextCell(required=self.required).clean(value))
        if name not in self.known:
            kind = Unit.Kind.OFFICE if name == STREETS_THEMSELVES else Unit.Kind.DEPARTMENT
            self.known[name] = Unit.objects.create(name=name, kind=kind, sort_order=900 + len(self.known))
        return self.known[name]


def lead_department(cell: str) -> str:
    """`区城市管理执法局、区应急管理局` -> the first; `……局（或并入……）` and `……局等` without the rest."""
    return re.split("[、，,；;]", BRACKETS.sub("", cell))[0].strip().removesuffix("等")


def awaits_review(verification: str, *texts: str) -> bool:
    """Whether the data says 待核: anywhere, or by a check that is not 已核原文."""
    unchecked = bool(verification) and not verification.startswith(CHECKED)
    return unchecked or any(UNCHECKED in text for text in (verification, *texts))


def text_field(heading: str, attribute: str, *also: str, longest: int = 0, example: str = "") -> SheetField:
    return SheetField(heading, attribute, TextCell(longest), also=also, example=example)


class PowerItemResource(SheetResource):
    """赋权事项, keyed by 事项编码."""

    sheet_name = "赋权事项"
    key = "code"
    needed = ("事项编码", "事项名称", "职权类型", "领域", "赋权部门")

    code = SheetField(
        "事项编码",
        "code",
        CodeCell(0, "请填写 16 位编码或删除该行", CODE, "应为 16 位数字和字母；其他编码请填入「其他编码」"),
        also=("职权编码", "编码", "code"),
        example="420102C01CF00100",
    )
    name = SheetField(
        "事项名称", "name", TextCell(200, "请填写事项名称"), also=("职权名称", "名称", "name"), example="对……的处罚"
    )
    short_name = text_field("简称", "short_name", "short_name", longest=60)
    power_type = SheetField(
        "职权类型",
        "power_type",
        ChoiceCell(PowerItem.PowerType, TYPES, required="请填写行政处罚、行政检查或行政强制"),
        also=("类型", "type"),
        example="行政处罚",
    )
    kind = SheetField(
        "事项性质",
        "kind",
        ChoiceCell(PowerItem.Kind, KINDS, default="delegated"),
        also=("性质", "kind"),
        example="赋权",
    )
    domain = SheetField("领域", "domain", DomainCell(), also=("所属领域", "domain"), example="市容环境")
    department = SheetField(
        "赋权部门", "department", DepartmentCell(), also=("部门", "department"), example="区城市管理执法局"
    )
    level_text = text_field("行使层级", "level_text", "level", longest=60, example="区级赋权→街道")
    basis_text = text_field(
        "实施依据",
        "basis_text",
        "依据",
        "法律依据",
        "legal_basis",
        example="《城市市容和环境卫生管理条例》第三十四条第（一）项",
    )
    penalty_summary = text_field(
        "处罚摘要", "penalty_summary", "处罚", "penalty_summary", example="责令改正，五千元以上五万元以下"
    )
    simple_procedure = text_field(
        "简易程序", "simple_procedure", "简易可否", "simple_procedure", longest=60, example="视数额"
    )
    previous_basis = text_field("原依据", "previous_basis", "旧依据", "previous_basis")
    process = text_field("流程", "process", "办理流程", example="立案；调查取证；审核；告知；决定；送达；执行")
    supervision = text_field("监督方式", "supervision", "监督", example="区司法局执法监督科 010-5550-0001")
    first_steps = text_field("先做什么", "first_steps")
    evidence = text_field("证据清单", "evidence", "证据")
    scope = text_field("赋权范围", "scope", "划转范围")
    boundary = text_field("职责边界", "boundary")
    is_frequent = SheetField("高频", "is_frequent", YesNoCell(), also=("是否高频",))
    is_difficult = SheetField("疑难", "is_difficult", YesNoCell(), also=("是否疑难",))
    verification = text_field("核对情况", "verification", "核对", "verification", longest=120, example="已核原文")
    note = text_field("备注", "note", "note")

    class Meta:
        model = PowerItem
        import_id_fields = ("code",)
        fields = [
            "code",
            "name",
            "short_name",
            "power_type",
            "kind",
            "domain",
            "department",
            "level_text",
            "basis_text",
            "penalty_summary",
            "simple_procedure",
            "previous_basis",
            "process",
            "supervision",
            "first_steps",
            "evidence",
            "scope",
            "boundary",
            "is_frequent",
            "is_difficult",
            "verification",
            "note",
        ]
        instance_loader_class = NaturalKeyLoader
        skip_unchanged = True
        skip_html_diff = True
        store_instance = True

    def __init__(self, *, by: User | None = None) -> None:
        super().__init__(by=by)
        self.summary_above = ""
        self.touched: list[int] = []

    def prepare(self, row: dict) -> None:
        self._repeat_summary(row)
        self._announce(row)

    def _repeat_summary(self, row: dict) -> None:
        """A list printed on paper writes 同上; a page of its own has nothing above it."""
        heading = "处罚摘要"
        if row.get(heading) in SAME_AS_ABOVE and self.summary_above:
            row[heading] = self.summary_above
            self.warn(row, heading, f"写作“同上”，按上一行填为“{self.summary_above}”。")
        self.summary_above = row.get(heading, "")

    def _announce(self, row: dict) -> None:
        """Says which departments and domains the row will make."""
        for name, heading, value in (
            ("department", "赋权部门", lead_department(row.get("赋权部门", ""))),
            ("domain", "领域", row.get("领域", "")),
        ):
            if value and value not in self.fields[name].widget.known:
                self.warn(row, heading, f"“{value}”尚未录入，导入时新建。")

    def import_instance(self, instance: PowerItem, row: dict, **kwargs: object) -> None:
        super().import_instance(instance, row, **kwargs)
        instance.short_name = instance.short_name or short_name(instance.name)
        instance.needs_review = awaits_review(
            instance.verification, instance.basis_text, instance.penalty_summary, instance.note
        )
        # who else is responsible must not be lost where one department is kept as the item's own
        written = row.get("赋权部门", "")
        if not instance.boundary and written != lead_department(written):
            instance.boundary = f"赋权部门原文：{written}"

    def label_of(self, instance: PowerItem) -> str:
        return f"{instance.code} {instance.label}"

    def after_import_row(self, row: dict, row_result: RowResult, **kwargs: object) -> None:
        super().after_import_row(row, row_result, **kwargs)
        if row_result.import_type != RowResult.IMPORT_TYPE_SKIP:
            self.touched.append(row_result.instance.pk)


def import_power_items(
    rows: list[Row], *, filename: str, by: User | None = None, dry_run: bool = False
) -> ImportReport:
    """Imports one file whole or not at all, then ties the items' basis to the regulations."""
    resource = PowerItemResource(by=by)
    report = run(resource, rows, filename=filename, dry_run=dry_run)
    if report.saved:
        link_items(PowerItem.objects.filter(pk__in=resource.touched))
    return report


__all__ = ["LINE", "PowerItemResource", "awaits_review", "import_power_items", "lead_department"]
