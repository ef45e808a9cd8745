"""The styles of the Word file: the faces of official documents, by name, with substitutes."""

from functools import cache

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Length, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph as WordParagraph

BODY, HEADING, LATIN = "仿宋_GB2312", "黑体", "Times New Roman"
# name in the file -> what to use where it is not installed
SUBSTITUTES = {BODY: "FangSong", HEADING: "SimHei", LATIN: "Liberation Serif"}
TEXT_WIDTH = Pt(37 * 12)  # 37 characters a line exactly, as in the PDF
# Lines are exact, so that a substituted face breaks pages in the same places, and as high as in `book.typ`, so that
# the pages are nearly those of the PDF: the contents begin with its page numbers.
LINE, CELL_LINE, SMALL_LINE = Pt(18.6), Pt(16.2), Pt(13.5)
# size, line, above, below of the three levels of headings
HEADINGS = ((20, 30, 0, 44), (16, 21, 15, 9), (13, 18.6, 8.6, 0.9))
CELL_PADDING = Pt(1.7)
SEAL, GREY, INK = "8C2A22", "5A5A5A", "000000"
LISTS = ("List Bullet", "List Number")
CONTENTS = ("toc 1", "toc 2")
PREFACE, NOTE, NOTE_TITLE, SMALL, CELL, TERM = "前置标题", "提示", "提示标题", "小字", "表格文字", "表格项目"
QUOTE, CAPTION, COVER_TITLE, COVER_LINE = "条文", "图表标题", "封面标题", "封面文字"


def prepare_styles(word: WordDocument) -> None:
    """Sets page, fonts and styles of a new document."""
    _drop_unused(word)
    _page(word)
    _fonts(word)
    _body(word)
    _headings(word)
    _own_styles(word)
    _remember_ids(word)


def _drop_unused(word: WordDocument) -> None:
    """The template's hundred table styles: they clutter the print shop's list, and each lookup passes them all."""
    for style in list(word.styles):
        if style.type == WD_STYLE_TYPE.TABLE and style.name != "Normal Table":
            style.delete()


def _remember_ids(word: WordDocument) -> None:
    """python-docx passes all styles, several times, for the style of each paragraph: two thirds of the work."""
    word.part.get_style_id = cache(word.part.get_style_id)  # type: ignore[method-assign]


def _page(word: WordDocument) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin, section.bottom_margin = Cm(3.2), Cm(2.8)
    section.left_margin = section.right_margin = Length((Cm(21) - TEXT_WIDTH) // 2)
    section.header_distance, section.footer_distance = Cm(1.8), Cm(1.6)


def _fonts(word: WordDocument) -> None:
    """The table of fonts, in which Word looks for the substitute of a missing one."""
    table = next(part for part in word.part.package.iter_parts() if part.partname.endswith("/fontTable.xml"))
    entries = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="{"00" if name == LATIN else "86"}"/>'
        f'<w:family w:val="{"swiss" if name == HEADING else "roman"}"/></w:font>'
        for name, other in SUBSTITUTES.items()
    )
    table._blob = f"<w:fonts {nsdecls('w')}>{entries}</w:fonts>".encode()


def _body(word: WordDocument) -> None:
    normal = word.styles["Normal"]
    _face(normal, BODY, 12)
    normal.element.get_or_add_rPr().append(parse_xml(f'<w:lang {nsdecls("w")} w:val="en-US" w:eastAsia="zh-CN"/>'))
    shape = normal.paragraph_format
    shape.line_spacing, shape.space_after, shape.widow_control = 1.5, Pt(0), True
    shape.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    indent_two_characters(word.styles["Body Text"])
    word.styles["Body Text"].paragraph_format.space_after = Pt(0)
    for name in LISTS:
        hang(word.styles[name])
    for name in ("Body Text", *LISTS):
        word.styles[name].paragraph_format.line_spacing = LINE


def _headings(word: WordDocument) -> None:
    for level, (size, line, above, below) in enumerate(HEADINGS, 1):
        style = word.styles[f"Heading {level}"]
        _face(style, HEADING, size)
        shape = style.paragraph_format
        shape.keep_with_next, shape.line_spacing = True, Pt(line)
        shape.space_before, shape.space_after = Pt(above), Pt(below)
        shape.alignment = WD_ALIGN_PARAGRAPH.CENTER if level == 1 else WD_ALIGN_PARAGRAPH.LEFT


