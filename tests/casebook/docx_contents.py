"""Drafts with tables, text boxes, pictures, and with all that must not come along."""

from tests.casebook.docx_maker import (
    box,
    comments,
    dele,
    header,
    hidden,
    ins,
    moved,
    note,
    notes,
    old_box,
    p,
    package,
    picture,
    properties,
    r,
    relations,
    styles,
    table,
)
from tests.casebook.docx_maker import (
    field as field_of,
)
from tests.casebook.docx_samples import (
    FACTS,
    FOUR,
    HANDLING,
    LAW,
    TITLE,
    VALUE,
    Sample,
    rewritten,
    sample,
    sections,
    titled,
)
from tests.casebook.pictures_maker import claimed_png, drawing, photo

# --- tables and boxes -------------------------------------------------------


@sample
def table_of_facts() -> Sample:
    facts = table([["立案日期", "2025年10月15日"], ["决定日期", "2025年11月18日"]])
    body = titled(p("基本案情", bold=True), p(FACTS), facts, *sections(lambda name: p(name, bold=True))[2:])
    return Sample(package(*body), leftovers=frozenset({"table"}), present=("立案日期 | 2025年10月15日",))


@sample
def table_of_evidence() -> Sample:
    evidence = table([["序号", "证据名称"], ["1", "现场检查笔录"], ["2", "检测报告"]])
    body = titled(*sections(lambda name: p(name, bold=True)), evidence)
    return Sample(package(*body), blocks=(*FOUR, "evidence"), leftovers=frozenset({"table"}))


@sample
def form_with_headings_in_the_first_column() -> Sample:
    names = ("案情简介", "处理结果", "法律依据", "典型意义")
    rows = [
        ["案例名称", TITLE],
        *([name, p(text) + p("（详见卷宗）")] for name, text in zip(names, (FACTS, HANDLING, LAW, VALUE), strict=True)),
    ]
    return Sample(
        package(p(TITLE, centre=True), table(rows)), blocks=("", *FOUR), unplaced=1, leftovers=frozenset({"table"})
    )


@sample
def vertical_headings_in_a_form() -> Sample:
    upright = "".join(p(sign) for sign in "案情简介")
    rows = [[upright, FACTS], ["处理结果", HANDLING], ["法律依据", LAW], ["典型意义", VALUE]]
    return Sample(package(p(TITLE, centre=True), table(rows)), leftovers=frozenset({"table"}))


@sample
def whole_draft_in_a_table_of_one_column() -> Sample:
    rows = [[part] for part in sections(lambda name: p(name, bold=True))]
    return Sample(package(p(TITLE, centre=True), table(rows)), leftovers=frozenset({"table"}))


@sample
def nested_tables() -> Sample:
    inner = table([["当事人", "某烧烤店"], ["地址", "某路段"]])
    outer = table([["现场情况", inner + p("")], ["检测结果", "超标"]])
    body = titled(p("基本案情", bold=True), p(FACTS), outer, *sections(lambda name: p(name, bold=True))[2:])
    return Sample(package(*body), leftovers=frozenset({"table"}), present=("当事人 | 某烧烤店", "检测结果 | 超标"))


@sample
def text_box_beside_the_text() -> Sample:
    body = titled(
        p("基本案情", bold=True),
        p(FACTS, box(p("现场照片说明：集油盒已满。"))),
        *sections(lambda name: p(name, bold=True))[2:],
    )
    return Sample(package(*body), leftovers=frozenset({"text_box"}), present=("集油盒已满",))


@sample
def headings_in_old_text_boxes() -> Sample:
    return Sample(
        package(*titled(*sections(lambda name: p(old_box(p(name, bold=True)))))), leftovers=frozenset({"text_box"})
    )


# --- what must not come along -----------------------------------------------


@sample
def tracked_changes() -> Sample:
    facts = p("店主", dele("王大柱"), ins("张某", 'w:author="赵审稿"'), "承认净化器停用。", ins("现场已拍照。"))
    body = titled(
        p("基本案情", bold=True), facts, p(dele("整段删去的旧案情。")), *sections(lambda name: p(name, bold=True))[2:]
    )
    return Sample(
        package(*body),
        leftovers=frozenset({"insertion", "deletion"}),
        present=("店主张某承认净化器停用。现场已拍照。",),
        absent=("王大柱", "整段删去", "赵审稿", "刘编修"),
    )


