"""Versions in words, and two of them side by side: field by field, sentence by sentence."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from casebook.review.diffing import Row, compare
from exams.content import LETTERS, Content, Kind, Part
from exams.documents import write_markup
from exams.written import write_blanks, write_judge, write_points


@dataclass(frozen=True)
class Difference:
    """One field of both texts; the older on the left."""

    label: str
    rows: list[Row]


def differences(old: Content, new: Content) -> list[Difference]:
    """What differs, in reading order; nothing for equal texts."""
    found = []
    for (label, before), (other, after) in _pairs(old, new):
        if before != after:
            found.append(Difference(label or other, compare(before, after)))
    return found


def in_words(content: Content) -> list[tuple[str, str]]:
    """(name of the field, text) for everything that a question says."""
    lines = [("案情", content.stem)] if content.is_group else []
    for number, part in enumerate(content.parts, 1):
        where = f"第 {number} 小题 " if content.is_group else ""
        lines += [(f"{where}{label}", text) for label, text in _part_in_words(part)]
    return lines


def key_in_words(part: Part) -> str:
    """The key as people read it: letters, 对, answers of blanks, the reference answer, numbers of sentences."""
    if part.kind == Kind.JUDGE:
        return write_judge(part.key)
    if part.kind == Kind.FILL:
        return write_blanks(part.blanks)
    return f"第 {part.key.replace(',', '、')} 句" if part.kind == Kind.DOCUMENT else part.key


def _part_in_words(part: Part) -> Iterator[tuple[str, str]]:
    yield "题型", part.kind.label
    yield "题干", part.stem
    yield "选项", "\n".join(f"{letter}. {text}" for letter, text in zip(LETTERS, part.options, strict=False))
    yield "文书", write_markup(part.segments)
    yield "答案", "" if part.kind == Kind.DOCUMENT else key_in_words(part)
    yield "评分要点", write_points(part.points)
    yield "解析", part.explanation
    yield "依据", part.basis


def _pairs(old: Content, new: Content) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    """Fields at the same place; the parts that only one has stand against nothing."""
    yield from zip_longest(in_words(old), in_words(new), fillvalue=("", ""))
