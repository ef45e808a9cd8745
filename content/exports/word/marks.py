"""What python-docx has no words for: fields, bookmarks, links within the document."""

from collections.abc import Iterator

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run as WordRun

from content.exports.document import Line

LINK_COLOUR = "1D3F6E"


def add_text(paragraph: WordParagraph, line: Line) -> None:
    """The runs of a line; those with a target become links."""
    for piece in line:
        if piece.target:
            add_link(paragraph, piece.text, piece.target)
        else:
            paragraph.add_run(piece.text)


def add_link(paragraph: WordParagraph, text: str, anchor: str, *, coloured: bool = True) -> WordRun:
    """A link to the bookmark of that name; returns its run."""
    run = paragraph.add_run(text)
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), anchor)
    link.set(qn("w:history"), "1")
    run._r.addprevious(link)
    link.append(run._r)
    if coloured:
        colour = OxmlElement("w:color")
        colour.set(qn("w:val"), LINK_COLOUR)
        run._r.get_or_add_rPr().append(colour)
    return run


def add_bookmark(paragraph: WordParagraph, name: str, numbers: Iterator[int]) -> None:
    """Marks the whole paragraph."""
    number = str(next(numbers))
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    start.set(qn("w:id"), number)
    start.set(qn("w:name"), name)
    end.set(qn("w:id"), number)
    first = paragraph._p.pPr
    first.addnext(start) if first is not None else paragraph._p.insert(0, start)
    paragraph._p.append(end)


def open_field(paragraph: WordParagraph, code: str, *, stale: bool = False) -> None:
    """Begins a field; what follows is its result until `close_field`. Word renews a stale one on opening."""
    begin = _field_mark(paragraph, "begin")
    if stale:
        begin.set(qn("w:dirty"), "true")
    instruction = OxmlElement("w:instrText")
    instruction.set(qn("xml:space"), "preserve")
    instruction.text = f" {code} "
    paragraph.add_run()._r.append(instruction)
    _field_mark(paragraph, "separate")


def close_field(paragraph: WordParagraph) -> None:
    _field_mark(paragraph, "end")


def add_field(paragraph: WordParagraph, code: str, result: str = "") -> None:
    """A whole field with the result that shows until it is renewed."""
    open_field(paragraph, code)
    paragraph.add_run(result)
    close_field(paragraph)


def _field_mark(paragraph: WordParagraph, kind: str):
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    paragraph.add_run()._r.append(mark)
    return mark
