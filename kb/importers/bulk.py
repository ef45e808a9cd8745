"""Many documents at once: each in its own transaction, linked and indexed together at the end."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import DatabaseError
from wagtail.signal_handlers import disable_reference_index_auto_update

from kb.importers.collecting import Job
from kb.importers.hooks import after_import
from kb.importers.refusal import Refused
from kb.importers.regulation_report import Report
from kb.importers.regulations import (
    Catalogue,
    ImportPlan,
    ImportResult,
    SourceKind,
    apply_import,
    parse_regulation,
    plan_import,
)
from kb.linking import link_versions
from kb.linking.sources import resolve_waiting
from kb.models import RegulationVersion

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Options:
    """How to import; see plan_import."""

    dry_run: bool = False
    replace: bool = False
    source: str = ""
    source_kind: str = SourceKind.USER_FILE


def import_jobs(jobs: Sequence[Job], report: Report, options: Options, progress: Progress) -> None:
    """Adds a row per job to the report. A document that fails keeps only itself out."""
    catalogue, written = Catalogue(), []
    with after_import.held(), disable_reference_index_auto_update():
        for count, job in enumerate(jobs, 1):
            outcome = _import(job, catalogue, options)
            report.add(str(job.path), outcome, files=job.files)
            if isinstance(outcome, ImportResult) and outcome.plan.writes and outcome.version:
                written.append(outcome.version.pk)
            progress("读取和写入", count, len(jobs))
        if written:
            _link(written, progress)


def _import(job: Job, catalogue: Catalogue, options: Options) -> ImportPlan | ImportResult | Refused:
    try:
        parsed = parse_regulation(job.read())
    except Refused as refused:
        return refused
    plan = plan_import(
        parsed,
        source_kind=options.source_kind,
        source=options.source,
        replace=options.replace,
        catalogue=catalogue,
    )
    if options.dry_run:
        return plan
    try:
        return apply_import(plan, catalogue=catalogue)
    except DatabaseError as error:
        return Refused(
            str(job.path), "数据库没有接受这个文件", str(error)[:120], "请稍后重试；仍不成功时反馈给系统维护人员"
        )


def _link(pks: list[int], progress: Progress) -> None:
    """The citations in the new texts, and those elsewhere that were waiting for these laws."""
    versions = RegulationVersion.objects.filter(pk__in=pks).order_by("pk")
    link_versions(versions, lambda count, total: progress("识别引用", count, total))
    for version in versions.select_related("regulation"):
        resolve_waiting(version.regulation)
