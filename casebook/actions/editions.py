"""Verbs that make editions."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from casebook.models import Case, CasebookIssue, IssueEntry
from casebook.permissions import can_compile_issues, require
from people import audit
from people.models import User


@transaction.atomic
def compile_issue(year: int, quarter: int, cases: Iterable[Case], *, by: User, **texts: str) -> CasebookIssue:
    """Makes or renews an edition: public cases in the given order, each with the revision printed.

    `texts`: title, preface. Cases that are not public are refused by name.
    """
    require(can_compile_issues(by), "编排案例汇编")
    cases = list(cases)
    hidden = [case.title for case in cases if not case.is_public]
    if hidden:
        raise ValidationError(f"以下案例尚未公开，不能编入：{'、'.join(hidden)}。")
    issue, _ = CasebookIssue.objects.update_or_create(
        year_no=year,
        quarter_no=quarter,
        defaults={**texts, "status": CasebookIssue.Status.PUBLISHED, "published_at": timezone.now()},
    )
    issue.entries.all().delete()
    IssueEntry.objects.bulk_create(
        IssueEntry(
            issue=issue, case=case, section=case.domain.name, sort_order=n, printed_revision_id=case.live_revision_id
        )
        for n, case in enumerate(cases)
    )
    audit.record(by=by, verb="编排汇编", target=issue, detail=f"{len(cases)} 篇")
    return issue
