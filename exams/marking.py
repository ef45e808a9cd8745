"""What an answer earns. Pure: a part, a canonical answer and a rule give a fraction of the marks, exactly.

Rules of a section (`PaperSection.Rule`) count for multiple choice and faulty documents:

    all        everything right, or nothing
    half       half a mark for each right option, nothing once a wrong one is chosen (二级建造师 and like exams)
    fraction   the share of the right options, nothing once a wrong one is chosen (Moodle with -100 % for wrong ones)

None of them gives marks for ticking everything, as rules that only subtract a share do. Other kinds know right and
wrong; a fill-in gives each blank its share. What a person marks gives None.
"""

import re
import unicodedata
from collections.abc import Set
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from exams.content import CHOICES, Kind, Part, written_blanks

ALL_OR_NOTHING, HALF_POINT_EACH, BY_FRACTION = "all", "half", "fraction"
HALF = Fraction(1, 2)
CENT = Decimal("0.01")
_NOISE = re.compile(r"[\s　，。、；：,.;:“”\"'‘’（）()《》]+")


def earned(part: Part, answer: str, rule: str, full_marks: Decimal) -> Decimal | None:
    """Marks to two decimals, halves up; None for what a person marks. An empty answer earns nothing."""
    share = fraction(part, answer, rule, Fraction(full_marks))
    return None if share is None else rounded(share * Fraction(full_marks))


def fraction(
    part: Part, answer: str, rule: str = ALL_OR_NOTHING, full_marks: Fraction = Fraction(1)
) -> Fraction | None:
    """The share of the marks, 0 to 1; `full_marks` matters only to the rule of half marks."""
    if part.is_marked_by_hand:
        return None if answer.strip() else Fraction(0)
    if not answer:
        return Fraction(0)
    if part.kind == Kind.FILL:
        return _blanks(part, answer)
    return _chosen(right_ones(part), _ones(part, answer), rule, full_marks)


def is_right(part: Part, answer: str) -> bool | None:
    """Wholly right; None for what a person marks."""
    share = fraction(part, answer)
    return None if share is None else share == 1


def right_ones(part: Part) -> frozenset[str]:
    """Letters, T or F, or numbers of sentences that ought to be chosen."""
    if part.kind == Kind.DOCUMENT:
        return frozenset(str(n) for n, one in enumerate(part.segments, 1) if one.is_faulty)
    return frozenset(part.key)


def rounded(marks: Fraction) -> Decimal:
    """To two decimals, halves up."""
    return (Decimal(marks.numerator) / Decimal(marks.denominator)).quantize(CENT, ROUND_HALF_UP)


def alike(given: str, wanted: str) -> bool:
    """Two spellings of a fill-in: width, case, blanks and punctuation do not matter."""
    return _folded(given) == _folded(wanted)


def _ones(part: Part, answer: str) -> frozenset[str]:
    if part.kind == Kind.DOCUMENT:
        return frozenset(one for one in answer.split(",") if one)
    return frozenset(answer) if part.kind in CHOICES else frozenset({answer})


def _chosen(right: Set[str], given: Set[str], rule: str, full_marks: Fraction) -> Fraction:
    if given == right:
        return Fraction(1)
    if given - right or rule == ALL_OR_NOTHING:
        return Fraction(0)
    if rule == HALF_POINT_EACH:
        return min(Fraction(1), HALF * len(given) / full_marks) if full_marks else Fraction(0)
    return Fraction(len(given), len(right))


def _blanks(part: Part, answer: str) -> Fraction:
    given = written_blanks(answer)
    right = sum(
        any(alike(word, wanted) for wanted in spellings) for word, spellings in zip(given, part.blanks, strict=False)
    )
    return Fraction(right, len(part.blanks)) if part.blanks else Fraction(0)


def _folded(text: str) -> str:
    return _NOISE.sub("", unicodedata.normalize("NFKC", text)).casefold()
