"""Search results in the shape of the site's components (content/templates/components)."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from search.engines.base import STATUSES, Filters, Hit, SearchDocument
from search.fields import DEPARTMENT, FieldTerm, choose
from search.finding import Found
from search.highlight import highlighted, snippet
from search.intents import CONTACT
from search.query import QueryPlan

KINDS = {"item": "事项", "article": "条文", "case": "案例", "form": "文书", "document": "法规与文件"}
# Kinds whose documents have a day: a law the day its text came into force, a case its decision.
DATED = ("article", "case", "document")
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


def shown_hits(hits: Iterable[Hit], words: Iterable[str], on: date, query: QueryDict) -> list[dict[str, Any]]:
    """The same of a list, with the link to what stays folded behind a hit: the search inside its law."""
    return [{**shown_hit(hit, words, on), "more": _folded(hit, query)} for hit in hits]


def _folded(hit: Hit, query: QueryDict) -> dict[str, Any] | None:
    if not hit.folded:
        return None
    document = hit.document
    return {"count": hit.folded, "law": _law_of(document), "url": address(query, kind=document.kind, law=document.law)}


def _law_of(document: SearchDocument) -> str:
    """The name of the law an article belongs to: its path begins with it."""
    return document.path.partition(" > ")[0]


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


def chosen_law(found: Found, filters: Filters, query: QueryDict) -> list[dict[str, str]]:
    """The law searched in, named by what is found there, with the link that lifts it."""
    if not filters.law:
        return []
    articles = (hit.document for hit in found.results.hits if hit.document.kind == "article")
    return [{"words": next(map(_law_of, articles), "同一法规"), "url": address(query, law="")}]


def sorting(kind: str, by_date: bool, query: QueryDict) -> list[dict[str, Any]]:
    """For the choice above a list of one kind; empty where nothing has a date."""
    choices = (("按相关度", "", not by_date), ("按日期", "date", by_date))
    return [
        {"words": words, "url": address(query, sort=sort), "active": active}
        for words, sort, active in choices
        if kind in DATED
    ]


def narrowing_words(filters: Filters) -> list[str]:
    """What narrows, in words: 案例, 市容环境."""
    return [label_of(name, value) for name in FACET_LABELS if (value := getattr(filters, name))]


def contact_hint(found: Found, departments: Mapping[str, int]) -> dict[str, str] | None:
    """For components/notice.html, when the query asks whom to call.

    A department that is named (城管) leads to its items, other words to the best item, whose page names
    the instructor. `departments`: name -> primary key.
    """
    if CONTACT not in found.plan.intents:
        return None
    named = choose(FieldTerm(DEPARTMENT, found.plan.text, 0, 0), departments).value
    if named and found.plan.text:
        url = f"{reverse('kb:items')}?{urlencode({'department': departments[named]})}"
        return _hint(f"{named}的业务指导员和电话在各事项页。", url, "打开该部门的事项")
    items = next((group.results.hits for group in found.groups if group.kind == "item"), ())
    return _hint(f"见事项页：{items[0].document.title}", items[0].document.url, "打开事项") if items else None


def _hint(text: str, url: str, action: str) -> dict[str, str]:
    return {"title": "业务指导员和电话", "text": text, "url": url, "action": action}


def unknown_number(found: Found) -> str:
    """What to say when a document number was typed that none of the documents found carries."""
    asked = [key for key in found.plan.exact if key.startswith("no:")]
    hits = [*found.results.hits, *(hit for group in found.groups for hit in group.results.hits)]
    if not asked or any(key in hit.document.exact for hit in hits for key in asked):
        return ""
    return f"没有文号为“{asked[0].removeprefix('no:')}”的文件"


def routing_cards(plan: QueryPlan) -> list[dict[str, str]]:
    """For components/notice.html: whose power it is when it is not a street's."""
    return [
        {"title": f"“{row.colloquial}”可能不属于街道职权", "text": row.note or f"法定用语：{row.statutory}"}
        for row in plan.cards
    ]
