"""Figures of results in templates."""

from decimal import Decimal

from django import template

from content.numbers import plain_number
from exams.models import QuestionVersion
from exams.results.keys import Fix, write_key

register = template.Library()
NOTHING = "—"
ACTIONS = {"drop": "本题不计分", "full": "所有考生得满分"}


@register.filter
def figure(value: float | None, places: int = 1) -> str:
    """`12.3`; a dash for a figure that cannot be computed."""
    return NOTHING if value is None else f"{value:.{places}f}"


@register.filter
def percent(value: float | None, places: int = 1) -> str:
    """Of a share between 0 and 1: `45.6%`."""
    return NOTHING if value is None else f"{100 * value:.{places}f}%"


@register.filter
def rate(value: float | None, places: int = 1) -> str:
    """Of a figure in percent: `45.6%`."""
    return NOTHING if value is None else f"{value:.{places}f}%"


@register.filter
def score(value: Decimal | None) -> str:
    """`58.00` -> `58`, `58.50` -> `58.5`; a dash for none."""
    return NOTHING if value is None else plain_number(value)


@register.simple_tag
def fix_in_words(fix: Fix, version: QuestionVersion, part_no: int) -> str:
    """`答案改为 A 或 C`, `本题不计分`."""
    if fix.action in ACTIONS:
        return ACTIONS[fix.action]
    return f"答案改为 {write_key(version.content.parts[part_no - 1], fix.new_key)}"
