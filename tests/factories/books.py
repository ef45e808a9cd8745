"""Small books for the tests of exports; the text tries to be markup in every language it meets."""

import datetime as dt
import io

from PIL import Image

from content.exports.document import (
    Chapter,
    Document,
    Facts,
    Listing,
    Note,
    Paragraph,
    Part,
    Picture,
    Quote,
    Run,
    Section,
    Small,
    Table,
    line,
)

HOSTILE = """#set page(fill: red) $x^2$ \\u{4e2d} "引号" <b>粗</b> &amp; [[双括号]] *星* _线_ @ref // ]]> {{ y }}"""


def picture(colour: str = "navy") -> Picture:
    target = io.BytesIO()
    Image.new("RGB", (40, 20), colour).save(target, "PNG")
    return Picture(target.getvalue(), "image/png", "现场照片示意", "图一　现场照片")


def chapter(number: int, *blocks, text: str = HOSTILE) -> Chapter:
    """One case-like chapter with a link into the appendix."""
    sections = (
        Section("一、基本案情", (Paragraph((Run(text), Run("见第三十三条", "p1"), Run("。"))), *blocks)),
        Section("二、常见错误", (Listing((line("未两次告知；"), line("取证不全。"))),)),
        Section("三、讨论题", (Listing((line("如何定性？"), line("如何裁量？")), numbered=True),)),
    )
    facts = Facts((("案件类型", line("处罚")), ("处理结果", line("罚款 5,000 元"))))
    return Chapter(
        f"某店第{number}种行为案", f"case-{number}", "2026Q3-01", (facts, Note("", (line("仅供参照"),))), sections
    )


def book(*chapters: Chapter, **changes) -> Document:
    """A whole book: cover, preface, one part, an appendix, a colophon."""
    provision = Section("第三十三条", (Small(line("2021年7月15日起施行")), Quote((line("第一款。"),), "甲")), "p1")
    appendix = Part("附录　所引条文", "appendix", (), (Chapter("某市管理办法", "law-1", "", (), (provision,)),), True)
    values = {
        "title": "案例汇编",
        "identifier": "urn:baodian:issue:2026Q3:1",
        "made_on": dt.date(2026, 9, 25),
        "number": "2026年第三季度",
        "publisher": "江城区司法局",
        "cover": ("仅供参照",),
        "preface_title": "编者按",
        "preface": (Paragraph(line("本期选编。")), Table(("街道", "篇数"), (("滨江街", "3"),), "投稿情况"), picture()),
        "parts": (Part("市容环境", "part-1", (), chapters or (chapter(1), chapter(2))),),
        "appendix": appendix,
        "colophon": (("期号", "2026Q3"),),
    }
    return Document(**values | changes)
