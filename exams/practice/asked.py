"""What the page of a question may show before the answer: the values that an exam's page shows, in the bank's order.

They have no key, explanation, basis or correction (`sittings.shown`). The options keep their letters, so that the
explanation may speak of them.
"""

from dataclasses import dataclass
from decimal import Decimal

from exams.content import Content, Kind, Part
from exams.models import SittingItem
from exams.sittings.shown import ShownItem, shown_item

HINTS = {
    Kind.MULTIPLE: "有两个以上正确选项，多选、少选、错选都算错。",
    Kind.DOCUMENT: "请勾出有错误的句子。",
    Kind.SHORT: "写下要点，提交后对照参考答案自评；不计入正确率。",
}


@dataclass(frozen=True)
class AskedPart:
    """One part to answer; its inputs are named `field`."""

    item: ShownItem
    hint: str

    @property
    def number(self) -> int:
        return self.item.order_no

    @property
    def field(self) -> str:
        return f"a{self.number}"

    @property
    def takes_several(self) -> bool:
        return self.item.kind == Kind.MULTIPLE

    @property
    def has_letters(self) -> bool:
        return self.item.kind != Kind.JUDGE


@dataclass(frozen=True)
class Asked:
    """A question to answer. `stem` is the common one of a case group."""

    label: str
    stem: str
    parts: tuple[AskedPart, ...]

    @property
    def is_group(self) -> bool:
        return bool(self.stem)


def asked(content: Content) -> Asked:
    """What may be shown of a question before it is answered."""
    parts = tuple(_part(number, part) for number, part in enumerate(content.parts, 1))
    return Asked(content.kind.label, content.stem if content.is_group else "", parts)


def _part(number: int, part: Part) -> AskedPart:
    item = SittingItem(order_no=number, kind=part.kind.value, option_order=part.letters, full_marks=Decimal(1))
    return AskedPart(shown_item(item, part), HINTS.get(part.kind, ""))
