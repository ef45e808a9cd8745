"""Words and numbers of papers in templates."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import template

from content.numbers import plain_number
from exams.content import KIND_LABELS, Kind, Part, Segment
from exams.documents import numbered_lines
from exams.models import PaperSection

register = template.Library()
RULED = frozenset({Kind.MULTIPLE, Kind.DOCUMENT, Kind.GROUP})


@register.filter
def marks(number: Decimal | int) -> str:
    """`2.00` -> `2`, `1.50` -> `1.5`."""
    return plain_number(number)


@register.filter
def at(values: Mapping[str, Any], name: str) -> Any:
    """The value under a name."""
    return values.get(name, "")


@register.filter
def kind_label(kind: str) -> str:
    return KIND_LABELS[Kind(kind)]


@register.filter
def rule_label(rule: str, kind: str) -> str:
    """The rule of a section; for kinds that know only right and wrong a dash."""
    return str(PaperSection.Rule(rule).label) if Kind(kind) in RULED else "—"


@register.filter
def document_lines(part: Part) -> list[list[tuple[int, Segment]]]:
    """Lines of (number, sentence) of a faulty document."""
    return numbered_lines(part.segments)
