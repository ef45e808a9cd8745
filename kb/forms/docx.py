"""A form as a Word file of A4 pages: blank with notes on how to fill it in, or filled in with the example."""

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_SECTION
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Length, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from kb.forms.layout import Piece, paragraphs, rows, signatures, tabled, ticked
from kb.forms.ooxml import add_field, add_namesakes, saved, set_chinese, set_fonts
from kb.models import FormField, FormTemplate

Kind = FormField.Kind
LATIN, BODY, HEADING = "Times New Roman", "仿宋_GB2312", "黑体"
WIDTHS = (Cm(2.9), Cm(5.1), Cm(2.9), Cm(5.1))
NOTE_WIDTHS = (Cm(3.6), Cm(1.6), Cm(10.8))
ROW = Cm(0.9)
# What a page holds below its title, and what a place for a passage is at least and at most.
PAGE_ROOM, SIGNATURE_ROOM, LEAST, MOST = 22.0, 1.2, 2.2, 9.0
BLANK_LINE, BLANK_PASSAGE, BLANK_PARAGRAPH = "＿" * 8, "＿" * 22, "＿" * 66
SEAL = "印章"
DAY = "　　　　年　　月　　日"
GAP = "　"
EXAMPLE_MARK = "填写示例：人物、单位和编号均为虚构，仅供填写时参照"
NOT_SERVED = "填写说明，不随文书送达、归档"
LAST_NOTE = "本样式供参照。上级机关印发统一格式的，从其规定；引用法律条文前请核对现行文本。"


def form_docx(form: FormTemplate, fields: list[FormField], *, filled: bool, by: str = "") -> bytes:
    """The form as .docx; `by` is whose site it comes from, named in the footer."""
    document = _empty(form, by)
    if filled:
        _line(document, EXAMPLE_MARK, size=10.5, font=HEADING, centred=True)
    _line(document, form.name, size=20, font=HEADING, centred=True, after=10)
    _number(document, form.example_number if filled else form.number_pattern)
    _table(document, tabled(form.wording, fields), filled, _passage_room(form, fields, filled))
    for pieces in paragraphs(form.wording, fields):
        _running_text(document, pieces, filled)
    for field in signatures(fields):
        _signature(document, field, filled)
    if not filled:
        _notes(document, form, fields)
    add_namesakes(document)
    return saved(document, form.valid_from)


