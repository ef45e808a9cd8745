"""A start for a mock of the certification exam: 100 marks in 90 minutes, with shares by law (handbook §2h)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from exams.models import PaperSection, Question, QuestionBasis
from exams.papers.plan import CellSpec, SectionSpec
from exams.quotas import apportion
from kb.models import Domain, Regulation

GENERAL = "通用程序"
SPECIAL = f"{GENERAL}以外的领域"
THREE_SYSTEMS = "国务院办公厅关于全面推行行政执法公示制度执法全过程记录制度重大执法决定法制审核制度的指导意见"
# percent of each group; its members share evenly
SHARES: tuple[tuple[int, tuple[str, ...]], ...] = (
    (30, ("中华人民共和国行政处罚法",)),
    (10, ("中华人民共和国行政强制法",)),
    (5, ("中华人民共和国行政许可法",)),
    (10, ("中华人民共和国行政复议法", "中华人民共和国行政诉讼法")),
    (10, (THREE_SYSTEMS,)),
    (25, (SPECIAL,)),
    (10, ("行政执法监督条例", "中华人民共和国政府信息公开条例")),
)
SECTIONS = (
    SectionSpec("单项选择题", Question.Kind.SINGLE, 40, Decimal(1)),
    SectionSpec("多项选择题", Question.Kind.MULTIPLE, 15, Decimal(2), PaperSection.Rule.HALF_POINT_EACH),
    SectionSpec("判断题", Question.Kind.JUDGE, 10, Decimal(1)),
)
CASES = SectionSpec("案例分析题", Question.Kind.GROUP, 2, Decimal(10))


@dataclass(frozen=True)
class Suggestion:
    """The plan, and which parts of the coverage were left out because the bank has no such question."""

    sections: tuple[SectionSpec, ...]
    left_out: tuple[str, ...]


def handbook_plan() -> Suggestion:
    """The blueprint with the laws on which the bank has questions; the share of the others goes to these. 4 queries."""
    present = _present()
    sections = [_with_cells(section, present) for section in SECTIONS]
    return Suggestion((*sections, CASES), tuple(_left_out(present)))


def _left_out(present: Collection[tuple[str, str]]) -> list[str]:
    """`多项选择题：三项制度指导意见、行政执法监督条例`."""
    said = []
    for section in SECTIONS:
        missing = [name for _, names in SHARES for name in names if (section.kind, name) not in present]
        names = ("三项制度指导意见" if one == THREE_SYSTEMS else one.removeprefix("中华人民共和国") for one in missing)
        if missing:
            said.append(f"{section.title}：{'、'.join(names)}")
    return said


def _present() -> dict[tuple[str, str], CellSpec]:
    """(kind, law or SPECIAL) -> what to draw from, for everything the bank has at least one question of."""
    drawable = Question.objects.drawable()
    titles = [name for _, names in SHARES for name in names]
    rows = QuestionBasis.objects.filter(version__in=drawable.values("current"), regulation__title__in=titles)
    cited = set(rows.order_by().values_list("version__question__kind", "regulation").distinct())
    laws = Regulation.objects.in_bulk({law for _, law in cited})
    found = {(kind, laws[law].title): CellSpec(regulation=laws[law]) for kind, law in cited}
    general = Domain.objects.filter(name=GENERAL).first()
    if general:
        special = drawable.exclude(domain=general).order_by().values_list("kind", flat=True).distinct()
        found |= {(kind, SPECIAL): CellSpec(domain=general, excludes_domain=True) for kind in special}
    return found


def _with_cells(section: SectionSpec, present: dict[tuple[str, str], CellSpec]) -> SectionSpec:
    chosen: list[tuple[Decimal, CellSpec]] = []
    for percent, names in SHARES:
        share = Decimal(percent) / len(names)
        chosen += [(share, present[section.kind, name]) for name in names if (section.kind, name) in present]
    return replace(section, cells=_to_whole([weight for weight, _ in chosen], [cell for _, cell in chosen]))


def _to_whole(weights: Sequence[Decimal], cells: Iterable[CellSpec]) -> tuple[CellSpec, ...]:
    """The cells with whole percents that add up to 100."""
    parts = apportion(100 if weights else 0, weights)
    return tuple(replace(cell, percent=Decimal(part)) for part, cell in zip(parts, cells, strict=True))
