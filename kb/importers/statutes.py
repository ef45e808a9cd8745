"""Sends the laws of the public package through the same pipeline as any import."""

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from wagtail.signal_handlers import disable_reference_index_auto_update

from kb.importers.cut_paragraphs import mend
from kb.importers.hooks import after_import
from kb.importers.regulations import (
    Action,
    Catalogue,
    ImportResult,
    SourceDocument,
    SourceKind,
    apply_import,
    parse_regulation,
    plan_import,
)
from kb.importers.repeals import record_repeals
from kb.importers.statute_wheel import SOURCE, Statute
from kb.linking import LinkReport, link_versions
from kb.models import RegulationVersion
from kb.parser import Dates, Note, Severity, VersionKind

JOINED = "paragraph_joined"
REPEALED, SUPERSEDED = "已废止", "已被修改"
NOTES = {
    REPEALED: "数据来源标注本法已废止，废止日期待核。",
    SUPERSEDED: "数据来源标注本文本已被修改，修改后的文本尚未收录，待核。",
}

Progress = Callable[[int, int], None]


@dataclass
class StatuteReport:
    """What the import did: laws by action, articles, provisions, what was flagged, which cut 款 were joined."""

    actions: Counter = field(default_factory=Counter)
    articles: int = 0
    provisions: int = 0
    unverified_dates: int = 0
    repeals: int = 0
    flags: list[str] = field(default_factory=list)
    joined: list[str] = field(default_factory=list)
    links: LinkReport = field(default_factory=LinkReport)

    def add(self, statute: Statute, result: ImportResult) -> None:
        plan = result.plan
        self.actions[plan.action.value] += 1
        self.articles += len(plan.parsed.articles)
        self.provisions += result.provisions
        self.unverified_dates += not plan.parsed.dates.verified
        self.flags += [f"{statute.title}：{note.message}" for note in plan.parsed.warnings() if _is_worth_a_flag(note)]
        told = [note.message for note in plan.parsed.source.notes if note.code == JOINED]
        self.joined += [f"{statute.title}：{message}" for message in told]
        if plan.reason:
            self.flags.append(f"{statute.title}：{plan.reason}")
        if plan.action == Action.REPLACE and plan.differing:
            self.flags.append(f"{statute.title}：与原文本有 {len(plan.differing)} 处不同")


def _is_worth_a_flag(note: Note) -> bool:
    """Unsure dates are counted, not listed: they concern most laws of the package."""
    return note.code not in {"date_from_name", "effective_assumed"}


def import_statutes(statutes: Iterable[Statute], progress: Progress | None = None) -> StatuteReport:
    """Imports the laws, each in a transaction of its own, then links their citations all together."""
    statutes, report, catalogue = list(statutes), StatuteReport(), Catalogue()
    versions: dict[int, Statute] = {}
    with after_import.held(), disable_reference_index_auto_update():
        for count, statute in enumerate(statutes, 1):
            result = _import(statute, catalogue)
            report.add(statute, result)
            if result.version and result.plan.writes:
                versions[result.version.pk] = statute
            if progress:
                progress(count, len(statutes))
    written = RegulationVersion.objects.filter(pk__in=versions)
    report.repeals = sum(record_repeals(version) for version in written.select_related("regulation"))
    for version in written.select_related("regulation"):
        _tell_status(version, versions[version.pk])
    report.links = link_versions(written.order_by("pk"))
    return report


def _import(statute: Statute, catalogue: Catalogue) -> ImportResult:
    parsed = parse_regulation(as_source(statute))
    parsed = replace(
        parsed,
        dates=version_dates(parsed.dates, statute),
        issuers=(statute.issuer,) if statute.issuer else parsed.issuers,
    )
    plan = plan_import(parsed, source_kind=SourceKind.STATUTE_WHEEL, source=SOURCE, catalogue=catalogue)
    return apply_import(plan, catalogue=catalogue)


def as_source(statute: Statute) -> SourceDocument:
    """The law as the document that the importer reads, its cut paragraphs whole (`cut_paragraphs`).

    The name carries the day of promulgation; the original is what the package says, cuts and all.
    """
    mended, joints = mend(statute)
    text = mended.as_text()
    return SourceDocument(
        filename=f"{statute.title}({statute.promulgated_on}).md",
        text=text,
        original=statute.as_text(),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        folders=("法律",),
        notes=tuple(Note(JOINED, f"被分页截断的款已接上：{joint}", severity=Severity.INFO) for joint in joints),
    )


def version_dates(read: Dates, statute: Statute) -> Dates:
    """The dates of the version at hand.

    The clause on coming into force keeps the first version's day through every amendment, so a day
    before this version was promulgated is not this version's: promulgation stands in for it, 待核.
    """
    promulgated = _day(statute.promulgated_on)
    read = replace(read, promulgated_on=promulgated)
    if promulgated is None or read.effective_from is None:
        return read
    if read.effective_from >= promulgated:
        # a law that was in force before and names a new day was written anew: 修订
        first = _day(statute.first_effective_on)
        return replace(read, kind=VersionKind.REVISED) if first and first < promulgated else read
    return replace(read, kind=VersionKind.AMENDED, effective_from=promulgated, verified=False)


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _tell_status(version: RegulationVersion, statute: Statute) -> None:
    """What the package says of a law and the dates do not show stands on the page as 待核."""
    regulation, note = version.regulation, NOTES.get(statute.status)
    if not note or version.effective_to or regulation.note:
        return
    regulation.note = note
    regulation.save(update_fields=["note"])


def chosen(statutes: Iterable[Statute], names: list[str]) -> list[Statute]:
    """The laws of those names, with or without 中华人民共和国; all of them without names."""
    wanted = {name.removeprefix("中华人民共和国") for name in names}
    return [s for s in statutes if not wanted or s.title.removeprefix("中华人民共和国") in wanted]


def unknown_names(statutes: Iterable[Statute], names: list[str]) -> list[str]:
    """The names that no law of the package bears."""
    known = {s.title.removeprefix("中华人民共和国") for s in statutes}
    return [name for name in names if name.removeprefix("中华人民共和国") not in known]
