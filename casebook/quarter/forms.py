"""The forms of a quarter: opening it, and the edition's desk with one row a case."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone

from casebook.models import Case, CasebookIssue
from casebook.quarter.actions import Line


class OpenQuarterForm(forms.Form):
    """Which quarter, until when, how many drafts each street owes."""

    year = forms.IntegerField(label="年份", min_value=2000, max_value=2100)
    quarter = forms.TypedChoiceField(label="季度", coerce=int, choices=CasebookIssue.Quarter.choices)
    due_on = forms.DateField(
        label="投稿截止",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="写成 2026-12-10 的样子",
    )
    wanted = forms.IntegerField(label="每个街道应报篇数", min_value=0, max_value=20, initial=1)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        today = timezone.localdate()
        kwargs["initial"] = {"year": today.year, "quarter": (today.month + 2) // 3} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)


def lines_of(posted: QueryDict) -> list[Line]:
    """The rows of the desk in their order: `case`, `section`, `note` stand once for each row.

    `add` names one more case for the end. Raises ValidationError for a case that does not exist.
    """
    rows = zip(posted.getlist("case"), posted.getlist("section"), posted.getlist("note"), strict=False)
    wanted = [(pk, section, note) for pk, section, note in rows if pk not in posted.getlist("drop")]
    wanted += [(pk, "", "") for pk in posted.getlist("add") if pk]
    cases = {str(case.pk): case for case in Case.objects.select_related("domain").filter(pk__in=_numbers(wanted))}
    lost = [pk for pk, *_ in wanted if pk not in cases]
    if lost:
        raise ValidationError(f"没有编号为 {'、'.join(lost)} 的案例；请刷新页面后重试。")
    return [Line(cases[pk], section, note) for pk, section, note in wanted]


def moved(lines: list[Line], step: str) -> list[Line]:
    """`12:up` takes case 12 one place up, `12:down` one down; anything else leaves the order."""
    number, _, direction = step.partition(":")
    at = next((n for n, line in enumerate(lines) if str(line.case.pk) == number), None)
    if at is None or direction not in {"up", "down"}:
        return lines
    to = at + (1 if direction == "down" else -1)
    if not 0 <= to < len(lines):
        return lines
    order = list(lines)
    order[at], order[to] = order[to], order[at]
    return order


def _numbers(wanted: list[tuple[str, str, str]]) -> list[int]:
    return [int(pk) for pk, *_ in wanted if pk.isdecimal()]
