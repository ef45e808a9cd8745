from typing import Any, cast
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from casebook.addresses import moved_to
from casebook.editions import single
from casebook.library import Library
from casebook.models import Case
from casebook.pages import card, case_context, crumbs
from casebook.permissions import can_read, can_see_case
from content.downloads import WORD, download
from people import audit
from people.models import User

CASES_A_PAGE = 12
# Field terms of the search page that narrow it to a part of a case (search/fields.py).
WITHIN = ("案情", "处理", "说理", "意义")
# The search page is above this app, so it is known by its address.
SEARCH_PAGE = "/search/"


def case_list(request: HttpRequest) -> HttpResponse:
    """The case library: facets beside the list, newest decision first."""
    library = Library(request.GET)
    page = Paginator(library.cases(), CASES_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "cards": [card(case) for case in page],
        "facets": library.facets(),
        "scope": library.scope,
        "scope_clear": library.address(item="", cites=""),
        "list_url": f"{reverse('casebook:library_list')}{library.address()}",
        "within": WITHIN,
    }
    return render(request, "casebook/case_list.html", context)


def case_search(request: HttpRequest) -> HttpResponse:
    """The library's own box: hands the words to the search page, narrowed to cases and to a part of them."""
    words, part = request.GET.get("q", "").strip(), request.GET.get("within", "")
    if not words:
        return redirect("casebook:cases")
    asked = " ".join(f"{part}:{word}" for word in words.split()) if part in WITHIN else words
    return redirect(f"{SEARCH_PAGE}?{urlencode({'q': asked, 'kind': 'case'})}")


def case_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One case. What is not public is 404 for the public, what was taken down 410; who works on it sees it, marked."""
    cases = Case.objects.select_related("domain", "street").prefetch_related("case_items__item").with_standing()
    case = cases.filter(slug=slug).first()
    if case is None:
        return _moved(request, slug)
    if case.withdrawn_at and not can_see_case(request.user, case):
        return render(request, "casebook/withdrawn.html", {"crumbs": crumbs(), "case_no": case.case_no}, status=410)
    if not can_read(request.user, case):
        raise Http404("没有这个案例")
    context = case_context(case)
    kept = _kept(request, case, context["sections"])
    return render(request, "casebook/case.html", {**context, **kept, "crumbs": crumbs()})


def _moved(request: HttpRequest, slug: str) -> HttpResponse:
    """To the case that is meant by its number or by an address of old."""
    meant = moved_to(slug, request.user)
    if meant is None:
        raise Http404("没有这个案例")
    return redirect(meant)


def case_file(request: HttpRequest, slug: str) -> HttpResponse:
    """The case as a Word file, for whoever may read it once it is released; of an internal one a trace is kept."""
    cases = Case.objects.released().select_related("domain", "street").with_standing()
    case = get_object_or_404(cases.prefetch_related("case_items__item", "replacements"), slug=slug)
    if not can_read(request.user, case):
        raise Http404("没有这个案例")
    if not case.is_public:
        audit.record(by=cast(User, request.user), verb="下载内部案例", target=case)
    data = single.case_file(case, timezone.localdate(), request.build_absolute_uri("/").rstrip("/"))
    return download(data, f"{case.case_no} {case}.docx", WORD)


def _kept(request: HttpRequest, case: Case, sections: list[dict[str, Any]]) -> dict[str, Any]:
    """What the person signed in keeps of this case; nothing for others."""
    if not request.user.is_authenticated:
        return {}
    texts = {note.field_name: note.text for note in case.notes.filter(reader=request.user)}
    places = [("", "全文"), *((one["anchor"], one["heading"]) for one in sections if one["heading"])]
    return {
        "reader": request.user,
        "kept": case.favourites.filter(reader=request.user).exists(),
        "notes": [(place, heading, texts[place]) for place, heading in places if place in texts],
        "note_places": places,
    }
