"""Shares as whole numbers: the method of the largest remainder, in exact arithmetic. Pure.

Cutting each share off (what the peers do: 50 questions at 33, 33, 34 % become 49) loses questions.
"""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

Weight = int | Decimal | Fraction | str


def apportion(total: int, weights: Sequence[Weight]) -> list[int]:
    """Whole numbers in the proportion of the weights, which need not add up to 100; their sum is `total`.

    What is left after cutting off goes to the largest remainders, of equal ones to the first. Raises ValueError for a
    negative total or weight and where there is something to share and nothing to share it by.
    """
    exact = [Fraction(weight) for weight in weights]
    if total < 0 or any(weight < 0 for weight in exact):
        raise ValueError("题数和比例不能是负数。")
    if not sum(exact):
        if total:
            raise ValueError("比例合计为 0，无法分配题数。")
        return [0] * len(exact)
    shares = [total * weight / sum(exact) for weight in exact]
    whole = [int(share) for share in shares]
    by_remainder = sorted(range(len(shares)), key=lambda n: whole[n] - shares[n])  # stable: ties keep their order
    for n in by_remainder[: total - sum(whole)]:
        whole[n] += 1
    return whole
