"""Forms of mentors: a reading list for mentees, a coaching in four fields, answers to questions."""

import datetime as dt
import secrets
from typing import Any

from django import forms
from django.utils import timezone

from kb.models import PowerItem
from people.models import Officer
from training.models import CoachingLog, ReadingTemplate


def _day() -> forms.DateInput:
    # a browser's own field of a day takes this one form, whatever the language of the page
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class CoachingForm(forms.Form):
    """带教: who, which item, how long, the gist. Everything but the gist has what is likely in it already."""

    officers = forms.ModelMultipleChoiceField(Officer.objects.none(), label="学员", widget=forms.CheckboxSelectMultiple)
    happened_on = forms.DateField(label="日期", widget=_day())
    item = forms.CharField(label="事项编码或名称", required=False, max_length=200)
    way = forms.ChoiceField(label="方式", choices=CoachingLog.Way.choices, initial=CoachingLog.Way.ON_SITE)
    minutes = forms.IntegerField(label="时长（分钟）", min_value=5, max_value=600, initial=60)
    gist = forms.CharField(label="要点", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    client_key = forms.CharField(widget=forms.HiddenInput, max_length=40)

    def __init__(self, *args: Any, mentees: set[int], **kwargs: Any) -> None:
        kwargs["initial"] = {"happened_on": timezone.localdate(), "client_key": secrets.token_hex(12)}
        super().__init__(*args, **kwargs)
        people = self.fields["officers"]
        people.queryset = Officer.objects.filter(pk__in=mentees).select_related("unit")  # type: ignore[attr-defined]

    def clean_item(self) -> PowerItem | None:
        """A code or a name that only one item has."""
        text = self.cleaned_data["item"].strip()
        if not text:
            return None
        found = PowerItem.objects.filter(code=text.upper()) or PowerItem.objects.filter(name__contains=text)[:2]
        if len(found) != 1:
            raise forms.ValidationError("没有找到唯一的事项；请填写 16 位事项编码，或留空。")
        return found[0]


class AssignForm(forms.Form):
    """A template for mentees until a day."""

    template = forms.ModelChoiceField(ReadingTemplate.objects.all(), label="阅读包", empty_label="请选择")
    officers = forms.ModelMultipleChoiceField(Officer.objects.none(), label="学员", widget=forms.CheckboxSelectMultiple)
    due_on = forms.DateField(label="截止日期", widget=_day())
    needs_note = forms.BooleanField(label="要求写心得", required=False)

    def __init__(self, *args: Any, mentees: set[int], **kwargs: Any) -> None:
        kwargs["initial"] = {"due_on": timezone.localdate() + dt.timedelta(days=14)}
        super().__init__(*args, **kwargs)
        people = self.fields["officers"]
        people.queryset = Officer.objects.filter(pk__in=mentees).select_related("unit")  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    answer = forms.CharField(label="答复", widget=forms.Textarea(attrs={"rows": 5}), max_length=4000)


class ProposeForm(forms.Form):
    """The words that everybody will read."""

    question = forms.CharField(label="公开的问题", widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)
    answer = forms.CharField(label="公开的答复", widget=forms.Textarea(attrs={"rows": 5}), max_length=4000)


class EvaluationForm(forms.Form):
    """互评: five points and a sentence."""

    points = forms.TypedChoiceField(
        label="评分",
        coerce=int,
        choices=[(5, "5 很好"), (4, "4 较好"), (3, "3 一般"), (2, "2 较差"), (1, "1 很差")],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(label="评语", required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
