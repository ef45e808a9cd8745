"""Revisions of a case in words: what differs between two of them, field by field and section by section."""

from dataclasses import dataclass
from typing import Any, cast

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Field, ForeignKey
from wagtail.models import Revision

from casebook.models import Case
from casebook.review.diffing import Row, compare
from casebook.review.merging import BLOCK, ITEMS, Part, parts_of
from casebook.sections import heading_of
from kb.models import PowerItem

# What a person writes; who signed, locked or published it is no part of the text.
WRITTEN = (
    "title", "case_no", "slug", "kind", "domain", "street", "street_shown", "source_kind", "conduct_on", "filed_on",
    "informed_on", "heard_on", "decided_on", "served_on", "performed_on", "closed_on", "procedure", "heard",
    "legal_reviewed", "collective", "outcome", "result", "challenge", "fine_amount", "confiscated_amount",
    "is_frequent", "is_difficult", "is_typical", "is_negative", *Case.BASIS_FIELDS, "anonymity",
)  # fmt: skip


@dataclass(frozen=True)
class Difference:
    """One part under its name, with the rows of both texts."""

    part: Part
    label: str
    rows: list[Row]
    mine: str
    theirs: str


def differences(older: Revision, newer: Revision) -> list[Difference]:
    """Old on the left, new on the right."""
    return [_difference(part) for part in parts_of(newer.content, older.content, None, WRITTEN)]


def conflicts(mine: Revision, theirs: Revision, base: Revision | None) -> list[Difference]:
    """Theirs on the left, mine on the right."""
    start = base.content if base else None
    return [_difference(part) for part in parts_of(mine.content, theirs.content, start, WRITTEN)]


def _difference(part: Part) -> Difference:
    mine, theirs = in_words(part.name, part.mine), in_words(part.name, part.theirs)
    return Difference(part, label_of(part), compare(theirs, mine), mine, theirs)


def label_of(part: Part) -> str:
    """What the part is called on the form."""
    if part.name == ITEMS:
        return "涉及事项"
    if not part.is_block:
        return str(_column(part.name).verbose_name)
    section = part.mine or part.theirs or {}
    return heading_of(section["type"], section.get("heading", ""))


def _column(name: str) -> Field:
    return cast(Field, Case._meta.get_field(name))


def in_words(name: str, value: Any) -> str:
    """A stored value as people read it; nothing for what is empty."""
    if name.startswith(BLOCK):
        return _section_in_words(value)
    if name == ITEMS:
        return "\n".join(str(item) for item in PowerItem.objects.filter(pk__in=value or []))
    if value in (None, ""):
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    field = _column(name)
    if isinstance(field, ForeignKey):
        return _row_in_words(field, value)
    return str(dict(field.flatchoices).get(value, value))


def _section_in_words(value: dict[str, Any] | None) -> str:
    parts = value or {}
    return "\n".join(str(parts[name]) for name in ("heading", "text") if parts.get(name))


def _row_in_words(field: ForeignKey, pk: int) -> str:
    try:
        return str(field.related_model._default_manager.get(pk=pk))
    except ObjectDoesNotExist:
        return "已删除"
