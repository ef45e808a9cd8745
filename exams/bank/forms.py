"""The small form beside a question's text: where it belongs. The text itself is in `typed`."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from exams.models import Question
from kb.models import Domain, PowerItem

DIFFICULTIES = [(1, "1 容易"), (2, "2 较易"), (3, "3 中等"), (4, "4 较难"), (5, "5 难")]
_CODE = re.compile(r"\b[0-9A-Z]{6,16}$")


class Lines(forms.Widget):
    """Several inputs of one name; the template draws them."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        return data.getlist(name) if isinstance(data, QueryDict) else data.get(name, [])


class ItemsField(forms.Field):
    """Power items by code or by name, one a line: `擅自占用道路 420102C01CF01700` as the list offers it."""

    widget = Lines

    def clean(self, value: list[str]) -> list[PowerItem]:
        lines = [line.strip() for line in value or [] if line.strip()]
        found, unknown = [], []
        for line in lines:
            item = _item(line)
            found.append(item) if item else unknown.append(line)
        if unknown:
            raise ValidationError(f"没有这些赋权事项：{'、'.join(unknown)}；请从列表中选择，或者删除。")
        return list(dict.fromkeys(found))


def _item(line: str) -> PowerItem | None:
    code = _CODE.search(line)
    items = PowerItem.objects.filter(code=code[0]) if code else PowerItem.objects.filter(name=line)
    return items.first()


def item_line(item: PowerItem) -> str:
    """How an item stands in its input."""
    return f"{item.label} {item.code}"


class BelongsForm(forms.Form):
    """Domain, items, difficulty and source, which change without a new approval, and a note for the new version."""

    domain = forms.ModelChoiceField(
        label="领域", queryset=Domain.objects.all(), empty_label="请选择", error_messages={"required": "请选择领域。"}
    )
    difficulty = forms.TypedChoiceField(label="难度", coerce=int, choices=DIFFICULTIES, initial=3)
    origin = forms.CharField(
        label="来源", max_length=60, initial="自编", error_messages={"required": "请写明来源，如：自编。"}
    )
    items = ItemsField(label="赋权事项", required=False)
    note = forms.CharField(label="修改说明", max_length=200, required=False)

    def item_lines(self) -> list[str]:
        """The inputs to draw: what is typed, and an empty one."""
        value = self["items"].value() or []
        return [*(line for line in value if line.strip()), ""]

    @property
    def described(self) -> dict[str, Any]:
        """The arguments of the verbs."""
        return {name: self.cleaned_data[name] for name in ("domain", "difficulty", "origin", "items")}


def belongs_form(question: Question | None, data: QueryDict | None) -> BelongsForm:
    if question is None:
        return BelongsForm(data)
    initial = {"domain": question.domain_id, "difficulty": question.difficulty, "origin": question.origin}
    lines = [item_line(item) for item in question.items.all()] if data is None else []
    return BelongsForm(data, initial=initial | {"items": lines})
