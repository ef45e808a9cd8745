"""The list of regulations: filters, their counts, one page of cards."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Value, When
from django.http import QueryDict

from kb.models import Citation, Domain, Provision, Regulation, RegulationAlias, RegulationVersion
from kb.models.regulation import Level
from kb.models.status import LegalStatus
from kb.validity import valid_on

PAGE = 30
TEXT = {"yes": "有全文", "no": "仅有条旨"}
STATUS_ORDER = [LegalStatus.IN_FORCE, LegalStatus.PENDING, LegalStatus.REPEALED, LegalStatus.UNVERIFIED]
FILTERS = ("level", "status", "domain", "text")


@dataclass(frozen=True)
class Choice:
    label: str
    count: int
    url: str
    active: bool


@dataclass(frozen=True)
class Facet:
    label: str
    choices: list[Choice]
    clear_url: str


@dataclass(frozen=True)
class Catalogue:
    """The list as filtered: facets, a page of regulations with `card` each, and what was asked."""

    facets: list[Facet]
    page: Page
    query: str
    total: int

    @property
    def filtered(self) -> bool:
        return any(facet.clear_url for facet in self.facets) or bool(self.query)


def catalogue(asked: QueryDict, on: dt.date) -> Catalogue:
    """Four queries for the facets and the page, whatever the number of regulations."""
    words = asked.get("q", "").strip()
    rows = list(
        named(words, with_status(Regulation.objects.all(), on)).values_list(
            "pk", "level_code", "status_code", "domain__slug", "text_code"
        )
    )
    chosen = {name: asked.get(name, "") for name in FILTERS}
    names = _names()
    facets = [_facet(asked, name, rows, chosen, names[name]) for name in FILTERS]
    kept = [row[0] for row in rows if _passes(row, chosen)]
    page = Paginator(_Keys(kept), PAGE).get_page(asked.get("page"))
    page.object_list = cards(list(page.object_list), on)
    return Catalogue([f for f in facets if f.choices], page, words, len(rows))


def with_status(regulations: QuerySet, on: dt.date) -> QuerySet:
    """Annotates status_code (as Regulation.status gives it) and text_code; by authority, the most cited first."""
    live = RegulationVersion.objects.filter(regulation=OuterRef("pk"), live=True)
    order = [When(level_code=code, then=Value(at)) for at, code in enumerate(Level.values)]
    return regulations.annotate(
        status_code=Case(
            When(Exists(live.filter(valid_on(on, "effective_from", "effective_to"))), then=Value(LegalStatus.IN_FORCE)),
            When(
                Exists(live.filter(effective_from=None).filter(Q(effective_to=None) | Q(effective_to__gt=on))),
                then=Value(LegalStatus.UNVERIFIED),
            ),
            When(Exists(live.filter(effective_from__lte=on)), then=Value(LegalStatus.REPEALED)),
            When(Exists(live.filter(effective_from__gt=on)), then=Value(LegalStatus.PENDING)),
            default=Value(LegalStatus.UNVERIFIED),
        ),
        text_code=Case(When(Exists(live.filter(has_text=True)), then=Value("yes")), default=Value("no")),
        level_order=Case(*order, default=Value(len(order))),
        times_cited=Count("cited_by", filter=Q(cited_by__status=Citation.Status.RESOLVED)),
    ).order_by("level_order", "-times_cited", "title")


def cards(pks: list[int], on: dt.date) -> list[dict]:
    """What components/law_card.html takes, in the order of the keys. Three queries."""
    works = {work.pk: work for work in Regulation.objects.filter(pk__in=pks).with_versions()}
    shown = {pk: work.current_or_last(on) for pk, work in works.items()}
    counts = _article_counts([version.pk for version in shown.values() if version])
    return [_card(works[pk], shown[pk], counts, on) for pk in pks if pk in works]


def _card(work: Regulation, version: RegulationVersion | None, counts: dict[int, int], on: dt.date) -> dict:
    return {
        "title": work.title,
        "url": work.get_absolute_url(),
        "code": work.status(on).value,
        "level": work.get_level_code_display(),
        "issuer": work.issuers,
        "doc_number": work.doc_number,
        "effective_from": version.effective_from if version else None,
        "articles": counts.get(version.pk, 0) if version else 0,
        "has_text": bool(version and version.has_text),
    }


def _article_counts(versions: list[int]) -> dict[int, int]:
    rows = Provision.objects.filter(version_id__in=versions, kind=Provision.Kind.ARTICLE)
    return dict(rows.order_by().values_list("version_id").annotate(Count("pk")))


def named(words: str, regulations: QuerySet | None = None) -> QuerySet:
    """Title, short title, alias or document number holds each word; 《》 does not count."""
    regulations = Regulation.objects.all() if regulations is None else regulations
    for word in words.replace("《", " ").replace("》", " ").split():
        alias = RegulationAlias.objects.filter(regulation=OuterRef("pk"), name__icontains=word)
        fits = Q(title__icontains=word) | Q(short_title__icontains=word) | Q(doc_number__icontains=word)
        regulations = regulations.filter(fits | Exists(alias))
    return regulations


def _names() -> dict[str, dict[str, str]]:
    """Choices of each filter in their order, code -> words."""
    return {
        "level": dict(Level.choices),
        "status": {status.value: status.label for status in STATUS_ORDER},
        "domain": dict(Domain.objects.values_list("slug", "name")),
        "text": TEXT,
    }


def _passes(row: tuple, chosen: dict[str, str], without: str = "") -> bool:
    values = dict(zip(FILTERS, row[1:], strict=True))
    return all(not wanted or name == without or values[name] == wanted for name, wanted in chosen.items())


def _facet(asked: QueryDict, name: str, rows: list[tuple], chosen: dict[str, str], names: dict[str, str]) -> Facet:
    """Counts under the other filters, so that a choice never leads to an empty list."""
    at = FILTERS.index(name) + 1
    counts = Counter(row[at] for row in rows if _passes(row, chosen, without=name))
    labels = {"level": "效力级别", "status": "时效性", "domain": "领域", "text": "文本"}
    choices = [
        Choice(words, counts[code], _url(asked, name, "" if chosen[name] == code else code), chosen[name] == code)
        for code, words in names.items()
        if counts[code] or chosen[name] == code
    ]
    return Facet(labels[name], choices, _url(asked, name, "") if chosen[name] else "")


def _url(asked: QueryDict, name: str, value: str) -> str:
    query = asked.copy()
    query.pop("page", None)
    query.pop(name, None)
    if value:
        query[name] = value
    return f"?{query.urlencode()}" if query else "?"


class _Keys(list):
    """A list of keys, so that the paginator counts without a query."""

    ordered = True
