"""The body of a document, line by line, into nodes: chapters, articles, 款, 项, levels, tables, attachments.

One state machine serves statutes and official documents: within an article a numbered line is an
item of the paragraph before it; outside one it is a level of the document.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from kb.parser import attached, levels, tail
from kb.parser.flattened import unflatten
from kb.parser.items import DEEPEST_LEVEL, ITEM_LETTERS, Ladder, next_step
from kb.parser.joining import TERMINALS, ends_in_comma, last_line, stops_mid_sentence, title_lines
from kb.parser.nodes import Kind, Line, Node, Note, Severity
from kb.parser.openings import SENTENCE_STOPS, ArticleOpening, Heading, Numbered, article, numbered, structural
from kb.parser.outline import Draft, Outline
from kb.parser.quotes import Quotes

LONGEST_HEADING_TAIL = 24
LONGEST_ATTACHMENT_TITLE = 40


@dataclass(frozen=True, slots=True)
class Body:
    nodes: tuple[Node, ...]
    notes: tuple[Note, ...]


def read_body(
    lines: Sequence[Line], *, titles: Sequence[str] = (), amending: bool = False, standard: bool = False
) -> Body:
    """`titles`: names of the document that may stand within its body; `amending`: it changes another document,
    whose quoted articles are not its own; `standard`: clauses are numbered 3.2.1.
    """
    notes: list[Note] = []
    flat = list(lines) if amending else unflatten(lines, notes)
    names = frozenset("".join(t.split()) for t in titles if t)
    reader = _Reader(flat, names, amending=amending, standard=standard)
    reader.outline.notes += notes
    reader.read()
    _put_first(reader.outline.drafts, flat[0].lead if flat else "")
    return Body(tuple(d.freeze() for d in reader.outline.drafts), tuple(reader.outline.notes))


def _put_first(drafts: list[Draft], lead: str) -> None:
    """Zero-width characters before the first line stay before its wording."""
    if lead and drafts:
        first = drafts[0]
        name = next((n for n in ("label", "heading", "text") if getattr(first, n)), "text")
        setattr(first, name, lead + getattr(first, name))


@dataclass(slots=True)
class _Reader:
    """Where we are: the open article or level, the last node that can take more text."""

    lines: list[Line]
    titles: frozenset[str]
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
    quoting: bool = False

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
        # what follows the table stands after it, so nothing that began before it goes on
        self.last = self.colophon = None
        return True

    def _quoted(self, line: Line) -> bool:
        """What an amending decision quotes belongs to the provision that quotes it."""
        if not self.amending or self.last is None:
            return False
        own = self._own_next_number(line)
        if self.article and not own and self._opens(line):
            # a chapter or article out of turn is quoted even where the quotation marks are missing
            self.quoting = True
        self.quoting = self.quoting and not own
        if own or not (self.quotes.open or self.quoting):
            return False
        self.last.append(line.text)
        return True

    def _own_next_number(self, line: Line) -> bool:
        """The decision's own next number ends a quotation, also one that was left open by mistake."""
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
        # a quotation still open would go on above it
        self.last = None
        self._leave_article()
        return True

    # -- provisions ---------------------------------------------------------------

    def _provision(self, line: Line) -> None:
        text = line.stripped
        if self.outline.drafts and (found := tail.attachment(line)):
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
        first = numbered(heading)
        self._leave_article()
        self.outline.scope, self.outline.structure = None, []
        self.outline.scope = self.outline.add_counted(
            Kind.ATTACHMENT, "att", line=line.number, label=label, heading="" if first else heading
        )
        self.last_article = (0, 0)
        self.last = None
        if first:  # 附件：1.…清单, the first line of a list of attachments
            self._level(first, line)

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
            if not plain or len(line.visible) > LONGEST_HEADING_TAIL or not self._opens(after):
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
        self.paragraph = self.last = self.outline.add_paragraph(self.article, text, line.number)
        self.ladder.clear(base=self.paragraph)

    def _numbered(self, step: Numbered, line: Line) -> None:
        if self.article:
            self._item(step, line)
        else:
            self._level(step, line)

    def _item(self, step: Numbered, line: Line) -> None:
        if self.paragraph is None:
            self._new_paragraph("", line)
        rung = self.ladder.open(step, line.number, self.outline.notes, deepest=len(ITEM_LETTERS))
        parent = rung.parent if rung else None
        if parent is None:
            self._append(line)
            return
        letter = self.ladder.letter
        self.last = self.outline.add(
            Kind.ITEM if letter == "i" else Kind.SUBITEM,
            f"{parent.key}.{letter}{step.number}",
            parent=parent,
            line=line.number,
            label=step.label,
            text=step.rest,
        )
        self.ladder.stand_on(self.last)

    def _append(self, line: Line) -> None:
        """Deeper than 目, or a line that goes on: it stays in the text it follows; below a table, in its own."""
        if self.last:
            self.last.append(line.text)
        else:
            self._new_paragraph(line.text, line)

    def _level(self, step: Numbered, line: Line) -> None:
        rung = self.ladder.open(step, line.number, self.outline.notes, deepest=DEEPEST_LEVEL)
        if rung is None:
            self._text(line)
            return
        heading, text = ("", step.rest) if line.broken else levels.split_heading(step.rest, step.style)
        draft = self.outline.add(
            levels.KIND_OF[step.style],
            levels.key_of(step, rung.parent, self.outline),
            parent=rung.parent or self.outline.place,
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
        self.ladder.clear(base=draft)
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
        if self._inner_title(line) or self._names_attachment(line):
            return
        following = next_step(self.lines, self.at) if self.ladder.rungs else None
        if self.article:
            goes_on = following is not None and self.ladder.continues(following)
            if goes_on or self._ends_open(line, commas_only=False):
                self._append(line)
            elif self._ends_open(line, commas_only=True):
                self._join(line)
            else:
                self._new_paragraph(line.text, line)
        elif self._ends_open(line, commas_only=False):
            self._join(line)
        else:
            self._unnumbered(line, following)

    def _unnumbered(self, line: Line, following: Numbered | None) -> None:
        """A paragraph of an official document. A list that starts anew below it hangs on it (第一类, 第二类)."""
        parent = self.ladder.top or self.ladder.base
        restarts = following is not None and self.ladder.restarts(following)
        if restarts and following:
            parent = self.ladder.back_to(following.style)
        if parent and parent.kind is Kind.PARAGRAPH:
            parent = parent.parent
        draft = self.last = self.outline.add_paragraph(parent or self.outline.place, line.text, line.number)
        upcoming = next_step(self.lines, self.at)
        if restarts or (self.outline.scope and not self.ladder.rungs and upcoming and upcoming.number == 1):
            self.ladder.base = draft

    def _inner_title(self, line: Line) -> bool:
        """The document's own name below the notice that passes it on."""
        count = title_lines(self.lines, self.at - 1, self.titles)
        for row in self.lines[self.at - 1 : self.at - 1 + count]:
            self.outline.add_counted(Kind.TITLE_LINE, "t", line=row.number, heading=row.text)
        if count:
            self.at += count - 1
            self._leave_article()
            self.last = None
        return bool(count)

    def _names_attachment(self, line: Line) -> bool:
        """The first short line under 附件1 is the attachment's title."""
        scope = self.outline.scope
        if scope is None or scope.heading or self.outline.drafts[-1] is not scope:
            return False
        if len(line.visible) > LONGEST_ATTACHMENT_TITLE or line.visible.endswith(TERMINALS):
            return False
        scope.heading = line.text
        return True

    def _ends_open(self, line: Line, *, commas_only: bool) -> bool:
        """Whether the text before goes on in this line.

        In an article only an item (which ends in ； or 。) or a comma is a sure sign: a 款 must not swallow the next.
        """
        if self.last is None:
            return False
        after_page = self.at > 1 and self.lines[self.at - 2].broken
        if not stops_mid_sentence(last_line(self.last.text), line, after_page=after_page):
            return False
        if commas_only:
            return ends_in_comma(self.last.text)
        return self.last.kind in (Kind.ITEM, Kind.SUBITEM) or not self.article

    def _join(self, line: Line) -> None:
        """A sentence cut by a page or a hard wrap goes on here."""
        if self.last is None:
            return
        note = f"断开的句子已接上：“…{self.last.text[-6:].strip()}”+“{line.visible[:6]}…”"
        self.last.append(line.text, joint="")
        self.outline.notes.append(Note("line_joined", note, line.number, severity=Severity.INFO))

    def _reprint(self, line: Line) -> None:
        """After an amending decision the amended text is printed again: it is an attachment of the decision."""
        heading = attached.take_reprint_title(self.outline)
        self.outline.scope, self.outline.structure = None, []
        self.outline.scope = self.outline.add_counted(Kind.ATTACHMENT, "att", line=line.number, heading=heading)
        self.amending = False

    def _leave_article(self) -> None:
        self.article = self.paragraph = None
        self.ladder.clear()
