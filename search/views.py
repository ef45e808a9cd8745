"""The search page and the suggestions under the box. Readable by anybody, whole without scripts."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from people.models import Unit
from search.answers import Answer, answer_for
from search.chinese import fold, short_law_name
from search.engines.base import Filters
from search.explaining import explained
from search.finding import DEEPEST, PAGE_SIZE, Found, find, find_best
from search.forms import ClickForm, SearchForm
from search.intents import CONTACT
from search.keeping import keeping
from search.permissions import can_see_explanation
from search.presenting import (
    KINDS,
    address,
    chosen_filters,
    chosen_law,
    contact_hint,
    routing_cards,
    shown_facets,
    shown_hits,
    sorting,
    unknown_number,
)
from search.query import LONGEST_QUERY
from search.querylog import note_asked, note_clicked
from search.vocabulary import lexicon

SUGGESTIONS = 8
SHORTEST_SUGGESTED = 2


def search(request: HttpRequest) -> HttpResponse:
    """`?q=` with kind, domain, department, level, law, status, on, sort, page; a bare citation goes to the provision.

    `stay=1` shows the results of a citation instead; `exactly=1` corrects no wrong characters.
    """
    form = SearchForm(request.GET)
    query, filters, page = form.query, form.filters(), form.page_number
    found = find(query, filters, page=page, literal=bool(request.GET.get("exactly")), by_date=form.by_date)
    if found.beyond_last_page:
        return redirect(request.path + address(request.GET))
    if page == 1 and not (filters.terms() or filters.status or found.plan.jump):
        note_asked(found)
    answer = answer_for(found.plan, filters.on)
    if found.plan.jump and answer and answer.lines and not request.GET.get("stay"):
        return _jump(request, answer, found)
    return render(request, "search/search.html", _context(request, query, filters, found, answer))


# Counts only, and only of what was asked today: without a cookie there is nothing to forge for anybody.
@csrf_exempt
@require_POST
def clicked(request: HttpRequest) -> HttpResponse:
    """A result of the query `q` was opened: of which `kind`, at which `rank` of the page; the site's script says so."""
    form = ClickForm(request.POST)
    if form.is_valid():
        note_clicked(fold(form.cleaned_data["q"]), form.cleaned_data["kind"], form.cleaned_data["rank"])
    return HttpResponse(status=204)


def suggest(request: HttpRequest) -> HttpResponse:
    """The list under the box, for components/suggestions.html."""
    query = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    hits = find_best(query, Filters(on=timezone.localdate()), limit=SUGGESTIONS) if _suggestible(query) else None
    suggestions = [
        {"title": hit.document.title, "url": hit.document.url, "kind": KINDS[hit.document.kind]}
        for hit in (hits.results.hits if hits else ())
    ]
    return render(request, "components/suggestions.html", {"suggestions": suggestions})


def _suggestible(query: str) -> bool:
    return len(query) >= SHORTEST_SUGGESTED


def _jump(request: HttpRequest, answer: Answer, found: Found) -> HttpResponse:
    read_as = f"没有找到所写的内容，已按“{found.corrected}”查找，" if found.corrected else "已按引文"
    messages.info(request, f"{read_as}直达{answer.title}。")
    return redirect(answer.url)


def _context(request: HttpRequest, query: str, filters: Filters, found: Found, answer: Answer | None) -> dict[str, Any]:
    words, on = found.plan.marked, filters.on
    return {
        "query": query,
        "found": found,
        "answer": answer,
        "cards": routing_cards(found.plan),
        "contact": contact_hint(found, _departments(found)),
        "unknown_number": unknown_number(found) if filters.kind == "" else "",
        "offered": [{"words": words, "url": address(request.GET, q=words)} for words in found.offered],
        "literal_url": address(request.GET, exactly="1"),
        "chosen_kind": filters.kind,
        "kind_label": KINDS.get(filters.kind, ""),
        "groups": [
            {
                "kind": group.kind,
                "label": KINDS[group.kind],
                "hits": shown_hits(group.results.hits, words, on, request.GET),
                "total": group.results.total,
                "more_url": address(request.GET, kind=group.kind),
            }
            for group in found.groups
        ],
        "hits": shown_hits(found.results.hits, words, on, request.GET),
        "sorting": sorting(filters.kind, SearchForm(request.GET).by_date, request.GET),
        "page_obj": _page(found, request),
        "facets": shown_facets(found.facets, filters, request.GET),
        "chosen": [*chosen_law(found, filters, request.GET), *chosen_filters(filters, request.GET)],
        "keeping": keeping(request, found, query, filters),
        "explanation": _explanation(found) if can_see_explanation(request.user) else None,
    }


def _explanation(found: Found) -> dict[str, Any]:
    hits = [*found.results.hits, *(hit for group in found.groups for hit in group.results.hits)]
    return explained(found.plan, hits, {law.key: short_law_name(law.name) for law in lexicon().laws.values()})


def _departments(found: Found) -> dict[str, int]:
    """Departments with items, read only when somebody asks whom to call."""
    if CONTACT not in found.plan.intents:
        return {}
    return dict(Unit.objects.filter(items__isnull=False).distinct().values_list("name", "pk"))


def _page(found: Found, request: HttpRequest):
    return Paginator(range(min(found.results.places, DEEPEST)), PAGE_SIZE).get_page(request.GET.get("page"))
