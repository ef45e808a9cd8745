"""Search results in the shape of the site's components (content/templates/components)."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.http import QueryDict

from search.engines.base import STATUSES, Filters, Hit, SearchDocument
from search.finding import Found
from search.highlight import highlighted, snippet
from search.intents import CONTACT
from search.query import QueryPlan

KINDS = {"item": "事项", "article": "条文", "case": "案例", "form": "文书", "document": "法规与文件"}
STATUS_WORDS = {"in_force": "现行有效", "pending": "尚未施行", "repealed": "已废止或依据已变更"}
FACET_LABELS = {"kind": "类别", "domain": "领域", "department": "部门", "level": "效力级别", "status": "时效"}


def shown_hit(hit: Hit, words: Iterable[str], on: date) -> dict[str, Any]:
    """For components/hit.html."""
    document = hit.document
    return {
        "title": document.title,
        "title_html": highlighted(document.title, words),
        "url": document.url,
        "kind": KINDS[document.kind],
        "code": _status_code(document, on),
        "badges": _badges(document, on),
        "path": [step for step in document.path.split(" > ") if step],
        "snippet": snippet(document.body, words),
    }


def _status_code(document: SearchDocument, on: date) -> str:
    """A badge only where the reader must beware: what is in force carries none."""
    if document.kind not in ("article", "document"):
        return ""
    status = document.status(on)
    if status != "in_force":
        return status
    return "unverified" if document.unverified else ""


def _badges(document: SearchDocument, on: date) -> list[dict[str, str]]:
    if document.kind == "case" and document.status(on) != "in_force":
        return [{"words": "依据已变更", "tone": "warn"}]
    if document.kind in ("item", "form") and document.unverified:
        return [{"words": "待核", "tone": "open"}]
    return []


def shown_facets(counts: Mapping[str, Mapping[str, int]], filters: Filters, query: QueryDict) -> list[dict[str, Any]]:
    """For components/facet_group.html; a facet with nothing to choose is left out."""
    facets = [_facet(name, counts.get(name, {}), getattr(filters, name), query) for name in FACET_LABELS]
    return [facet for facet in facets if len(facet["choices"]) > 1 or facet["clear_url"]]


def _facet(name: str, counts: Mapping[str, int], chosen: str, query: QueryDict) -> dict[str, Any]:
    values = sorted(counts, key=lambda value: _order(name, value, counts))
    return {
        "label": FACET_LABELS[name],
        "clear_url": address(query, **{name: ""}) if chosen else "",
        "choices": [
            {
                "label": label_of(name, value),
                "count": counts[value],
                "url": address(query, **{name: "" if value == chosen else value}),
                "active": value == chosen,
            }
            for value in values
        ],
    }


def _order(name: str, value: str, counts: Mapping[str, int]) -> tuple[int, str]:
    """Kinds and statuses in their own order, values of the other facets by their counts."""
    fixed = {"kind": tuple(KINDS), "status": STATUSES}.get(name)
    return (fixed.index(value), "") if fixed else (-counts[value], value)


def label_of(name: str, value: str) -> str:
    return {"kind": KINDS, "status": STATUS_WORDS}.get(name, {}).get(value, value)


def address(query: QueryDict, **changes: str) -> str:
    """This page with other parameters, back on its first page; an empty value takes one away."""
    changed = query.copy()
    changed.pop("page", None)
    for name, value in changes.items():
        changed.pop(name, None)
        if value:
            changed[name] = value
    return f"?{changed.urlencode()}"


def chosen_filters(filters: Filters, query: QueryDict) -> list[dict[str, str]]:
    """What narrows the results now, each with the link that lifts it."""
    pairs = ((name, getattr(filters, name)) for name in FACET_LABELS)
    return [{"words": label_of(name, value), "url": address(query, **{name: ""})} for name, value in pairs if value]


def narrowing_words(filters: Filters) -> list[str]:
    """What narrows, in words: 案例, 市容环境."""
    return [label_of(name, value) for name in FACET_LABELS if (value := getattr(filters, name))]


def contact_hint(found: Found) -> dict[str, str] | None:
    """For components/notice.html, when the query asks whom to call: the best item names its instructor."""
    items = next((group.results.hits for group in found.groups if group.kind == "item"), ())
    if CONTACT not in found.plan.intents or not items:
        return None
    item = items[0].document
    return {"title": "业务指导员和电话", "text": f"见事项页：{item.title}", "url": item.url}


def routing_cards(plan: QueryPlan) -> list[dict[str, str]]:
    """For components/notice.html: whose power it is when it is not a street's."""
    return [
        {"title": f"“{row.colloquial}”可能不属于街道职权", "text": row.note or f"法定用语：{row.statutory}"}
        for row in plan.cards
    ]
