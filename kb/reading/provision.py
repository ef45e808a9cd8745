"""One provision's page: its text, its place, its history, who cites it, where it went."""

from dataclasses import dataclass, field
from functools import cached_property

from kb.citations.standard import written_key
from kb.keys import ARTICLE, article_of, article_order
from kb.lookup import (
    Resolved,
    Successor,
    applicable,
    predecessors_of,
    provision_url,
    select_rows,
    successors_of,
)
from kb.models import Gist, Provision
from kb.reading.cited_by import Group, citing
from kb.reading.contents import TocEntry, part_url
from kb.reading.links import links_of
from kb.reading.margins import succession_words
from kb.reading.outline import Entry, Outline, outline_of
from kb.reading.selection import Selection
from kb.reading.timeline import Former, article_history
from kb.reading.tree import Block, Dressing, build

Kind = Provision.Kind
NEIGHBOURS = 10  # articles listed before and after, so that the one read is in sight


@dataclass
class ProvisionPage:
    """Everything the page shows of one article (or one level of an official document)."""

    selection: Selection
    key: str
    rows: list[Provision]
    outline: Outline
    gists: dict[str, str] = field(default_factory=dict)

    @cached_property
    def resolved(self) -> Resolved:
        """The provision as a value, for the citation, the text to copy, and the panels of upper apps."""
        regulation, version = self.selection.regulation, self.selection.version
        return Resolved(
            regulation=regulation,
            key=self.key,
            on=self.selection.on,
            status=self.selection.status,
            version=version,
            provision=self.rows[0] if self.rows else None,
            rows=tuple(self.rows),
            sole_paragraph=sum(row.kind == Kind.PARAGRAPH for row in self.rows) == 1,
            gist=self.gists.get(self.key, ""),
            successors=applicable(self._after, regulation, version, self.selection.today),
        )

    @cached_property
    def _after(self) -> tuple[Successor, ...]:
        pair = (self.selection.regulation.pk, self.key)
        return successors_of([pair])[pair]

    @cached_property
    def predecessors(self) -> list[Successor]:
        pair = (self.selection.regulation.pk, self.key)
        return [one for one in predecessors_of([pair])[pair] if one.regulation != self.selection.regulation]

    @cached_property
    def succession(self) -> list[tuple[str, Successor]]:
        return [(succession_words(one, self.selection.today), one) for one in self.resolved.successors]

    @cached_property
    def blocks(self) -> list[Block]:
        links = links_of(self.selection, {article_of(row.key) for row in self.rows})
        address, query = self.selection.regulation.get_absolute_url(), self.selection.query
        return build(self.rows, Dressing(links, {}, address, query))

    @cached_property
    def cited_by(self) -> list[Group]:
        return citing(self.selection.regulation, self.key, self.selection.today)

    @cached_property
    def history(self) -> list[Former]:
        return article_history(self.selection, self.key) if ARTICLE.match(self.key) else []

    @cached_property
    def path(self) -> list[Entry]:
        return self.outline.path_to(self.rows[0].position) if self.rows else []

    @property
    def part_citations(self) -> list[tuple[str, str]]:
        """(第一款第（二）项, its standard citation) of every 款 and 项, where there is more than the article itself."""
        title, sole = self.selection.regulation.title, self.resolved.sole_paragraph
        keys = [row.key for row in self.rows if row.kind in (Kind.PARAGRAPH, Kind.ITEM, Kind.SUBITEM)]
        named = [written_key(key, single_paragraph=sole) for key in keys if ARTICLE.match(self.key)]
        article = written_key(self.key)
        return [(words.removeprefix(article), f"《{title}》{words}") for words in named if words != article]

    @property
    def in_full_text(self) -> str:
        """The provision within the whole law: its part, at its anchor."""
        address = self.selection.regulation.get_absolute_url() + self.selection.query
        if self.outline.is_long and self.rows:
            address = part_url(self.selection, self.outline.part_at(self.rows[0].position))
        return f"{address}#{self.key}"

    def crumbs(self) -> list[dict[str, str]]:
        """The law, then 编, 章, 节 above this provision."""
        address = self.selection.regulation.get_absolute_url()
        crumbs = [{"label": self.selection.regulation.name, "url": address + self.selection.query}]
        for entry in self.path:
            base = address + self.selection.query
            if self.outline.is_long:
                base = part_url(self.selection, self.outline.part_at(entry.start))
            crumbs.append({"label": entry.words, "url": f"{base}#{entry.key}"})
        return crumbs

    def neighbours(self) -> dict[str, dict[str, str] | None]:
        """{"previous": {label, url}, "next": …} among the articles, or among levels of the same rank."""
        order = [(key, label) for key, label, _ in self.outline.articles]
        if self.rows and self.rows[0].kind != Kind.ARTICLE:
            entries = [one for one in self.outline.root.walk() if one.kind == self.rows[0].kind]
            order = [(one.key, one.label + one.title) for one in entries]
        keys = [key for key, _ in order]
        at = keys.index(self.key) if self.key in keys else None
        if at is None:
            return {"previous": None, "next": None}
        before = order[at - 1] if at else None
        after = order[at + 1] if at + 1 < len(order) else None
        return {"previous": self._link(before), "next": self._link(after)}

    def _link(self, article: tuple[str, str] | None) -> dict[str, str] | None:
        if article is None:
            return None
        return {"label": article[1], "url": self._url(article[0])}

    def _url(self, key: str) -> str:
        return provision_url(self.selection.regulation, key, self.selection.address_day)

    def siblings(self) -> list[TocEntry]:
        """The nearest articles under the same heading, with their gists; without text all gists."""
        if not self.rows:
            keys = sorted(self.gists, key=article_order)
            return [TocEntry(f"{written_key(key)}　{self.gists[key]}", self._url(key), key == self.key) for key in keys]
        around = self.path[-1] if self.path else self.outline.root
        keys = [key for key, _, _ in around.articles]
        at = keys.index(self.key) if self.key in keys else 0
        return [
            TocEntry("　".join(filter(None, [label, self.gists.get(key)])), self._url(key), key == self.key)
            for key, label, _ in around.articles[max(0, at - NEIGHBOURS) : at + NEIGHBOURS + 1]
        ]


def provision_page(selection: Selection, key: str) -> ProvisionPage | None:
    """The page of a key in the selected version, or None when that version has no such provision."""
    version = selection.version
    if version is None:
        return None
    article = article_of(key)
    if ARTICLE.match(article):
        rows = list(version.provisions.of_article(article))
    else:
        below = version.provisions.filter(key__startswith=article).order_by("position")
        rows = list(select_rows(list(below), article))
    gists = dict(Gist.objects.filter(regulation=selection.regulation).values_list("key", "text"))
    if not rows and article not in gists:
        return None
    return ProvisionPage(selection, article, rows, outline_of(version), gists)
