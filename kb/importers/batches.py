"""调整批次 from Excel: one row an item; the rows of one 文号 are one batch, applied together."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from import_export.instance_loaders import BaseInstanceLoader
from import_export.results import Result
from tablib import Dataset

from kb.actions.batches import apply_batch
from kb.importers.fields import ItemCell
from kb.models import AdjustmentBatch, AdjustmentLine
from people.importers import UnitCell
from people.importing import SheetResource
from people.importing.cells import ChoiceCell, DateCell, TextCell
from people.importing.resource import SheetField
from people.models import User

SHORT_KINDS = {"取消": "cancel", "依据废止": "cancel", "赋权": "delegate", "合并": "reshape", "拆分": "reshape"}


class KnownLine(BaseInstanceLoader):
    """The line that a batch already has for this item and street."""

    def __init__(self, resource: "BatchResource", dataset) -> None:
        super().__init__(resource, dataset)
        numbers = set(dataset["文号"])
        rows = AdjustmentLine.objects.filter(batch__doc_number__in=numbers).select_related("batch", "item", "street")
        self.known = {(row.batch.doc_number, row.item.code, row.street_id): row for row in rows}

    def get_instance(self, row: dict) -> AdjustmentLine | None:
        street = self.resource.fields["street"].widget.known.get(row.get("街道", "").strip())
        code = self.resource.fields["item"].widget.normalise(row["事项编码"])
        return self.known.get((row["文号"].strip(), code, street and street.pk))


class BatchResource(SheetResource):
    """Lines of adjustment batches; an empty street concerns all streets."""

    sheet_name = "调整批次"
    key = "item"
    needed = ("文号", "日期", "类型", "事项编码")

    doc_number = SheetField(
        "文号", "batch__doc_number", TextCell(80, "请填写文号"), also=("doc_number",), example="江政发〔2026〕9号"
    )
    decided_on = SheetField(
        "日期", "batch__decided_on", DateCell(required="请填写日期"), also=("调整日期",), example="2026-09-01"
    )
    kind = SheetField(
        "类型",
        "action",
        ChoiceCell(AdjustmentBatch.Kind, SHORT_KINDS, required="请填写下放、收回、取消、更名、依据调整或合并拆分"),
        also=("调整类型", "动作"),
        example="收回",
    )
    title = SheetField("文件标题", "batch__title", TextCell(200), also=("标题",), example="关于调整街道赋权事项的通知")
    reason = SheetField("理由", "batch__reason", TextCell(), also=("调整理由",), example="")
    item = SheetField("事项编码", "item", ItemCell(), also=("职权编码", "code"), example="420102C01CF00100")
    street = SheetField("街道", "street", UnitCell(what="街道"), also=("street",), example="")
    note = SheetField("说明", "note", TextCell(200), also=("备注",), example="")

    class Meta:
        model = AdjustmentLine
        fields = ("doc_number", "decided_on", "kind", "title", "reason", "item", "street", "note")
        import_id_fields = ("item",)
        instance_loader_class = KnownLine
        skip_html_diff = True
        store_instance = True

    def __init__(self, *, by: User | None = None) -> None:
        super().__init__(by=by)
        self.collected: dict[AdjustmentBatch, list[AdjustmentLine]] = defaultdict(list)

    def row_key(self, row: dict) -> object:
        code = self.key_field.widget.normalise(row["事项编码"])
        return (row["文号"].strip(), code, row.get("街道", "")) if code else ""

    def init_instance(self, row: dict | None = None) -> AdjustmentLine:
        """A new line of the batch with the row's number, made when first met."""
        number = self.fields["doc_number"].clean(row)
        batch = AdjustmentBatch.objects.filter(doc_number=number).first()
        return AdjustmentLine(batch=batch or AdjustmentBatch(doc_number=number))

    def skip_row(self, instance: AdjustmentLine, original: AdjustmentLine, row: dict, import_validation_errors=None):
        return bool(instance.pk) and not import_validation_errors

    def do_instance_save(self, instance: AdjustmentLine, is_create: bool) -> None:
        """Lines wait until all have been read, so that a batch is applied, and audited, once."""
        batch = instance.batch
        if not batch.pk:
            batch.kind = instance.action
            batch.save()
        self.collected[batch].append(instance)

    def after_import(self, dataset: Dataset, result: Result, **kwargs: object) -> None:
        """Earlier batches first: what one gave another may take back. Not on top of a refused row."""
        if result.has_errors() or result.has_validation_errors():
            return
        for batch in sorted(self.collected, key=lambda batch: (batch.decided_on, batch.pk)):
            try:
                apply_batch(batch, self.collected[batch], by=self.by)
            except ValidationError as error:
                raise ValueError(error.messages[0]) from error

    def _differences(self, before: Any, after: Any) -> Iterable[tuple[str, str, str]]:
        return ()
