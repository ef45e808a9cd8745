"""Power items: the list, the item page, the difference between two days, and all of it as Excel."""

import datetime as dt
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from content.downloads import download
from kb.assignments import changes_between
from kb.forms.at_hand import forms_at_hand
from kb.hub.basis import written_parts
from kb.hub.cache import basis_and_related
from kb.hub.costs import costs_of
from kb.hub.holding import adjustments_of, holding_of, instructors_of
from kb.hub.listing import Filters, Listing, listing, parsed_day
from kb.hub.sheets import changes_sheet, items_sheet, matrix_sheet
from kb.hub.steps import first_steps
from kb.models import AdjustmentBatch, ItemCode, PowerItem
from kb.permissions import can_import_items, require
from people.models import Unit

PAGE = 20
ONE_DAY = dt.timedelta(days=1)
PHONE_BAR = [
    {"label": "依据", "url": "#basis"},
    {"label": "证据", "url": "#evidence"},
    {"label": "文书", "url": "#forms"},
    {"label": "案例", "url": "#cases"},
    {"label": "电话", "url": "#people"},
]


@dataclass(frozen=True)
class Card:
    """What the item_card component shows of an item."""

    name: str
    url: str
    code: str
    kind: str
    domain: str
    department: str
    penalty: str
    simple: str
    basis: str
    unverified: bool
    changed: str

    @classmethod
    def of(cls, item: PowerItem) -> "Card":
        parts = written_parts(item.basis_text)
        return cls(
            name=item.name,
            url=item.get_absolute_url(),
            code=item.code,
            kind=item.get_power_type_display(),
            domain=item.domain.name,
            department=item.department.label,
            penalty=item.penalty_summary,
            simple=item.simple_procedure,
            basis=parts[-1].replace("中华人民共和国", "") if parts else "",
            unverified=item.needs_review,
            changed="依据已更新" if item.previous_basis else "",
        )


def items(request: HttpRequest) -> HttpResponse:
    """`/items/`: the list by domain, department, type; with a street or a day, what could be done then."""
    found = listing(Filters.from_query(request.GET))
    page = Paginator(found.items, PAGE).get_page(request.GET.get("page"))
    context = {
        "listing": found,
        "filters": found.filters,
        "page": page,
        "cards": [Card.of(item) for item in page],
        "streets": Unit.objects.streets(),
        "heading": _heading(found),
        "export_url": _with_query(reverse("kb:items_export"), found.filters),
        "can_export_matrix": can_import_items(request.user),
    }
    return render(request, "kb/items.html", context)


def items_export(request: HttpRequest) -> HttpResponse:
    """Exactly the list that the page shows, all pages of it."""
    found = listing(Filters.from_query(request.GET))
    return download(items_sheet(found.items), f"{_heading(found)}.xlsx")


def matrix_export(request: HttpRequest) -> HttpResponse:
    """Items by streets on a day; the bureau's."""
    require(can_import_items(request.user), "导出承接情况总表")
    day = parsed_day(request.GET.get("on", "")) or timezone.localdate()
    return download(matrix_sheet(PowerItem.objects.for_lists(), day), f"事项承接情况 {day.isoformat()}.xlsx")


def item(request: HttpRequest, code: str) -> HttpResponse:
    """`/items/<code>/`: one item, everything an officer asks about it."""
    found = get_object_or_404(_items_with_parts(), code=code.upper())
    filters = Filters.from_query(request.GET)
    street = filters.street or _own_street(request)
    return render(request, "kb/item.html", item_context(found, filters.day, street, dated=bool(filters.on)))


def item_context(item: PowerItem, on: dt.date, street: Unit | None = None, *, dated: bool = False) -> dict:
    """What the item page shows on a day, for the officers of one street or of any."""
    basis, related = basis_and_related(item, on)
    forms = forms_at_hand(item, on)
    return {
        "item": item,
        "on": on,
        "dated": dated,
        "street": street,
        "basis": basis,
        "costs": costs_of(item.penalty_summary),
        "steps": first_steps(item),
        "evidence": _lines(item.evidence),
        "process": _lines(item.process),
        "missing": item.missing_disclosure(),
        "holding": holding_of(item, on, street),
        "instructors": instructors_of(item, on, street),
        "adjustments": adjustments_of(item),
        "related": related,
        "forms": forms,
        "phone_bar": PHONE_BAR if forms else [link for link in PHONE_BAR if link["url"] != "#forms"],
        "crumbs": [
            {"label": "事项", "url": reverse("kb:items")},
            {"label": item.domain.name, "url": f"{reverse('kb:items')}?domain={item.domain.slug}"},
        ],
    }


def item_changes(request: HttpRequest) -> HttpResponse:
    """`/items/changes/?from=&to=&street=`: how the list of one day differs from that of another."""
    before, after, street = _span(request)
    changes = changes_between(before, after, street) if before and after else []
    if request.GET.get("format") == "xlsx":
        return download(changes_sheet(changes), f"事项变化 {before or ''}至{after or ''}.xlsx")
    context = {
        "before": before,
        "after": after,
        "street": street,
        "streets": Unit.objects.streets(),
        "changes": changes,
        "tallies": _tallies(changes),
        "batches": [(batch, batch.decided_on - ONE_DAY) for batch in AdjustmentBatch.objects.all()[:12]],
        "export_url": f"?{request.GET.urlencode()}&format=xlsx",
        "crumbs": [{"label": "事项", "url": reverse("kb:items")}],
    }
    return render(request, "kb/item_changes.html", context)


def _own_street(request: HttpRequest) -> Unit | None:
    """The street of whoever is signed in there: the instructor and the warnings are then its own."""
    unit = request.user.unit if request.user.is_authenticated else None
    return unit if unit and unit.kind == Unit.Kind.STREET else None


def _items_with_parts():
    """An item with its department, sub-items and other codes."""
    codes = Prefetch("other_codes", queryset=ItemCode.objects.order_by("scheme", "code"))
    return PowerItem.objects.for_lists().prefetch_related("sub_items", codes)


def _span(request: HttpRequest) -> tuple[dt.date | None, dt.date | None, Unit | None]:
    """The two days in order (the last adjustment and today by default) and the street."""
    last = AdjustmentBatch.objects.values_list("decided_on", flat=True).first()
    before = parsed_day(request.GET.get("from", "")) or (last - ONE_DAY if last else None)
    after = parsed_day(request.GET.get("to", "")) or timezone.localdate()
    if before and before > after:
        before, after = after, before
    return before, after, Filters.from_query(request.GET).street


def _tallies(changes: list) -> list[tuple[str, int]]:
    kinds = [change.kind for change in changes]
    return [(kind, kinds.count(kind)) for kind in dict.fromkeys(kinds)]


def _heading(found: Listing) -> str:
    """What the list is, in words that also name its Excel file."""
    filters = found.filters
    if not (filters.street or filters.on):
        return "赋权事项"
    day = filters.day
    who = filters.street.name if filters.street else "各街道"
    return f"{who}{day.year}年{day.month}月{day.day}日可行使的事项"


def _with_query(url: str, filters: Filters) -> str:
    query = filters.as_query()
    return f"{url}?{query}" if query else url


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
