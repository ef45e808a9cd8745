"""A frozen case -> chapter: facts, notice, editors' note, basis, sections; only the texts that readers may see."""

from dataclasses import replace

from casebook.editions.cited import Cited
from casebook.editions.printed import Printed
from casebook.editions.texts import blocks_of, line_of, numbered
from casebook.pages import days_in_words, procedure_in_words, stages_in_words
from casebook.sections import PICTURE
from content.exports.document import Block, Chapter, Facts, Line, Note, Picture, Section, line
from content.money import in_figures

NOTICE = "仅供参照，不作为执法依据。办理案件应当适用现行有效的法律、法规、规章。"


def chapter_of(printed: Printed, cited: Cited, number: int) -> Chapter:
    case, shown = printed.case, printed.shown
    street = case.street.name if case.street and case.street_shown else ""
    byline = "　".join(words for words in (case.case_no, street, *case.tag_labels) if words)
    leading, sections = _body(printed, cited)
    opening = (*_opening(printed, cited), *leading)
    return Chapter(shown.title, f"case-{number}", byline, opening, tuple(sections))


def _body(printed: Printed, cited: Cited) -> tuple[list[Picture], list[Section]]:
    """The pictures before any section, and the numbered sections, each with the pictures after it."""
    leading: list[Picture] = []
    sections: list[Section] = []
    for text in printed.shown.sections:
        picture = printed.pictures.get(text.field_name)
        if picture is None and text.kind == PICTURE:
            continue
        if picture is None:
            links = cited.links_of(printed, text.field_name, text.moved)
            sections.append(Section(f"{numbered(len(sections) + 1)}、{text.heading}", blocks_of(text.text, links)))
        elif sections:
            sections[-1] = replace(sections[-1], blocks=(*sections[-1].blocks, picture))
        else:
            leading.append(picture)
    return leading, sections


def _opening(printed: Printed, cited: Cited) -> tuple[Block, ...]:
    blocks: list[Block] = [Facts(tuple((*_facts(printed), *_basis(printed, cited)))), Note("", (line(NOTICE),))]
    if note := printed.note.strip():
        blocks.append(Note("编者注", tuple(line(text.strip()) for text in note.splitlines() if text.strip())))
    return tuple(blocks)


def _facts(printed: Printed) -> list[tuple[str, Line]]:
    case = printed.case
    rows = [
        ("案件类型", case.get_kind_display()),
        ("涉及事项", "；".join(row.item.name for row in case.case_items.all())),
        ("办理时间", stages_in_words(case)),
        ("办案天数", days_in_words(case)),
        ("程序", procedure_in_words(case)),
        ("处理结果", printed.shown.outcome),
        ("罚款", in_figures(case.fine_amount)),
        ("没收", in_figures(case.confiscated_amount)),
    ]
    return [(term, line(text)) for term, text in rows if text]


def _basis(printed: Printed, cited: Cited) -> list[tuple[str, Line]]:
    return [
        (role.heading, line_of(role.text, cited.links_of(printed, role.field_name, role.moved)))
        for role in printed.shown.basis
        if role.text.strip()
    ]
