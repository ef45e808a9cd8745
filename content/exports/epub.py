"""Document -> EPUB 3: one XHTML file a chapter, navigation, one style sheet; the same bytes every time."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString

from content.exports.archive import packed
from content.exports.document import Chapter, Document, Facts, Part, Picture, Section, line, members, prepared
from content.exports.html import HtmlWriter

STYLE = Path(__file__).parent / "book.css"
FOLDER = "OEBPS/"
CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>
"""
PAGE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" xml:lang="{lang}" lang="{lang}">
<head><title>{title}</title><link rel="stylesheet" type="text/css" href="book.css"/></head>
<body>{body}</body>
</html>
"""
PACKAGE = """<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="{lang}">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">{identifier}</dc:identifier><dc:title>{title}</dc:title><dc:language>{lang}</dc:language>
<dc:creator>{publisher}</dc:creator><dc:publisher>{publisher}</dc:publisher><dc:date>{day}</dc:date>
<meta property="dcterms:modified">{day}T12:00:00Z</meta>
<meta property="schema:accessMode">textual</meta><meta property="schema:accessModeSufficient">textual</meta>
<meta property="schema:accessibilityFeature">tableOfContents</meta>
<meta property="schema:accessibilityHazard">none</meta>
</metadata>
<manifest>{manifest}</manifest>
<spine>{spine}</spine>
</package>
"""


@dataclass(frozen=True)
class _Leaf:
    """One XHTML file of the book."""

    name: str
    title: str
    body: str


class _Book:
    """Where each anchor and picture lies, and the text written with it."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.files = dict(_places(document))
        self.pictures = {p: f"picture-{n}.{p.suffix}" for n, p in enumerate(members(document, Picture), 1)}
        self.blocks = HtmlWriter(self.address, self.pictures.__getitem__).blocks

    def leaves(self) -> Iterator[_Leaf]:
        document = self.document
        yield _Leaf("cover.xhtml", document.title, self._cover())
        if document.preface:
            body = format_html("<h1>{}</h1>{}", document.preface_title, self.blocks(document.preface))
            yield _Leaf("preface.xhtml", document.preface_title, body)
        for part in document.all_parts():
            yield _Leaf(self.files[part.anchor], part.title, self._part(part))
            for chapter in part.chapters:
                yield _Leaf(self.files[chapter.anchor], chapter.title, self._chapter(chapter))
        if document.colophon:
            facts = Facts(tuple((term, line(value)) for term, value in document.colophon))
            body = format_html("<h1>版权页</h1>{}", self.blocks((facts,)))
            yield _Leaf("colophon.xhtml", "版权页", body)

    def address(self, anchor: str) -> str:
        return f"{self.files[anchor]}#{anchor}"

    def _cover(self) -> str:
        document = self.document
        lines = (document.subtitle, document.number, *document.cover, document.publisher)
        said = format_html_join("", "<p>{}</p>", ((text,) for text in lines if text))
        return format_html('<section class="cover" epub:type="cover"><h1>{}</h1>{}</section>', document.title, said)

    def _part(self, part: Part) -> str:
        listed = format_html_join(
            "", '<li><a href="{}">{}</a></li>', ((self.address(c.anchor), c.title) for c in part.chapters)
        )
        contents = format_html("<ul>{}</ul>", listed) if part.chapters else ""
        return format_html('<h1 id="{}">{}</h1>{}{}', part.anchor, part.title, self.blocks(part.blocks), contents)

    def _chapter(self, chapter: Chapter) -> str:
        head = format_html('<h1 id="{}">{}</h1>', chapter.anchor, chapter.title)
        byline = format_html('<p class="small">{}</p>', chapter.byline) if chapter.byline else ""
        sections = SafeString("".join(self._section(section) for section in chapter.sections))
        return format_html("{}{}{}{}", head, byline, self.blocks(chapter.blocks), sections)

    def _section(self, section: Section) -> str:
        mark = format_html(' id="{}"', section.anchor) if section.anchor else ""
        return format_html("<section{}><h2>{}</h2>{}</section>", mark, section.title, self.blocks(section.blocks))


def write_epub(document: Document) -> bytes:
    """The EPUB file. Raises ExportError when a link leads nowhere."""
    document = prepared(document)
    book = _Book(document)
    leaves = list(book.leaves())
    files = [("mimetype", b"application/epub+zip"), ("META-INF/container.xml", CONTAINER.encode())]
    files.append((f"{FOLDER}content.opf", _package(book, leaves).encode()))
    files.append((f"{FOLDER}nav.xhtml", _page(document, "目录", _navigation(book)).encode()))
    files.append((f"{FOLDER}book.css", STYLE.read_bytes()))
    files += [(FOLDER + leaf.name, _page(document, leaf.title, leaf.body).encode()) for leaf in leaves]
    files += [(FOLDER + name, picture.data) for picture, name in book.pictures.items()]
    return packed(files, stored=frozenset({"mimetype"}))


def _places(document: Document) -> Iterator[tuple[str, str]]:
    """(anchor, file in which it stands)."""
    parts, chapters = count(1), count(1)
    for part in document.all_parts():
        yield part.anchor, f"part-{next(parts)}.xhtml"
        for chapter in part.chapters:
            name = f"chapter-{next(chapters)}.xhtml"
            yield chapter.anchor, name
            yield from ((section.anchor, name) for section in chapter.sections if section.anchor)


def _page(document: Document, title: str, body: str) -> str:
    return PAGE.format(lang=document.language, title=escape(title), body=body)


def _package(book: _Book, leaves: list[_Leaf]) -> str:
    document = book.document
    items = [("nav.xhtml", "application/xhtml+xml", ' properties="nav"'), ("book.css", "text/css", "")]
    items += [(leaf.name, "application/xhtml+xml", "") for leaf in leaves]
    items += [(name, picture.media_type, "") for picture, name in book.pictures.items()]
    spine = [leaves[0].name, "nav.xhtml", *(leaf.name for leaf in leaves[1:])]
    return PACKAGE.format(
        lang=document.language,
        identifier=escape(document.identifier),
        title=escape(f"{document.title} {document.number}".strip()),
        publisher=escape(document.publisher),
        day=document.made_on.isoformat(),
        manifest="".join(
            f'<item id="{_id(name)}" href="{name}" media-type="{kind}"{extra}/>' for name, kind, extra in items
        ),
        spine="".join(f'<itemref idref="{_id(name)}"/>' for name in spine),
    )


def _id(name: str) -> str:
    return "f-" + name.replace(".", "-")


def _navigation(book: _Book) -> str:
    """Parts, their chapters, and the sections that can be linked to."""
    entries = [(book.address(part.anchor), part.title, _below(book, part)) for part in book.document.all_parts()]
    return f'<nav epub:type="toc" id="toc"><h1>目录</h1>{_entries(entries)}</nav>'


def _below(book: _Book, part: Part) -> str:
    return _entries([(book.address(chapter.anchor), chapter.title, "") for chapter in part.chapters])


def _entries(entries: list[tuple[str, str, str]]) -> SafeString:
    rows = ((address, title, SafeString(below)) for address, title, below in entries)
    listed = format_html_join("", '<li><a href="{}">{}</a>{}</li>', rows)
    return format_html("<ol>{}</ol>", listed) if listed else SafeString("")
