"""The list of cards, a card's page with its chain and events, issuing and putting right."""

import datetime as dt
from collections.abc import Callable

import django_filters
from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import CreateView, EditView, InspectView
from wagtail.admin.widgets import AdminDateInput

from people.actions.cards import correct_card, issue_card, verbs_for
from people.card_admin.steps import STEPS
from people.card_facts import chain_of
from people.cards import SOON, VERY_SOON
from people.lists import PlainIndexView, PlainViewSet
from people.models import Card, CardIssuer, Officer, Unit
from people.officer_chooser import officer_chooser
from people.permissions import can_manage_cards

# What upper apps have to say when a person gets a card: functions (officer, day) -> a sentence or "".
WARNINGS = "card_warnings"
EXPIRING = [(str(days), f"{days} 天内") for days in (VERY_SOON, SOON)]
DAY = {"issued_on": AdminDateInput, "valid_until": AdminDateInput}


class CardFilterSet(WagtailFilterSet):
    status = django_filters.ChoiceFilter(label="今日状态", choices=Card.Status.choices, method="filter_status")
    unit = django_filters.ModelChoiceFilter(label="单位", field_name="officer__unit", queryset=Unit.objects.all())
    expiring = django_filters.ChoiceFilter(label="即将到期", choices=EXPIRING, method="filter_expiring")

    class Meta:
        model = Card
        fields = ["issuer"]

    def filter_status(self, cards, name: str, value: str):
        return cards.filter(status=value)

    def filter_expiring(self, cards, name: str, value: str):
        return cards.expiring_by(timezone.localdate() + dt.timedelta(days=int(value)))


class CardIndexView(PlainIndexView):
    """Leads to a card's page, where its history and what can be done with it stand."""

    def get_edit_url(self, instance: Card) -> str | None:
        return self.get_inspect_url(instance)


class IssueForm(WagtailAdminModelForm):
    class Meta:
        model = Card
        fields = ["officer", "card_no", "field", "issuer", "issued_on", "valid_until"]
        widgets = DAY | {"officer": officer_chooser.widget_class}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["valid_until"].required = False
        self.fields["valid_until"].help_text = "不填则按发证机关的有效期计算"
        self.fields["issued_on"].initial = timezone.localdate()


class CorrectForm(WagtailAdminModelForm):
    reason = forms.CharField(label="更正的理由", max_length=200, help_text="更正前后的内容都记入操作记录")

    class Meta:
        model = Card
        fields = ["card_no", "field", "issuer", "issued_on", "valid_until"]
        widgets = DAY


class VerbView:
    """A form whose saving is a verb: what the verb refuses is said on the form."""

    def form_valid(self, form) -> HttpResponse:
        try:
            return super().form_valid(form)  # type: ignore[misc]
        except ValidationError as error:
            form.add_error(None, error)
            self.produced_error_message = "没有保存；请按提示改正。"
            return self.form_invalid(form)  # type: ignore[attr-defined]

    def get_success_url(self) -> str:
        return reverse("card:inspect", args=[self.object.pk])  # type: ignore[attr-defined]


class IssueView(VerbView, CreateView):
    page_title = submit_button_label = "发证"
    submit_button_active_label = "正在发证……"

    def save_instance(self) -> Card:
        card = issue_card(by=self.request.user, **self.form.cleaned_data)
        warn(self.request, card.officer, card.issued_on)
        return card


class CorrectView(VerbView, EditView):
    page_title = "更正"

    def save_instance(self) -> Card:
        values = dict(self.form.cleaned_data)
        correct_card(self.object, by=self.request.user, reason=values.pop("reason"), **values)
        return self.object


class CardPage(InspectView):
    """`/admin/card/inspect/<pk>/`: facts, the chain, what happened, and what can be done now."""

    page_title = "执法证"

    def get_fields_context(self) -> list:
        """The template says it all. (A column named `field` would also meet `get_field_display_value`.)"""
        return []

    def get_context_data(self, **kwargs) -> dict:
        card, today = self.object, timezone.localdate()
        chain = chain_of(card, today)
        events = card.events.select_related("recorded_by", "voided_by", "voids").order_by("-happened_on", "-pk")
        may = can_manage_cards(self.request.user)
        state = next(one.status for one in chain if one.pk == card.pk)
        extra = {
            "card": card,
            "state": Card.Status(state),
            "days_left": (card.valid_until - today).days if state == Card.Status.VALID else None,
            "chain": chain if len(chain) > 1 else [],
            "events": events,
            "steps": [STEPS[name] for name in verbs_for(state, card)] if may else [],
            "may": may,
        }
        return super().get_context_data(**kwargs) | extra


class CardViewSet(PlainViewSet):
    model = Card
    icon = "tag"
    menu_label = "执法证"
    search_fields = ["card_no", "officer__name", "officer__staff_no"]
    filterset_class = CardFilterSet
    index_view_class = CardIndexView
    add_view_class = IssueView
    edit_view_class = CorrectView
    inspect_view_class = CardPage
    inspect_view_enabled = True
    inspect_template_name = "people/admin/card.html"
    list_display = [
        TitleColumn("card_no", label="证号", url_name="card:inspect", sort_key="card_no"),
        Column("officer", label="持证人", accessor="officer.name", sort_key="officer__name"),
        Column("unit", label="单位", accessor="officer.unit", sort_key="officer__unit__sort_order"),
        Column("issuer", label="发证机关"),
        Column("issued_on", label="发证日期", sort_key="issued_on"),
        Column("valid_until", label="有效期至", sort_key="valid_until"),
        Column("status", label="今日状态", accessor="status_label"),
    ]
    list_export = [
        "card_no", "officer.staff_no", "officer.name", "officer.unit", "field", "issuer", "issued_on", "valid_until",
        "status_label", "renews",
    ]  # fmt: skip
    export_headings = {
        "officer.staff_no": "人员编号",
        "officer.name": "姓名",
        "officer.unit": "单位",
        "status_label": "状态",
    }
    export_filename = "执法证"

    def get_queryset(self, request):
        cards = Card.objects.with_status(timezone.localdate())
        return cards.select_related("officer__unit", "issuer", "renews")

    def get_form_class(self, for_update: bool = False):
        return CorrectForm if for_update else IssueForm

    def get_edit_handler(self):
        return None


class CardIssuerViewSet(PlainViewSet):
    model = CardIssuer
    icon = "site"
    menu_label = "发证机关"
    search_fields = ["name"]
    list_display = ["name", Column("valid_years", label="有效期（年）", sort_key="valid_years")]
    form_fields = ["name", "valid_years"]


def warn(request, officer: Officer, on: dt.date) -> None:
    """Shows what upper apps want whoever issues a card to know; nothing is refused for it."""
    tellers: list[Callable[[Officer, dt.date], str]] = hooks.get_hooks(WARNINGS)
    for text in filter(None, (tell(officer, on) for tell in tellers)):
        messages.warning(request, text)
