"""Verbs of a quarter: open it, close the collecting, arrange the edition, publish it."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from casebook.models import Case, CasebookIssue, IssueEntry, IssueQuota
from casebook.permissions import can_compile_issues, require
from people import audit
from people.models import Unit, User

Status = CasebookIssue.Status


@dataclass(frozen=True)
class Line:
    """One place in an edition: the case, the section it stands in, what the editors add."""

    case: Case
    section: str = ""
    editor_note: str = ""


@transaction.atomic
def open_quarter(year: int, quarter: int, *, by: User, due_on: dt.date | None = None, wanted: int = 1) -> CasebookIssue:
    """Starts the collecting; every street owes `wanted` drafts. Raises ValidationError when it was opened before."""
    require(can_compile_issues(by), "开启季度征集")
    issue, made = CasebookIssue.objects.get_or_create(year_no=year, quarter_no=quarter, defaults={"due_on": due_on})
    if not made:
        raise ValidationError(f"{issue.code} 已经开启；请在该期的看板中继续。")
    streets = Unit.objects.streets()
    IssueQuota.objects.bulk_create(
        IssueQuota(issue=issue, street=street, wanted=wanted, sort_order=n) for n, street in enumerate(streets)
    )
    audit.record(by=by, verb="开启征集", target=issue, detail=f"{len(streets)} 个街道，各 {wanted} 篇")
    return issue


def close_collecting(issue: CasebookIssue, *, by: User) -> None:
    """From now on the edition is being edited; late drafts can still come in."""
    require(can_compile_issues(by), "截止征集")
    _move(issue, Status.COLLECTING, Status.EDITING, f"{issue.code} 不在征集中，不能截止。")
    audit.record(by=by, verb="截止征集", target=issue)


@transaction.atomic
def arrange(issue: CasebookIssue, lines: Sequence[Line], *, by: User, title: str = "", preface: str = "") -> None:
    """Puts the cases in this order. Raises ValidationError for a published edition or a case named twice."""
    require(can_compile_issues(by), "编排案例汇编")
    _refuse_published(issue)
    twice = {line.case.case_no for line in lines if sum(other.case == line.case for other in lines) > 1}
    if twice:
        raise ValidationError(f"同一案例只能编入一次：{'、'.join(sorted(twice))}。")
    issue.entries.all().delete()
    IssueEntry.objects.bulk_create(
        IssueEntry(issue=issue, case=line.case, section=_section(line), editor_note=line.editor_note, sort_order=n)
        for n, line in enumerate(lines)
    )
    issue.title, issue.preface = title, preface
    issue.save(update_fields=["title", "preface"])
    audit.record(by=by, verb="编排汇编", target=issue, detail=f"{len(lines)} 篇")


@transaction.atomic
def publish_issue(issue: CasebookIssue, *, by: User, closed_on: dt.date | None = None) -> CasebookIssue:
    """Freezes the revision of each case and opens the edition to readers.

    `closed_on` is the day whose law the appendix prints, today by default. Raises ValidationError
    for an edition without cases, and naming the cases that are not public.
    """
    require(can_compile_issues(by), "发布案例汇编")
    _refuse_published(issue)
    entries = list(issue.entries.select_related("case"))
    hidden = [str(entry.case) for entry in entries if not entry.case.is_public]
    if not entries:
        raise ValidationError("汇编中还没有案例；请先编排。")
    if hidden:
        raise ValidationError(f"以下案例尚未公开，不能编入：{'、'.join(hidden)}。请先完成审签和发布，或者移出本期。")
    for entry in entries:
        entry.printed_revision_id = entry.case.live_revision_id
    IssueEntry.objects.bulk_update(entries, ["printed_revision"])
    issue.closed_on = closed_on or issue.closed_on or timezone.localdate()
    issue.status, issue.published_at = Status.PUBLISHED, timezone.now()
    issue.save(update_fields=["closed_on", "status", "published_at"])
    audit.record(by=by, verb="发布汇编", target=issue, detail=f"{len(entries)} 篇")
    return issue


@transaction.atomic
def compile_issue(
    year: int,
    quarter: int,
    cases: Iterable[Case],
    *,
    by: User,
    title: str = "",
    preface: str = "",
    closed_on: dt.date | None = None,
) -> CasebookIssue:
    """An edition from nothing to published in one step, the cases in the given order, sections by domain."""
    require(can_compile_issues(by), "编排案例汇编")
    issue, _ = CasebookIssue.objects.get_or_create(year_no=year, quarter_no=quarter)
    arrange(issue, [Line(case) for case in cases], by=by, title=title, preface=preface)
    return publish_issue(issue, by=by, closed_on=closed_on)


def _section(line: Line) -> str:
    return line.section.strip() or line.case.domain.name


def _refuse_published(issue: CasebookIssue) -> None:
    if issue.is_published:
        raise ValidationError(f"{issue.code} 已经发布，不能再改；需要更正时请制作更正版。")


def _move(issue: CasebookIssue, before: str, after: str, refusal: str) -> None:
    """One conditional update, so that two people cannot take the step twice."""
    if not CasebookIssue.objects.filter(pk=issue.pk, status=before).update(status=after):
        raise ValidationError(refusal)
    issue.status = after
