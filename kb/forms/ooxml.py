"""What python-docx has no words for: East Asian fonts, fields in a footer, files without the hour of their making."""

import datetime as dt
import io
import re
import zipfile
from typing import Any

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

# An office without the fonts of GB 2312 has their namesakes of Windows; Word reads the other name here.
NAMESAKES = {"仿宋_GB2312": "FangSong", "黑体": "SimHei"}
# The first moment that a zip file can express.
NO_TIME = (1980, 1, 1, 0, 0, 0)


def set_fonts(run_properties: Any, latin: str, east_asian: str) -> None:
    """Names the fonts of a run or style for both scripts."""
    fonts = run_properties.get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{script}"), latin)
    fonts.set(qn("w:eastAsia"), east_asian)


def set_chinese(run_properties: Any) -> None:
    """Says that the East Asian text is Chinese: punctuation then stands where China puts it."""
    for old in run_properties.findall(qn("w:lang")):
        run_properties.remove(old)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:eastAsia"), "zh-CN")
    run_properties.append(language)


def add_namesakes(document: Document) -> None:
    """Writes the other names of the fonts into the table of fonts."""
    rows = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/></w:font>'
        for name, other in NAMESAKES.items()
    )
    for relation in document.part.rels.values():
        if relation.reltype.endswith("/fontTable"):
            table = relation.target_part
            table._blob = re.sub(rb"(<w:fonts[^>]*>)", lambda m: m[1] + rows.encode(), table.blob, count=1)


def add_field(paragraph: Paragraph, instruction: str) -> None:
    """A field such as PAGE, with 1 until Word reckons it; a run a part, so that each takes the size of its line."""
    for kind, text in (("begin", ""), ("", instruction), ("separate", ""), ("shown", "1"), ("end", "")):
        paragraph.add_run()._r.append(_field_part(kind, text))


def _field_part(kind: str, text: str):
    if text:
        part = OxmlElement("w:t" if kind == "shown" else "w:instrText")
        part.text = text
        return part
    part = OxmlElement("w:fldChar")
    part.set(qn("w:fldCharType"), kind)
    return part


def saved(document: Document, on: dt.date) -> bytes:
    """The file: its properties carry the given day, so that the same form is the same file on every download."""
    moment = dt.datetime.combine(on, dt.time())
    properties = document.core_properties
    properties.created = properties.modified = moment
    properties.last_modified_by = properties.author
    stream, plain = io.BytesIO(), io.BytesIO()
    document.save(stream)
    with zipfile.ZipFile(stream) as made, zipfile.ZipFile(plain, "w", zipfile.ZIP_DEFLATED) as out:
        for name in made.namelist():
            out.writestr(zipfile.ZipInfo(name, NO_TIME), made.read(name), zipfile.ZIP_DEFLATED)
    return plain.getvalue()
