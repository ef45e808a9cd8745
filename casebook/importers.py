"""Cases from Markdown files: each file whole or not at all, again and again without duplicates.

    report = import_cases([Path("demo/data/cases")], by=user)

A case is known by its number. An unchanged file changes nothing; a changed one makes a draft, so
that a signed public case stays as it is until somebody signs the new text.
"""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from django.db import transaction

from casebook import citing, manuscript
from casebook.findings.entries import entries_of
from casebook.manuscript import Manuscript, Problem
from casebook.models import Case, CaseItem, Replacement
from casebook.outcomes import result_of
from casebook.permissions import can_import_cases, require
from kb.models import Domain, PowerItem
from people import audit
from people.models import Unit, User

DATE_FIELDS = dict(
    zip(
        manuscript.DATES,
        ("filed_on", "informed_on", "heard_on", "decided_on", "served_on", "performed_on", "closed_on"),
        strict=True,
    )
)
BASIS_FIELDS = dict(
    zip(manuscript.BASIS, ("duty_basis", "penalty_basis", "discretion_basis", "procedure_basis"), strict=True)
)
CHOICES = {
    "kind": Case.Kind,
    "source": Case.Source,
    "procedure": Case.Procedure,
    "anonymity": Case.Anonymity,
    "result": Case.Result,
    "challenge": Case.Challenge,
}
CHOICE_FIELDS = {
    "kind": "kind",
    "source": "source_kind",
    "procedure": "procedure",
    "anonymity": "anonymity",
    "result": "result",
    "challenge": "challenge",
}
NAMESPACE = uuid.UUID("6f1d2b58-6d0e-4b7e-9c55-0a3b1f6e2c11")  # block ids follow from number and place
CREATED, UPDATED, UNCHANGED, REFUSED = "新增", "更新草稿", "无变化", "未导入"


@dataclass
class FileReport:
    """What became of one file. `unresolved` holds citations that lead nowhere; they do not stop the import."""

    file: str
    case_no: str = ""
    title: str = ""
    result: str = REFUSED
    problems: list[str] = field(default_factory=list)
    unresolved: list[str] = field(default_factory=list)
    case: Case | None = None

    def as_dict(self) -> dict:
        return {name: value for name, value in vars(self).items() if name != "case"}


@dataclass
class ImportReport:
    """All files of one import, in order."""

    files: list[FileReport] = field(default_factory=list)
    dry_run: bool = False

    @property
    def refused(self) -> list[FileReport]:
        return [row for row in self.files if row.result == REFUSED]

    @property
    def cases(self) -> list[Case]:
        """The stored cases, in the order of the files."""
        return [row.case for row in self.files if row.case]

    def count(self, result: str) -> int:
        return sum(row.result == result for row in self.files)


class _Undo(Exception):
    """Rolls a dry run back."""


def import_cases(paths: Iterable[Path], *, by: User | None, dry_run: bool = False) -> ImportReport:
    """Imports files and folders of .md. `by=None` is set-up. Files with problems are refused, the others go in."""
    require(by is None or can_import_cases(by), "导入案例")
    report = ImportReport(dry_run=dry_run)
    for path in files_of(paths):
        report.files.append(_import_file(path, by, dry_run))
    return report


def files_of(paths: Iterable[Path]) -> Iterator[Path]:
    """The files meant, sorted within a folder."""
    for path in paths:
        yield from sorted(path.rglob("*.md")) if path.is_dir() else [path]


def _import_file(path: Path, by: User | None, dry_run: bool) -> FileReport:
    row = FileReport(file=path.name)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        row.problems = ["文件不能读取或者不是 UTF-8 编码；请另存为 UTF-8 后再导入。"]
        return row
    draft = manuscript.read(text)
    row.case_no, row.title = draft.values.get("case_no", ""), draft.values.get("title", "")
    links = _Links.of(draft)
    row.problems = [str(problem) for problem in (*draft.problems, *links.problems)]
    if row.problems:
        return row
    try:
        with transaction.atomic():
            _store(draft, links, row, by)
            if dry_run:
                raise _Undo
    except _Undo:
        row.case = None
    return row


def _store(draft: Manuscript, links: "_Links", row: FileReport, by: User | None) -> None:
    found = Case.objects.filter(case_no=row.case_no).first()
    case = found.get_latest_revision_as_object() if found else Case(case_no=row.case_no, live=False, author=by)
    before = _state(case) if found else None
    _fill(case, draft, links)
    row.case, row.result = found or case, UNCHANGED
    if _state(case) != before:
        row.result = UPDATED if found else CREATED
        if not case.live:
            case.save()
        case.save_revision(user=by)
        audit.record(by=by, verb="导入案例", target=case, detail=row.result)
    row.unresolved = citing.unresolved(row.case)


