import re

from django.db.models import Count
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from casebook.editions import reading
from casebook.editions.printed import NotPrintable
from casebook.models import Case, CasebookIssue, IssueFile
from casebook.pages import crumbs


def issue_list(request: HttpRequest) -> HttpResponse:
    """All published editions, newest first."""
    issues = CasebookIssue.objects.published().annotate(total=Count("entries"))
    return render(request, "casebook/issue_list.html", {"issues": issues, "crumbs": crumbs()})


def issue_contents(request: HttpRequest, code: str) -> HttpResponse:
    """The web edition: cover, preface, contents by section, files."""
    return render(request, "casebook/issue.html", reading.issue_context(_issue(code), request.user))


def issue_case(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    """A case as the edition printed it; where it has not changed since, the case's own page."""
    issue = _issue(code)
    entries = issue.entries.select_related("case__domain", "case__street", "printed_revision")
    entry = get_object_or_404(entries, case__slug=slug)
    try:
        context = reading.printed_context(issue, entry)
    except NotPrintable as reason:
        raise Http404("这篇案例已撤下") from reason
    if not reading.is_changed_since(entry):
        return redirect(entry.case)
    return render(request, "casebook/issue_case.html", context)


def issue_file(request: HttpRequest, code: str, printing: int, form: str) -> HttpResponseBase:
    """A file of the edition. One that holds a case taken down since is for the editors only."""
    issue = _issue(code)
    file = get_object_or_404(IssueFile.objects.select_related("issue"), issue=issue, printing_no=printing, form=form)
    public = Case.objects.published().filter(entries__issue=issue).values_list("pk", flat=True)
    if not reading.can_download(request.user, file, public):
        raise Http404("本期文件暂停下载")
    try:
        return FileResponse(file.file.open(), as_attachment=True, filename=file.download_name)
    except FileNotFoundError as error:
        raise Http404("文件不在服务器上，请联系管理员") from error


def _issue(code: str) -> CasebookIssue:
    """A published edition by its code, `2026Q3`; 404 otherwise."""
    found = re.fullmatch(r"(\d{4})Q([1-4])", code)
    if not found:
        raise Http404("没有这一期")
    return get_object_or_404(CasebookIssue.objects.published(), year_no=int(found[1]), quarter_no=int(found[2]))
