from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from casebook.models import Contest, Discussion
from casebook.pages import crumbs
from casebook.permissions import can_compile_issues
from casebook.teaching.pages import talks_of


def discussion_list(request: HttpRequest) -> HttpResponse:
    """Discussions that are open and rankings that are published, newest first."""
    discussions = Discussion.objects.filter(is_open=True).select_related("issue")
    contests = Contest.objects.filter(status=Contest.Status.PUBLISHED)
    context = {"discussions": discussions, "contests": contests, "crumbs": crumbs()}
    return render(request, "casebook/discussion_list.html", context)


def discussion_page(request: HttpRequest, slug: str) -> HttpResponse:
    """The cases to talk about, each with its questions; one not yet open is for its editors."""
    shown = Discussion.objects.all() if can_compile_issues(request.user) else Discussion.objects.filter(is_open=True)
    discussion = get_object_or_404(shown.select_related("issue"), slug=slug)
    context = {"discussion": discussion, "talks": talks_of(discussion), "crumbs": crumbs()}
    return render(request, "casebook/discussion.html", context)