@sample
def moved_text_and_deleted_heading() -> Sample:
    body = titled(
        p("基本案情", bold=True), p(moved("搬走的一句。", True), FACTS, moved("搬来的一句。", False)),
        p(dele("旧标题")), *sections(lambda name: p(name, bold=True))[2:],
    )  # fmt: skip
    return Sample(
        package(*body),
        leftovers=frozenset({"insertion", "deletion"}),
        present=("搬来的一句。",),
        absent=("搬走的一句",),
    )


@sample
def comments_and_hidden_text() -> Sample:
    body = titled(
        p("基本案情", bold=True),
        p(FACTS, hidden("内部：店主是某领导亲属。")),
        *sections(lambda name: p(name, bold=True))[2:],
    )
    parts = {"word/comments.xml": comments("这里要不要写姓名？", "请核实")}
    return Sample(
        package(*body, parts=parts), leftovers=frozenset({"comment", "hidden"}), absent=("领导亲属", "要不要写姓名")
    )


@sample
def text_hidden_by_its_style() -> Sample:
    quiet = '<w:style w:type="paragraph" w:styleId="H"><w:name w:val="内部说明"/><w:rPr><w:vanish/></w:rPr></w:style>'
    body = titled(*sections(lambda name: p(name, bold=True)), p("内部备注不公开。", style="H"))
    return Sample(
        package(*body, parts={"word/styles.xml": styles([], quiet)}),
        leftovers=frozenset({"hidden"}),
        absent=("内部备注",),
    )


@sample
def authors_fields_and_properties() -> Sample:
    body = titled(
        p("撰稿：", field_of(" AUTHOR \\* MERGEFORMAT ", "刘编修")),
        *sections(lambda name: p(name, bold=True)),
        p("见第", field_of(" PAGEREF a ", "3"), "页。", '<w:bookmarkStart w:id="0" w:name="刘编修的书签"/>'),
    )
    parts = {"docProps/core.xml": properties()}
    return Sample(
        package(*body, parts=parts),
        blocks=("", *FOUR), unplaced=1, absent=("刘编修", "陈科员", "PAGEREF"), present=("见第3页",),
        leftovers=frozenset({"metadata", "author_field", "field", "bookmark"}),
    )  # fmt: skip


@sample
def headers_footers_and_notes() -> Sample:
    body = titled(
        p("基本案情", bold=True),
        p("油烟超标", note(2), "，", note(3, "endnote"), "当场责令改正。"),
        *sections(lambda name: p(name, bold=True))[2:],
    )
    parts: dict[str, str | bytes] = {
        "word/header1.xml": header("内部资料 注意保存"), "word/footer1.xml": header("第 1 页"),
        "word/footnotes.xml": notes("footnote", {2: "国家标准限值"}),
        "word/endnotes.xml": notes("endnote", {3: "检测报告另附"}),
    }  # fmt: skip
    return Sample(
        package(*body, parts=parts), leftovers=frozenset({"header", "footnote"}), absent=("内部资料",),
        present=("油烟超标［注：国家标准限值］，［注：检测报告另附］当场责令改正。",),
    )  # fmt: skip


@sample
def embedded_and_external() -> Sample:
    ole = '<w:r><w:object><o:OLEObject Type="Embed" r:id="rId9"/></w:object></w:r>'
    link = f'<w:hyperlink r:id="rId8">{r("通报全文")}</w:hyperlink>'
    body = titled(*sections(lambda name: p(name, bold=True)), p(ole, link))
    parts: dict[str, str | bytes] = {
        "word/_rels/document.xml.rels": relations({"rId9": "embeddings/oleObject1.bin"}, {"rId8": "http://10.0.0.8/x"}),
        "word/embeddings/oleObject1.bin": b"\x00" * 64,
    }
    return Sample(
        package(*body, parts=parts), leftovers=frozenset({"embedded", "external", "hyperlink"}),
        present=("通报全文",), absent=("10.0.0.8",),
    )  # fmt: skip


