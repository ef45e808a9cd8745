"""A question as a candidate will see it, by the very templates of the exam."""

from collections.abc import Iterator
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from exams.content import Content
from exams.models import SittingItem
from exams.sittings.shown import Block, ShownItem, ShownSection, shown_item

ONE_MARK = Decimal(1)


def shown(request: HttpRequest, content: Content) -> HttpResponse:
    """The page; it holds no key and no explanation, as the exam's does not."""
    block = Block(content.stem if content.is_group else "", tuple(_items(content)))
    section = ShownSection(content.kind.label, "按原有选项顺序，未打乱", (block,))
    return render(request, "exams/bank/preview.html", {"sections": [section]})


def _items(content: Content) -> Iterator[ShownItem]:
    for number, part in enumerate(content.parts, 1):
        item = SittingItem(order_no=number, kind=part.kind, option_order=part.letters, full_marks=ONE_MARK)
        yield shown_item(item, part)
