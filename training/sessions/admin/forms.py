"""Forms of plans and sessions. Lists of items, cases and people are typed as codes: there are hundreds of each."""

import re
from typing import Any

from django import forms
from django.db.models import Q

from casebook.models import Case
from kb.models import PowerItem
from people.models import Officer, Unit, User
from training.models import Plan, TrainingSession
from training.permissions import EVERYWHERE

_BETWEEN = re.compile(r"[\s,，、;；]+")


class CodesField(forms.CharField):
    """Rows named by codes, one after another; those that are not known are named in the error."""

    def __init__(self, model: Any, key: str, **kwargs: Any) -> None:
        self.model, self.key = model, key
        super().__init__(required=False, widget=forms.Textarea(attrs={"rows": 2}), **kwargs)

    def clean(self, value: Any) -> list:
        codes = [code for code in _BETWEEN.split(super().clean(value).strip()) if code]
        found = {str(getattr(row, self.key)): row for row in self.model.objects.filter(**{f"{self.key}__in": codes})}
        if unknown := [code for code in codes if code not in found]:
            raise forms.ValidationError(f"没有找到：{'、'.join(unknown)}；请核对{self.label}。")
        return [found[code] for code in dict.fromkeys(codes)]

    def prepare_value(self, value: Any) -> Any:
        """What is stored, as it is typed."""
        return value if isinstance(value, str) or value is None else "\n".join(str(getattr(o, self.key)) for o in value)


class PlannedForm(forms.ModelForm):
    """What plans and sessions have in common: `lists` go beside the row, units are those of the person."""

    items = CodesField(PowerItem, "code", label="相关事项编码", help_text="每行一个 16 位事项编码")
    cases = CodesField(Case, "case_no", label="相关案例编号", help_text="每行一个，如 2025Q4-02")
    lecturers = CodesField(Officer, "staff_no", label="讲师的人员编号", help_text="每行一个")

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            for name in ("items", "cases", "lecturers"):
                self.initial[name] = list(getattr(self.instance, name).all())
        units = Unit.objects.exclude(kind=Unit.Kind.OFFICE)
        if not by.has_role(*EVERYWHERE):
            units = Unit.objects.filter(pk=by.unit_id or 0)
            self.initial.setdefault("unit", by.unit_id)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]

    def lists(self) -> dict[str, list]:
        return {name: self.cleaned_data[name] for name in ("items", "cases", "lecturers")}


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _moment() -> forms.DateTimeInput:
    return forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class PlanForm(PlannedForm):
    class Meta:
        model = Plan
        fields = (
            "year_no", "title", "unit", "organiser", "form", "topic", "category", "is_duty", "starts_on", "ends_on",
            "session_count", "hours_each", "audience", "issue", "lecturer_text", "note",
        )  # fmt: skip
        widgets = {"starts_on": _day(), "ends_on": _day(), "note": forms.Textarea(attrs={"rows": 3})}


class SessionForm(PlannedForm):
    class Meta:
        model = TrainingSession
        fields = (
            "title", "plan", "unit", "organiser", "form", "topic", "category", "starts_at", "ends_at", "place",
            "hours", "late_minutes", "needs_sign_out", "early_minutes", "discussion", "lecturer_text", "guest_unit",
            "guest_count",
        )  # fmt: skip
        widgets = {"starts_at": _moment(), "ends_at": _moment()}

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, by=by, **kwargs)
        mine = Q() if by.has_role(*EVERYWHERE) else Q(unit=by.unit_id)
        open_ones = Plan.objects.filter(mine & (Q(cancelled_reason="") | Q(pk=self.instance.plan_id or 0)))
        self.fields["plan"].queryset = open_ones  # type: ignore[attr-defined]