@sample
def diagram_with_words() -> Sample:
    a = "http://schemas.openxmlformats.org/drawingml/2006/main"
    words = "<a:p><a:r><a:t>巡查—立案—决定</a:t></a:r></a:p>"
    data = f'<dgm:dataModel xmlns:dgm="http://x" xmlns:a="{a}">{words}</dgm:dataModel>'
    frame = "<a:graphic><a:graphicData><dgm:relIds/></a:graphicData></a:graphic>"
    shape = f"<w:r><w:drawing><wp:inline>{frame}</wp:inline></w:drawing></w:r>"
    body = titled(*sections(lambda name: p(name, bold=True)), p(shape))
    return Sample(
        package(*body, parts={"word/diagrams/data1.xml": data}),
        blocks=(*FOUR, ""), unplaced=1, leftovers=frozenset({"diagram"}), present=("巡查—立案—决定",),
    )  # fmt: skip


# --- pictures ---------------------------------------------------------------


@sample
def pictures_with_captions() -> Sample:
    body = titled(
        p("基本案情", bold=True), p(FACTS), p(picture("rId5", "净化器控制面板")), p("图1　控制面板", centre=True),
        *sections(lambda name: p(name, bold=True))[2:4], p(picture("rId6", "C:\\Users\\liu\\Desktop\\1.png")),
        *sections(lambda name: p(name, bold=True))[4:],
    )  # fmt: skip
    parts: dict[str, str | bytes] = {
        "word/_rels/document.xml.rels": relations({"rId5": "media/image1.jpeg", "rId6": "media/image2.png"}),
        "word/media/image1.jpeg": photo(), "word/media/image2.png": drawing(),
    }  # fmt: skip
    return Sample(package(*body, parts=parts), pictures=2, absent=("Users",))


@sample
def pictures_that_cannot_be_taken() -> Sample:
    body = titled(
        *sections(lambda name: p(name, bold=True)), p(picture("rId5")), p(picture("rId6")), p(picture("rId7"))
    )
    targets = {"rId5": "media/image1.png", "rId6": "media/image2.emf", "rId7": "media/image3.png"}
    parts: dict[str, str | bytes] = {
        "word/_rels/document.xml.rels": relations(targets), "word/media/image1.png": claimed_png(10_000, 8_000),
        "word/media/image2.emf": b"\x01\x00\x00\x00", "word/media/image3.png": b"no picture at all",
    }  # fmt: skip
    return Sample(package(*body, parts=parts), pictures=3, leftovers=frozenset({"picture"}))


# --- other shapes of the file -----------------------------------------------


@sample
def strict_open_xml() -> Sample:
    raw = package(*titled(*sections(lambda name: p(name, bold=True))))
    return Sample(
        rewritten(
            raw,
            b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        )
    )


@sample
def body_under_another_name() -> Sample:
    return Sample(package(*titled(*sections(lambda name: p(name, bold=True))), main="word/document2.xml"))


@sample
def line_breaks_instead_of_paragraphs() -> Sample:
    broken = "<w:r><w:br/></w:r>"
    pairs = zip(("基本案情", "处理结果", "法律分析", "典型意义"), (FACTS, HANDLING, LAW, VALUE), strict=True)
    runs = [part for name, text in pairs for part in (r(f"【{name}】"), broken, r(text), broken)]
    return Sample(package(*titled(p(*runs))))


@sample
def content_controls_and_smart_tags() -> Sample:
    inside = "".join(sections(lambda name: p(name, bold=True)))
    tagged = f'<w:p><w:smartTag w:element="place">{r("某路段")}</w:smartTag>{r("两侧。")}</w:p>'
    body = [p(TITLE, centre=True), f"<w:sdt><w:sdtPr/><w:sdtContent>{inside}</w:sdtContent></w:sdt>", tagged]
    return Sample(package(*body), present=("某路段两侧。",))


@sample
def plain_text_in_gbk() -> Sample:
    lines = [TITLE, "一、基本案情", FACTS, "二、处理结果", HANDLING, "三、法律分析", LAW, "四、典型意义", VALUE]
    return Sample("\r\n".join(lines).encode("gb18030"), suffix=".txt")


@sample
def markdown_in_utf_8() -> Sample:
    lines = [f"# {TITLE}", "## 基本案情", FACTS, "**处理结果**", HANDLING, "## 法律分析", LAW, "## 典型意义", VALUE]
    return Sample("\n\n".join(lines).encode(), suffix=".md")