def _fill(case: Case, draft: Manuscript, links: "_Links") -> None:
    case.title, case.slug = draft.values["title"], case.slug or case.case_no.lower()
    case.street = links.street
    if links.domain:
        case.domain = links.domain
    case.street_shown = draft.yes("street_shown")
    case.outcome = draft.values.get("outcome", "")
    case.result = result_of(case.outcome) or case.result
    for name, target in CHOICE_FIELDS.items():
        if name in links.choices:
            setattr(case, target, links.choices[name])
    dates = draft.dates()
    for name, target in DATE_FIELDS.items():
        setattr(case, target, dates.get(name))
    for name in ("heard", "legal_reviewed", "collective"):
        setattr(case, name, draft.yes(name))
    case.fine_amount, case.confiscated_amount = _amount(draft, "fine"), _amount(draft, "confiscated")
    for name, target in BASIS_FIELDS.items():
        setattr(case, target, draft.basis(name))
    for tag, target in Case.TAGS.items():
        setattr(case, target, tag in draft.listed("tags"))
    case.body = [_block(case.case_no, n, part) for n, part in enumerate(draft.parts)]  # type: ignore[assignment]
    case.case_items.set([CaseItem(item=item, sort_order=n) for n, item in enumerate(links.items)])
    _replace(case, draft)


def _replace(case: Case, draft: Manuscript) -> None:
    """The file's decisions about what is recognisable, `替换` and `不处理`; decisions made on the site stay."""
    edited = [(original, Replacement.Decision.EDITED, shown, "") for original, shown in draft.pairs("替换")]
    left = [(original, Replacement.Decision.DISMISSED, "", reason) for original, reason in draft.pairs("不处理")]
    if not (edited or left):
        return
    kinds = {entry.original: entry.kind.value for entry in entries_of(case)}
    rows = {row.original: row for row in case.replacements.all()}
    for original, decision, shown, reason in (*edited, *left):
        row = rows.setdefault(original, Replacement(original=original))
        row.kind = kinds.get(original, Replacement.Kind.OTHER)
        row.decision, row.shown, row.reason = decision, shown, reason
    case.replacements.set(list(rows.values()))


def _block(case_no: str, place: int, part: manuscript.Part) -> dict:
    """A stored block. Its id is the same in every import, so citations keep their place."""
    key = str(uuid.uuid5(NAMESPACE, f"{case_no}/{part.block}/{place}"))
    return {"type": part.block, "value": {"heading": part.heading, "text": part.text}, "id": key}


def _amount(draft: Manuscript, name: str) -> Decimal | None:
    value = draft.values.get(name)
    return Decimal(value).quantize(Decimal("0.01")) if value else None


def _state(case: Case) -> dict:
    """What an import may change, for telling a changed file from an unchanged one."""
    names = [*CHOICE_FIELDS.values(), *DATE_FIELDS.values(), *Case.TAGS.values(), "heard", "legal_reviewed"]
    names += ["collective", "fine_amount", "confiscated_amount", "domain_id", "street_id"]
    items = [entry.item_id for entry in case.case_items.all()]
    body = [(block.block_type, block.value.get("heading"), block.value.get("text")) for block in case.body]
    return {name: getattr(case, name) for name in names} | {"items": items, "digest": case.text_digest(), "body": body}


@dataclass
class _Links:
    """Rows and codes that a manuscript names, and what could not be found."""

    items: list[PowerItem] = field(default_factory=list)
    domain: Domain | None = None
    street: Unit | None = None
    choices: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @classmethod
    def of(cls, draft: Manuscript) -> "_Links":
        links = cls()
        links._find_items(draft)
        links._find_domain(draft)
        links._find_street(draft)
        links._find_choices(draft)
        return links

    def _miss(self, draft: Manuscript, name: str, message: str) -> None:
        self.problems.append(Problem(draft.lines.get(name, 0), message))

    def _find_items(self, draft: Manuscript) -> None:
        codes = draft.listed("items")
        found = PowerItem.objects.select_related("domain").in_bulk(codes, field_name="code")
        self.items = [found[code] for code in codes if code in found]
        for code in codes:
            if code not in found:
                self._miss(draft, "items", f"事项编码“{code}”不在事项清单中；请核对编码。")

    def _find_domain(self, draft: Manuscript) -> None:
        """The domain named, else that of the main item."""
        name = draft.values.get("domain", "")
        self.domain = Domain.objects.filter(name=name).first() if name else self.items[0].domain if self.items else None
        if name and not self.domain:
            self._miss(draft, "domain", f"没有领域“{name}”；请改用已有领域，或删除该行按事项确定。")

    def _find_street(self, draft: Manuscript) -> None:
        name = draft.values.get("street", "")
        if name:
            streets = Unit.objects.streets()
            self.street = streets.filter(name=name).first() or streets.filter(short_name=name).first()
            if not self.street:
                self._miss(draft, "street", f"没有街道“{name}”；请写街道的全称或简称。")

    def _find_choices(self, draft: Manuscript) -> None:
        for name, choices in CHOICES.items():
            written = draft.values.get(name, "")
            codes = {label: code for code, label in choices.choices} | {code: code for code in choices.values}
            codes |= {label.removesuffix("程序"): code for label, code in codes.items()}
            if written and written not in codes:
                self._miss(draft, name, f"“{written}”不是可用的值；可用：{'、'.join(map(str, choices.labels))}。")
            elif written:
                self.choices[name] = codes[written]
        for tag in draft.listed("tags"):
            if tag not in Case.TAGS:
                self._miss(draft, "tags", f"没有标签“{tag}”；可用：{'、'.join(Case.TAGS)}。")
