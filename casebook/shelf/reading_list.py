"""A reading list as a Word file: what each case is about and what it rests on, not its whole text."""

import datetime as dt
from collections.abc import Iterable, Mapping

from casebook import layer
from casebook.models import Case
from casebook.pages import NOTICE, facts
from content.exports import write_docx
from content.exports.document import Block, Chapter, Document, Facts, Note, Paragraph, Part, Small, line

LONGEST = 100  # cases in one list


def reading_list(title: str, cases: Iterable[Case], on: dt.date, notes: Mapping[int, str] | None = None) -> bytes:
    """.docx with one entry a case, in the given order. `notes`: case pk -> the reader's own words."""
    own = notes or {}
    chapters = tuple(_entry(n, case, own.get(case.pk, "")) for n, case in enumerate(cases, 1))
    preface = (Note("说明", (line(NOTICE),)),)
    return write_docx(
        Document(
            title=title,
            identifier=f"reading-list-{on:%Y%m%d}",
            made_on=on,
            preface=preface,
            parts=(Part("案例", "cases", chapters=chapters, flowing=True),),
        )
    )


def _entry(number: int, case: Case, note: str) -> Chapter:
    shown = layer.shown(case)
    rows = tuple((row["term"], line(row["text"])) for row in facts(case, shown.outcome) if row.get("text"))
    basis = tuple(
        Small(line(f"{role.heading}：{'；'.join(role.text.split(chr(10)))}")) for role in shown.basis if role.text
    )
    blocks: tuple[Block, ...] = (Facts(rows), Paragraph(line(shown.summary)), *basis)
    own = (Note("我的笔记", tuple(line(text) for text in note.split("\n"))),) if note else ()
    return Chapter(shown.title, f"case-{number}", byline=case.case_no, blocks=(*blocks, *own))
