"""The public look-up of a card by the exact name of its holder or by its number: name, unit, number, status; no more.

Asked by POST, because names do not belong into addresses and logs; so many times a minute from one address.
"""

import unicodedata
from dataclasses import dataclass

from django import forms
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from people.actions.cards import normal_number
from people.card_facts import TONES
from people.models import Card
from people.throttle import Limit, throttled

LIMIT = Limit(per_minute=20, per_hour=200)
MOST_SHOWN = 50
# The dot inside names of some nationalities, as keyboards write it; the first is the standard one.
DOTS = "·•・‧∙⋅．."
TIPS = (
    "姓名须写全名，与证件上的完全一致，不能只写姓。",
    "证号请照证件填写，包括字母；空格和全角半角不影响。",
    "刚刚发放的证件可能尚未录入；对持证人身份有疑问的，请向区司法局核实。",
)


@dataclass(frozen=True)
class Answer:
    """All that a stranger is told of a card."""

    name: str
    unit: str
    card_no: str
    status: str
    tone: str


class LookUpForm(forms.Form):
    """One field for both."""

    q = forms.CharField(
        label="姓名或证号",
        max_length=60,
        help_text="姓名须与证件上的完全一致",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "请填写姓名或证号。", "max_length": "姓名或证号不超过 60 个字。"},
    )


def find(asked: str) -> list[Answer]:
    """The card of that number, or all cards of people of that name but those that another card has followed."""
    today = timezone.localdate()
    named = Q(officer__name__in=spellings(asked)) & ~Q(status=Card.Status.REPLACED)
    cards = Card.objects.with_status(today).filter(named | Q(card_no=normal_number(asked)))
    cards = cards.select_related("officer__unit").order_by("officer__unit__sort_order", "card_no")
    return [
        Answer(
            card.officer.name, card.officer.unit.name, card.card_no, card.status_label, TONES[Card.Status(card.status)]
        )
        for card in cards[:MOST_SHOWN]
    ]


def spellings(name: str) -> set[str]:
    """A name without blanks, with any of the dots that may stand in it."""
    plain = "".join(unicodedata.normalize("NFKC", name).split())
    parts = "".join(DOTS[0] if mark in DOTS else mark for mark in plain).split(DOTS[0])
    return {dot.join(parts) for dot in DOTS} if len(parts) > 1 else {plain}


@never_cache
@throttled("card_lookup", LIMIT)
def look_up(request: HttpRequest) -> HttpResponse:
    """`/cards/`: the form, and below it what was found."""
    form = LookUpForm(request.POST) if request.method == "POST" else LookUpForm()
    answers = find(form.cleaned_data["q"]) if form.is_bound and form.is_valid() else None
    context = {"form": form, "answers": answers, "on": timezone.localdate(), "tips": TIPS}
    return render(request, "exams/cards/look_up.html", context)
