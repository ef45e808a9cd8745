"""The lists as Excel: exactly what the page shows."""

import datetime as dt
from collections.abc import Iterable

from kb.assignments import ItemChange, matrix
from kb.importers.power_items import PowerItemResource
from kb.models import PowerItem
from people.importing import workbook

HELD = "√"


def items_sheet(items: Iterable[PowerItem]) -> bytes:
    """Under the headings of the import template, so that the file can be mended and imported again."""
    columns = PowerItemResource().get_import_fields()
    rows = ([column.widget.render(column.get_value(item)) for column in columns] for item in items)
    return workbook([column.column_name for column in columns], rows, "赋权事项")


def changes_sheet(changes: Iterable[ItemChange]) -> bytes:
    """The difference between two days."""
    head = ["变化", "事项编码", "事项名称", "领域", "赋权部门", "街道", "日期", "文号", "说明"]
    rows = (
        [
            change.kind,
            change.item.code,
            change.item.name,
            change.item.domain.name,
            change.item.department.name,
            "、".join(street.name for street in change.streets) or change.streets_text,
            change.on.isoformat(),
            change.batch.doc_number if change.batch else "",
            change.note or (change.batch.reason if change.batch else ""),
        ]
        for change in changes
    )
    return workbook(head, rows, "事项变化")


def matrix_sheet(items: Iterable[PowerItem], on: dt.date) -> bytes:
    """Items down, streets across, a tick where the street holds the item on the day."""
    streets, lines = matrix(items, on)
    head = ["事项编码", "事项名称", "承接街道数", *(street.label for street in streets)]
    rows = (
        [item.code, item.name, len(holders), *(HELD if street.pk in holders else "" for street in streets)]
        for item, holders in lines
    )
    return workbook(head, rows, f"{on.isoformat()} 承接情况")
