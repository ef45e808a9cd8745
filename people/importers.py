"""Lists of people and units, as they arrive in Excel. Cards are in `card_importer`."""

from people.importing import SheetResource
from people.importing.cells import ChoiceCell, CodeCell, DateCell, RowCell, TextCell, YesNoCell
from people.importing.resource import NaturalKeyLoader, SheetField
from people.models import Officer, Unit


def unit_names(unit: Unit) -> tuple[str, ...]:
    return unit.name, unit.short_name, unit.code


class UnitCell(RowCell):
    """A unit by its name, short name or code."""

    def __init__(self, required: str = "", what: str = "单位") -> None:
        super().__init__(Unit.objects.all, unit_names, what, required)


class NumberCell(TextCell):
    """A whole number; an empty cell is 0."""

    def clean(self, value: object, row: dict | None = None, **kwargs: object) -> int:
        text = super().clean(value, row, **kwargs) or "0"
        if not text.isdecimal():
            raise ValueError(f"是“{text}”；请填写整数。")
        return int(text)


class UnitResource(SheetResource):
    """Streets, departments and their offices. A parent stands above its children in the file."""

    sheet_name = "单位"
    key = "name"
    needed = ("名称", "类别")

    name = SheetField(
        "名称", "name", TextCell(80, "请填写单位全称或删除该行"), also=("单位名称", "name"), example="滨江街道办事处"
    )
    short_name = SheetField("简称", "short_name", TextCell(40), also=("short_name",), example="滨江街")
    kind = SheetField(
        "类别",
        "kind",
        ChoiceCell(Unit.Kind, {"部门": "department", "镇街": "street", "科室": "office"}, required="请填写类别"),
        also=("kind", "单位类别"),
        example="街道",
    )
    parent = SheetField("上级", "parent", UnitCell(), also=("上级单位", "parent"), example="江城区人民政府")
    code = SheetField("代码", "code", TextCell(20), also=("code",), example="420102001")
    phone = SheetField("电话", "phone", TextCell(40), also=("phone", "联系电话"), example="010-5550-0101")
    address = SheetField("地址", "address", TextCell(120), also=("address",), example="滨江路 1 号")
    sort_order = SheetField("排序", "sort_order", NumberCell(), also=("sort_order", "序号"), example="1")

    class Meta:
        model = Unit
        fields = ("name", "short_name", "kind", "parent", "code", "phone", "address", "sort_order")
        import_id_fields = ("name",)
        instance_loader_class = NaturalKeyLoader
        skip_unchanged = True
        skip_html_diff = True
        store_instance = True

    def after_save_instance(self, instance: Unit, row: dict, **kwargs: object) -> None:
        """A unit of this file may be the parent of the next row."""
        known = self.fields["parent"].widget.known
        known.update({name: instance for name in unit_names(instance) if name})


class OfficerResource(SheetResource):
    """Officers of streets and the departments' instructors."""

    sheet_name = "人员"
    key = "staff_no"
    needed = ("人员编号", "姓名", "单位")

    staff_no = SheetField(
        "人员编号",
        "staff_no",
        CodeCell(20, "请填写人员编号或删除该行"),
        also=("编号", "工号", "staff_no"),
        example="S0001",
    )
    name = SheetField("姓名", "name", TextCell(40, "请填写姓名"), also=("name",), example="陈某")
    unit = SheetField(
        "单位", "unit", UnitCell("请填写所在单位"), also=("unit", "所在单位", "部门"), example="滨江街道办事处"
    )
    post = SheetField("职务", "post", TextCell(60), also=("post",), example="执法队员")
    phone = SheetField("办公电话", "phone", TextCell(40), also=("phone", "电话", "联系电话"), example="010-5550-0102")
    in_enforcement_post = SheetField("在执法岗位", "in_enforcement_post", YesNoCell(), also=("执法岗位",), example="是")
    is_auxiliary = SheetField("辅助人员", "is_auxiliary", YesNoCell(), also=("辅助",), example="否")
    joined_on = SheetField("到岗日期", "joined_on", DateCell(), also=("入职日期",), example="2021-09-01")
    is_active = SheetField("在岗", "is_active", YesNoCell(default=True), also=("是否在岗",), example="是")

    class Meta:
        model = Officer
        fields = (
            "staff_no",
            "name",
            "unit",
            "post",
            "phone",
            "in_enforcement_post",
            "is_auxiliary",
            "joined_on",
            "is_active",
        )
        import_id_fields = ("staff_no",)
        instance_loader_class = NaturalKeyLoader
        skip_unchanged = True
        skip_html_diff = True
        store_instance = True
