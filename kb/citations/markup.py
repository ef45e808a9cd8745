"""A text and the spans of its citations -> HTML that is safe to show."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import escape


@dataclass(frozen=True, slots=True)
class Link:
    """One linked span. `data` becomes data-… attributes; an empty `href` marks without linking."""

    start: int
    end: int
    href: str
    title: str = ""
    css_class: str = "cite"
    data: Mapping[str, str] = field(default_factory=dict)


def link_text_spans(text: str, links: Iterable[Link]) -> str:
    """The text escaped, each span wrapped in `<a class="cite" href=…>`.

    Spans outside the text, empty spans and spans that begin inside an earlier one are left out:
    of several targets with one span (a range) the first gives the link.
    """
    pieces, cursor = [], 0
    for link in sorted(links, key=lambda one: (one.start, -one.end)):
        if not cursor <= link.start < link.end <= len(text):
            continue
        pieces += [escape(text[cursor : link.start]), _element(link, text[link.start : link.end])]
        cursor = link.end
    return "".join([*pieces, escape(text[cursor:])])


def _element(link: Link, inner: str) -> str:
    attributes = {"class": link.css_class, "href": _safe_address(link.href), "title": link.title}
    attributes |= {f"data-{name}": value for name, value in link.data.items()}
    written = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items() if value)
    tag = "a" if attributes["href"] else "span"
    return f"<{tag}{written}>{escape(inner)}</{tag}>"


def _safe_address(href: str) -> str:
    """Only addresses of this site or the web; `javascript:` and the like are dropped."""
    return href if href.startswith(("/", "#", "https://", "http://")) and not href.startswith("//") else ""
