"""Drafts whose headings are marked in every way that Word, WPS and people know."""

import io

import docx as python_docx

from tests.casebook.docx_maker import CHINESE_STYLES, WORD_STYLES, WPS_STYLES, numbering, p, package, r, styles
from tests.casebook.docx_samples import FACTS, FOUR, HANDLING, LAW, TITLE, VALUE, Sample, sample, sections, titled

# --- headings by style ------------------------------------------------------


@sample
def word_heading_styles() -> Sample:
    body = [p(TITLE, style="Title"), *sections(lambda name: p(name, style="Heading1"))]
    return Sample(package(*body, parts={"word/styles.xml": styles(WORD_STYLES)}))


@sample
def wps_heading_styles() -> Sample:
    body = [p(TITLE, style="5"), *sections(lambda name: p(name, style="2"))]
    custom = (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" xmlns:vt='
        '"http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><property name="KSOProductBuildVer">'
        "<vt:lpwstr>2052-12.1.0</vt:lpwstr></property></Properties>"
    )
    parts = {"word/styles.xml": styles(WPS_STYLES), "docProps/custom.xml": custom}
    return Sample(package(*body, parts=parts), leftovers=frozenset({"metadata"}))


@sample
def chinese_style_names() -> Sample:
    return Sample(
        package(*titled(*sections(lambda name: p(name, style="a1"))), parts={"word/styles.xml": styles(CHINESE_STYLES)})
    )


@sample
def outline_level_of_the_paragraph() -> Sample:
    return Sample(package(*titled(*sections(lambda name: p(name, props='<w:outlineLvl w:val="0"/>')))))


@sample
def outline_level_of_a_custom_style() -> Sample:
    return Sample(
        package(*titled(*sections(lambda name: p(name, style="a3"))), parts={"word/styles.xml": styles(CHINESE_STYLES)})
    )


@sample
def title_in_heading_1_sections_in_heading_2() -> Sample:
    body = [p(TITLE, style="Heading1"), *sections(lambda name: p(name, style="Heading2"))]
    return Sample(package(*body, parts={"word/styles.xml": styles(WORD_STYLES)}))


@sample
def mixed_heading_levels() -> Sample:
    levels = iter(["Heading1", "Heading2", "Heading1", "Heading2"])
    body = titled(*sections(lambda name: p(name, style=next(levels))))
    return Sample(package(*body, parts={"word/styles.xml": styles(WORD_STYLES)}))


@sample
def made_with_python_docx() -> Sample:
    document = python_docx.Document()
    document.core_properties.author = "刘编修"
    document.add_heading(TITLE, 0)
    for name, text in zip(
        ("案情简介", "处理结果", "法律小讲堂", "案例启示"), (FACTS, HANDLING, LAW, VALUE), strict=True
    ):
        document.add_heading(name, 1)
        document.add_paragraph(text)
    document.add_heading("思考题", 1)
    document.add_paragraph("当事人拒不开门怎么办？", style="List Number")
    out = io.BytesIO()
    document.save(out)
    return Sample(
        out.getvalue(),
        blocks=(*FOUR, "questions"),
        leftovers=frozenset({"metadata", "thumbnail", "custom_xml"}),
        absent=("刘编修",),
    )


# --- headings by bold, numbers, brackets, nothing ---------------------------


@sample
def bold_lines() -> Sample:
    return Sample(package(*titled(*sections(lambda name: p(name, bold=True)))))


@sample
def bold_by_character_style() -> Sample:
    strong = '<w:style w:type="character" w:styleId="S"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>'
    heading = lambda name: p(r(name, '<w:rStyle w:val="S"/>'))  # noqa: E731
    return Sample(package(*titled(*sections(heading)), parts={"word/styles.xml": styles([], strong)}))


@sample
def chinese_numbers() -> Sample:
    numbers = iter("一二三四")
    return Sample(package(*titled(*sections(lambda name: p(f"{next(numbers)}、{name}")))))


