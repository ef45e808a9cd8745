"""Two people edited one case at once: both texts side by side, and the choice for each part that differs."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from wagtail.models import Revision

from casebook import actions
from casebook.models import Case
from casebook.permissions import can_edit_case
from casebook.review.merging import merge
from casebook.review.versions import Difference, conflicts
from people.models import User


def merge_texts(request: HttpRequest, pk: int, kept: int) -> HttpResponse:
    """GET shows both texts; POST puts the newest draft together from the choices."""
    case = get_object_or_404(Case, pk=pk)
    if not can_edit_case(request.user, case.get_latest_revision_as_object()):
        raise PermissionDenied("您现在不能修改该案例；您的文本已保存在历史版本中。")
    mine = get_object_or_404(case.revisions, pk=kept)
    theirs = case.latest_revision
    found = conflicts(mine, theirs, _base(case, request.GET.get("base", "")))
    problems: list[str] = []
    if request.method == "POST" and request.POST.get("theirs") != str(theirs.pk):
        problems = ["您核对的时候，案例又有新的保存；下面是最新的两份文本，请重新选择。"]
    elif request.method == "POST":
        problems = _merge(request, case, mine, theirs, found)
        if not problems:
            return redirect(reverse(Case.snippet_viewset.get_url_name("edit"), args=[pk]))
    context = {"case": case, "mine": mine, "theirs": theirs, "differences": found, "problems": problems}
    return render(request, "casebook/admin/merge.html", context, status=409 if problems else 200)


def _merge(request: HttpRequest, case: Case, mine: Revision, theirs: Revision, found: list[Difference]) -> list[str]:
    """Saves the text chosen; gives what is wrong with the choice."""
    choices = {one.part.name: request.POST.get(one.part.name, "") for one in found}
    open_parts = [one.label for one in found if choices[one.part.name] not in one.part.choices]
    if open_parts:
        return [f"还没有选择：{'、'.join(open_parts)}。"]
    try:
        actions.save_merged(case, merge(mine.content, theirs.content, choices), by=cast(User, request.user))
    except ValidationError as refusal:
        return refusal.messages
    messages.success(request, "已合并两人的修改，成为最新的草稿；合并前的两份文本都在历史版本中。")
    return []


def _base(case: Case, pk: str) -> Revision | None:
    return case.revisions.filter(pk=pk).first() if pk.isdecimal() else None


urlpatterns = [path("cases/<int:pk>/merge/<int:kept>/", merge_texts, name="casebook_merge")]
