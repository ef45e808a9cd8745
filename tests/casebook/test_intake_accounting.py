"""The text of a document, taken from its XML by other means, is the text of the draft: no more, no less."""

import io
import re
import zipfile
from collections import Counter
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.intake.reading import read_draft
from casebook.manuscript import BLOCK_OF
from tests.casebook.docx_drafts import SAMPLES
from tests.casebook.docx_maker import WORD_STYLES, box, dele, hidden, ins, p, package, r, styles, table

WORD = {name: maker for name, maker in SAMPLES.items() if maker().suffix == ".docx"}
GONE = {"del", "moveFrom", "Fallback", "instrText", "rt", "pPr"}
# Brackets of notes and marks of pictures, bars of tables, numbers that Word counts itself.
ADDED = set("［注：］图|一二三四五六七八九十、.0123456789")


def local(tag: str) -> str:
    return tag.rpartition("}")[2]


def seen(element: ElementTree.Element, quiet: set[str]) -> str:
    """What a reader of the page sees below the element, by plain recursion over the XML."""
    name = local(element.tag)
    if name in GONE or (name == "r" and any(local(e.tag) == "vanish" for e in element.iter())):
        return ""
    if name == "p" and any(local(e.tag) == "pStyle" and set(e.attrib.values()) & quiet for e in element.iter()):
        return ""
    own = element.text or "" if name == "t" else ""
    return own + "".join(seen(child, quiet) for child in element)


def visible_text(raw: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(raw)) as file:
        members = [
            m for m in file.namelist() if re.fullmatch(r"word/(document\d*|footnotes|endnotes|diagrams/.*)\.xml", m)
        ]
        return "".join(seen(ElementTree.fromstring(file.read(member)), {"H"}) for member in members)


def counted(text: str) -> Counter:
    return Counter("".join(text.split()))


def draft_text(draft) -> str:
    title = draft.title if draft.title_from else ""
    parts = "".join(part.heading + part.text for part in draft.parts)
    return title + parts + "".join(picture.caption for picture in draft.pictures)


@pytest.mark.parametrize("name", sorted(WORD))
def test_a_draft_holds_what_the_page_shows(name):
    raw = WORD[name]().raw
    page, draft = counted(visible_text(raw)), counted(draft_text(read_draft(raw, "草稿.docx")))
    if name == "authors_fields_and_properties":
        page -= Counter("刘编修")  # the result of an AUTHOR field
    assert not page - draft
    assert set(draft - page) <= ADDED


words = st.text(st.sampled_from("张某店油烟罚款八千元立案调查，。：【】一（二）1. "), min_size=1, max_size=30)
headings = st.sampled_from(sorted(BLOCK_OF))
content = st.one_of(
    words, words.map(r), words.map(ins), words.map(dele), words.map(hidden), words.map(lambda t: box(p(t)))
)
paragraphs = st.builds(
    lambda parts, style, bold, centre: p(*parts, style=style, bold=bold, centre=centre),
    st.lists(st.one_of(headings, content), max_size=4),
    st.sampled_from(["", "", "Heading1", "Heading2", "Title"]),
    st.booleans(),
    st.booleans(),
)
tables = st.lists(st.lists(st.one_of(words, headings), min_size=1, max_size=3), min_size=1, max_size=3).map(table)


@given(st.lists(st.one_of(paragraphs, tables), min_size=1, max_size=8))
def test_no_arrangement_of_a_document_loses_a_character(body):
    raw = package(p("开头的一行。"), *body, parts={"word/styles.xml": styles(WORD_STYLES)})
    draft = read_draft(raw, "草稿.docx")
    assert draft.account.complete, draft.account
    assert not counted(visible_text(raw)) - counted(draft_text(draft))
