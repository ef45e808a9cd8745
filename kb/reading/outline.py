"""The contents of a version, and the parts into which a long one is cut.

One query over the headings and articles; everything else is arithmetic on positions.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from kb.models import Provision, RegulationVersion
from kb.reading.tree import tight

Kind = Provision.Kind
RANK = {
    Kind.BOOK: 0,
    Kind.ATTACHMENT: 0,
    Kind.SUBBOOK: 1,
    Kind.CHAPTER: 2,
    Kind.SECTION: 3,
    Kind.LEVEL1: 4,
    Kind.LEVEL2: 5,
}
WHOLE_UP_TO = 200  # articles on one page; beyond that a law is read in parts
PART_UP_TO = 150
RANGE = 100  # articles a part where there are no finer headings, or where small chapters share one
END = 10**9


@dataclass
class Entry:
    """One heading: the positions it covers (`end` exclusive) and the articles in them."""

    key: str
    label: str
    title: str
    kind: str
    start: int
    end: int = END
    articles: list[tuple[str, str, int]] = field(default_factory=list)
    children: list["Entry"] = field(default_factory=list)

    @property
    def words(self) -> str:
        """第二章　行政处罚的种类和设定."""
        return f"{self.label}　{self.title}".strip("　")

    @property
    def span(self) -> str:
        """第九条—第十六条, empty without articles."""
        if not self.articles:
            return ""
        first, last = self.articles[0][1], self.articles[-1][1]
        return first if first == last else f"{first}—{last}"

    def walk(self) -> Iterator["Entry"]:
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass
class Outline:
    """`root` covers the whole version; `parts` has one element unless the law is long."""

    root: Entry
    parts: list[Entry]

    @property
    def is_long(self) -> bool:
        return len(self.parts) > 1

    @property
    def articles(self) -> list[tuple[str, str, int]]:
        """(key, label, position) of every article in order."""
        return self.root.articles

    def part(self, key: str) -> Entry:
        """The part with that key, or the one that holds the heading of that key; else the first."""
        named = next((part for part in self.parts if part.key == key), None)
        if named is None and (entry := next((one for one in self.root.walk() if key and one.key == key), None)):
            named = self.part_at(entry.start)
        return named or self.parts[0]

    def part_at(self, position: int) -> Entry:
        return next((part for part in self.parts if part.start <= position < part.end), self.parts[0])

    def name_of(self, part: Entry) -> str:
        """A part with the 编 it belongs to: 第二编　物权　第一分编　通则."""
        above = self.path_to(part.articles[0][2])[:1] if part.articles else []
        outer = [entry.words for entry in above if entry.start < part.start or entry.end > part.end]
        return "　".join([*outer, part.words or part.span])

    def path_to(self, position: int) -> list[Entry]:
        """编, 章, 节 above a position, outermost first."""
        return [entry for entry in self.root.walk() if entry is not self.root and entry.start < position < entry.end]

    def neighbours(self, key: str) -> tuple[tuple[str, str] | None, tuple[str, str] | None]:
        """(key, label) of the articles before and after."""
        keys = [article[0] for article in self.articles]
        if key not in keys:
            return None, None
        at = keys.index(key)
        before = self.articles[at - 1][:2] if at else None
        after = self.articles[at + 1][:2] if at + 1 < len(keys) else None
        return before, after


def outline_of(version: RegulationVersion) -> Outline:
    """Reads headings and articles of the version (one query)."""
    rows = list(
        version.provisions.filter(kind__in=[*RANK, Kind.ARTICLE])
        .order_by("position")
        .values_list("kind", "key", "label", "heading", "text", "position")
    )
    root = _nest(rows)
    parts = [root] if len(root.articles) <= WHOLE_UP_TO else list(_parts(root))
    return Outline(root, parts)


def _nest(rows: list[tuple]) -> Entry:
    root = Entry("", "", "", "", 0)
    open_entries: list[tuple[int, Entry]] = [(-1, root)]
    for kind, key, label, heading, text, position in rows:
        if kind == Kind.ARTICLE:
            for _, entry in open_entries:
                entry.articles.append((key, label, position))
            continue
        entry = Entry(key, label, tight(heading) or _opening(text), kind, position)
        while open_entries[-1][0] >= RANK[kind]:
            open_entries.pop()[1].end = position
        open_entries[-1][1].children.append(entry)
        open_entries.append((RANK[kind], entry))
    return root


def _opening(text: str) -> str:
    """The first clause of a level that has no heading of its own."""
    first = text.split("。")[0].split("：")[0]
    return first if len(first) <= 20 else f"{first[:19]}…"


def _parts(entry: Entry) -> Iterator[Entry]:
    """Entries of at most PART_UP_TO articles that together cover everything, in order."""
    if len(entry.articles) <= PART_UP_TO:
        yield entry
    elif not entry.children:
        yield from _ranges(entry, entry.start, entry.end, entry.articles)
    else:
        first = entry.children[0].start
        head = [article for article in entry.articles if article[2] < first]
        yield from _head(entry, first, head)
        yield from _siblings(entry.children)


def _siblings(children: list[Entry]) -> Iterator[Entry]:
    """Small neighbours share a page; a child too large for one is cut further."""
    together: list[Entry] = []
    for child in children:
        size = sum(len(one.articles) for one in together) + len(child.articles)
        if together and size > RANGE:
            yield _joined(together)
            together = []
        if len(child.articles) > PART_UP_TO:
            yield from _parts(child)
        else:
            together.append(child)
    if together:
        yield _joined(together)


def _joined(entries: list[Entry]) -> Entry:
    """第一章—第三章 as one part under the first one's key."""
    first, last = entries[0], entries[-1]
    if first is last:
        return first
    articles = [article for entry in entries for article in entry.articles]
    return Entry(first.key, f"{first.label}—{last.label}", "", first.kind, first.start, last.end, articles)


def _head(entry: Entry, first: int, articles: list) -> Iterator[Entry]:
    """What stands before the first sub-heading: its own part only when it holds articles."""
    if articles:
        yield from _ranges(entry, entry.start, first, articles)
    else:
        # the bare heading travels with what follows it
        entry.children[0].start = entry.start


def _ranges(entry: Entry, start: int, end: int, articles: list) -> Iterator[Entry]:
    for at in range(0, len(articles), RANGE):
        chunk = articles[at : at + RANGE]
        following = articles[at + RANGE : at + RANGE + 1]
        yield Entry(
            key=f"{entry.key}@{chunk[0][0]}",
            label=entry.label,
            title=entry.title,
            kind=entry.kind,
            start=start if at == 0 else chunk[0][2],
            end=following[0][2] if following else end,
            articles=chunk,
        )
