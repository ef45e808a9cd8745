"""Verbs of a discussion: begin one from an edition or from cases, open it to readers, close it."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from casebook.models import Case, CasebookIssue, Discussion, DiscussionCase
from casebook.permissions import can_compile_issues, require
from people import audit
from people.models import User


@transaction.atomic
def begin_discussion(
    title: str, cases: Iterable[Case], *, by: User, issue: CasebookIssue | None = None, intro: str = ""
) -> Discussion:
    """A discussion of public cases, not yet open. Raises ValidationError without cases or for one not public."""
    require(can_compile_issues(by), "发起案例讲评")
    cases = list(cases)
    hidden = [case.case_no for case in cases if not case.is_public]
    if not cases:
        raise ValidationError("讲评至少要有一篇案例；请先选择。")
    if hidden:
        raise ValidationError(f"以下案例没有公开，不能用于讲评：{'、'.join(hidden)}。")
    discussion = Discussion.objects.create(title=title, slug=_free_slug(), issue=issue, intro=intro, made_by=by)
    DiscussionCase.objects.bulk_create(
        DiscussionCase(discussion=discussion, case=case, sort_order=n) for n, case in enumerate(cases)
    )
    audit.record(by=by, verb="发起讲评", target=discussion, detail=f"{len(cases)} 篇")
    return discussion


def discuss_issue(issue: CasebookIssue, *, by: User) -> Discussion:
    """A discussion of every case of the edition that is still public, in the printed order."""
    entries = issue.entries.select_related("case")
    return begin_discussion(f"{issue}讲评", [e.case for e in entries if e.case.is_public], by=by, issue=issue)


def _free_slug() -> str:
    """`20261122-2`: the day, and a number when the day has one already."""
    day = timezone.localdate().strftime("%Y%m%d")
    taken = Discussion.objects.filter(slug__startswith=day).count()
    return f"{day}-{taken + 1}"
