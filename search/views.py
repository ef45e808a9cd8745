"""The search page and the suggestions under the box. Readable by anybody, whole without scripts."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from search.answers import Answer, answer_for
from search.chinese import fold
from search.engines.base import STATUSES, Filters
from search.finding import DEEPEST, PAGE_SIZE, Found, find, find_best
from search.permissions import can_see_explanation
from search.presenting import KINDS, address, chosen_filters, contact_hint, routing_cards, shown_facets, shown_hit
from search.query import LONGEST_QUERY
from search.querylog import note_asked, note_clicked

SUGGESTIONS = 8
SHORTEST_SUGGESTED = 2


class SearchForm(forms.Form):
    """Parameters of the address; whatever does not fit counts as not given."""

    q = forms.CharField(required=False)
    kind = forms.ChoiceField(required=False, choices=[(kind, kind) for kind in KINDS])
    domain = forms.CharField(required=False, max_length=60)
    department = forms.CharField(required=False, max_length=80)
    level = forms.CharField(required=False, max_length=40)
    status = forms.ChoiceField(required=False, choices=[(status, status) for status in STATUSES])
    on = forms.DateField(required=False)
    page = forms.IntegerField(required=False, min_value=1, max_value=DEEPEST // PAGE_SIZE)


def search(request: HttpRequest) -> HttpResponse:
    """`?q=` with kind, domain, department, level, status, on, page; a bare citation goes to the provision.

    `stay=1` shows the results of a citation instead; `exactly=1` corrects no wrong characters.
    """
    asked = _asked(request)
    filters = _filters(asked)
    found = find(asked["q"], filters, page=asked["page"], literal=bool(request.GET.get("exactly")))
    if found.beyond_last_page:
        return redirect(request.path + address(request.GET))
    if asked["page"] == 1 and not (filters.terms() or filters.status or found.plan.jump):
        note_asked(found)
    answer = answer_for(found.plan, filters.on)
    if found.plan.jump and answer and answer.lines and not request.GET.get("stay"):
        return _jump(request, answer, found)
    return render(request, "search/search.html", _context(request, asked["q"], filters, found, answer))


# Counts only, and only of what was asked today: without a cookie there is nothing to forge for anybody.
@csrf_exempt
@require_POST
def clicked(request: HttpRequest) -> HttpResponse:
    """A result of the query `q` was opened; the site's script says so."""
    note_clicked(fold(request.POST.get("q", "")[:LONGEST_QUERY]))
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


def _asked(request: HttpRequest) -> dict[str, Any]:
    form = SearchForm(request.GET)
    form.is_valid()
    given = {name: form.cleaned_data.get(name) for name in form.fields}
    return {**given, "q": (given["q"] or "")[:LONGEST_QUERY], "page": given["page"] or 1}


def _filters(asked: dict[str, Any]) -> Filters:
    chosen = {name: asked[name] or "" for name in ("kind", "domain", "department", "level", "status")}
    return Filters(**chosen, on=asked["on"] or timezone.localdate())


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
        "contact": contact_hint(found),
        "offered": [{"words": words, "url": address(request.GET, q=words)} for words in found.offered],
        "literal_url": address(request.GET, exactly="1"),
        "kind_label": KINDS.get(filters.kind, ""),
        "groups": [
            {
                "label": KINDS[group.kind],
                "hits": [shown_hit(hit, words, on) for hit in group.results.hits],
                "total": group.results.total,
                "more_url": address(request.GET, kind=group.kind),
            }
            for group in found.groups
        ],
        "hits": [shown_hit(hit, words, on) for hit in found.results.hits],
        "page_obj": _page(found, request),
        "facets": shown_facets(found.facets, filters, request.GET),
        "chosen": chosen_filters(filters, request.GET),
        "explanation": found.plan.explain() if can_see_explanation(request.user) else None,
    }


def _page(found: Found, request: HttpRequest):
    return Paginator(range(min(found.results.total, DEEPEST)), PAGE_SIZE).get_page(request.GET.get("page"))
