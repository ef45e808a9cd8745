"""The findings of a case by original: what the scan sees in the text now, joined with the decisions kept.

One decision per original; an original that no longer stands in the text does not count.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from casebook.anonymise import Finding, Kind, Substitution, scan
from casebook.layer import APPLIED, BASIS_HEADINGS
from casebook.models import Case, Replacement

Decision = Replacement.Decision
TITLE, OUTCOME = "title", "outcome"


@dataclass(frozen=True)
class Entry:
    """One original and everything an editor needs to decide. `row` is the decision kept, if there is one."""

    original: str
    kind: Kind
    proposal: str
    why: str
    sure: bool
    times: int
    row: Replacement | None
    is_disclosed: bool  # a firm in a case of level B, whose penalty is public by law
    spared: tuple[str, ...] = ()  # longer words in which it stands and stays

    @property
    def is_open(self) -> bool:
        return not self.is_disclosed and (self.row is None or self.row.decision == Decision.OPEN)

    @property
    def shown(self) -> str:
        """What stands in the form: the decision's words, else the proposal."""
        decided = self.row is not None and self.row.decision in (Decision.ACCEPTED, Decision.EDITED)
        return self.row.shown if decided and self.row else self.proposal

    @property
    def needs_reason(self) -> bool:
        """Clues to minors keep a case back: any decision about them has to be justified."""
        return self.kind == Kind.MINOR


def texts_of(case: Case) -> dict[str, str]:
    """Everything written in a case, by place, in reading order."""
    texts = {TITLE: case.title, OUTCOME: case.outcome}
    texts |= {name: getattr(case, name) for name in BASIS_HEADINGS}
    for section in case.sections():
        if section.is_renamed:
            texts[f"{section.field_name}-heading"] = section.heading
        texts[section.field_name] = section.text
        texts[f"{section.field_name}-alt"] = section.alt
    return {place: text for place, text in texts.items() if text}


def entries_of(case: Case, findings: Iterable[Finding] | None = None) -> list[Entry]:
    """The findings of the text as it is now, and decisions by hand, in the order in which they appear."""
    texts = texts_of(case)
    findings = scan(texts) if findings is None else findings
    first: dict[str, Finding] = {}
    for finding in findings:
        first.setdefault(finding.original, finding)
    rows = {row.original: row for row in case.replacements.all()}
    whole = "\n".join(texts.values())
    kept = [row for original, row in rows.items() if original not in first and original in whole]
    covered = _covered(first, rows, texts)
    first = {original: finding for original, finding in first.items() if original not in covered}
    found = [_found(case, finding, rows.get(original), whole) for original, finding in first.items()]
    return found + [_kept(case, row, whole) for row in kept]


def open_findings(case: Case) -> list[Entry]:
    """What still has to be decided before the case may be confirmed as anonymised."""
    return [entry for entry in entries_of(case) if entry.is_open]


def _covered(first: Mapping[str, Finding], rows: Mapping[str, Replacement], texts: Mapping[str, str]) -> set[str]:
    """Undecided findings that decisions about a part of them have made unrecognisable: 楼下老李烧烤店."""
    applied = {row.original: row.shown for row in rows.values() if row.decision in APPLIED}
    layer = Substitution(applied)
    touched = {original: layer.apply(original).text for original in first if original not in rows}
    touched = {original: rest for original, rest in touched.items() if rest != original}
    if not touched:
        return set()
    left = {finding.original for finding in scan({place: layer.apply(text).text for place, text in texts.items()})}
    return {original for original, rest in touched.items() if not any(one in rest or rest in one for one in left)}


def _found(case: Case, finding: Finding, row: Replacement | None, whole: str) -> Entry:
    return Entry(
        original=finding.original,
        kind=Kind(row.kind) if row else finding.kind,
        proposal=finding.proposal,
        why=finding.why,
        sure=finding.sure,
        times=_times(finding.original, whole),
        row=row,
        is_disclosed=_is_disclosed(case, finding.kind, row),
        spared=_spared(finding.original, whole),
    )


def _kept(case: Case, row: Replacement, whole: str) -> Entry:
    why = "人工添加" if row.by_hand else "以前的扫描发现"
    kind = Kind(row.kind)
    return Entry(
        original=row.original,
        kind=kind,
        proposal=row.shown,
        why=why,
        sure=False,
        times=_times(row.original, whole),
        row=row,
        is_disclosed=_is_disclosed(case, kind, row),
        spared=_spared(row.original, whole),
    )


def _is_disclosed(case: Case, kind: Kind, row: Replacement | None) -> bool:
    undecided = row is None or row.decision == Decision.OPEN
    return undecided and case.anonymity == Case.Anonymity.NAMED and kind in (Kind.ORGANISATION, Kind.CREDIT_CODE)


def _times(original: str, whole: str) -> int:
    return len(Substitution({original: ""}).spans(whole))


def _spared(original: str, whole: str) -> tuple[str, ...]:
    return tuple(Substitution({original: ""}).spared(whole))
