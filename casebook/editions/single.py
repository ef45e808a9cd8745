"""One case as a Word file, for a reader: as it is public, with the articles it cites as in force on the day."""

import datetime as dt
from dataclasses import replace

from django.urls import reverse

from casebook import layer
from casebook.editions.book import publisher
from casebook.editions.chapters import chapter_of
from casebook.editions.cited import appendix, cited_by, stored_citations
from casebook.editions.pictures import PictureMissing, pictures_of
from casebook.editions.printed import Printed
from casebook.models import Case
from content.exports import write_sheets
from content.exports.document import Block, Document, Note, Part, Picture, Small, line

INTERNAL = "本案例匿名等级为 C，仅限本区执法和审核人员内部使用，不得对外提供或者公开。"
CHANGED = "本案作出决定时适用的依据已经变更，仅供历史参考；办理现在的案件应当适用新的规定。"
INTRO = "以下条文是本案例引用的法律、法规、规章和文件，文本以下载之日{day}有效者为准；办案时请核对现行文本。"


def case_file(case: Case, on: dt.date, site: str = "") -> bytes:
    """.docx of a released case. `site`: the beginning of addresses, so that paper says where it came from.

    A picture that cannot be read is named in the text; raises ExportError for nothing else than a broken document.
    """
    return write_sheets(case_document(case, on, site))


def case_document(case: Case, on: dt.date, site: str = "") -> Document:
    """The case as a chapter, what it cites as the appendix. A fixed number of queries and one for each picture."""
    shown = layer.shown(case)
    pictures, missing = _pictures(shown)
    printed = Printed(case, shown, pictures)
    cited = cited_by([printed], on, stored_citations)
    chapter = chapter_of(printed, cited, 1)
    address = f"{site}{reverse('casebook:case', args=[case.slug])}"
    source = Small(line(f"来源：{address}　下载日期：{on.year}年{on.month}月{on.day}日"))
    blocks = (*_warnings(case), *missing, *chapter.blocks, source)
    part = Part("案例", "cases", chapters=(replace(chapter, blocks=blocks),))
    return Document(
        title=shown.title,
        number=case.case_no,
        identifier=f"urn:baodian:case:{case.case_no}",
        made_on=on,
        publisher=publisher(),
        parts=(part,),
        appendix=appendix(cited, INTRO, names_cases=False),
    )


def _warnings(case: Case) -> list[Block]:
    internal = case.anonymity == Case.Anonymity.INTERNAL
    changed = getattr(case, "basis_changed", False)
    said = (("仅供内部使用", INTERNAL, internal), ("依据已变更", CHANGED, changed))
    return [Note(title, (line(text),)) for title, text, holds in said if holds]


def _pictures(shown: layer.ShownCase) -> tuple[dict[str, Picture], list[Block]]:
    try:
        return pictures_of(shown), []
    except PictureMissing as reason:
        return {}, [Note("图片没有印出", (line(f"{reason}。"),))]
