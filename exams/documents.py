"""Faulty documents (文书改错) as people type them, and the sentences that candidates tick. Pure.

One line of the document a line; an error stands where it is, `{错误文字=>正确文字}`, with nothing after the arrow where
the words are superfluous. Brackets and arrow may be typed full-width. A sentence ends at 。；！？ or with its line. Two
errors in one sentence become one stretch, because a sentence is ticked once.

    read_markup("限{三十日=>十五日}内缴纳。")
    (Segment("限三十日内缴纳。", wrong="三十日", right="十五日", ends_line=True, at=1),)
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from exams.content import Segment

_LINE_END = re.compile(r"\r\n|\r|\n")
_PLANTED = re.compile(r"[{｛]([^{}｛｝]*?)[=＝][>＞]([^{}｛｝]*)[}｝]")
_BRACKET = re.compile(r"[{｛}｝]")
_ARROW = re.compile(r"[=＝][>＞]")
_SENTENCE_END = re.compile(r"[。；！？]+[”’」』）》】]*")


class MarkupError(ValueError):
    """What is wrong with the markup, in a sentence that names the line."""


@dataclass(frozen=True)
class _Planted:
    """An error at `text[start:end]` of its line as shown."""

    start: int
    end: int
    right: str


def read_markup(text: str) -> tuple[Segment, ...]:
    """The sentences of a document; blank lines are left out. Raises MarkupError."""
    lines = [(number, line.strip()) for number, line in enumerate(_LINE_END.split(text), 1)]
    return tuple(segment for number, line in lines if line for segment in _read_line(line, number))


def write_markup(segments: Iterable[Segment]) -> str:
    """The text that `read_markup` turns into these segments."""
    return "".join(_written(one) + ("\n" if one.ends_line else "") for one in segments).rstrip("\n")


def key_of(segments: Iterable[Segment]) -> str:
    """The canonical answer: `3,7` for errors in the third and the seventh sentence."""
    return ",".join(str(number) for number, one in enumerate(segments, 1) if one.is_faulty)


def numbered_lines(segments: Iterable[Segment]) -> list[list[tuple[int, Segment]]]:
    """Lines of (number, sentence), numbered from 1 through the whole document, for showing."""
    lines: list[list[tuple[int, Segment]]] = [[]]
    for number, segment in enumerate(segments, 1):
        lines[-1].append((number, segment))
        if segment.ends_line:
            lines.append([])
    return [line for line in lines if line]


def mended(segment: Segment) -> str:
    """The sentence as it should read."""
    return segment.text[: segment.at] + segment.right + segment.text[segment.at + len(segment.wrong) :]


def _read_line(line: str, number: int) -> Iterator[Segment]:
    shown, errors = _take_apart(line, number)
    inside = [(one.start, one.end) for one in errors]
    stops = {found.end() for found in _SENTENCE_END.finditer(shown)} | {len(shown)}
    start = 0
    for end in sorted(stop for stop in stops if not any(first < stop < after for first, after in inside)):
        yield _segment(shown, start, end, [one for one in errors if start <= one.start < end], number)
        start = end


def _take_apart(line: str, number: int) -> tuple[str, list[_Planted]]:
    """The line as candidates see it, and where its errors stand."""
    shown, errors, last = "", [], 0
    for found in _PLANTED.finditer(line):
        shown += _plain(line[last : found.start()], number)
        wrong, right = found[1].strip(), found[2].strip()
        if not wrong:
            raise MarkupError(f"文书第 {number} 行“{found[0]}”没有错误文字；请写成 {{错误文字=>正确文字}}。")
        errors.append(_Planted(len(shown), len(shown) + len(wrong), right))
        shown, last = shown + wrong, found.end()
    return shown + _plain(line[last:], number), errors


def _plain(text: str, number: int) -> str:
    if found := _BRACKET.search(text):
        raise MarkupError(f"文书第 {number} 行的“{found[0]}”不成对或缺少“=>”；请写成 {{错误文字=>正确文字}}。")
    return text


def _segment(shown: str, start: int, end: int, errors: list[_Planted], number: int) -> Segment:
    text, is_last = shown[start:end], end == len(shown)
    if not errors:
        return Segment(text, ends_line=is_last)
    wrong = shown[errors[0].start : errors[-1].end]
    right = _joined(shown, errors)
    if wrong == right:
        raise MarkupError(f"文书第 {number} 行的“{wrong}”改后与原文相同；请填写不同的正确文字。")
    if _ARROW.search(wrong):
        raise MarkupError(f"文书第 {number} 行的错误文字里有“=>”；请换一种写法。")
    return Segment(text, wrong, right, is_last, errors[0].start - start)


def _joined(shown: str, errors: list[_Planted]) -> str:
    """What stands between the first error and the last, mended."""
    gaps = [shown[one.end : after.start] for one, after in zip(errors, errors[1:], strict=False)]
    return "".join(one.right + gap for one, gap in zip(errors, [*gaps, ""], strict=True)).strip()


def _written(segment: Segment) -> str:
    if not segment.is_faulty:
        return segment.text
    after = segment.text[segment.at + len(segment.wrong) :]
    return f"{segment.text[: segment.at]}{{{segment.wrong}=>{segment.right}}}{after}"
