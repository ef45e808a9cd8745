"""The outline as the contents component wants it: entries two deep, linked to anchors or to other parts."""

from dataclasses import dataclass, field

from kb.models import Provision
from kb.reading.outline import Entry, Outline
from kb.reading.selection import Selection

Kind = Provision.Kind
OUTER = {Kind.BOOK, Kind.ATTACHMENT}
GROUP = 10  # articles an entry where a law has no headings


@dataclass
class TocEntry:
    label: str
    url: str
    current: bool = False
    open: bool = False
    children: list["TocEntry"] = field(default_factory=list)


def toc_of(outline: Outline, part: Entry, selection: Selection) -> list[TocEntry]:
    """Chapters with their sections; books with their chapters; groups of ten articles where there is neither."""
    if not outline.root.children:
        return _long_groups(outline, part, selection) if outline.is_long else _groups(outline)
    linker = _Linker(outline, part, selection)
    return [_entry(child, linker) for child in outline.root.children]


class _Linker:
    """`#c3` for what stands on this page, else the address of its part."""

    def __init__(self, outline: Outline, part: Entry, selection: Selection) -> None:
        self.outline, self.part, self.selection = outline, part, selection

    def url(self, entry: Entry) -> str:
        if self.on_page(entry):
            return f"#{entry.key}"
        part = self.outline.part_at(entry.start)
        return f"{part_url(self.selection, part)}#{entry.key}"

    def on_page(self, entry: Entry) -> bool:
        return self.part.start <= entry.start < self.part.end


def part_url(selection: Selection, part: Entry) -> str:
    """`/laws/<slug>/?part=c3`, with the day when another version is shown."""
    day = f"&on={selection.address_day.isoformat()}" if selection.address_day else ""
    return f"{selection.regulation.get_absolute_url()}?part={part.key}{day}"


def _entry(entry: Entry, linker: _Linker) -> TocEntry:
    children = _shown_below(entry)
    holds_page = linker.outline.is_long and any(linker.on_page(one) for one in children)
    return TocEntry(
        label=entry.words,
        url=linker.url(entry),
        current=linker.outline.is_long and entry.key == linker.part.key,
        open=holds_page or not linker.outline.is_long,
        children=[
            TocEntry(child.words, linker.url(child), linker.outline.is_long and child.key == linker.part.key)
            for child in children
        ],
    )


def _shown_below(entry: Entry) -> list[Entry]:
    """A book shows its 分编 and chapters, anything else its direct children."""
    if entry.kind not in OUTER:
        return entry.children
    return [one for one in entry.walk() if one is not entry and one.kind in {Kind.SUBBOOK, Kind.CHAPTER}]


def _groups(outline: Outline) -> list[TocEntry]:
    articles = outline.articles
    chunks = [articles[at : at + GROUP] for at in range(0, len(articles), GROUP)]
    return [
        TocEntry(chunk[0][1] if len(chunk) == 1 else f"{chunk[0][1]}—{chunk[-1][1]}", f"#{chunk[0][0]}")
        for chunk in chunks
    ]


def _long_groups(outline: Outline, part: Entry, selection: Selection) -> list[TocEntry]:
    return [TocEntry(one.span, part_url(selection, one), one is part) for one in outline.parts]
