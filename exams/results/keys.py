"""What counts instead of a key in one exam: how a fix is typed, kept, and marked by. Pure.

A new key is kept as one line. Where several answers are to be taken as right they stand apart by `/`:

    single      "B", or "A/C" where either is right
    multiple    "ABD", or "ABD/ABDE"
    judge       "T", "F" or "T/F"
    fill        "九十日|90日；5"       as the bank writes it: blanks by ；, spellings by |
    document    "3,7", or "3,7/3,7,9"

A short answer has no key to be marked by: its marks are given by hand.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from exams.content import CHOICES, Kind, Part
from exams.marking import earned
from exams.written import read_blanks, read_judge, read_letters, write_blanks, write_judge

NEW_KEY, DROP, FULL = "new_key", "drop", "full"
NOTHING = Decimal(0)
_EITHER = re.compile(r"[/／或]")
_NUMBER = re.compile(r"\d+")


class BadKey(ValueError):
    """What was typed cannot be the key of this part, in words for who typed it."""


@dataclass(frozen=True)
class Fix:
    """An applied or proposed fix of one part: `action` and, for a new key, the key as it is kept."""

    action: str
    new_key: str = ""

    @property
    def is_dropped(self) -> bool:
        return self.action == DROP


def marks_of(
    part: Part, answer: str, rule: str, full_marks: Decimal, *, fix: Fix | None = None, by_hand: Decimal | None = None
) -> Decimal | None:
    """What an item earns; None while a person still has to mark it. Of a dropped item nothing counts."""
    if part.is_marked_by_hand and by_hand is None:
        by_hand = earned(part, answer, rule, full_marks)
    if part.is_marked_by_hand or (fix is not None and not fix.new_key):
        return marks_by_hand(full_marks, by_hand, fix)
    new_key = fix.new_key if fix is not None else ""
    found = [earned(one, answer, rule, full_marks) for one in (keyed(part, new_key) if new_key else [part])]
    return max(marks for marks in found if marks is not None)


def marks_by_hand(full_marks: Decimal, by_hand: Decimal | None, fix: Fix | None) -> Decimal | None:
    """What counts of marks given by hand: all of them, unless a fix says that none or all of the marks are earned."""
    if fix is not None and fix.action == DROP:
        return NOTHING
    return full_marks if fix is not None and fix.action == FULL else by_hand


def keyed(part: Part, new_key: str) -> list[Part]:
    """The part with the kept key, once for every key that is taken as right."""
    if part.kind == Kind.FILL:
        return [replace(part, blanks=read_blanks(new_key))]
    return [_with_key(part, key) for key in new_key.split("/")]


def read_key(part: Part, typed: str) -> str:
    """The key as it is kept. Raises BadKey."""
    if part.kind == Kind.SHORT:
        raise BadKey("简答题没有可以更正的答案：请在评分中重新评分，或者选择不计分、给满分。")
    if part.kind == Kind.FILL:
        return _blanks(part, typed)
    keys = [_read_one(part, one) for one in _EITHER.split(typed) if one.strip()]
    if not keys:
        raise BadKey("请填写新的答案。")
    return "/".join(dict.fromkeys(keys))


def write_key(part: Part, new_key: str) -> str:
    """The kept key in words: `A 或 C`, `对`, `九十日 或 90日；5`, `第 3、7 句`."""
    if part.kind == Kind.FILL:
        return "；".join(" 或 ".join(spellings) for spellings in read_blanks(new_key))
    return " 或 ".join(_written(part.kind, key) for key in new_key.split("/"))


def own_key(part: Part) -> str:
    """The key that the question itself has, as a new key is kept; of a short answer the reference answer."""
    return write_blanks(part.blanks) if part.kind == Kind.FILL else part.key or ",".join(_faulty(part))


def _written(kind: Kind, key: str) -> str:
    if kind == Kind.JUDGE:
        return write_judge(key)
    return f"第 {key.replace(',', '、')} 句" if kind == Kind.DOCUMENT else key


def _faulty(part: Part) -> Iterator[str]:
    return (str(number) for number, one in enumerate(part.segments, 1) if one.is_faulty)


def _with_key(part: Part, key: str) -> Part:
    if part.kind != Kind.DOCUMENT:
        return replace(part, key=key)
    faulty = set(key.split(","))
    marked = [replace(s, right="？" if str(n) in faulty else "", wrong="") for n, s in enumerate(part.segments, 1)]
    return replace(part, key=key, segments=tuple(marked))


def _read_one(part: Part, typed: str) -> str:
    if part.kind in CHOICES:
        return _letters(part, typed)
    if part.kind == Kind.JUDGE:
        if key := read_judge(typed):
            return key
        raise BadKey(f"“{typed.strip()}”不是判断题的答案；请填写“对”或“错”。")
    return _sentences(part, typed)


def _letters(part: Part, typed: str) -> str:
    key = "".join(dict.fromkeys(read_letters(typed)))
    if strange := [letter for letter in key if letter not in part.letters]:
        raise BadKey(f"“{typed.strip()}”中的 {''.join(strange)} 没有对应的选项。")
    if part.kind == Kind.SINGLE and len(key) > 1:
        raise BadKey(f"单选题只选一项；如果 {'、'.join(key)} 都算对，请写成 {'/'.join(key)}。")
    return key


def _sentences(part: Part, typed: str) -> str:
    numbers = sorted({int(found) for found in _NUMBER.findall(typed)})
    if not numbers or numbers[0] < 1 or numbers[-1] > len(part.segments):
        raise BadKey(f"“{typed.strip()}”应为有错句子的序号，如 3,7；本题共 {len(part.segments)} 句。")
    return ",".join(str(number) for number in numbers)


def _blanks(part: Part, typed: str) -> str:
    blanks = read_blanks(typed)
    if len(blanks) != len(part.blanks) or not all(blanks):
        raise BadKey(f"本题有 {len(part.blanks)} 个空；请用“；”分开各空的答案，同一空的几种写法用“|”分开。")
    return write_blanks(blanks)
