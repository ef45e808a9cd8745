"""A .docx -> Content: lines, rows, pictures, and a report of everything that is no text of the case.

Read straight from the XML, with limits: an upload is untrusted. Nothing outside the package is ever fetched.
"""

import posixpath
import zipfile
from collections.abc import Iterator

from lxml import etree

from casebook.intake.values import Content, Leftover, characters
from casebook.intake.word_concealed import concealed
from casebook.intake.word_leftovers import leftovers_of
from casebook.intake.word_pictures import Pictures
from casebook.intake.word_story import Story
from casebook.intake.wordml import FALLBACK, TEXT, A, Styles, W, symbol
from kb.importers.docx_numbering import Numbering
from kb.importers.docx_package import open_package, xml_part
from kb.importers.refusal import Refused

_REL = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_MAIN_TYPE = "/officeDocument"
_NOTES = {"footnote": "word/footnotes.xml", "endnote": "word/endnotes.xml"}


def read_docx(raw: bytes, name: str) -> Content:
    """Raises Refused for what is damaged, oversized, protected, or carries macros."""
    with open_package(raw, name) as package:
        return _Reading(package, name).content()


class _Reading:
    def __init__(self, package: zipfile.ZipFile, name: str) -> None:
        self.package, self.name = package, name
        _refuse_macros(package, name)
        main = self._main()
        document = self.part(main)
        if document is None:
            raise Refused(name, "压缩包里没有 Word 正文", "", "请确认是 .docx 文档，而不是表格、演示文稿或压缩包")
        self.document: etree._Element = document
        folder = posixpath.dirname(main)
        self.targets, self.outside = _relations(self.part(f"{folder}/_rels/{posixpath.basename(main)}.rels"), folder)

    def part(self, member: str) -> etree._Element | None:
        return xml_part(self.package, member, self.name)

    def content(self) -> Content:
        story = self._story()
        body = self.document.find(f"{W}body")
        entries = tuple(story.entries(body)) if body is not None else ()
        used = {key for key in story.notes if _referred(self.document, *key)}
        visible = visible_characters(self.document, story.concealed)
        visible += sum(characters(story.notes[key]) for key in used)
        diagrams = tuple(self._diagrams())
        visible += sum(characters(text) for text in diagrams)
        found = [*leftovers_of(self.package, self.part, self.document, story), *self._outside()]
        return Content(entries, tuple(story.pictures.all), tuple(found), visible, diagrams)

    def _story(self) -> Story:
        raw_styles = self.part("word/styles.xml")
        styles = Styles(raw_styles)
        numbering = Numbering(self.part("word/numbering.xml"), raw_styles)
        pictures = Pictures(self.package, self.targets, self.name)
        return Story(styles, numbering, concealed(self.document, styles), pictures, dict(self._notes(styles)))

    def _main(self) -> str:
        """Where the body is: the package says so, usually word/document.xml."""
        relations = self.part("_rels/.rels")
        for relation in relations.iter(_REL) if relations is not None else ():
            if (relation.get("Type") or "").endswith(_MAIN_TYPE):
                return (relation.get("Target") or "").lstrip("/")
        return "word/document.xml"

    def _notes(self, styles: Styles) -> Iterator[tuple[tuple[str, str], str]]:
        """Text of foot- and endnotes by (kind, id); the lines that only separate them have a type."""
        for kind, member in _NOTES.items():
            root = self.part(member)
            if root is None:
                continue
            hidden = concealed(root, styles)
            for note in root.iter(f"{W}{kind}"):
                written = [e.text or "" for e in note.iter(*TEXT) if e not in hidden]
                if note.get(f"{W}type") is None and "".join(written).strip():
                    yield (kind, note.get(f"{W}id") or ""), "".join(written).strip()

    def _diagrams(self) -> Iterator[str]:
        """Words of SmartArt stand outside the body; where in the text they belong, nobody can tell."""
        for member in sorted(self.package.namelist()):
            if member.startswith("word/diagrams/data") and member.endswith(".xml"):
                root = self.part(member)
                for paragraph in root.iter(f"{A}p") if root is not None else ():
                    if text := "".join(t.text or "" for t in paragraph.iter(f"{A}t")).strip():
                        yield text

    def _outside(self) -> Iterator[Leftover]:
        settings = self.part("word/_rels/settings.xml.rels")
        templates, links = _relations(settings, "word")[1], self.outside
        if links:
            yield Leftover("external", links, f"指向文档以外的链接或图片 {links} 处：没有访问，没有保留。")
        if templates:
            yield Leftover("template", templates, "所用模板的位置：没有访问，没有保留。")


def visible_characters(root: etree._Element, hidden: dict) -> int:
    """What a reader of the printed page sees, counted without regard to paragraphs, tables and boxes."""
    total = sum(characters(element.text or "") for element in root.iter(*TEXT) if element not in hidden)
    total += sum(characters(symbol(element)) for element in root.iter(f"{W}sym") if element not in hidden)
    return total + sum(1 for element in root.iter(f"{W}noBreakHyphen") if element not in hidden)


def _referred(document: etree._Element, kind: str, key: str) -> bool:
    struck = {f"{W}del", f"{W}moveFrom", FALLBACK}
    for reference in document.iter(f"{W}{kind}Reference"):
        if reference.get(f"{W}id") == key and not any(a.tag in struck for a in reference.iterancestors()):
            return True
    return False


def _refuse_macros(package: zipfile.ZipFile, name: str) -> None:
    if any(posixpath.basename(member).lower() == "vbaproject.bin" for member in package.namelist()):
        mend = "请用 WPS 或 Word 打开，另存为不含宏的“Word 文档（.docx）”后再上传"
        raise Refused(name, "文档里带有宏", "", mend)


def _relations(root: etree._Element | None, folder: str) -> tuple[dict[str, str], int]:
    """Relation id -> member of the package, and how many relations lead outside."""
    targets, outside = {}, 0
    for relation in root.iter(_REL) if root is not None else ():
        target = relation.get("Target") or ""
        if relation.get("TargetMode") == "External":
            outside += 1
        else:
            inside = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
            targets[relation.get("Id") or ""] = posixpath.normpath(inside)
    return targets, outside
