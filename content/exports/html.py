"""Blocks of a document as HTML that is XML, too: for the pages of an EPUB and of the site."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString

from content.exports.document import Block, Facts, Line, Listing, Note, Paragraph, Picture, Quote, Small, Table

Address = Callable[[str], str]


class HtmlWriter:
    """`address` says where an anchor lies, `source` where a picture does. All text is escaped."""

    def __init__(self, address: Address, source: Callable[[Picture], str] | None = None) -> None:
        self.address, self.source = address, source

    def blocks(self, blocks: Iterable[Block]) -> SafeString:
        return SafeString("".join(_WRITERS[type(block)](self, block) for block in blocks))

    def text(self, pieces: Line) -> SafeString:
        return SafeString("".join(self._run(piece.text, piece.target) for piece in pieces))

    def lines(self, lines: Iterable[Line], tag: str = "p") -> SafeString:
        return SafeString("".join(f"<{tag}>{self.text(pieces)}</{tag}>" for pieces in lines))

    def _run(self, text: str, target: str) -> str:
        return format_html('<a href="{}">{}</a>', self.address(target), text) if target else escape(text)


def _listing(out: HtmlWriter, block: Listing) -> str:
    tag = "ol" if block.numbered else "ul"
    return f"<{tag}>{out.lines(block.items, 'li')}</{tag}>"


def _quote(out: HtmlWriter, block: Quote) -> str:
    label = format_html("<b>{}</b>　", block.label) if block.label else ""
    return f"<blockquote>{out.lines(block.lines).replace('<p>', f'<p>{label}', 1)}</blockquote>"


def _note(out: HtmlWriter, block: Note) -> str:
    title = format_html('<p class="title">{}</p>', block.title) if block.title else ""
    return f'<aside class="note">{title}{out.lines(block.lines)}</aside>'


def _facts(out: HtmlWriter, block: Facts) -> str:
    rows = "".join(f'<tr><th scope="row">{escape(t)}</th><td>{out.text(v)}</td></tr>' for t, v in block.rows)
    return f'<table class="facts"><tbody>{rows}</tbody></table>'


def _table(out: HtmlWriter, block: Table) -> str:
    caption = format_html("<caption>{}</caption>", block.caption) if block.caption else ""
    head = format_html_join("", '<th scope="col">{}</th>', ((name,) for name in block.header))
    rows = "".join(f"<tr>{format_html_join('', '<td>{}</td>', ((value,) for value in row))}</tr>" for row in block.rows)
    return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _picture(out: HtmlWriter, block: Picture) -> str:
    caption = format_html("<figcaption>{}</figcaption>", block.caption) if block.caption else ""
    image = format_html('<img src="{}" alt="{}"/>', out.source(block) if out.source else "", block.alt)
    return f"<figure>{image}{caption}</figure>"


_WRITERS: dict[type, Callable[[HtmlWriter, Any], str]] = {
    Paragraph: lambda out, block: f"<p>{out.text(block.line)}</p>",
    Small: lambda out, block: f'<p class="small">{out.text(block.line)}</p>',
    Listing: _listing,
    Quote: _quote,
    Note: _note,
    Facts: _facts,
    Table: _table,
    Picture: _picture,
}
