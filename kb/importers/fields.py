"""Cells that name something of the knowledge base."""

from kb.models import PowerItem
from people.importing.cells import CodeCell, RowCell


class ItemCell(RowCell):
    """A power item by its code."""

    def __init__(self) -> None:
        super().__init__(PowerItem.objects.all, lambda item: (item.code,), "事项", "请填写 16 位事项编码")

    def normalise(self, value: object) -> str:
        return CodeCell().normalise(value)
