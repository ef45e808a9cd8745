"""What can be done with a card: one page each that says what it means, and asks for day and reason."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from wagtail.admin.widgets import AdminDateInput

from people.actions.cards import (
    renew_card,
    report_lost,
    resume_card,
    revoke_card,
    suspend_card,
    void_event,
)
from people.models import Card, CardEvent, CardIssuer, User
from people.permissions import can_manage_cards, require


@dataclass(frozen=True)
class Step:
    """One verb as people take it."""

    name: str
    label: str
    meaning: str
    day_label: str = "从哪一天起"
    act: Callable[..., CardEvent] | None = None
    serious: bool = False


STEPS = {
    step.name: step
    for step in (
        Step("suspended", "暂扣", "从这一天起证件不能使用，不计入持证人数，直到发还。", act=suspend_card),
        Step("resumed", "发还", "从这一天起证件恢复有效。", act=resume_card),
        Step("renewed", "换发", "新证从发证日期起有效，原证同日转为“已换发”，两证连成一条换发记录。", "新证发证日期"),
        Step("lost", "声明遗失", "从这一天起证件作废；找到后也不恢复。可以接着补办。", "遗失日期", report_lost, True),
        Step("reissued", "补办", "发给新的证号；原证仍为“遗失作废”。有效期不填则与原证相同。", "新证发证日期"),
        Step(
            "revoked",
            "收回注销",
            "从这一天起证件作废，不能恢复；已经换发但尚未生效的新证一并作废。",
            act=revoke_card,
            serious=True,
        ),
    )
}


class StepForm(forms.Form):
    """A day and a reason."""

    on = forms.DateField(label="日期", widget=AdminDateInput)
    reason = forms.CharField(label="理由", max_length=200, widget=forms.TextInput)

    def __init__(self, *args, step: Step, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].label = step.day_label
        self.fields["on"].initial = timezone.localdate()


class NewCardForm(StepForm):
    """The same, and what the new card says."""

    card_no = forms.CharField(label="新证号", max_length=30)
    issuer = forms.ModelChoiceField(CardIssuer.objects.all(), label="发证机关", required=False)
    valid_until = forms.DateField(label="有效期至", required=False, widget=AdminDateInput)

    field_order = ["card_no", "issuer", "on", "valid_until", "reason"]

    def __init__(self, *args, step: Step, card: Card, **kwargs) -> None:
        super().__init__(*args, step=step, **kwargs)
        self.fields["issuer"].initial = card.issuer_id
        self.fields["valid_until"].help_text = "不填则按发证机关的有效期计算"
        self.fields["reason"].initial = "到期换发" if step.name == "renewed" else "遗失补办"


def take_step(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """`/admin/cards/<pk>/<step>/`: asks on GET, acts on POST; what does not fit is said on the form."""
    require(can_manage_cards(request.user), "登记执法证")
    if name not in STEPS:
        raise Http404
    step = STEPS[name]
    card = get_object_or_404(Card.objects.select_related("officer__unit", "issuer"), pk=pk)
    form = _form(step, card, request.POST or None)
    if form.is_valid():
        try:
            done = _take(step, card, form.cleaned_data, cast(User, request.user))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"{card.officer.name}的执法证 {card}：已登记{step.label}。")
            return redirect("card:inspect", done.pk)
    return _page(request, card, form, step)


def void(request: HttpRequest, pk: int) -> HttpResponse:
    """`/admin/cards/events/<pk>/void/`: takes an entry back that was made in error."""
    require(can_manage_cards(request.user), "撤销执法证登记")
    event = get_object_or_404(CardEvent.objects.select_related("card__officer__unit"), pk=pk)
    said = f"{event.happened_on:%Y年%-m月%-d日}「{event.get_kind_display()}」"
    step = Step("voided", "撤销登记", f"撤销{said}这条登记，如同没有发生；原记录和撤销记录都会保留。", serious=True)
    form = StepForm(request.POST or None, step=step)
    del form.fields["on"]
    if form.is_valid():
        try:
            void_event(event, form.cleaned_data["reason"], by=cast(User, request.user))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"已撤销{said}的登记。")
            return redirect("card:inspect", event.card_id)
    return _page(request, event.card, form, step)


def _form(step: Step, card: Card, data) -> StepForm:
    if step.act is None:
        return NewCardForm(data, step=step, card=card)
    return StepForm(data, step=step)


def _take(step: Step, card: Card, said: dict, by: User) -> Card:
    """The card whose page is shown afterwards."""
    if step.act is not None:
        step.act(card, said["on"], said["reason"], by=by)
        return card
    new = {name: said[name] for name in ("card_no", "issuer", "valid_until", "reason")}
    return renew_card(card, issued_on=said["on"], by=by, **new)


def _page(request: HttpRequest, card: Card, form: forms.Form, step: Step) -> HttpResponse:
    state = Card.Status(card.state_on(timezone.localdate()))
    context = {"card": card, "form": form, "step": step, "state": state, "is_void": step.name == "voided"}
    return render(request, "people/admin/card_step.html", context)


urlpatterns = [
    path("cards/events/<int:pk>/void/", void, name="card_void"),
    path("cards/<int:pk>/<slug:name>/", take_step, name="card_step"),
]
