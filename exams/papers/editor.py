"""The editor of a plan: a row for each section, under it a row for each cell; adding and removing needs no script.

A page posts every row under `s0-title`, `s0-c0-percent` ... with `sections` and `s0-cells` saying how many there are,
and `step` what was pressed: `add-section`, `drop-section:1`, `up-section:1`, `add-cell:1`, `drop-cell:1:0`, or nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django import forms
from django.db.models import Q

from content.numbers import plain_number
from exams.models import Paper, PaperSection, Question, QuestionBasis, SectionCell
from exams.papers.plan import EASIEST, HARDEST, CellSpec, SectionSpec
from kb.models import Domain, Regulation

MOST_SECTIONS, MOST_CELLS, MOST_QUESTIONS = 12, 24, 300
LEVELS = [(level, str(level)) for level in range(EASIEST, HARDEST + 1)]
OUTSIDE = "not-"  # `not-7`: any domain but number 7


@dataclass
class Row:
    """A section as typed, with its cells as typed."""

    values: dict[str, str] = field(default_factory=dict)
    cells: list[dict[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Sources:
    """What cells may draw from: the domains and laws of the bank's questions, and those in the plan."""

    domains: dict[int, Domain]
    laws: dict[int, Regulation]

    @property
    def domain_choices(self) -> list[tuple[str, Any]]:
        inside = [(str(pk), domain.name) for pk, domain in self.domains.items()]
        outside = [(f"{OUTSIDE}{pk}", f"{domain.name}以外") for pk, domain in self.domains.items()]
        return [("", "不限领域"), ("领域", inside), ("该领域以外的各领域", outside)]

    @property
    def law_choices(self) -> list[tuple[str, str]]:
        return [("", "不限法规"), *((str(pk), law.name) for pk, law in self.laws.items())]


def _always(sentence: str) -> dict[str, str]:
    """One sentence for whatever is wrong with a number."""
    codes = ("required", "invalid", "min_value", "max_value", "max_digits", "max_decimal_places", "max_whole_digits")
    return dict.fromkeys(codes, sentence)


class SettingsForm(forms.ModelForm):
    """Title, time, pass mark and the like."""

    class Meta:
        model = Paper
        fields = ["title", "mode", "minutes", "pass_marks", "shuffles_items", "shuffles_options", "note"]
        widgets = {"note": forms.Textarea(attrs={"rows": 2})}


class SectionForm(forms.Form):
    title = forms.CharField(label="标题", max_length=60, required=False)
    kind = forms.ChoiceField(label="题型", choices=Question.Kind.choices)
    count = forms.IntegerField(
        label="题数", min_value=1, max_value=MOST_QUESTIONS, error_messages=_always(f"请填写 1 至 {MOST_QUESTIONS}。")
    )
    marks_each = forms.DecimalField(
        label="每题分值",
        min_value=Decimal("0.01"),
        max_digits=5,
        decimal_places=2,
        error_messages=_always("请填写大于 0 的分值，最多两位小数。"),
    )
    rule = forms.ChoiceField(label="评分规则", choices=PaperSection.Rule.choices)


