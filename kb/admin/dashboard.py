"""The knowledge base's numbers on the admin's home page. Each person sees the work that is theirs."""

from collections.abc import Callable

from django.db.models import QuerySet
from django.urls import reverse

from content.dashboard import Waiting
from kb.models import Citation, PowerItem, RegulationVersion
from kb.permissions import can_edit_items, can_edit_regulations, can_import_items, can_resolve_citations
from kb.waiting import undisclosed, without_instructor
from people.models import User

# filter value -> (label, the items meant); the list of items offers the same
ITEM_GAPS: dict[str, tuple[str, Callable[[QuerySet[PowerItem]], QuerySet[PowerItem]]]] = {
    "instructor": ("没有业务指导员", without_instructor),
    "disclosure": ("公示要素不全", undisclosed),
}


def waiting_for(user: User) -> list[Waiting]:
    """At most one query a number."""
    entries = []
    if can_resolve_citations(user):
        count = Citation.objects.waiting().count()
        entries.append(Waiting("待处理引用", count, reverse("kb_citation_queue"), "关联到条文，或者不作引用"))
    if can_edit_regulations(user):
        entries.append(_versions())
    if can_edit_items(user):
        entries += [_unverified_items(), _gap("disclosure", "补依据、流程、监督方式")]
    if can_import_items(user):
        entries.append(_gap("instructor", "指定业务指导员"))
    return entries


def _versions() -> Waiting:
    address = reverse(RegulationVersion.snippet_viewset.get_url_name("list"))
    count = RegulationVersion.objects.filter(dates_verified=False).count()
    return Waiting("日期待核的版本", count, f"{address}?dates_verified=false", "核对公布、施行日期")


def _unverified_items() -> Waiting:
    count = PowerItem.objects.filter(needs_review=True).count()
    return Waiting("待核事项", count, f"{reverse('items:index')}?needs_review=true", "核对依据和处罚")


def _gap(name: str, note: str) -> Waiting:
    label, select = ITEM_GAPS[name]
    return Waiting(
        f"{label}的事项", select(PowerItem.objects.all()).count(), f"{reverse('items:index')}?gap={name}", note
    )