def _own_styles(word: WordDocument) -> None:
    preface = add_style(word, PREFACE, HEADING, 20, align=WD_ALIGN_PARAGRAPH.CENTER)
    preface.paragraph_format.space_after = Pt(22)
    preface.paragraph_format.page_break_before = preface.paragraph_format.keep_with_next = True
    add_style(word, COVER_TITLE, HEADING, 30, align=WD_ALIGN_PARAGRAPH.CENTER)
    add_style(word, COVER_LINE, BODY, 14, align=WD_ALIGN_PARAGRAPH.CENTER)
    quote = add_style(word, QUOTE, BODY, 12)
    indent_two_characters(quote)
    quote.paragraph_format.line_spacing = LINE
    small = add_style(word, SMALL, BODY, 9.5, colour=GREY, align=WD_ALIGN_PARAGRAPH.LEFT)
    small.paragraph_format.keep_with_next, small.paragraph_format.line_spacing = True, SMALL_LINE
    small.paragraph_format.space_after = Pt(1.8)
    for name, face in ((CELL, BODY), (TERM, HEADING)):
        add_style(word, name, face, 10.5, align=WD_ALIGN_PARAGRAPH.LEFT).paragraph_format.line_spacing = CELL_LINE
    add_style(word, CAPTION, HEADING, 10.5, align=WD_ALIGN_PARAGRAPH.CENTER)
    _barred(add_style(word, NOTE, BODY, 10.5))
    title = _barred(add_style(word, NOTE_TITLE, HEADING, 10.5, colour=SEAL))
    title.paragraph_format.keep_with_next = True
    for name, indent in zip(CONTENTS, (0, 1), strict=True):
        entry = add_style(word, name, HEADING if indent == 0 else BODY, 12, align=WD_ALIGN_PARAGRAPH.LEFT)
        entry.paragraph_format.left_indent, entry.paragraph_format.space_before = Cm(indent), Pt(6 - 6 * indent)
        entry.paragraph_format.line_spacing = 1.2
        _leader(entry)


def indent_two_characters(style: ParagraphStyle) -> None:
    """首行缩进两字, counted in characters so that another size keeps it."""
    style.paragraph_format.first_line_indent = Pt(24)
    style.element.pPr.find(qn("w:ind")).set(qn("w:firstLineChars"), "200")


def hang(holder: ParagraphStyle | WordParagraph) -> None:
    """A list two characters in, its marks before the text."""
    holder.paragraph_format.left_indent, holder.paragraph_format.first_line_indent = Pt(42), Pt(-18)


def add_style(
    word: WordDocument, name: str, face: str, size: float, *, colour: str = INK, align=None
) -> ParagraphStyle:
    """A paragraph style of our own, based on the body text."""
    style = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name in CONTENTS)
    style.base_style, style.quick_style = word.styles["Normal"], True
    _face(style, face, size, colour)
    style.paragraph_format.alignment = align
    return style


def _face(style: ParagraphStyle, face: str, size: float, colour: str = INK) -> None:
    """One face for Chinese and its companion for the rest; theme fonts of the template are removed."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in [name for name in fonts.attrib if "heme" in name]:
        del fonts.attrib[theme]
    for slot in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{slot}"), face if face == HEADING else LATIN)
    fonts.set(qn("w:eastAsia"), face)
    style.font.size, style.font.bold, style.font.color.rgb = Pt(size), False, RGBColor.from_string(colour)


def _barred(style: ParagraphStyle) -> ParagraphStyle:
    """A bar at the left and a light ground."""
    # the order of the elements is prescribed: border, ground, then spacing and indents
    shape = style.element.get_or_add_pPr()
    bar = f'<w:pBdr {nsdecls("w")}><w:left w:val="single" w:sz="16" w:space="8" w:color="{SEAL}"/></w:pBdr>'
    ground = f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="F7F7F7"/>'
    for n, xml in enumerate((bar, ground)):
        shape.insert(n, parse_xml(xml))
    style.paragraph_format.left_indent = Pt(12)
    style.paragraph_format.line_spacing = CELL_LINE
    return style


def _leader(style: ParagraphStyle) -> None:
    style.paragraph_format.tab_stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
