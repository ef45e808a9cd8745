"""Rows of a version -> the blocks of a page: headings, articles with 款/项/目, passages, tables.

A block names its own component in `template`, so the page is one loop.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import escape

from django.utils.safestring import SafeString, mark_safe

from kb.citations.markup import Link, link_text_spans
from kb.citations.standard import standard_citation
from kb.keys import ARTICLE, article_of
from kb.models import Provision
from kb.reading.margins import NO_MARGIN, Margin

Kind = Provision.Kind
_SPREAD = re.compile(r"^[一-龥](?:\s+[一-龥])+$")
HEADINGS = {Kind.BOOK, Kind.SUBBOOK, Kind.CHAPTER, Kind.SECTION, Kind.ATTACHMENT, Kind.TITLE_LINE}
LEVELS = {Kind.LEVEL1, Kind.LEVEL2, Kind.LEVEL3, Kind.LEVEL4}
# The lines inside an article: which kind hangs on which.
INSIDE = {Kind.PARAGRAPH: 1, Kind.ITEM: 2, Kind.SUBITEM: 3, Kind.TABLE: 1}


@dataclass
class Line:
    """One 款, 项 or 目 inside an article."""

    anchor: str
    html: str
    items: list["Line"] = field(default_factory=list)
    subitems: list["Line"] = field(default_factory=list)
    cells: list[list[str]] = field(default_factory=list)


@dataclass
class Article:
    """What components/provision.html takes."""

    key: str
    number: str
    anchor: str
    url: str
    margin: Margin = NO_MARGIN
    paragraphs: list[Line] = field(default_factory=list)
    citation: str = ""
    template: str = "kb/blocks/article.html"

    @property
    def prefix(self) -> str:
        """Put before 款 and 项 anchors where several articles share a page."""
        return f"{self.key}-"

    @property
    def gist(self) -> str:
        return self.margin.gist

    @property
    def notes(self) -> list:
        return self.margin.notes


@dataclass
class Heading:
    """编, 分编, 章, 节, the title of an attachment, a line of the title."""

    anchor: str
    words: str
    minor: bool
    template: str = "kb/blocks/heading.html"


@dataclass
class Passage:
    """Text outside articles: 序言, the levels of an official document, 落款, tables."""

    kind: str
    anchor: str
    label: str
    heading: str
    html: str
    url: str = ""
    gist: str = ""
    cells: list[list[str]] = field(default_factory=list)
    template: str = "kb/blocks/passage.html"


Block = Article | Heading | Passage


@dataclass(frozen=True)
class Dressing:
    """What is added to the bare text: links by key, margins by article key, addresses by key."""

    links: Mapping[str, list[Link]] = field(default_factory=dict)
    margins: Mapping[str, Margin] = field(default_factory=dict)
    address: str = ""
    query: str = ""
    title: str = ""

    def html(self, row: Provision) -> SafeString:
        """The row's own text with its links, everything else escaped."""
        return mark_safe(link_text_spans(row.text, self.links.get(row.key, ())))

    def url(self, key: str) -> str:
        return f"{self.address}{key}{self.query}" if self.address else ""


def build(rows: Iterable[Provision], dressing: Dressing) -> list[Block]:
    """Blocks in reading order. No text of a row is left out."""
    blocks: list[Block] = []
    article: Article | None = None
    for row in rows:
        if row.kind == Kind.ARTICLE:
            article = _article(row, dressing)
            blocks.append(article)
        elif article and row.kind in INSIDE and article_of(row.key) == article.key:
            _hang(article, row, dressing)
        else:
            article = None
            blocks.append(_other(row, dressing))
    return blocks


def _article(row: Provision, dressing: Dressing) -> Article:
    article = Article(
        key=row.key,
        number=" ".join(filter(None, [row.label, row.heading])),
        anchor=row.key,
        url=dressing.url(row.key),
        margin=dressing.margins.get(row.key, NO_MARGIN),
        citation=standard_citation(dressing.title, row.key) if dressing.title else "",
    )
    if row.text:
        article.paragraphs.append(Line("", dressing.html(row)))
    return article


def _hang(article: Article, row: Provision, dressing: Dressing) -> None:
    """A line goes below the last line of the next higher kind; without one it stands by itself."""
    line = Line(_anchor_in(article, row), mark_safe(escape(row.label + row.heading) + dressing.html(row)))
    if row.kind == Kind.TABLE:
        line.cells = table_cells(row.text)
    last = article.paragraphs[-1] if article.paragraphs else None
    if row.kind == Kind.ITEM and last:
        last.items.append(line)
    elif row.kind == Kind.SUBITEM and last and last.items:
        last.items[-1].subitems.append(line)
    else:
        article.paragraphs.append(line)


def _anchor_in(article: Article, row: Provision) -> str:
    return row.key.removeprefix(article.key).lstrip(".").replace(".", "-")


def _other(row: Provision, dressing: Dressing) -> Heading | Passage:
    if row.kind in HEADINGS and not row.text:
        words = "　".join(filter(None, [row.label, tight(row.heading)]))
        return Heading(row.key, words, row.kind in {Kind.SECTION, Kind.TITLE_LINE})
    has_address = row.kind in LEVELS or bool(ARTICLE.match(row.key))
    return Passage(
        kind=row.kind,
        anchor=row.key,
        label=row.label,
        heading=row.heading,
        html=dressing.html(row),
        url=dressing.url(row.key) if has_address else "",
        gist=dressing.margins.get(row.key, NO_MARGIN).gist,
        cells=table_cells(row.text) if row.kind == Kind.TABLE else [],
    )


def tight(heading: str) -> str:
    """`总 则` -> `总则`: blanks that only spread a short heading in print."""
    return "".join(heading.split()) if _SPREAD.match(heading) else heading


def table_cells(text: str) -> list[list[str]]:
    """The importer keeps tables as lines with tabs between the cells."""
    return [[cell.strip() for cell in line.split("\t")] for line in text.splitlines() if line.strip()]
