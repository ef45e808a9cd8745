"""What a form consists of: difficulties, domains, laws, marks, and what it shares with the other forms."""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count

from exams.models import PaperForm, PaperItem, QuestionBasis
from exams.papers.forms import stale_items
from exams.papers.plan import EASIEST, HARDEST, SectionSpec, marks_of, sections_of
from kb.models import Regulation


@dataclass(frozen=True)
class Share:
    """A name, how many questions, and that in percent of the form."""

    name: str
    count: int
    percent: int


@dataclass(frozen=True)
class FormFigures:
    """`shared`: label of another form -> questions that stand in both. `stale`: places that need another question."""

    sections: tuple[SectionSpec, ...]
    total: int
    marks: Decimal
    mean_difficulty: Decimal | None
    difficulties: tuple[Share, ...]
    domains: tuple[Share, ...]
    laws: tuple[Share, ...]
    shared: dict[str, int]
    stale: frozenset[int]


def figures_of(form: PaperForm) -> FormFigures:
    """Seven queries, whatever the size. A question on two laws counts for each."""
    rows = list(form.items.order_by().values_list("question__difficulty", "question__domain__name"))
    total, sections = len(rows), tuple(sections_of(form.paper))
    levels = Counter(difficulty for difficulty, _ in rows)
    domains = Counter(name for _, name in rows)
    mean = Decimal(sum(level * count for level, count in levels.items())) / total if total else None
    return FormFigures(
        sections=sections,
        total=total,
        marks=marks_of(sections),
        mean_difficulty=mean.quantize(Decimal("0.1")) if mean else None,
        difficulties=tuple(_share(f"难度 {level}", levels[level], total) for level in range(EASIEST, HARDEST + 1)),
        domains=tuple(_share(name, count, total) for name, count in domains.most_common()),
        laws=_laws(form, total),
        shared=_shared(form),
        stale=frozenset(stale_items(form).values_list("order_no", flat=True)),
    )


def _laws(form: PaperForm, total: int) -> tuple[Share, ...]:
    cited = QuestionBasis.objects.filter(version__paper_items__form=form, regulation__isnull=False)
    counted = cited.order_by().values("regulation").annotate(count=Count("version", distinct=True))
    counts = dict(counted.values_list("regulation", "count"))
    laws = Regulation.objects.filter(pk__in=counts).order_by("title")
    return tuple(_share(law.name, counts[law.pk], total) for law in sorted(laws, key=lambda law: -counts[law.pk]))


def _shared(form: PaperForm) -> dict[str, int]:
    own = form.items.values("question")
    others = PaperItem.objects.filter(form__paper=form.paper_id, question__in=own).exclude(form=form)
    counted = others.values("form__label").annotate(count=Count("pk")).order_by("form__label")
    return dict(counted.values_list("form__label", "count"))


def _share(name: str, count: int, total: int) -> Share:
    return Share(name, count, round(100 * count / total) if total else 0)