@sample
def bracketed_numbers() -> Sample:
    numbers = iter("一二三四")
    return Sample(package(*titled(*sections(lambda name: p(f"（{next(numbers)}）{name}")))))


@sample
def arabic_numbers() -> Sample:
    numbers = iter("1234")
    return Sample(package(*titled(*sections(lambda name: p(f"{next(numbers)}.{name}")))))


@sample
def automatic_numbers() -> Sample:
    body = titled(*sections(lambda name: p(name, number=(1, 0))))
    return Sample(package(*body, parts={"word/numbering.xml": numbering(("chineseCounting", "%1、"))}))


@sample
def square_brackets() -> Sample:
    return Sample(package(*titled(*sections(lambda name: p(f"【{name}】")))))


@sample
def supervision_case_with_keywords() -> Sample:
    names = ("基本案情", "监督处理", "法律视角", "典型意义")
    body = titled(p("【关键词】"), p("亮证执法　执法记录仪"), *sections(lambda name: p(f"【{name}】"), names))
    return Sample(package(*body), blocks=("keywords", *FOUR))


@sample
def text_behind_a_bracket() -> Sample:
    names = zip(("案情摘要", "处罚情况", "法条链接", "案例警示"), (FACTS, HANDLING, LAW, VALUE), strict=True)
    return Sample(package(*titled(*(p(f"【{name}】{text}") for name, text in names))))


@sample
def text_behind_a_colon() -> Sample:
    names = zip(("基本案情", "处理结果", "法律依据", "本案意义"), (FACTS, HANDLING, LAW, VALUE), strict=True)
    return Sample(package(*titled(*(p(r(f"{name}：", "<w:b/>"), text) for name, text in names))))


@sample
def nothing_but_words() -> Sample:
    return Sample(package(p(TITLE), *sections(lambda name: p(name))))


@sample
def spaced_and_coloned_words() -> Sample:
    names = ("案 情 简 介", "处理结果：", "普法小贴士", "思 考 建 议：")
    return Sample(package(*titled(*sections(lambda name: p(name), names))))


@sample
def nearly_known_headings() -> Sample:
    names = ("一、案情简介及经过", "二、本案调查与处理情况", "三、相关法律依据", "四、本案的典型意义")
    return Sample(package(*titled(*sections(lambda name: p(name, bold=True), names))))


@sample
def traditional_characters() -> Sample:
    names = zip(
        ("基本案情", "調查與處理", "法律分析", "典型意義"),
        (
            "2025年10月13日，街道接到群眾投訴，稱樓下某燒烤店油煙擾民。",
            "2025年10月15日立案調查，2025年11月18日作出行政處罰決定，罰款8000元。",
            "當事人違反了有關規定。",
            "開機與達標應當分別取證。",
        ),
        strict=True,
    )
    title = "某燒烤店未清洗油煙管道案"
    body = [p(title, centre=True), *(part for name, text in names for part in (p(name, bold=True), p(text)))]
    return Sample(package(*body), title=title)


@sample
def sub_headings_stay_in_their_section() -> Sample:
    body = titled(
        p("一、基本案情", bold=True), p("（一）线索来源", bold=True), p(FACTS), p("（二）现场检查"), p("后厨积油。"),
        p("二、调查与处理", bold=True), p(HANDLING), p("三、法律分析", bold=True), p("1.处罚主体"), p(LAW),
        p("四、典型意义", bold=True), p(VALUE),
    )  # fmt: skip
    return Sample(package(*body), present=("（一）线索来源", "1.处罚主体"))


@sample
def unknown_headings_wait_for_the_editor() -> Sample:
    body = titled(
        p("江城区晴岚街道", centre=True), *sections(lambda name: p(name, bold=True)),
        p("领导批示", bold=True), p("请各科室学习。"),
    )  # fmt: skip
    return Sample(package(*body), blocks=("", *FOUR, ""), unplaced=2)
