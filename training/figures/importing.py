"""Numbers from elsewhere as they arrive in Excel: the case platform's counts, with source and day.

A number that is known stays: the same again is no change, another value for the same name, unit, period, source and
day is a problem that names both. What was counted later comes with a later 截至日 and stands beside the earlier one.
"""

import re
import unicodedata
from decimal import Decimal

from django.db import models
from import_export.instance_loaders import BaseInstanceLoader
from tablib import Dataset

from content.numbers import plain_number
from people import audit
from people.importers import UnitCell
from people.importing import ImportReport, SheetResource, run
from people.importing.cells import DateCell, TextCell
from people.importing.resource import SheetField
from people.importing.spreadsheets import Row
from people.models import User
from training.models import ImportedFigure
from training.permissions import can_import_figures, require

KEY = ("name", "unit", "starts_on", "ends_on", "source", "as_of")


class QuantityCell(TextCell):
    """6752, 6,752, 12.5: not negative, at most two decimals."""

    def clean(self, value: object, row: dict | None = None, **kwargs: object) -> Decimal:
        text = unicodedata.normalize("NFKC", super().clean(value, row, **kwargs)).replace(",", "")
        if not re.fullmatch(r"\d{1,12}(\.\d{1,2}0*)?", text):
            raise ValueError(f"是“{value}”；请填写不小于 0 的数，最多两位小数。")
        return Decimal(text).quantize(Decimal("0.01"))


class _Known(BaseInstanceLoader):
    """The figure with the same name, unit, period, source and day."""

    def __init__(self, resource: "FigureResource", dataset: Dataset) -> None:
        super().__init__(resource, dataset)
        self.known = {resource.key_of(one): one for one in ImportedFigure.objects.select_related("unit")}

    def get_instance(self, row: dict) -> models.Model | None:
        try:
            return self.known.get(self.resource.row_key(row))
        except ValueError:
            return None  # the cell is named when it is read


class FigureResource(SheetResource):
    """外部数据."""

    sheet_name = "外部数据"
    key = "name"
    needed = ("指标", "统计期自", "统计期至", "数值", "来源", "截至日")

    name = SheetField("指标", "name", TextCell(60, "请填写指标名称"), also=("指标名称",), example="一般程序案件数")
    unit = SheetField("单位", "unit", UnitCell(), also=("街道",), example="")
    starts_on = SheetField("统计期自", "starts_on", DateCell(required="请填写统计期的第一天"), example="2026-01-01")
    ends_on = SheetField("统计期至", "ends_on", DateCell(required="请填写统计期的最后一天"), example="2026-06-30")
    quantity = SheetField("数值", "quantity", QuantityCell(required="请填写数值"), example="1200")
    source = SheetField("来源", "source", TextCell(120, "请写明数据来源"), example="街道综合执法平台")
    as_of = SheetField("截至日", "as_of", DateCell(required="请填写数据截至哪一天"), example="2026-06-30")

    class Meta:
        model = ImportedFigure
        fields = (*KEY, "quantity")
        import_id_fields = ("name",)
        instance_loader_class = _Known
        skip_unchanged = True
        skip_html_diff = True
        store_instance = True

    def prepare(self, row: dict) -> None:
        row.setdefault("单位", "")

    def row_key(self, row: dict) -> object:
        try:
            values = [self.fields[name].clean(row) for name in KEY]
        except ValueError:
            return None
        return tuple(getattr(value, "pk", value) for value in values)

    @staticmethod
    def key_of(one: ImportedFigure) -> tuple:
        return (one.name, one.unit_id, one.starts_on, one.ends_on, one.source, one.as_of)

    def import_instance(self, instance: ImportedFigure, row: dict, **kwargs: object) -> None:
        before = instance.quantity if instance.pk else None
        super().import_instance(instance, row, **kwargs)
        if before is not None and instance.quantity != before:
            raise ValueError(
                f"的「数值」是 {plain_number(instance.quantity)}，系统中同一指标、单位、统计期、来源和截至日的数值是 "
                f"{plain_number(before)}；请核对，更正后的数据请填写新的截至日。"
            )
        if instance.starts_on > instance.ends_on or instance.ends_on > instance.as_of:
            raise ValueError("的统计期或截至日次序不对；应当是统计期自 ≤ 统计期至 ≤ 截至日。")
        instance.imported_by = instance.imported_by or self.by


def import_figures(rows: list[Row], *, filename: str, by: User | None = None, dry_run: bool = False) -> ImportReport:
    """A file of figures, whole or not at all. `by` is None for the command line."""
    if by is not None:
        require(can_import_figures(by), "导入外部数据")
    report = run(FigureResource(by=by), rows, filename=filename, dry_run=dry_run)
    if by is not None and report.saved and report.changes:
        audit.record(by=by, verb="导入外部数据", target=by, detail=f"{filename}：{len(report.changes)} 条")
    return report
