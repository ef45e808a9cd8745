"""The files of an edition as a job: asked for on a page, done by whoever does the site's jobs."""

from django.core.exceptions import ValidationError

from casebook.editions.actions import Made, make_files
from casebook.models import CasebookIssue
from casebook.permissions import can_compile_issues, require
from content.jobs.models import Job
from content.jobs.work import Outcome, Progress, begin
from people.models import User

KIND = "issue_files"


def ask_for_files(issue: CasebookIssue, *, by: User, reason: str = "") -> Job:
    """The job that makes the files; the one that is under way already, if there is one. Raises ValidationError."""
    require(can_compile_issues(by), "制作汇编文件")
    if not issue.is_published:
        raise ValidationError(f"{issue.code} 尚未发布；请先发布，再制作文件。")
    job, _ = begin(KIND, issue.code, by=by, given={"issue": issue.pk, "reason": reason.strip()})
    return job


def job_of(issue: CasebookIssue) -> Job | None:
    """The newest job for this edition."""
    return Job.objects.newest_of(KIND, issue.code)


def make(job: Job, progress: Progress) -> Outcome:
    """Registered for `KIND`."""
    issue = CasebookIssue.objects.get(pk=job.values["issue"])
    made = make_files(issue, by=job.asked_by, reason=job.values["reason"], progress=progress)
    return Outcome(_said(made), tuple(f"未收 {left}" for left in made.left_out))


def _said(made: Made) -> str:
    return f"已制作第{made.files[0].printing_no}次印刷。" if made.is_new else "内容没有变化，没有另行制作。"
