"""Keys as people write them, in forms and files, and as `content` keeps them; one place for both directions. Pure.

letters   "A、c"                         "AC"
judge     "对", "√", "正确", "T"           "T"
blanks    "五日|5日；书面"                 (("五日", "5日"), ("书面",))      blanks by ；, accepted spellings by |
stem      "在____日内", "在（ ）日内"       "在（____）日内"        of a fill-in, with its blanks
points    "责令改正（30%）；罚款（70%）"     (Point("责令改正", 30), Point("罚款", 70))
"""

import re
import unicodedata
from collections.abc import Iterable

from exams.content import BLANK, Point

RIGHT = frozenset({"对", "正确", "是", "√", "✓", "✔", "T", "TRUE"})
WRONG = frozenset({"错", "错误", "不正确", "不对", "否", "×", "✗", "✘", "X", "F", "FALSE"})
JUDGE_LABELS = {"T": "对", "F": "错"}
_BLANK = re.compile(r"[（(][\s_＿]*[）)]|[_＿]{2,}")
_POINT = re.compile(r"\s*(?P<text>.+?)\s*[（(]\s*(?P<percent>\d{1,3})\s*[%％]\s*[）)]\s*[；;。，,、]?", re.S)


def read_letters(text: str) -> str:
    """The letters in order, without what stands between them; what is no letter stays and is found by `validation`."""
    plain = unicodedata.normalize("NFKC", text).upper()
    return "".join(sorted(re.sub(r"[\s,、;.。/和]+", "", plain)))


def read_judge(text: str) -> str:
    """`T` or `F`; empty for anything else."""
    word = unicodedata.normalize("NFKC", text).strip().rstrip("。").upper()
    return "T" if word in RIGHT else "F" if word in WRONG else ""


def write_judge(key: str) -> str:
    return JUDGE_LABELS.get(key, "")


def read_blanks(text: str) -> tuple[tuple[str, ...], ...]:
    """A blank whose answer is missing is an empty tuple, found by `validation`."""
    if not text.strip():
        return ()
    blanks = re.split(r"[；;]|\n", text.strip().strip("；;"))
    return tuple(tuple(word.strip() for word in re.split(r"[|｜]", blank) if word.strip()) for blank in blanks)


def read_stem(text: str) -> str:
    """The stem of a fill-in with its blanks as `content` marks them."""
    return _BLANK.sub(BLANK, text)


def write_blanks(blanks: Iterable[Iterable[str]]) -> str:
    return "；".join("|".join(spellings) for spellings in blanks)


def read_points(text: str) -> tuple[Point, ...]:
    """Raises ValueError, with a sentence, for a text that does not consist of points."""
    points, at = [], 0
    while text[at:].strip():
        found = _POINT.match(text, at)
        if not found:
            raise ValueError(f"评分要点“{text[at:].strip()[:30]}”没有写比例；请写成：责令改正（30%）；罚款（70%）。")
        points.append(Point(found["text"].strip(), int(found["percent"])))
        at = found.end()
    return tuple(points)


def write_points(points: Iterable[Point]) -> str:
    return "；".join(f"{point.text}（{point.percent}%）" for point in points)