def _empty(form: FormTemplate, by: str) -> WordDocument:
    """A4 with margins, fonts and the footer; nothing on it yet."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin, section.bottom_margin = Cm(2.6), Cm(2.2)
    section.left_margin = section.right_margin = Cm(2.5)
    section.footer_distance = Cm(1.2)
    normal = document.styles["Normal"]
    normal.font.size = Pt(12)
    set_fonts(normal.element.get_or_add_rPr(), LATIN, BODY)
    set_chinese(normal.element.get_or_add_rPr())
    normal.paragraph_format.space_after = Pt(0)
    document.core_properties.title = str(form)
    document.core_properties.author = by
    document.core_properties.comments = ""
    _footer(section.footer.paragraphs[0], form, by)
    return document


def _footer(paragraph: Paragraph, form: FormTemplate, by: str) -> None:
    """Whose form it is and the page; how many pages there are depends on what is filled in."""
    paragraph.add_run("　".join(filter(None, (by, form.code, form.name, form.version_label))) + "　第 ")
    add_field(paragraph, "PAGE")
    paragraph.add_run(" 页")
    _small(paragraph)


def _small(footer: Paragraph) -> None:
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for run in footer.runs:
        run.font.size = Pt(9)


def _line(
    document: WordDocument, text: str, *, size: float = 12, font: str = BODY, centred: bool = False, after: float = 6
) -> Paragraph:
    paragraph = document.add_paragraph()
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    set_fonts(run._r.get_or_add_rPr(), LATIN, font)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(after)
    return paragraph


def _number(document: WordDocument, number: str) -> None:
    if number:
        _line(document, number).alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _passage_room(form: FormTemplate, fields: list[FormField], filled: bool) -> Length:
    """How high a place for a passage is: on a blank table, so that they fill the page together."""
    passages = [field for field in tabled(form.wording, fields) if field.kind == Kind.PASSAGE]
    if filled or form.wording or not passages:
        return Cm(LEAST)
    taken = SIGNATURE_ROOM * len(signatures(fields)) + ROW.cm * len(list(rows(tabled("", fields))))
    return Cm(min(MOST, max(LEAST, (PAGE_ROOM - taken) / len(passages))))


def _table(document: WordDocument, fields: list[FormField], filled: bool, room: Length) -> None:
    if not fields:
        return
    table = _grid(document, WIDTHS)
    for row in rows(fields):
        cells = table.add_row().cells
        if len(row) == 1:
            cells = (cells[0], cells[1].merge(cells[3]))
        for position, field in enumerate(row):
            _write(cells[2 * position], field.name, font=HEADING)
            _write(cells[2 * position + 1], shown(field, filled))
        _set_height(table, cells, room if row[0].kind == Kind.PASSAGE else ROW)
    document.add_paragraph()


def _grid(document: WordDocument, widths: tuple) -> Table:
    table = document.add_table(rows=0, cols=len(widths))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    return table


def _set_height(table: Table, cells: tuple[_Cell, ...], least: Length) -> None:
    """A low row has its words in the middle, a high one its name only."""
    row = table.rows[-1]
    row.height_rule, row.height = WD_ROW_HEIGHT_RULE.AT_LEAST, least
    for cell in cells if least == ROW else cells[:1]:
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER


def _write(cell: _Cell, text: str, *, font: str = BODY, size: float = 11) -> None:
    """One paragraph a line."""
    for position, line in enumerate(text.splitlines() or [""]):
        paragraph = cell.paragraphs[0] if position == 0 else cell.add_paragraph()
        run = paragraph.add_run(line)
        run.font.size = Pt(size)
        set_fonts(run._r.get_or_add_rPr(), LATIN, font)


def shown(field: FormField, filled: bool) -> str:
    """What stands in the place of a field: boxes, the example, or nothing."""
    if field.kind == Kind.CHOICE:
        return ticked(field, filled)
    return field.example if filled else ""


def _running_text(document: WordDocument, pieces: list[Piece], filled: bool) -> None:
    """A paragraph set in by two characters; an address such as 李某某： is not."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.line_spacing = 1.5
    if pieces[0].field is None or not pieces[-1].text.endswith("："):
        paragraph.paragraph_format.first_line_indent = Pt(24)
    for piece in pieces:
        if piece.field is None:
            paragraph.add_run(piece.text)
            continue
        value = shown(piece.field, filled)
        run = paragraph.add_run(value or _blank(piece.field, alone=len(pieces) == 1))
        run.underline = bool(value) and piece.field.kind != Kind.CHOICE


def _blank(field: FormField, *, alone: bool) -> str:
    if field.kind != Kind.PASSAGE:
        return BLANK_LINE
    return BLANK_PARAGRAPH if alone else BLANK_PASSAGE


def _signature(document: WordDocument, field: FormField, filled: bool) -> None:
    """A line to sign on; the authority's seal and date stand at the right, one below the other."""
    value = field.example if filled else ""
    if field.name.endswith(SEAL):
        authority, _, day = value.partition(GAP)
        lines = [f"{authority or field.name.removesuffix(SEAL)}（{SEAL}）", day or DAY]
    else:
        lines = [f"{field.name}：{value or BLANK_LINE + DAY}"]
    for text in lines:
        paragraph = _line(document, text, after=4)
        paragraph.paragraph_format.space_before = Pt(6)
        if field.name.endswith(SEAL):
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _notes(document: WordDocument, form: FormTemplate, fields: list[FormField]) -> None:
    """A section of its own that says of every field how it is filled in; it is not served."""
    footer = document.add_section(WD_SECTION.NEW_PAGE).footer
    footer.is_linked_to_previous = False
    footer.paragraphs[0].add_run(NOT_SERVED)
    _small(footer.paragraphs[0])
    _line(document, f"《{form.name}》填写说明", size=15, font=HEADING, centred=True)
    _line(document, form.purpose, size=10.5)
    table = _grid(document, NOTE_WIDTHS)
    head = table.add_row()
    for cell, text in zip(head.cells, ("栏目", "要求", "怎样填写"), strict=True):
        _write(cell, text, font=HEADING, size=10.5)
    for field in fields:
        cells = table.add_row().cells
        for cell, text in zip(cells, (field.name, "必填" if field.is_required else "选填", field.hint), strict=True):
            _write(cell, text, size=10.5)
    if form.basis_text:
        _line(document, f"法律依据：{form.basis_text}", size=10.5).paragraph_format.space_before = Pt(6)
    _line(document, LAST_NOTE, size=10.5)
