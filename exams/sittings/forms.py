"""Forms of the admin's pages of exams."""

from django import forms

from exams.models import Exam, Paper, PaperForm

MOST_MINUTES = 600
MOMENT = "%Y-%m-%dT%H:%M"


def _moment() -> forms.DateTimeInput:
    return forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT)


class ExamForm(forms.ModelForm):
    """What is decided about an exam; the verbs say what is wrong with it."""

    paper = forms.ModelChoiceField(Paper.objects.filter(status=Paper.Status.READY), label="试卷")
    form = forms.ModelChoiceField(
        PaperForm.objects.filter(paper__mode=Paper.Mode.FIXED).select_related("paper"),
        label="卷别",
        required=False,
        empty_label="A 卷（随机试卷不选）",
    )

    class Meta:
        model = Exam
        fields = [
            "title",
            "purpose",
            "paper",
            "form",
            "opens_at",
            "closes_at",
            "attempts",
            "grace_seconds",
            "ip_ranges",
            "note",
            "score_shown",
            "answers_shown",
            "key_shown",
            "ranking_hides_names",
        ]
        widgets = {
            "opens_at": _moment(),
            "closes_at": _moment(),
            "ip_ranges": forms.Textarea(attrs={"rows": 2}),
            "note": forms.Textarea(attrs={"rows": 3}),
        }

    def _post_clean(self) -> None:
        """The instance is not touched: the verbs change it, and check it."""


class CandidateListForm(forms.Form):
    """A list of candidates, pasted or as a file."""

    numbers = forms.CharField(
        label="人员编号", required=False, widget=forms.Textarea(attrs={"rows": 5, "placeholder": "S0001\nS0002"})
    )
    file = forms.FileField(label="或 Excel 文件", required=False)

    def clean(self) -> dict:
        given = super().clean() or {}
        if not given.get("numbers", "").strip() and not given.get("file"):
            raise forms.ValidationError("请粘贴人员编号，或选择文件。")
        return given


class GrantForm(forms.Form):
    """More time or attempts for one candidate."""

    minutes = forms.IntegerField(label="延长（分钟）", min_value=0, max_value=MOST_MINUTES, initial=0)
    attempts = forms.IntegerField(label="增加次数", min_value=0, max_value=20, initial=0)
    reason = forms.CharField(label="理由", max_length=200)


class ExtendForm(forms.Form):
    """More time for the whole room."""

    minutes = forms.IntegerField(label="延长（分钟）", min_value=1, max_value=MOST_MINUTES)
    reason = forms.CharField(label="理由", max_length=200)
