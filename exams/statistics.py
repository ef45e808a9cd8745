"""Statistics of an exam by Moodle's formulas (its "Quiz statistics calculations"). Pure: numbers in, numbers out.

`marks[candidate][item]` are marks as fractions of one item's full marks times that full mark, a row a candidate. A
figure that cannot be computed (nobody's marks differ, fewer candidates than the formula needs) is None, never an error.

    facility            mean mark / full mark
    sd                  standard deviation of the fraction
    effective weight    share of the total's variance that the item brings, percent
    discrimination      correlation with the rest of the paper, percent
    efficiency          the same as a share of what the distribution of both allows, percent
    cic                 coefficient of internal consistency (Cronbach's alpha), percent
    error ratio         share of the spread that is chance, percent
    standard error      of a candidate's total, in marks

Where everybody had a paper of their own, drawn at random, two columns never hold the same candidates: an item is
compared with the rest of the papers of those who had it (`item_figures`), and the error of a total is estimated from
within each candidate's paper (`random_papers`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, median


@dataclass(frozen=True)
class ItemFigures:
    """One item over all candidates."""

    count: int
    facility: float | None
    sd: float | None
    covariance: float | None
    mark_variance: float | None
    other_mark_variance: float | None
    covariance_max: float | None
    discrimination: float | None
    efficiency: float | None
    effective_weight: float | None


@dataclass(frozen=True)
class PaperFigures:
    """The totals."""

    count: int
    mean: float | None
    median: float | None
    sd: float | None
    skewness: float | None
    kurtosis: float | None
    cic: float | None
    error_ratio: float | None
    standard_error: float | None


@dataclass(frozen=True)
class Figures:
    items: tuple[ItemFigures, ...]
    paper: PaperFigures


@dataclass(frozen=True)
class _Spread:
    """What one item is compared by."""

    count: int
    variance: float
    other_variance: float
    covariance: float
    covariance_max: float
    covariance_with_total: float


def figures(marks: Sequence[Sequence[float]], full_marks: Sequence[float]) -> Figures:
    """All figures. Every row has as many marks as `full_marks`. Raises ValueError where it has not."""
    if any(len(row) != len(full_marks) for row in marks):
        raise ValueError("each candidate needs one mark an item")
    totals = [sum(row) for row in marks]
    columns = [[row[index] for row in marks] for index in range(len(full_marks))]
    spreads = [_spread(column, totals) for column in columns]
    weights = [sqrt(max(s.covariance_with_total, 0.0)) if s else None for s in spreads]
    whole = sum(weight for weight in weights if weight)
    items = [
        _item(column, full, spread, weight, whole)
        for column, full, spread, weight in zip(columns, full_marks, spreads, weights, strict=True)
    ]
    return Figures(tuple(items), _paper(totals, [s.variance for s in spreads if s]))


def item_figures(column: Sequence[float], full_mark: float, totals: Sequence[float]) -> ItemFigures:
    """One item of those who had it, against their own totals; without effective weight, which needs a common paper."""
    return _item(list(column), full_mark, _spread(list(column), list(totals)), None, 0.0)


def random_papers(papers: Sequence[Sequence[Sequence[float]]]) -> PaperFigures:
    """Totals of papers drawn at random: `papers[candidate][section]` are the marks in a section.

    The error variance of a total is that of a sample drawn from each section's pool: the number of items times the
    variance of the candidate's own marks there (Lord 1955, randomly parallel tests). With one section of items that
    are right or wrong and count alike, the coefficient is Kuder and Richardson's formula 21. Moodle takes alpha over
    the places of the paper instead, which says nothing where places hold different questions.
    """
    totals = [sum(sum(section) for section in paper) for paper in papers]
    if len(totals) < 2 or not (variance := _variance(totals)):
        return _totals(totals, None)
    error = fmean(sum(len(one) * _variance(one) for one in paper if len(one) > 1) for paper in papers)
    return _totals(totals, 1 - error / variance)


def alpha(columns: Sequence[Sequence[float]]) -> float | None:
    """Cronbach's alpha of items given as columns; None where totals do not vary."""
    totals = [sum(row) for row in zip(*columns, strict=True)]
    return _alpha([_variance(column) for column in columns], _variance(totals))


