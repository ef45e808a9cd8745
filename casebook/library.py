"""The case library's list: which cases the address asks for, and the facets beside them.

Each facet counts with the other facets applied, so that a number says what a click would give.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, TextChoices
from django.http import QueryDict

from casebook.models import Case
from casebook.models.case import TAG_LABELS
from casebook.models.queries import CaseQuerySet
from kb.citations.standard import written_key
from kb.models import PowerItem, Regulation

Choice = tuple[str, str, int]  # value, label, how many
LAW_CURRENT, LAW_CHANGED = "current", "changed"


@dataclass(frozen=True)
class Facet:
    """One group of choices: how a value narrows the list, and what there is to choose."""

    name: str
    label: str
    narrow: Callable[[CaseQuerySet, str], CaseQuerySet]
    choices: Callable[[CaseQuerySet], Iterable[Choice]]


def _by_choices(field: str, labels: type[TextChoices]) -> Callable[[CaseQuerySet], Iterable[Choice]]:
    """Counts by a field with choices, in the order of the choices."""

    def choices(cases: CaseQuerySet) -> Iterable[Choice]:
        counts = dict(cases.order_by().values_list(field).annotate(n=Count("pk")))
        return [(choice.value, str(choice.label), counts[choice.value]) for choice in labels if choice.value in counts]

    return choices


def _domains(cases: CaseQuerySet) -> Iterable[Choice]:
    rows = cases.order_by().values_list("domain__slug", "domain__name").annotate(n=Count("pk"))
    return sorted(rows, key=lambda row: (-row[2], row[1]))


def _years(cases: CaseQuerySet) -> Iterable[Choice]:
    rows = cases.order_by().filter(decided_on__isnull=False).values_list("decided_on__year").annotate(n=Count("pk"))
    return [(str(year), f"{year}年", n) for year, n in sorted(rows, reverse=True)]


def _tags(cases: CaseQuerySet) -> Iterable[Choice]:
    counts = cases.order_by().aggregate(**{tag: Count("pk", filter=Q(**{f: True})) for tag, f in Case.TAGS.items()})
    return [(tag, TAG_LABELS[tag], n) for tag, n in counts.items() if n]


def _law(cases: CaseQuerySet) -> Iterable[Choice]:
    changed, total = cases.order_by().on_changed_law().count(), cases.order_by().count()
    rows = [(LAW_CURRENT, "依据现行有效", total - changed), (LAW_CHANGED, "依据已变更", changed)]
    return [row for row in rows if row[2]]


def _narrow_law(cases: CaseQuerySet, value: str) -> CaseQuerySet:
    return {LAW_CURRENT: cases.on_current_law, LAW_CHANGED: cases.on_changed_law}.get(value, cases.none)()


def _narrow_tag(cases: CaseQuerySet, value: str) -> CaseQuerySet:
    return cases.filter(**{Case.TAGS[value]: True}) if value in Case.TAGS else cases.none()


def _streets(cases: CaseQuerySet) -> Iterable[Choice]:
    """Only streets that may be named."""
    rows = cases.order_by().filter(street_shown=True, street__isnull=False)
    counted = rows.values_list("street_id", "street__name").annotate(n=Count("pk"))
    return [(str(pk), name, n) for pk, name, n in sorted(counted, key=lambda row: (-row[2], row[1]))]


def _narrow_street(cases: CaseQuerySet, value: str) -> CaseQuerySet:
    return cases.filter(street_shown=True, street_id=int(value)) if value.isdecimal() else cases.none()


def _powers(cases: CaseQuerySet) -> Iterable[Choice]:
    rows = cases.order_by().filter(items__isnull=False)
    counted = rows.values_list("items__code", "items__short_name", "items__name").annotate(n=Count("pk", distinct=True))
    ranked = sorted(counted, key=lambda row: (-row[3], row[0]))
    return [(code, short or name, n) for code, short, name, n in ranked]


def _narrow_year(cases: CaseQuerySet, value: str) -> CaseQuerySet:
    return cases.filter(decided_on__year=int(value)) if value.isdecimal() and len(value) == 4 else cases.none()


FACETS = (
    Facet("domain", "领域", lambda cases, value: cases.filter(domain__slug=value), _domains),
    Facet("law", "依据状态", _narrow_law, _law),
    Facet("kind", "案件类型", lambda cases, value: cases.filter(kind=value), _by_choices("kind", Case.Kind)),
    Facet("tag", "标签", _narrow_tag, _tags),
    Facet(
        "procedure",
        "程序",
        lambda cases, value: cases.filter(procedure=value),
        _by_choices("procedure", Case.Procedure),
    ),
    Facet("result", "处理结果", lambda cases, value: cases.filter(result=value), _by_choices("result", Case.Result)),
    Facet(
        "challenge",
        "复议诉讼",
        lambda cases, value: cases.filter(challenge=value),
        _by_choices("challenge", Case.Challenge),
    ),
    Facet("street", "街道", _narrow_street, _streets),
    Facet("power", "事项", lambda cases, value: cases.filter(case_items__item__code=value), _powers),
    Facet("year", "决定年份", _narrow_year, _years),
)


@dataclass(frozen=True)
class Scope:
    """A subject the list is about: an item, or a law or article that the cases cite."""

    label: str
    url: str
    cases: CaseQuerySet


class Library:
    """The public cases that a query string asks for."""

    def __init__(self, query: QueryDict) -> None:
        self.query = query
        self.chosen = {facet.name: str(query[facet.name]) for facet in FACETS if query.get(facet.name)}
        self.scope = _scope(query)
        asked = query.get("item") or query.get("cites")
        everything = Case.objects.none() if asked else Case.objects.published()
        self.base = self.scope.cases if self.scope else everything

    def cases(self) -> CaseQuerySet:
        """What the list shows, newest decision first."""
        return self._narrowed().for_lists()

    def facets(self) -> list[dict[str, Any]]:
        """Values of components/facet_group.html, without groups that offer no choice."""
        shown = (self._facet(facet) for facet in FACETS)
        return [facet for facet in shown if facet["choices"]]

    def address(self, **changes: str) -> str:
        """The query string with some values replaced; an empty value takes the parameter away."""
        query = self.query.copy()
        query.pop("page", None)
        for name, value in changes.items():
            query.pop(name, None)
            if value:
                query[name] = value
        return f"?{query.urlencode()}"

    def _narrowed(self, without: str = "") -> CaseQuerySet:
        cases = self.base
        for facet in FACETS:
            if facet.name in self.chosen and facet.name != without:
                cases = facet.narrow(cases, self.chosen[facet.name])
        return cases

    def _facet(self, facet: Facet) -> dict[str, Any]:
        active = self.chosen.get(facet.name, "")
        choices = [
            {
                "label": label,
                "count": count,
                "active": value == active,
                "url": self.address(**{facet.name: "" if value == active else value}),
            }
            for value, label, count in facet.choices(self._narrowed(without=facet.name))
        ]
        clear = self.address(**{facet.name: ""}) if active else ""
        return {"label": facet.label, "choices": choices, "clear_url": clear}


def _scope(query: QueryDict) -> Scope | None:
    """`?item=<code>`, or `?cites=<law slug>` and `?cites=<law slug>/<article>`."""
    if query.get("item"):
        return _item_scope(str(query["item"]))
    return _law_scope(str(query["cites"])) if query.get("cites") else None


def _item_scope(code: str) -> Scope | None:
    item = PowerItem.objects.filter(code=code).first()
    return (
        Scope(f"事项：{item.label}", item.get_absolute_url(), Case.objects.published().for_item(item)) if item else None
    )


def _law_scope(place: str) -> Scope | None:
    slug, _, article = place.partition("/")
    regulation = Regulation.objects.filter(slug=slug).first()
    if not regulation:
        return None
    cases = Case.objects.published().citing(regulation, article)
    label = f"引用：{regulation.name}" + (f" {written_key(article)}" if article else "")
    return Scope(label, regulation.get_absolute_url(), cases)
