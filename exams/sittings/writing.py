"""The paper as HTML, written once when it is built and kept compressed."""

import zlib
from collections.abc import Iterable, Mapping

from django.template.loader import render_to_string

from exams.content import Content
from exams.models import PaperSection, QuestionVersion, Sitting, SittingItem, SittingPaper
from exams.sittings.shown import shown_sections


def written(
    items: Iterable[SittingItem], sections: Mapping[int, PaperSection], contents: Mapping[int, Content]
) -> bytes:
    """The compressed page of a paper that nobody has answered yet."""
    html = render_to_string("exams/sitting/sections.html", {"sections": shown_sections(items, sections, contents)})
    return zlib.compress(html.encode())


def paper_html(sitting: Sitting) -> str:
    """The page of a sitting without answers: as it was written, or written anew from its items."""
    try:
        body = bytes(sitting.written.body)
    except SittingPaper.DoesNotExist:
        body = rewritten(sitting)
    return zlib.decompress(body).decode()


def rewritten(sitting: Sitting) -> bytes:
    """The same page from the items alone, for a sitting whose page was thrown away."""
    items = list(sitting.items.order_by("order_no"))
    for item in items:
        item.answer, item.is_flagged = "", False
    return written(items, sections_of(sitting), contents_of(item.version_id for item in items))


def sections_of(sitting: Sitting) -> dict[int, PaperSection]:
    """The sections of a sitting's paper by number."""
    paper = sitting.registration.exam.paper_id
    return {one.section_no: one for one in PaperSection.objects.filter(paper=paper)}


def contents_of(versions: Iterable[int]) -> dict[int, Content]:
    """What the versions say, by primary key."""
    return {one.pk: one.content for one in QuestionVersion.objects.filter(pk__in=set(versions)).only("body")}
