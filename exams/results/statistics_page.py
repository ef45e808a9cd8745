"""The statistics of an exam in the Wagtail admin: the paper, the items, who chose what; each chart with its table."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path

from content import charts
from exams.models import Exam
from exams.permissions import can_read_bank, require
from exams.results import figures
from exams.results.desk import show
from exams.results.figures import ItemStatistics, Total
from exams.results.verdicts import Verdict, Weight
from exams.statistics import PaperFigures

BIN = 10  # percent
# (name in PaperFigures, label, decimals, unit, what it says)
PAPER = (
    ("mean", "平均分", 2, "", ""),
    ("median", "中位数", 2, "", ""),
    ("sd", "标准差", 2, "", "成绩分散的程度"),
    ("skewness", "偏度", 3, "", "负数：低分拖尾，卷子偏易；正数：偏难"),
    ("kurtosis", "峰度", 3, "", "0 为正态；越大越集中在两端和中间"),
    ("cic", "信度（内部一致性）", 1, "%", "90 以上可以据以区分个人，70 以上可以比较群体"),
    ("error_ratio", "误差比", 1, "%", "成绩差异中属于偶然的部分"),
    ("standard_error", "标准误", 2, "分", "一名考生的得分上下浮动的范围"),
)
BELOW_ZERO = "负数：各题得分互相矛盾，请先检查下面提示的答案"


@dataclass(frozen=True)
class Bin:
    """Candidates between two shares of the full marks."""

    label: str
    passed: int
    failed: int

    @property
    def count(self) -> int:
        return self.passed + self.failed


def statistics_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one exam, for those who may see its keys."""
    require(can_read_bank(request.user), "查看试题统计")
    exam = get_object_or_404(Exam.objects.select_related("paper"), pk=pk)
    found = figures.exam_figures(exam)
    bins = bins_of(found.totals)
    return show(
        request,
        "exam_statistics",
        f"统计分析：{exam}",
        exam=exam,
        tab="statistics",
        found=found,
        paper_rows=paper_rows(found.paper),
        bins=bins,
        distribution=distribution(found.totals, bins),
        item_map=item_map(found.items),
        flagged=[(item, urgent) for item in found.items if (urgent := _urgent(item))],
    )


def _urgent(item: ItemStatistics) -> list[Verdict]:
    """What somebody has to look at; what is only to be known stands in the table."""
    return [one for one in item.verdicts if one.weight != Weight.NOTE]


def paper_rows(paper: PaperFigures) -> list[tuple[str, str, str]]:
    """(label, figure, what it says)."""
    rows = []
    for name, label, places, unit, says in PAPER:
        value = getattr(paper, name)
        meaning = BELOW_ZERO if name == "cic" and value is not None and value < 0 else says
        rows.append((label, "—" if value is None else f"{value:.{places}f}{unit}", meaning))
    return rows


def bins_of(totals: Sequence[Total]) -> list[Bin]:
    """Ten bins of ten percent; full marks are in the last."""
    rows = []
    for low in range(0, 100, BIN):
        inside = [one for one in totals if low <= min(one.percent, 99.999) < low + BIN]
        passed = sum(one.has_passed for one in inside)
        rows.append(Bin(f"{low}—{low + BIN}", passed, len(inside) - passed))
    return rows


def distribution(totals: Sequence[Total], bins: Sequence[Bin]) -> str:
    passed = sum(one.has_passed for one in totals)
    frame = charts.Frame("成绩分布", f"{len(totals)} 人，{passed} 人及格", "得分率（%）", "人数")
    series = {"及格": [one.passed for one in bins], "未及格": [one.failed for one in bins]}
    return charts.stacked_bar(frame, [one.label for one in bins], series)


def item_map(items: Sequence[ItemStatistics]) -> str:
    """Facility by discrimination; items to be looked at carry their number."""
    frame = charts.Frame("试题分布", f"{len(items)} 题", "得分率（%）", "区分度（%）")
    series: dict[str, list[charts.Dot]] = {"一般": [], "请检查": []}
    for item in items:
        if item.figures.facility is None or item.figures.discrimination is None:
            continue
        check = any(one.weight == Weight.CHECK for one in item.verdicts)
        x, y = 100 * item.figures.facility, item.figures.discrimination
        label = str(item.number) if check else f"第 {item.number} 题：得分率 {x:.0f}%，区分度 {y:.0f}%"
        series["请检查" if check else "一般"].append(charts.Dot(x, y, label, is_named=check))
    return charts.scatter(frame, series, x_range=(0, 100), y_range=(-100, 100))


urlpatterns = [path("results/<int:pk>/statistics/", statistics_page, name="exams_exam_statistics")]
