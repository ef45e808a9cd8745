"""Importing regulations: read, parse, plan, apply. The one door for commands, uploads and the statute package.

    source = read_document(path)                     # Refused when it cannot be read
    plan = plan_import(parse_regulation(source))     # what would change; nothing is written
    result = apply_import(plan, by=user)             # whole or not at all

A version is known by its day. The same text again changes nothing; another text replaces the one there when
its source ranks higher, when it comes from the same file, or when asked (`replace=True`).
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from django.core.exceptions import PermissionDenied
from django.db import transaction

from kb.citations.documents import normalise_document_number
from kb.importers.documents import read_document
from kb.importers.hooks import after_import
from kb.importers.matching import Catalogue, find_version, formal_title, settle_timeline
from kb.importers.provision_rows import differing_keys, write_rows
from kb.importers.refusal import Refused
from kb.importers.regulation_notes import refusal_of, source_report
from kb.models import Regulation, RegulationAlias, RegulationVersion, SourceText
from kb.parser import Kind, Node, ParsedRegulation, SourceDocument, parse_regulation
from kb.permissions import can_edit_regulations
from people import audit
from people.models import User

__all__ = [
    "Action",
    "Catalogue",
    "ImportPlan",
    "ImportResult",
    "Refused",
    "SourceDocument",
    "apply_import",
    "parse_regulation",
    "plan_import",
    "read_document",
]

SourceKind = RegulationVersion.SourceKind
# A source of higher rank replaces the text of a lower one.
RANK = {kind: rank for rank, kind in enumerate(SourceKind.values)}
LONGEST_TITLE, LONGEST_ISSUERS, LONGEST_NUMBER = 200, 300, 100
TITLE_KEY = "title"


class Action(StrEnum):
    """What an import does, and what it is called in a report."""

    CREATE = "新增法规"
    ADD_VERSION = "新增版本"
    FILL = "补入全文"
    REPLACE = "更新文本"
    UNCHANGED = "没有变化"
    KEPT = "保留原文本"
    SKIPPED = "没有正文"
    REFUSED = "未导入"


WRITES = {Action.CREATE, Action.ADD_VERSION, Action.FILL, Action.REPLACE}


@dataclass(frozen=True)
class ImportPlan:
    """What would change. `differing`: keys whose wording differs from the text already there."""

    parsed: ParsedRegulation
    action: Action
    source_kind: str = SourceKind.USER_FILE
    source: str = ""
    source_url: str = ""
    replace: bool = False
    regulation: Regulation | None = None
    version: RegulationVersion | None = None
    differing: tuple[str, ...] = ()
    reason: str = ""

    @property
    def writes(self) -> bool:
        return self.action in WRITES


@dataclass(frozen=True)
class ImportResult:
    """What was done."""

    plan: ImportPlan
    regulation: Regulation | None = None
    version: RegulationVersion | None = None
    provisions: int = 0


def plan_import(
    parsed: ParsedRegulation,
    *,
    source_kind: str = SourceKind.USER_FILE,
    source: str = "",
    source_url: str = "",
    replace: bool = False,
    catalogue: Catalogue | None = None,
) -> ImportPlan:
    """What importing this would do. `catalogue` saves the look-up of titles when many are planned."""
    wanted = ImportPlan(parsed, Action.CREATE, source_kind, source, source_url, replace)
    return _plan(wanted, catalogue or Catalogue())


def apply_import(plan: ImportPlan, *, by: User | None = None, catalogue: Catalogue | None = None) -> ImportResult:
    """Carries a plan out in one transaction. Planned anew first, so that nothing done meanwhile is doubled.

    `by` is None for the system itself. Raises PermissionDenied.
    """
    if by is not None and not can_edit_regulations(by):
        raise PermissionDenied("没有导入法规的权限")
    catalogue = catalogue or Catalogue()
    with transaction.atomic():
        plan = _plan(plan, catalogue)
        if not plan.writes:
            return ImportResult(plan, plan.regulation, plan.version)
        return _write(plan, by, catalogue)


def _plan(plan: ImportPlan, catalogue: Catalogue) -> ImportPlan:
    if reason := refusal_of(plan.parsed):
        skipped = "没有正文" in reason
        return replace(plan, action=Action.SKIPPED if skipped else Action.REFUSED, reason=reason)
    regulation = catalogue.find(formal_title(plan.parsed.title))
    if regulation is None:
        return replace(plan, action=Action.CREATE, regulation=None, version=None)
    version = find_version(regulation, plan.parsed.dates)
    if version is None:
        return replace(plan, action=Action.ADD_VERSION, regulation=regulation, version=None)
    if not version.has_text:
        return replace(plan, action=Action.FILL, regulation=regulation, version=version)
    return _against_text(replace(plan, regulation=regulation, version=version), version)


def _against_text(plan: ImportPlan, version: RegulationVersion) -> ImportPlan:
    """The version has a text already: same, better, or left alone."""
    differing = tuple(differing_keys(version, _nodes(plan)))
    if not differing:
        return replace(plan, action=Action.UNCHANGED)
    stored = SourceText.objects.filter(version=version).values_list("filename", flat=True).first()
    rank, rank_there = RANK[plan.source_kind], RANK.get(version.source_kind, 0)
    same_file = stored == plan.parsed.source.filename and rank >= rank_there
    if plan.replace or rank > rank_there or same_file:
        return replace(plan, action=Action.REPLACE, differing=differing)
    there = version.source or version.get_source_kind_display()
    reason = (
        f"同一版本已有来自“{there}”的文本，有 {len(differing)} 处不同；如需替换，请加 --replace 或在上传时选择“替换”"
    )
    return replace(plan, action=Action.KEPT, differing=differing, reason=reason)


def _nodes(plan: ImportPlan) -> tuple[Node, ...]:
    """The rows to be: with the title as written where it is not the regulation's own."""
    parsed = plan.parsed
    regulation = plan.regulation
    title = regulation.title if regulation else formal_title(parsed.title)
    if parsed.title_in_body or "".join(parsed.title.split()) == "".join(title.split()):
        return parsed.nodes
    return (Node(Kind.TITLE_LINE, TITLE_KEY, heading=parsed.title), *parsed.nodes)


