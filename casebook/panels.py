"""Cases on the pages of the apps below, through content.panels."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from casebook import layer
from casebook.models import Case, CasebookIssue
from casebook.pages import card
from kb.models import PowerItem, Regulation
from kb.reading.cited_by import Source

SHOWN = 6


def cases_of_item(request: HttpRequest | None, item: PowerItem) -> str:
    """On an item's page: its cases, typical ones first."""
    cases = Case.objects.published().for_item(item)
    return _cases(cases.order_by("-is_typical", "-is_frequent", "-decided_on"), f"?item={item.code}")


def cases_citing(request: HttpRequest | None, regulation: Regulation) -> str:
    """On a law's page: the cases that cite it."""
    return _cases(Case.objects.published().citing(regulation), f"?cites={regulation.slug}")


def citing_sources(pks: set[int]) -> dict[int, Source]:
    """For cited-by of a provision: those of the cases that the public may read."""
    cases = Case.objects.published().filter(pk__in=pks).order_by("-decided_on", "case_no")
    cases = cases.prefetch_related("replacements")
    return {case.pk: Source(layer.title(case), case.get_absolute_url(), case.case_no) for case in cases}


def newest_issue(request: HttpRequest | None, subject: None) -> str:
    """On the home page: the newest edition and what is in it."""
    issue = CasebookIssue.objects.newest()
    if not issue:
        return ""
    public = Case.objects.published().filter(entries__issue=issue).order_by("entries__sort_order")
    public = public.prefetch_related("replacements")
    entries = [{"title": layer.title(case), "url": case.get_absolute_url()} for case in public[:SHOWN]]
    return render_to_string("casebook/panels/newest_issue.html", {"issue": issue, "entries": entries})


def _cases(cases, query: str) -> str:
    shown = list(cases.for_lists()[: SHOWN + 1])
    if not shown:
        return ""
    more = reverse("casebook:cases") + query if len(shown) > SHOWN else ""
    context = {"cards": [card(case) for case in shown[:SHOWN]], "more": more}
    return render_to_string("casebook/panels/cases.html", context)
