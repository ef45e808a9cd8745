"""The text column of a law page: one part of one version, dressed, rendered and kept for a while."""

from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from kb.reading.cited_by import counts_of
from kb.reading.comparison import changed_keys
from kb.reading.links import links_of
from kb.reading.margins import margins_of
from kb.reading.outline import Entry
from kb.reading.selection import Selection
from kb.reading.timeline import version_before
from kb.reading.tree import Block, Dressing, build

KEPT = 300  # seconds: how long a new citation or gist may take to reach readers


def text_html(selection: Selection, part: Entry, *, fresh: bool = False) -> SafeString:
    """The rendered text. Kept per version, part and day; `fresh` (editors) neither reads nor waits for that."""
    version = selection.version
    if version is None:
        return SafeString("")
    key = f"kb.text.{version.pk}.{version.created_at.timestamp()}.{part.key}.{selection.today}.{selection.query}"
    html = None if fresh else cache.get(key)
    if html is None:
        html = render_to_string("kb/law_text.html", {"blocks": text_blocks(selection, part)})
        cache.set(key, html, KEPT)
    return SafeString(html)


def text_blocks(selection: Selection, part: Entry) -> list[Block]:
    """The part's rows with links, margins and addresses."""
    version = selection.version
    if version is None:
        return []
    rows = list(version.provisions.filter(position__gte=part.start, position__lt=part.end).order_by("position"))
    articles = [row.key for row in rows if row.kind == "article"]
    address = selection.regulation.get_absolute_url()
    before = version_before(selection)
    changed = changed_keys(before, version) if before else set()
    counts = counts_of(selection.regulation, selection.today)
    margins = margins_of(selection, articles, counts, changed, address)
    links = links_of(selection, {row.article for row in rows})
    dressing = Dressing(links, margins, address, selection.query, selection.regulation.title)
    return build(rows, dressing)
