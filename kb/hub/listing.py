"""The list of items: what was asked, what fits, and how many of each kind.

Every facet counts over what the other filters leave, so that a count says what a click would give.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.utils import timezone

from kb.models import Domain, PowerItem
from people.models import Unit

TAGS = {"frequent": "高频", "difficult": "疑难", "review": "待核"}


@dataclass(frozen=True)
class Filters:
    """What the address asks for. Anything it asks that does not exist is left out."""

    text: str = ""
    domain: str = ""
    department: str = ""
    power_type: str = ""
    kind: str = ""
    tag: str = ""
    street: Unit | None = None
    on: dt.date | None = None

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "Filters":
        number = query.get("street", "")
        street = Unit.objects.streets().filter(pk=number).first() if number.isdecimal() else None
        return cls(
            text=query.get("q", "").strip()[:60],
            domain=query.get("domain", ""),
            department=query.get("department", ""),
            power_type=_known(query.get("type", ""), PowerItem.PowerType.values),
            kind=_known(query.get("kind", ""), PowerItem.Kind.values),
            tag=_known(query.get("tag", ""), list(TAGS)),
            street=street,
            on=parsed_day(query.get("on", "")),
        )

    @property
    def day(self) -> dt.date:
        return self.on or timezone.localdate()

    def as_query(self, **changed: str) -> str:
        """The query string, with some parts changed (an empty value takes a part away)."""
        parts = {
            "q": self.text,
            "domain": self.domain,
            "department": self.department,
            "type": self.power_type,
            "kind": self.kind,
            "tag": self.tag,
            "street": str(self.street.pk) if self.street else "",
            "on": self.on.isoformat() if self.on else "",
        } | changed
        return urlencode({name: value for name, value in parts.items() if value})


@dataclass(frozen=True)
class Row:
    """What the facets need to know of one item."""

    pk: int
    domain: str
    department: str
    power_type: str
    kind: str
    tags: frozenset[str]


@dataclass
class Choice:
    label: str
    count: int
    url: str
    active: bool


@dataclass
class Facet:
    label: str
    choices: list[Choice]
    clear_url: str = ""


@dataclass
class Listing:
    """The items that fit (by domain, then by code) and the facets beside them."""

    filters: Filters
    items: QuerySet
    facets: list[Facet] = field(default_factory=list)


FITS: dict[str, Callable[[Row, str], bool]] = {
    "domain": lambda row, value: row.domain == value,
    "department": lambda row, value: row.department == value,
    "power_type": lambda row, value: row.power_type == value,
    "kind": lambda row, value: row.kind == value,
    "tag": lambda row, value: value in row.tags,
}
PARAMETERS = {"power_type": "type"}


def parsed_day(text: str) -> dt.date | None:
    """A day from an address or a form; None when it is none."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def listing(filters: Filters) -> Listing:
    """One query for the counts, one for the names of domains and departments; the items stay lazy."""
    rows = _rows(filters)
    wanted = [row.pk for row in rows if _fits(row, filters)]
    items = PowerItem.objects.for_lists().filter(pk__in=wanted).order_by("domain__sort_order", "code")
    return Listing(filters, items, _facets(filters, rows))


def _known(value: str, values: list[str]) -> str:
    return value if value in values else ""


def _rows(filters: Filters) -> list[Row]:
    found = PowerItem.objects.all()
    if filters.street or filters.on:
        found = found.assigned(filters.day, filters.street)
    for word in filters.text.split():
        texts = ("name", "short_name", "code", "basis_text", "other_codes__code")
        found = found.filter(pk__in=_containing(word, texts))
    columns = ("pk", "domain__slug", "department_id", "power_type", "kind")
    flags = ("is_frequent", "is_difficult", "needs_review")
    return [
        Row(
            pk,
            domain,
            str(department),
            power_type,
            kind,
            frozenset(t for t, on in zip(TAGS, on_off, strict=True) if on),
        )
        for pk, domain, department, power_type, kind, *on_off in found.order_by().values_list(*columns, *flags)
    ]


def _containing(word: str, texts: tuple[str, ...]) -> QuerySet:
    condition = Q()
    for text in texts:
        condition |= Q(**{f"{text}__icontains": word})
    return PowerItem.objects.filter(condition).values("pk")


def _fits(row: Row, filters: Filters, without: str = "") -> bool:
    return all(
        fits(row, getattr(filters, name)) for name, fits in FITS.items() if name != without and getattr(filters, name)
    )


def _facets(filters: Filters, rows: list[Row]) -> list[Facet]:
    domains = {d.slug: d.name for d in Domain.objects.all()}
    departments = {str(u.pk): u.name for u in Unit.objects.filter(items__isnull=False).distinct()}
    names = {
        "domain": ("领域", domains, lambda row: [row.domain]),
        "department": ("部门", departments, lambda row: [row.department]),
        "power_type": ("职权类型", dict(PowerItem.PowerType.choices), lambda row: [row.power_type]),
        "kind": ("事项性质", dict(PowerItem.Kind.choices), lambda row: [row.kind]),
        "tag": ("标记", TAGS, lambda row: row.tags),
    }
    facets = [_facet(filters, rows, name, *parts) for name, parts in names.items()]
    return [facet for facet in facets if len(facet.choices) > 1 or facet.clear_url]


def _facet(filters: Filters, rows: list[Row], name: str, label: str, labels: dict[str, str], values) -> Facet:
    chosen = getattr(filters, name)
    parameter = PARAMETERS.get(name, name)
    counts = Counter(value for row in rows if _fits(row, filters, without=name) for value in values(row))
    if chosen in labels:
        counts.setdefault(chosen, 0)
    choices = [
        Choice(
            labels[value],
            count,
            "?" + filters.as_query(**{parameter: "" if value == chosen else value}),
            value == chosen,
        )
        for value, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        if value in labels
    ]
    choices.sort(key=lambda choice: not choice.active)
    return Facet(label, choices, "?" + filters.as_query(**{parameter: ""}) if chosen else "")
