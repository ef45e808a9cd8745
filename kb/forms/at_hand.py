"""The forms on an item page: those of its procedures, the frequent ones first at hand."""

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse

from kb.models import FormTemplate, PowerItem

MOST = 8


@dataclass(frozen=True)
class AtHand:
    """`shown` in the order of use; `total` is how many the item's procedures have."""

    shown: list[FormTemplate]
    total: int
    url: str

    def __bool__(self) -> bool:
        return bool(self.shown)


def forms_at_hand(item: PowerItem, on: dt.date) -> AtHand:
    """The forms for an item on a day; one query."""
    columns = ("code", "name", "is_frequent", "sort_order", "valid_from", "valid_to")
    forms = list(FormTemplate.objects.for_item(item, on).only(*columns))
    frequent = [form for form in forms if form.is_frequent] or forms
    return AtHand(frequent[:MOST], len(forms), f"{reverse('kb:forms')}?item={item.code}")
