"""`make_files`: an edition as PDF, Word and EPUB, kept for good; a later change makes a corrected printing."""

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from casebook.editions.book import Book, Printing, build_book, changes_between
from casebook.editions.files import digest, keep, name_of
from casebook.editions.printed import LeftOut
from casebook.models import CasebookIssue, IssueFile
from casebook.permissions import can_compile_issues, require
from content.exports import WRITERS, ExportError, write_docx
from content.exports.document import Document
from content.exports.fonts import installed_fonts
from content.exports.pdf import pages_of
from people import audit
from people.models import User

logger = logging.getLogger(__name__)
Progress = Callable[[str], None]
FORMS = tuple(IssueFile.Form.values)


@dataclass(frozen=True)
class Made:
    """What came of it. `is_new` is False when the files that exist already say the same."""

    files: list[IssueFile]
    is_new: bool
    left_out: tuple[LeftOut, ...] = ()
    changes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Check:
    """What making the files would do, before anything is written."""

    printing_no: int
    left_out: tuple[LeftOut, ...] = ()
    changes: tuple[str, ...] = field(default_factory=tuple)
    total: int = 0

    @property
    def is_needed(self) -> bool:
        """The first printing, or something to correct."""
        return self.printing_no == 1 or bool(self.changes)


def check_files(issue: CasebookIssue) -> Check:
    """Builds the document and compares it with the last printing; writes nothing. Raises ExportError."""
    last = last_printing(issue)
    book = build_book(issue, fonts=installed_fonts())
    changes = changes_between(_contents(last[0]), book.contents) if last else ()
    number = last[0].printing_no + 1 if last else 1
    return Check(number, book.left_out, changes, len(book.contents["cases"]))


def make_files(issue: CasebookIssue, *, by: User, reason: str = "", progress: Progress | None = None) -> Made:
    """All three forms of a published edition, with checksums.

    The first time it makes the first printing. Later it does nothing while the contents are the same;
    when they differ it makes a corrected printing, which needs a reason, beside the old files.
    A case that cannot be printed is left out and named in the result. Raises ValidationError and ExportError.
    """
    require(can_compile_issues(by), "制作汇编文件")
    if not issue.is_published:
        raise ValidationError(f"{issue.code} 尚未发布；请先发布，再制作文件。")
    book, printing, files = _wanted(issue, reason.strip(), progress or _silent)
    if files:
        return Made(files, is_new=False, left_out=book.left_out)
    if not book.contents["cases"]:
        raise ValidationError(f"{issue.code} 没有可以编印的案例：{'；'.join(map(str, book.left_out))}。")
    written = write_forms(book, FORMS, progress or _silent)
    return Made(_keep(issue, printing, book, written, by), True, book.left_out, printing.changes)


def write_forms(book: Book, forms: tuple[str, ...], progress: Progress) -> dict[str, bytes]:
    """Each form as bytes. Raises ExportError."""
    written = {}
    for form in forms:
        progress(f"正在生成 {IssueFile.Form(form).label}")
        written[form] = _write(form, book.document)
    return written


def _write(form: str, document: Document) -> bytes:
    """The contents of the Word file begin with the page numbers of the PDF."""
    return write_docx(document, pages_of(document)) if form == IssueFile.Form.DOCX else WRITERS[form](document)


def last_printing(issue: CasebookIssue) -> list[IssueFile]:
    """The files of the newest printing; empty before the first."""
    files = list(issue.files.order_by("-printing_no", "form"))
    return [file for file in files if file.printing_no == files[0].printing_no]


def _wanted(issue: CasebookIssue, reason: str, progress: Progress) -> tuple[Book, Printing, list[IssueFile]]:
    """The book to print and as which printing; with files when these already say the same."""
    fonts, last = installed_fonts(), last_printing(issue)
    progress("正在汇集案例和条文")
    book = build_book(issue, fonts=fonts)
    if not last:
        return book, Printing(), []
    changes = changes_between(_contents(last[0]), book.contents)
    if not changes:
        return book, Printing(), last
    if not reason:
        raise ValidationError(f"内容与第{last[0].printing_no}次印刷不同（{''.join(changes)}）制作更正版请写明理由。")
    printing = Printing(last[0].printing_no + 1, reason, changes)
    return build_book(issue, printing, fonts=fonts), printing, []


def _keep(issue: CasebookIssue, printing: Printing, book: Book, written: dict[str, bytes], by: User) -> list[IssueFile]:
    """Files first, rows last and together: whatever stops in between leaves no printing."""
    rows = [_row(issue, printing, book, form, data, by) for form, data in written.items()]
    for row, data in zip(rows, written.values(), strict=True):
        keep(str(row.file.name), data)
    try:
        with transaction.atomic():
            for row in rows:
                row.save()
            audit.record(by=by, verb="制作汇编文件", target=issue, detail=_said(printing, book))
    except IntegrityError as error:
        raise ValidationError("另一位编辑刚刚制作了这一期的文件，请刷新后查看。") from error
    return rows


def _row(issue: CasebookIssue, printing: Printing, book: Book, form: str, data: bytes, by: User) -> IssueFile:
    return IssueFile(
        issue=issue,
        printing_no=printing.number,
        form=form,
        file=name_of(issue, printing.number, form, data),
        sha256=digest(data),
        size=len(data),
        reason=printing.reason,
        contents=json.dumps({**book.contents, "changes": printing.changes}, ensure_ascii=False),
        made_by=by,
    )


def _said(printing: Printing, book: Book) -> str:
    left = f"，未收 {len(book.left_out)} 篇" if book.left_out else ""
    return f"第{printing.number}次印刷，{len(book.contents['cases'])} 篇{left}"


def _contents(file: IssueFile) -> dict[str, Any]:
    return json.loads(file.contents or "{}")


def _silent(text: str) -> None:
    logger.debug(text)


__all__ = ["Check", "ExportError", "Made", "check_files", "last_printing", "make_files", "write_forms"]
