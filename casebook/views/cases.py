from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from casebook.library import Library
from casebook.models import Case
from casebook.pages import card, case_context, crumbs
from casebook.permissions import can_read, can_see_case

CASES_A_PAGE = 12


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
    }
    return render(request, "casebook/case_list.html", context)


def case_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One case. What is not public is 404 for the public, what was taken down 410; who works on it sees it, marked."""
    cases = Case.objects.select_related("domain", "street").prefetch_related("case_items__item").with_standing()
    case = get_object_or_404(cases, slug=slug)
    if case.withdrawn_at and not can_see_case(request.user, case):
        return render(request, "casebook/withdrawn.html", {"crumbs": crumbs(), "case_no": case.case_no}, status=410)
    if not can_read(request.user, case):
        raise Http404("没有这个案例")
    return render(request, "casebook/case.html", {**case_context(case), "crumbs": crumbs()})
