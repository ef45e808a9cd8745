"""Answers as the page writes them, and as they are kept. Pure.

The page knows places only: its A is the first option shown, whatever letter the bank gives it. What is kept has the
bank's letters (`exams.content`), so that it means the same whatever was shown.

    kind          the page                 kept
    single        "B"                      "D"
    multiple      "CA"                     "BD"
    judge         "T"                      "T"
    fill          ["九十日", ""]            '["九十日", ""]'
    short         text                     text
    document      [7, 3]                   "3,7"
"""

import json
from typing import Any

from exams.content import LETTERS, Kind, written_blanks

LONGEST_TEXT = 5000
LONGEST_BLANK = 200


class BadAnswer(ValueError):
    """An answer that does not fit its question, in words for the candidate."""


def kept(kind: str, option_order: str, size: int, given: Any) -> str:
    """The canonical answer. Raises BadAnswer."""
    match kind:
        case Kind.SINGLE | Kind.MULTIPLE:
            return _letters(kind, option_order, given)
        case Kind.JUDGE:
            return _one_of(given, ("", "T", "F"))
        case Kind.FILL:
            return _blanks(size, given)
        case Kind.DOCUMENT:
            return _sentences(size, given)
        case Kind.SHORT:
            return _text(given, LONGEST_TEXT)
    raise BadAnswer("题型不明")


def shown(kind: str, option_order: str, answer: str) -> Any:
    """The kept answer as the page writes it."""
    if kind in (Kind.SINGLE, Kind.MULTIPLE):
        return "".join(LETTERS[place] for place, letter in enumerate(option_order) if letter in answer)
    if kind == Kind.FILL:
        return written_blanks(answer)
    if kind == Kind.DOCUMENT:
        return [int(number) for number in answer.split(",") if number]
    return answer


def _letters(kind: str, option_order: str, given: Any) -> str:
    text = _text(given, len(LETTERS))
    places = [LETTERS.find(letter) for letter in text]
    if any(not 0 <= place < len(option_order) for place in places) or len(set(places)) < len(places):
        raise BadAnswer(f"“{text}”不是本题的选项")
    if kind == Kind.SINGLE and len(places) > 1:
        raise BadAnswer("单选题只能选一项")
    return "".join(sorted(option_order[place] for place in places))


def _one_of(given: Any, allowed: tuple[str, ...]) -> str:
    if given not in allowed:
        raise BadAnswer("请选择“对”或“错”")
    return given


def _blanks(size: int, given: Any) -> str:
    if given == "":
        return ""
    if not isinstance(given, list) or len(given) != size:
        raise BadAnswer(f"本题有 {size} 个空")
    words = [_text(one, LONGEST_BLANK) for one in given]
    return json.dumps(words, ensure_ascii=False) if any(word.strip() for word in words) else ""


def _sentences(size: int, given: Any) -> str:
    numbers = given if isinstance(given, list) else [] if given == "" else None
    if numbers is None or any(type(one) is not int or not 1 <= one <= size for one in numbers):
        raise BadAnswer("选中的句子不在本题文书中")
    return ",".join(str(number) for number in sorted(set(numbers)))


def _text(given: Any, longest: int) -> str:
    if not isinstance(given, str):
        raise BadAnswer("答案不是文字")
    if len(given) > longest:
        raise BadAnswer(f"答案有 {len(given)} 个字，超过 {longest} 个字；请缩短")
    if "\x00" in given:
        raise BadAnswer("答案中有无法保存的字符")
    return given
