"""What the pages of cases show: plain values for the templates."""

import datetime as dt
from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils.html import format_html_join
from wagtail.images import get_image_model

from casebook import layer
from casebook.basis import Basis, BasisGroup, basis_of
from casebook.layer import ShownText
from casebook.models import Case, CasebookIssue
from casebook.models.case import TIME_LIMIT_DAYS
from casebook.rendering import links_of, list_items, paragraphs
from casebook.similar import similar
from content.money import in_figures
from kb.models import Citation

NOTICE = "案例仅供参照，不作为执法依据。办理案件应当适用现行有效的法律、法规、规章。"
STAGES = {
    "filed_on": "立案",
    "informed_on": "告知",
    "heard_on": "听证",
    "decided_on": "决定",
    "served_on": "送达",
    "performed_on": "履行",
    "closed_on": "结案",
}


def month(day: dt.date | None) -> str:
    """Readers of an anonymised case get the month: `2026年9月`."""
    return f"{day.year}年{day.month}月" if day else ""


def card(case: Case) -> dict[str, Any]:
    """Values of components/case_card.html. Needs `for_lists()`."""
    shown = layer.shown(case)
    return {
        "title": shown.title,
        "url": case.get_absolute_url(),
        "tags": case.tag_labels,
        "street": case.street.label if case.street and case.street_shown else "",
        "outcome": shown.outcome,
        "fine": case.fine_amount,
        "when": month(case.decided_on),
        "summary": shown.summary,
        "basis_changed": case.basis_changed,
        "issue": case.quarter,
    }


def case_context(case: Case, on: dt.date | None = None) -> dict[str, Any]:
    """Everything of the case page; also of the admin's preview, where the case may not be stored yet."""
    citations = _citations(case)
    shown = layer.shown(case)
    basis = basis_of(case, citations, on, rewrite=shown.rewrite)
    images = _images(shown.sections)
    sections = [_section(section, citations, case.basis_date, images) for section in shown.sections]
    changed = [entry for group in basis for entry in group.entries if entry.changed and group.heading != "程序条款"]
    return {
        "case": case,
        "shown": shown,
        "notice": NOTICE,
        "facts": facts(case, shown.outcome),
        "basis": basis,
        "changed": changed,
        "changed_since": _changed_since(changed),
        "sections": sections,
        "outline": _outline([section for section in sections if section["heading"]], basis),
        "issues": list(CasebookIssue.objects.published().filter(entries__case_id=case.pk)) if case.pk else [],
        "similar": [card(other) for other in similar(case)],
    }


def facts(case: Case, outcome: str) -> list[dict[str, Any]]:
    """Rows of the fact table; rows without text are left out by the component."""
    return [
        {"term": "案例编号", "text": case.case_no},
        {"term": "案件类型", "text": case.get_kind_display()},
        {"term": "涉及事项", "html": _items(case)},
        {"term": "街道", "text": case.street.name if case.street and case.street_shown else ""},
        {"term": "案源", "text": case.get_source_kind_display()},
        {"term": "办理时间", "text": stages_in_words(case)},
        {"term": "办案天数", "text": days_in_words(case)},
        {"term": "程序", "text": procedure_in_words(case)},
        {"term": "复议诉讼", "text": case.get_challenge_display() if case.challenge else ""},
        {"term": "处理结果", "text": outcome},
        {"term": "罚款", "text": in_figures(case.fine_amount)},
        {"term": "没收", "text": in_figures(case.confiscated_amount)},
    ]


def stages_in_words(case: Case) -> str:
    """`2025年10月立案，11月告知、决定，12月结案`: months only, the year where it changes."""
    known = [(getattr(case, name), label) for name, label in STAGES.items() if getattr(case, name)]
    words, year = [], 0
    for (new_year, in_month), stages in groupby(sorted(known, key=_year_month), key=_year_month):
        when = f"{in_month}月" if new_year == year else f"{new_year}年{in_month}月"
        words.append(when + "、".join(label for _, label in stages))
        year = new_year
    return "，".join(words)


def days_in_words(case: Case) -> str:
    """`36 天，未超过九十日`: the check of 行政处罚法第六十条, from filing to decision."""
    if case.days_taken is None:
        return ""
    days = "当场决定" if case.days_taken == 0 else f"{case.days_taken} 天"
    within = f"未超过行政处罚法第六十条规定的 {TIME_LIMIT_DAYS} 日"
    beyond = f"超过行政处罚法第六十条规定的 {TIME_LIMIT_DAYS} 日"
    return f"{days}（{within if case.within_time_limit else beyond}）"


def procedure_in_words(case: Case) -> str:
    steps = [
        case.get_procedure_display(),
        "举行听证" if case.heard else "",
        "经法制审核" if case.legal_reviewed else "",
        "经集体讨论" if case.collective else "",
    ]
    return "，".join(step for step in steps if step)


def _year_month(stage: tuple[dt.date, str]) -> tuple[int, int]:
    return stage[0].year, stage[0].month


def _citations(case: Case) -> list[Citation]:
    if not case.pk:
        return []
    return list(Citation.objects.of_source(case).select_related("regulation"))


def _images(sections: Iterable[ShownText]) -> dict[int, Any]:
    """The pictures of a case by key: one query, none for a case without pictures."""
    wanted = [section.image_id for section in sections if section.image_id]
    return get_image_model().objects.in_bulk(wanted) if wanted else {}


def _section(
    section: ShownText, citations: list[Citation], on: dt.date | None, images: dict[int, Any]
) -> dict[str, Any]:
    links = links_of([c for c in citations if c.field_name == section.field_name], on, section.moved)
    entry = {"heading": section.heading, "anchor": section.field_name, "kind": section.kind}
    if section.is_questions:
        return {**entry, "questions": list_items(section.text, links)}
    picture = images.get(section.image_id or 0)
    return {**entry, "picture": picture, "alt": section.alt, "html": paragraphs(section.text, links)}


def _outline(sections: list[dict], basis: list[BasisGroup]) -> list[dict[str, str]]:
    entries = [{"label": "案件要素", "url": "#facts"}]
    entries += [{"label": "法律依据", "url": "#basis"}] if basis else []
    entries += [{"label": section["heading"], "url": f"#{section['anchor']}"} for section in sections]
    return entries


def _changed_since(changed: list[Basis]) -> dt.date | None:
    """The first day on which part of the basis no longer applied."""
    versions = [(entry.repealed, entry.now.version) for entry in changed if entry.now and entry.now.version]
    days = [version.effective_to if repealed else version.effective_from for repealed, version in versions]
    return min((day for day in days if day), default=None)


def _items(case: Case) -> str:
    entries = [entry.item for entry in case.case_items.all()]
    return format_html_join("；", '<a href="{}">{}</a>', ((item.get_absolute_url(), item.name) for item in entries))


def issue_context(issue: CasebookIssue) -> dict[str, Any]:
    """An edition's contents by section, in the printed order; cases no longer public are named as withdrawn."""
    public = {case.pk: case for case in Case.objects.published().filter(entries__issue=issue).for_lists()}
    entries = issue.entries.select_related("case")
    parts: dict[str, list[dict[str, Any]]] = {}
    for number, entry in enumerate(entries, 1):
        case = public.get(entry.case_id)
        shown = card(case) if case else None
        parts.setdefault(entry.section, []).append({"number": number, "card": shown})
    return {"issue": issue, "parts": parts.items(), "crumbs": crumbs(), "total": len(entries)}


def crumbs() -> list[dict[str, str]]:
    return [{"label": "案例", "url": reverse("casebook:cases")}]
