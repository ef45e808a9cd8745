"""The body of a document, line by line, into nodes: chapters, articles, 款, 项, levels, tables, attachments.

One state machine serves statutes and official documents: within an article a numbered line is an
item of the paragraph before it; outside one it is a level of the document.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from kb.parser import attached, levels, tail
from kb.parser.flattened import unflatten
from kb.parser.items import Ladder, resumes_later
from kb.parser.nodes import Kind, Line, Node, Note, Severity
from kb.parser.openings import SENTENCE_STOPS, ArticleOpening, Heading, Numbered, article, numbered, structural
from kb.parser.outline import Draft, Outline
from kb.parser.quotes import Quotes

LONGEST_HEADING_TAIL = 24
SHORTEST_BROKEN_LINE = 18
TERMINALS = '。；;：:！？!?”"』」）)…'


@dataclass(frozen=True, slots=True)
class Body:
    nodes: tuple[Node, ...]
    notes: tuple[Note, ...]


def read_body(lines: Sequence[Line], *, amending: bool = False, standard: bool = False) -> Body:
    """`amending`: the document changes another, whose quoted articles are not its own."""
    notes: list[Note] = []
    flat = list(lines) if amending else unflatten(lines, notes)
    reader = _Reader(flat, amending=amending, standard=standard)
    reader.outline.notes += notes
    reader.read()
    return Body(tuple(d.freeze() for d in reader.outline.drafts), tuple(reader.outline.notes))


@dataclass(slots=True)
class _Reader:
    """Where we are: the open article or level, the last node that can take more text."""

    lines: list[Line]
    amending: bool
    standard: bool
    outline: Outline = field(default_factory=Outline)
    at: int = 0
    article: Draft | None = None
    last_article: tuple[int, int] = (0, 0)
    paragraph: Draft | None = None
    ladder: Ladder = field(default_factory=Ladder)
    last: Draft | None = None
    table: Draft | None = None
    colophon: Draft | None = None
    quotes: Quotes = field(default_factory=Quotes)

    def read(self) -> None:
        while self.at < len(self.lines):
            line = self.lines[self.at]
            self.at += 1
            if not self._table(line) and not self._quoted(line) and not self._colophon(line):
                self._provision(line)
            if self.amending:
                self.quotes.follow(line.text)

    # -- what is not a provision ------------------------------------------------

    def _table(self, line: Line) -> bool:
        if not line.is_table_row:
            self.table = None
            return False
        if self.table:
            self.table.append(line.text)
        else:
            self.table = self.outline.add_counted(Kind.TABLE, "tab", line=line.number, text=line.text)
        self.last = None
        return True

    def _quoted(self, line: Line) -> bool:
        """Inside the quotation of an amending decision everything belongs to the provision that quotes."""
        if not self.amending or not self.quotes.open or self.last is None or self._ends_quotation(line):
            return False
        self.last.append(line.text)
        return True

    def _ends_quotation(self, line: Line) -> bool:
        """A quotation left open by mistake ends at the decision's own next number."""
        opening = article(line.stripped, bold=line.bold)
        if opening and self.last_article[0]:
            return opening.number == self.last_article[0] + 1
        step = numbered(line.stripped)
        return bool(step and not self.article and self.ladder.continues(step))

    def _colophon(self, line: Line) -> bool:
        text = line.stripped
        if self.colophon:
            distribution = tail.is_distribution(self.colophon.text.split("\n")[-1])
            if not line.heading and tail.continues_colophon(text, distribution=distribution):
                self.colophon.append(line.text)
                return True
            self.colophon = None
            return False
        if not tail.is_signature(self.lines, self.at - 1) or not self.outline.drafts:
            return False
        self.colophon = self.outline.add_counted(Kind.COLOPHON, "col", line=line.number, text=line.text)
        self._leave_article()
        return True

    # -- provisions ---------------------------------------------------------------

    def _provision(self, line: Line) -> None:
        text = line.stripped
        if self.outline.drafts and (found := tail.attachment(line)) and not self._is_chapter_tail(line):
            self._attachment(found, line)
        elif heading := structural(text, marked=bool(line.heading)):
            self._structure(heading, line)
        elif attached.is_contents(text):
            self._contents(line)
        elif opening := self._own_article(line):
            self._article(opening, line)
        elif self.standard and (clause := levels.clause(text)) and not self.article:
            self._clause(clause, line)
        elif step := numbered(text, marked=bool(line.heading)):
            self._numbered(step, line)
        elif line.heading:
            self._title_line(line)
        else:
            self._text(line)

    def _attachment(self, found: tuple[str, str], line: Line) -> None:
        label, heading = found
        self._leave_article()
        self.outline.scope, self.outline.structure = None, []
        self.outline.scope = self.outline.add_counted(
            Kind.ATTACHMENT, "att", line=line.number, label=label, heading=heading
        )
        self.last_article = (0, 0)
        self.last = None

    def _is_chapter_tail(self, line: Line) -> bool:
        """附则 alone under 第八章 is the chapter's name, not an attachment."""
        return "".join(line.stripped.split()) == "附则"

    def _structure(self, heading: Heading, line: Line) -> None:
        if attached.reprint_begins(self.outline, self.amending, self.article is not None):
            self._reprint(line)
        self._leave_article()
        draft = self.outline.add_structure(
            heading.kind, heading.number, line=line.number, label=heading.label, heading=heading.name
        )
        self._heading_tail(draft)
        self.last = None

    def _heading_tail(self, draft: Draft) -> None:
        """A chapter's name that runs on to the next line, before its first article."""
        while self.at + 1 < len(self.lines) and not draft.heading.endswith(TERMINALS):
            line, after = self.lines[self.at], self.lines[self.at + 1]
            plain = not line.heading and not line.is_table_row and not self._opens(line)
            if not plain or len(line.stripped) > LONGEST_HEADING_TAIL or not self._opens(after):
                return
            if any(c in line.stripped for c in SENTENCE_STOPS):
                return
            draft.heading = f"{draft.heading}\n{line.text}" if draft.heading else line.text
            self.at += 1

    def _opens(self, line: Line) -> bool:
        text = line.stripped
        return bool(structural(text, marked=bool(line.heading)) or article(text, bold=line.bold))

    def _contents(self, line: Line) -> None:
        """目录: its lines are kept together and are no chapters."""
        rows = attached.contents_rows(self.lines, self.at)
        self._leave_article()
        text = "\n".join(row.text for row in rows)
        self.outline.add_counted(Kind.TITLE_LINE, "toc", line=line.number, heading=line.text, text=text)
        self.at += len(rows)
        self.last = None

    def _own_article(self, line: Line) -> ArticleOpening | None:
        opening = article(line.stripped, bold=line.bold)
        if not opening or opening.separated:
            return opening
        return opening if self._follows(opening) else None

    def _follows(self, opening: ArticleOpening) -> bool:
        number, sub = self.last_article
        return (opening.number, opening.sub) in ((number + 1, 0), (number, sub + 1))

    def _article(self, opening: ArticleOpening, line: Line) -> None:
        if attached.reprint_begins(self.outline, self.amending, self.article is not None):
            self._reprint(line)
        self._leave_article()
        title, rest = attached.article_heading(opening.rest)
        self.article = self.outline.add(
            Kind.ARTICLE,
            self.outline.scoped(opening.key),
            parent=self.outline.place,
            line=line.number,
            label=opening.label,
            heading=title,
        )
        self.last_article = (opening.number, opening.sub)
        self.last = self.article
        if rest:
            self._own_words(rest, line)

    def _own_words(self, rest: str, line: Line) -> None:
        """The words behind 第X条; an item may follow at once (第三条（一）…)."""
        step = numbered(rest)
        if step and step.number == 1:
            self._item(step, line)
        else:
            self._new_paragraph(rest, line)

    def _new_paragraph(self, text: str, line: Line) -> None:
        self.ladder.clear()
        self.paragraph = self.last = self.outline.add_paragraph(self.article, text, line.number)

    def _numbered(self, step: Numbered, line: Line) -> None:
        if self.article:
            self._item(step, line)
        else:
            self._level(step, line)

    def _item(self, step: Numbered, line: Line) -> None:
        if self.paragraph is None:
            self._new_paragraph("", line)
        assert self.paragraph is not None  # noqa: S101 - for the type checker
        placed = self.ladder.place(step, self.paragraph, line.number, self.outline.notes)
        if placed is None:
            (self.last or self.paragraph).append(line.text)
            return
        parent, letter = placed
        kind = Kind.ITEM if letter == "i" else Kind.SUBITEM
        draft = self.outline.add(
            kind,
            f"{parent.key}.{letter}{step.number}",
            parent=parent,
            line=line.number,
            label=step.label,
            text=step.rest,
        )
        self.ladder.stand_on(draft)
        self.last = draft

    def _level(self, step: Numbered, line: Line) -> None:
        placed = self.ladder.place_level(step, self.last, line.number, self.outline.notes)
        if placed is None:
            self._text(line)
            return
        parent = placed or self.outline.place
        heading, text = levels.split_heading(step.rest, step.style)
        draft = self.outline.add(
            levels.KIND_OF[step.style],
            levels.key_of(step, placed, self.outline),
            parent=parent,
            line=line.number,
            label=step.label,
            heading=heading,
            text=text,
        )
        self.ladder.stand_on(draft)
        self.paragraph = None
        self.last = draft if text else None

    def _clause(self, clause: levels.Clause, line: Line) -> None:
        """3.2.1 of a standard."""
        parent = next((d for d in reversed(self.outline.drafts) if d.key == self.outline.scoped(clause.above)), None)
        heading, text = levels.split_heading(clause.rest, None)
        draft = self.outline.add(
            clause.kind,
            self.outline.scoped(clause.label),
            parent=parent or self.outline.place,
            line=line.number,
            label=clause.label,
            heading=heading,
            text=text,
        )
        self.ladder.clear()
        self.ladder.base = draft
        self.last = draft if text else None

    def _title_line(self, line: Line) -> None:
        """A heading of the source that carries no number."""
        if "".join(line.stripped.split()) in ("序言", "前言", "引言", "序") and not self.outline.structure:
            preamble = self.outline.preamble(line.number)
            preamble.heading = preamble.heading or line.text
            self.last = None
            return
        self._leave_article()
        self.outline.add_counted(Kind.TITLE_LINE, "t", line=line.number, heading=line.text)
        self.last = None

    def _text(self, line: Line) -> None:
        text = line.text
        if self._joins_broken_line(line):
            return
        if self.outline.scope and self._names_attachment(line):
            return
        if self.article:
            if self.ladder.rungs and resumes_later(self.lines, self.at, self.ladder):
                (self.last or self.article).append(text)
            else:
                self._new_paragraph(text, line)
            return
        parent = self.ladder.top or self.ladder.base or self.outline.place
        self.last = self.outline.add_paragraph(parent, text, line.number)

    def _names_attachment(self, line: Line) -> bool:
        """The first short line under 附件1 is the attachment's title."""
        scope = self.outline.scope
        if scope is None or scope.heading or self.outline.drafts[-1] is not scope:
            return False
        if len(line.stripped) > 40 or line.stripped.endswith(tuple(TERMINALS)):
            return False
        scope.heading = line.text
        return True

    def _joins_broken_line(self, line: Line) -> bool:
        """A sentence cut by a page or a hard wrap goes on here."""
        before = self.last.text if self.last else ""
        tail_line = before.rsplit("\n", 1)[-1].rstrip()
        if len(tail_line) < SHORTEST_BROKEN_LINE or tail_line.endswith(tuple(TERMINALS)):
            return False
        if not line.stripped.endswith(("。", "；", ";", "：", ":")) or "＝" in tail_line:
            return False
        assert self.last is not None  # noqa: S101 - for the type checker
        self.last.append(line.text, joint="")
        note = f"断开的句子已接上：“…{tail_line[-6:]}”+“{line.stripped[:6]}…”"
        self.outline.notes.append(Note("line_joined", note, line.number, severity=Severity.INFO))
        return True

    def _reprint(self, line: Line) -> None:
        """After an amending decision the amended text is printed again: it is an attachment of the decision."""
        heading = attached.take_reprint_title(self.outline)
        self.outline.scope, self.outline.structure = None, []
        self.outline.scope = self.outline.add_counted(Kind.ATTACHMENT, "att", line=line.number, heading=heading)
        self.amending = False

    def _leave_article(self) -> None:
        self.article = self.paragraph = None
        self.ladder.clear()
        self.ladder.base = None