class CellForm(forms.Form):
    percent = forms.DecimalField(
        label="比例（%）",
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
        error_messages=_always("请填写 0 至 100，最多两位小数。"),
    )
    domain = forms.ChoiceField(label="领域", required=False)
    law = forms.ChoiceField(label="法规", required=False)
    easiest = forms.TypedChoiceField(label="难度从", choices=LEVELS, coerce=int)
    hardest = forms.TypedChoiceField(label="到", choices=LEVELS, coerce=int)

    def __init__(self, *args: Any, domains: list, laws: list, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["domain"].choices = domains  # type: ignore[attr-defined]
        self.fields["law"].choices = laws  # type: ignore[attr-defined]


class PlanEditor:
    """Rows as bound forms: `rows` for the template, `specs` once everything is well-formed."""

    def __init__(self, rows: Sequence[Row], sources: Sources) -> None:
        self.sources = sources
        choices = {"domains": sources.domain_choices, "laws": sources.law_choices}
        self.rows: list[tuple[SectionForm, list[CellForm]]] = [
            (
                SectionForm(_prefixed(f"s{n}", row.values), prefix=f"s{n}"),
                [CellForm(_prefixed(f"s{n}-c{m}", c), prefix=f"s{n}-c{m}", **choices) for m, c in enumerate(row.cells)],
            )
            for n, row in enumerate(rows)
        ]

    def is_valid(self) -> bool:
        return all([form.is_valid() for section, cells in self.rows for form in (section, *cells)])

    def specs(self) -> list[SectionSpec]:
        """The plan that was typed; only after `is_valid`."""
        return [
            SectionSpec(
                data["title"].strip(),
                data["kind"],
                data["count"],
                data["marks_each"],
                data["rule"],
                tuple(self._cell(cell.cleaned_data) for cell in cells),
            )
            for section, cells in self.rows
            if (data := section.cleaned_data)
        ]

    def _cell(self, data: dict[str, Any]) -> CellSpec:
        domain, law = data["domain"], data["law"]
        return CellSpec(
            data["percent"],
            self.sources.domains[int(domain.removeprefix(OUTSIDE))] if domain else None,
            domain.startswith(OUTSIDE),
            self.sources.laws[int(law)] if law else None,
            data["easiest"],
            data["hardest"],
        )


def sources_for(paper: Paper) -> Sources:
    """Two queries."""
    drawable, own = Question.objects.drawable(), SectionCell.objects.filter(section__paper=paper)
    cited = QuestionBasis.objects.filter(version__in=drawable.values("current"))
    domains = Domain.objects.filter(Q(pk__in=drawable.values("domain")) | Q(pk__in=own.values("domain")))
    laws = Regulation.objects.filter(Q(pk__in=cited.values("regulation")) | Q(pk__in=own.values("regulation")))
    return Sources({one.pk: one for one in domains}, {one.pk: one for one in laws})


def rows_of(sections: Sequence[SectionSpec]) -> list[Row]:
    """Rows that show a stored plan."""
    return [
        Row(
            {
                "title": one.title,
                "kind": one.kind,
                "count": str(one.count),
                "marks_each": plain_number(one.marks_each),
                "rule": one.rule,
            },
            [_typed(cell) for cell in one.cells],
        )
        for one in sections
    ]


def stamp(paper: Paper, rows: Sequence[Row]) -> str:
    """Tells one state of a stored paper from another, so that nobody overwrites what others saved meanwhile."""
    values = [str(getattr(paper, name)) for name in SettingsForm.Meta.fields]
    return sha256(repr((values, rows)).encode()).hexdigest()[:16]


def posted_rows(data: Mapping[str, str]) -> list[Row]:
    """The rows as they stand on the page, at most as many as the page offers."""
    return [
        Row(
            _values(data, f"s{n}", SectionForm),
            [_values(data, f"s{n}-c{m}", CellForm) for m in range(_number(data, f"s{n}-cells", MOST_CELLS))],
        )
        for n in range(_number(data, "sections", MOST_SECTIONS))
    ]


def stepped(rows: list[Row], step: str) -> list[Row]:
    """The rows after what was pressed; what does not make sense changes nothing."""
    verb, *places = step.split(":")
    at = [int(place) for place in places if place.isdecimal()]
    if verb == "add-section" and len(rows) < MOST_SECTIONS:
        return [*rows, Row(_typed_section(SectionSpec("", Question.Kind.SINGLE, 10)))]
    if not at or at[0] >= len(rows):
        return rows
    row, others = rows[at[0]], rows[: at[0]] + rows[at[0] + 1 :]
    if verb == "drop-section":
        return others
    if verb == "up-section" and at[0]:
        return [*others[: at[0] - 1], row, *others[at[0] - 1 :]]
    if verb == "add-cell" and len(row.cells) < MOST_CELLS:
        row.cells.append(_typed(CellSpec(Decimal(0) if row.cells else Decimal(100))))
    if verb == "drop-cell" and len(at) > 1 and at[1] < len(row.cells):
        del row.cells[at[1]]
    return rows


def _typed_section(spec: SectionSpec) -> dict[str, str]:
    return rows_of([spec])[0].values


def _typed(cell: CellSpec) -> dict[str, str]:
    return {
        "percent": plain_number(cell.percent),
        "domain": f"{OUTSIDE if cell.excludes_domain else ''}{cell.domain.pk}" if cell.domain else "",
        "law": str(cell.regulation.pk) if cell.regulation else "",
        "easiest": str(cell.easiest),
        "hardest": str(cell.hardest),
    }


def _values(data: Mapping[str, str], prefix: str, form: type[forms.Form]) -> dict[str, str]:
    return {name: data.get(f"{prefix}-{name}", "") for name in form.base_fields}


def _prefixed(prefix: str, values: dict[str, str]) -> dict[str, str]:
    return {f"{prefix}-{name}": value for name, value in values.items()}


def _number(data: Mapping[str, str], name: str, most: int) -> int:
    typed = data.get(name, "")
    return min(int(typed), most) if typed.isdecimal() else 0
