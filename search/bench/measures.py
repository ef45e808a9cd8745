"""Measures of one ranked list against the set of right answers, and their means over many questions.

Judgements are binary: an answer is right or it is not. `ranked` is what was found, best first, without
repetitions; `right` is never empty.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from math import log2, sqrt
from statistics import fmean, stdev

# Of a normal distribution: so many standard errors to either side hold 95 % of the means.
SIDE_OF_95 = 1.96


def recall(ranked: Sequence[str], right: Collection[str], k: int) -> float:
    """|right among the first k| / |right|."""
    return len(set(ranked[:k]) & set(right)) / len(right)


def reciprocal_rank(ranked: Sequence[str], right: Collection[str], k: int) -> float:
    """1 / place of the first right answer, places counted from 1; 0 when none is among the first k."""
    return next((1 / place for place, one in enumerate(ranked[:k], 1) if one in right), 0.0)


def ndcg(ranked: Sequence[str], right: Collection[str], k: int) -> float:
    """DCG / ideal DCG, where DCG = sum over right answers among the first k of 1 / log2(place + 1).

    The ideal has min(k, |right|) right answers in front (Järvelin and Kekäläinen 2002, binary gains).
    """
    gained = sum(_gain(place) for place, one in enumerate(ranked[:k], 1) if one in right)
    return gained / sum(_gain(place) for place in range(1, min(k, len(right)) + 1))


def hit(ranked: Sequence[str], right: Collection[str], k: int) -> float:
    """1 when a right answer is among the first k, else 0."""
    return float(any(one in right for one in ranked[:k]))


def _gain(place: int) -> float:
    return 1 / log2(place + 1)


@dataclass(frozen=True)
class Relevance:
    """Means over all questions, 0 to 1; `ndcg_10_within` is half the width of the 95 % interval of its mean.

    `nothing_found` counts questions, those that found no document at all.
    """

    questions: int
    recall_10: float
    recall_100: float
    mrr_10: float
    ndcg_10: float
    ndcg_10_within: float
    hit_1: float
    hit_3: float
    nothing_found: int

    @classmethod
    def of(cls, answers: Iterable[tuple[Sequence[str], Collection[str]]]) -> "Relevance":
        """From (ranked, right) of each question, at least one."""
        pairs = list(answers)
        gains = [ndcg(ranked, right, 10) for ranked, right in pairs]
        return cls(
            questions=len(pairs),
            recall_10=fmean(recall(ranked, right, 10) for ranked, right in pairs),
            recall_100=fmean(recall(ranked, right, 100) for ranked, right in pairs),
            mrr_10=fmean(reciprocal_rank(ranked, right, 10) for ranked, right in pairs),
            ndcg_10=fmean(gains),
            ndcg_10_within=half_width(gains),
            hit_1=fmean(hit(ranked, right, 1) for ranked, right in pairs),
            hit_3=fmean(hit(ranked, right, 3) for ranked, right in pairs),
            nothing_found=sum(not ranked for ranked, _ in pairs),
        )


def half_width(values: Sequence[float]) -> float:
    """1.96 x standard deviation / sqrt(n): how far the mean of another sample may well lie; 0 for one value."""
    return SIDE_OF_95 * stdev(values) / sqrt(len(values)) if len(values) > 1 else 0.0
