"""Word documents made for the purpose, part by part: what Word, WPS and old programs write.

package(paragraphs...) -> bytes.   p("基本案情", style="1", bold=True), table([...]), box(...), ins(...), dele(...)
"""

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

NAMESPACES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
        "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
    }.items()
)
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
CONTENT_TYPES = (
    XML + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
    '<Default Extension="jpeg" ContentType="image/jpeg"/><Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
AUTHOR = 'w:author="刘编修" w:date="2026-03-01T10:00:00Z"'

# Style ids as Word (Heading1) and as WPS (numbers) write them.
WORD_STYLES = [("Heading1", "heading 1", 0, True), ("Heading2", "heading 2", 1, True), ("Title", "Title", None, True)]
WPS_STYLES = [("2", "heading 1", 0, True), ("3", "heading 2", 1, True), ("5", "Title", None, True)]
CHINESE_STYLES = [("a1", "标题 1", None, True), ("a2", "标题 2", None, False), ("a3", "段落标题", 0, True)]


def styles(rows, extra: str = "") -> str:
    """`rows`: (id, name, outline level or None, bold)."""
    made = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/><w:pPr>'
        + (f'<w:outlineLvl w:val="{level}"/>' if level is not None else "")
        + f"</w:pPr><w:rPr>{'<w:b/>' if bold else ''}</w:rPr></w:style>"
        for key, name, level, bold in rows
    )
    return f"<w:styles {NAMESPACES}>{made}{extra}</w:styles>"


def r(text: str, props: str = "") -> str:
    return f'<w:r>{f"<w:rPr>{props}</w:rPr>" if props else ""}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def p(
    *content: str, style: str = "", bold: bool = False, centre: bool = False, number: tuple | None = None, props=""
) -> str:
    """A paragraph. Content that begins with `<` is XML, everything else a run."""
    own = f'<w:pStyle w:val="{style}"/>' if style else ""
    if number:
        own += f'<w:numPr><w:ilvl w:val="{number[1]}"/><w:numId w:val="{number[0]}"/></w:numPr>'
    own += props + ('<w:jc w:val="center"/>' if centre else "")
    runs = "".join(part if part.startswith("<") else r(part, "<w:b/>" if bold else "") for part in content)
    return f"<w:p>{f'<w:pPr>{own}</w:pPr>' if own else ''}{runs}</w:p>"


def ins(text: str, author: str = AUTHOR) -> str:
    return f'<w:ins w:id="1" {author}>{r(text)}</w:ins>'


def dele(text: str, author: str = AUTHOR) -> str:
    return f'<w:del w:id="2" {author}><w:r><w:delText xml:space="preserve">{escape(text)}</w:delText></w:r></w:del>'


def moved(text: str, away: bool) -> str:
    tag = "moveFrom" if away else "moveTo"
    return f'<w:{tag} w:id="3" {AUTHOR}>{r(text)}</w:{tag}>'


def hidden(text: str) -> str:
    return r(text, "<w:vanish/>")


def note(key: int, kind: str = "footnote") -> str:
    return f'<w:r><w:{kind}Reference w:id="{key}"/></w:r>'


def field(instruction: str, shown: str) -> str:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    code = f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
    return mark("begin") + code + mark("separate") + r(shown) + mark("end")


def table(rows: list[list[str]], nested: str = "") -> str:
    """A table of plain cells; a cell that begins with `<` is XML."""
    cells = [[cell if cell.startswith("<") else p(cell) for cell in row] for row in rows]
    made = "".join(f"<w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in row)}</w:tr>" for row in cells)
    return f"<w:tbl>{made}{nested}</w:tbl>"


def box(*paragraphs: str) -> str:
    """A text box as Word 2010 writes it: once for itself, once for old programs."""
    inside = f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"
    new = f"<w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp><wps:txbx>{inside}</wps:txbx></wps:wsp>"
    new += "</a:graphicData></a:graphic></wp:anchor></w:drawing>"
    old = f"<w:pict><v:shape><v:textbox>{inside}</v:textbox></v:shape></w:pict>"
    return (
        "<w:r><mc:AlternateContent>"
        f'<mc:Choice Requires="wps">{new}</mc:Choice><mc:Fallback>{old}</mc:Fallback>'
        "</mc:AlternateContent></w:r>"
    )


def old_box(*paragraphs: str) -> str:
    inside = f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"
    return f"<w:r><w:pict><v:shape><v:textbox>{inside}</v:textbox></v:shape></w:pict></w:r>"


def picture(relation: str, description: str = "") -> str:
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="图片 1" descr="{escape(description)}"/>'
        "<a:graphic><a:graphicData>"
        f'<pic:pic><pic:blipFill><a:blip r:embed="{relation}"/></pic:blipFill></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def numbering(*levels: tuple[str, str]) -> str:
    """One list: (number format, text) of each level, such as ("chineseCounting", "%1、")."""
    made = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for n, (form, text) in enumerate(levels)
    )
    return (
        f'<w:numbering {NAMESPACES}><w:abstractNum w:abstractNumId="7">{made}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num></w:numbering>'
    )


def notes(kind: str, texts: dict[int, str]) -> str:
    made = f'<w:{kind} w:type="separator" w:id="-1"><w:p/></w:{kind}>'
    made += "".join(f'<w:{kind} w:id="{key}">{p(text)}</w:{kind}>' for key, text in texts.items())
    return f"<w:{kind}s {NAMESPACES}>{made}</w:{kind}s>"


def comments(*texts: str) -> str:
    made = "".join(f'<w:comment w:id="{n}" {AUTHOR}>{p(text)}</w:comment>' for n, text in enumerate(texts))
    return f"<w:comments {NAMESPACES}>{made}</w:comments>"


def header(*texts: str) -> str:
    return f"<w:hdr {NAMESPACES}>{''.join(p(text) for text in texts)}</w:hdr>"


def properties(author: str = "刘编修", editor: str = "陈科员") -> str:
    return (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:creator>{author}</dc:creator><cp:lastModifiedBy>{editor}</cp:lastModifiedBy></cp:coreProperties>"
    )


def relations(targets: dict[str, str], external: dict[str, str] | None = None) -> str:
    rows = [f'<Relationship Id="{key}" Type="{RELATIONS}/image" Target="{target}"/>' for key, target in targets.items()]
    rows += [
        f'<Relationship Id="{key}" Type="{RELATIONS}/hyperlink" Target="{target}" TargetMode="External"/>'
        for key, target in (external or {}).items()
    ]
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{"".join(rows)}</Relationships>'


def package(
    *body: str, parts: Mapping[str, str | bytes] | None = None, main: str = "word/document.xml", head=""
) -> bytes:
    """A .docx of these paragraphs. `parts`: member -> content, such as word/styles.xml."""
    document = f"{XML}{head}<w:document {NAMESPACES}><w:body>{''.join(body)}<w:sectPr/></w:body></w:document>"
    top = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{RELATIONS}/officeDocument" Target="{main}"/></Relationships>'
    )
    members = {"[Content_Types].xml": CONTENT_TYPES, "_rels/.rels": XML + top, main: document, **(parts or {})}
    return archive(members)


def archive(members: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return out.getvalue()
