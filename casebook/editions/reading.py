"""What readers see of an edition on the site: cover, contents with notes, files, cases as they were printed."""

import json
from itertools import groupby
from typing import Any

from django.utils.safestring import SafeString

from casebook.editions.actions import FORMS
from casebook.editions.book import TITLE, day_of, publisher
from casebook.editions.chapters import chapter_of
from casebook.editions.cited import cited_by
from casebook.editions.printed import read_entry
from casebook.models import Case, CasebookIssue, IssueEntry, IssueFile
from casebook.pages import card, crumbs
from casebook.permissions import Asker, can_work_on_cases
from content.exports.html import HtmlWriter
from kb.lookup import provision_url


def issue_context(issue: CasebookIssue, reader: Asker) -> dict[str, Any]:
    """The contents by section, in the printed order; cases no longer public are named as withdrawn."""
    public = {case.pk: case for case in Case.objects.published().filter(entries__issue=issue).for_lists()}
    entries = list(issue.entries.select_related("case"))
    rows = [_row(issue, n, entry, public.get(entry.case_id)) for n, entry in enumerate(entries, 1)]
    parts = [(section, list(group)) for section, group in groupby(rows, key=lambda row: row["section"])]
    gone = "、".join(f"第 {row['number']} 篇" for row in rows if row["card"] is None)
    return {
        "issue": issue,
        "title": issue.title or TITLE,
        "publisher": publisher(),
        "parts": parts,
        "outline": [{"label": section, "url": f"#part-{n}"} for n, (section, _) in enumerate(parts, 1)],
        "total": len(entries),
        "gone_said": f"{gone}已撤下，不再公开。已制作的文件保留备查；需要时编印更正版。" if gone else "",
        "crumbs": crumbs(),
        **printings(issue, reader, public),
    }


def printings(issue: CasebookIssue, reader: Asker, public: dict[int, Any]) -> dict[str, Any]:
    """The newest files, earlier printings, and what the newest one corrected."""
    kept = sorted(issue.files.select_related("issue"), key=lambda file: (-file.printing_no, FORMS.index(file.form)))
    files = [_file(file, reader, public) for file in kept]
    newest = [row for row in files if row["file"].printing_no == files[0]["file"].printing_no]
    return {
        "files": newest,
        "earlier": files[len(newest) :],
        "corrected": newest[0]["file"] if newest and newest[0]["file"].printing_no > 1 else None,
        "changes": json.loads(newest[0]["file"].contents or "{}").get("changes", []) if newest else [],
        "held": any(not row["open"] for row in newest),
    }


def can_download(reader: Asker, file: IssueFile, public: Any) -> bool:
    """A file with a case that was taken down stays, but leaves the house no more; the editors still read it."""
    return can_work_on_cases(reader) or (file.issue.is_published and file.case_pks <= set(public))


def printed_context(issue: CasebookIssue, entry: IssueEntry) -> dict[str, Any]:
    """One case as this edition printed it, its citations leading to the law of the editorial deadline."""
    printed = read_entry(entry)
    cited = cited_by([printed], day_of(issue))
    chapter = chapter_of(printed, cited, 1)
    pairs = {anchor: pair for pair, anchor in cited.anchors.items()}

    def address(anchor: str) -> str:
        regulation = cited.found[pairs[anchor]].regulation
        return provision_url(regulation, pairs[anchor][1], cited.day)

    write = HtmlWriter(address).blocks
    sections: list[tuple[str, SafeString]] = [(section.title, write(section.blocks)) for section in chapter.sections]
    return {
        "issue": issue,
        "case": entry.case,
        "chapter": chapter,
        "opening": write(chapter.blocks),
        "sections": sections,
        "crumbs": [*crumbs(), {"label": issue.code, "url": issue.get_absolute_url()}],
    }


def is_changed_since(entry: IssueEntry) -> bool:
    """Whether the case reads differently now than in print, as far as its revision says."""
    return entry.printed_revision_id is not None and entry.printed_revision_id != entry.case.live_revision_id


def _row(issue: CasebookIssue, number: int, entry: IssueEntry, case: Any) -> dict[str, Any]:
    return {
        "number": number,
        "section": entry.section or "案例",
        "card": card(case) if case else None,
        "note": entry.editor_note,
        "printed": f"{issue.get_absolute_url()}{entry.case.slug}/" if case and is_changed_since(entry) else "",
    }


def _file(file: IssueFile, reader: Asker, public: dict[int, Any]) -> dict[str, Any]:
    return {"file": file, "open": can_download(reader, file, public)}


__all__ = ["can_download", "is_changed_since", "issue_context", "printed_context"]
