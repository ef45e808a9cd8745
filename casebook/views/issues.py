import re

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from casebook.models import CasebookIssue
from casebook.pages import crumbs, issue_context


def issue_list(request: HttpRequest) -> HttpResponse:
    """All published editions, newest first."""
    issues = CasebookIssue.objects.published().annotate(total=Count("entries"))
    return render(request, "casebook/issue_list.html", {"issues": issues, "crumbs": crumbs()})


def issue_contents(request: HttpRequest, code: str) -> HttpResponse:
    """The table of contents of one edition, `2026Q3`."""
    found = re.fullmatch(r"(\d{4})Q([1-4])", code)
    if not found:
        raise Http404("没有这一期")
    issue = get_object_or_404(CasebookIssue.objects.published(), year_no=int(found[1]), quarter_no=int(found[2]))
    return render(request, "casebook/issue.html", issue_context(issue))