def _write(plan: ImportPlan, by: User | None, catalogue: Catalogue) -> ImportResult:
    regulation = _regulation(plan, catalogue)
    plan = replace(plan, regulation=regulation)
    version = _version(plan, regulation)
    written = write_rows(version, _nodes(plan))
    _keep_source(plan, version)
    for changed in settle_timeline(regulation.versions.all()):
        changed.save(update_fields=["effective_to"])
        if changed.pk == version.pk:
            version.effective_to = changed.effective_to
    audit.record(
        by=by, verb="导入法规", target=version, detail=f"{plan.action.value}：{plan.parsed.source.filename}"[:500]
    )
    after_import.call(version)
    return ImportResult(plan, regulation, version, written)


def _regulation(plan: ImportPlan, catalogue: Catalogue) -> Regulation:
    """The work, new or completed: what an editor has entered is not overwritten."""
    parsed = plan.parsed
    title = formal_title(parsed.title)[:LONGEST_TITLE]
    found = plan.regulation or Regulation(title=title, slug=catalogue.free_slug(title))
    is_new = found.pk is None
    if not is_new and found.title != title and title.endswith(found.title) and len(title) > len(found.title):
        RegulationAlias.objects.get_or_create(regulation=found, name=found.title)
        found.title = title
    if found.level_code == Regulation.Level.OTHER and parsed.level:
        found.level_code = parsed.level
    found.issuers = found.issuers or "、".join(parsed.issuers)[:LONGEST_ISSUERS]
    found.doc_number = found.doc_number or parsed.doc_number[:LONGEST_NUMBER]
    found.doc_number_norm = found.doc_number_norm or normalise_document_number(found.doc_number)
    found.save()
    if parsed.inner_title:
        RegulationAlias.objects.get_or_create(
            regulation=found,
            name=formal_title(parsed.inner_title)[:LONGEST_TITLE],
            defaults={"kind": RegulationAlias.Kind.FULL},
        )
    catalogue.add(found)
    return found


def _version(plan: ImportPlan, regulation: Regulation) -> RegulationVersion:
    """The expression, with the dates of the text; dates that a person has verified stay."""
    parsed = plan.parsed
    version = plan.version or RegulationVersion(regulation=regulation)
    if not (version.pk and version.dates_verified and not parsed.dates.verified):
        version.kind = parsed.dates.kind.value
        version.passed_on = parsed.dates.passed_on or version.passed_on
        version.promulgated_on = parsed.dates.promulgated_on or version.promulgated_on
        version.effective_from = parsed.dates.effective_from or version.effective_from
        version.dates_verified = parsed.dates.verified
    version.history_note = parsed.history_note
    version.source_kind = plan.source_kind
    version.source = (plan.source or parsed.source.filename)[:200]
    version.source_url = plan.source_url[:300]
    version.has_text = True
    version.save()
    return version


def _keep_source(plan: ImportPlan, version: RegulationVersion) -> None:
    source = plan.parsed.source
    SourceText.objects.update_or_create(
        version=version,
        defaults={
            "filename": source.filename[:200],
            "body": source.original,
            "sha256": source.sha256,
            "report": source_report(plan.parsed),
        },
    )