def _item(column: list[float], full: float, spread: _Spread | None, weight: float | None, whole: float) -> ItemFigures:
    facility = fmean(column) / full if column and full else None
    if spread is None:
        return ItemFigures(len(column), facility, *[None] * 8)
    scale = sqrt(spread.variance * spread.other_variance)
    return ItemFigures(
        count=len(column),
        facility=facility,
        sd=sqrt(spread.variance) / full if full else None,
        covariance=spread.covariance,
        mark_variance=spread.variance,
        other_mark_variance=spread.other_variance,
        covariance_max=spread.covariance_max,
        discrimination=100 * spread.covariance / scale if scale else None,
        efficiency=100 * spread.covariance / spread.covariance_max if spread.covariance_max else None,
        effective_weight=100 * weight / whole if whole and weight is not None else None,
    )


def _spread(column: list[float], totals: list[float]) -> _Spread | None:
    """None for fewer than two candidates."""
    if len(column) < 2:
        return None
    others = [total - mark for mark, total in zip(column, totals, strict=True)]
    return _Spread(
        count=len(column),
        variance=_variance(column),
        other_variance=_variance(others),
        covariance=_covariance(column, others),
        covariance_max=_covariance(sorted(column), sorted(others)),
        covariance_with_total=_covariance(column, totals),
    )


def _paper(totals: list[float], variances: list[float]) -> PaperFigures:
    return _totals(totals, _alpha(variances, _variance(totals)) if len(totals) > 1 else None)


def _totals(totals: list[float], cic: float | None) -> PaperFigures:
    count = len(totals)
    middle = median(totals) if totals else None
    if count < 2:
        return PaperFigures(count, fmean(totals) if totals else None, middle, *[None] * 6)
    sd = sqrt(_variance(totals))
    error = sqrt(1 - cic) if cic is not None and cic <= 1 else None
    return PaperFigures(
        count=count,
        mean=fmean(totals),
        median=middle,
        sd=sd,
        skewness=_skewness(totals),
        kurtosis=_kurtosis(totals),
        cic=None if cic is None else 100 * cic,
        error_ratio=None if error is None else 100 * error,
        standard_error=None if error is None else error * sd,
    )


def _alpha(variances: list[float], variance: float) -> float | None:
    count = len(variances)
    if count < 2 or not variance:
        return None
    return count / (count - 1) * (1 - sum(variances) / variance)


def _variance(values: Sequence[float]) -> float:
    return _covariance(values, values)


def _covariance(first: Sequence[float], second: Sequence[float]) -> float:
    """The sample's, with n - 1."""
    one, two = fmean(first), fmean(second)
    return sum((a - one) * (b - two) for a, b in zip(first, second, strict=True)) / (len(first) - 1)


def _moment(values: Sequence[float], power: int) -> float:
    middle = fmean(values)
    return sum((value - middle) ** power for value in values) / len(values)


def _skewness(values: Sequence[float]) -> float | None:
    """k3 / k2^1.5 with Fisher's unbiased k-statistics."""
    n, second = len(values), _moment(values, 2)
    if n < 3 or not second:
        return None
    k2, k3 = n * second / (n - 1), n * n * _moment(values, 3) / ((n - 1) * (n - 2))
    return k3 / k2**1.5


def _kurtosis(values: Sequence[float]) -> float | None:
    """k4 / k2^2."""
    n, second = len(values), _moment(values, 2)
    if n < 4 or not second:
        return None
    fourth = (n + 1) * _moment(values, 4) - 3 * (n - 1) * second**2
    k2, k4 = n * second / (n - 1), n * n * fourth / ((n - 1) * (n - 2) * (n - 3))
    return k4 / k2**2
