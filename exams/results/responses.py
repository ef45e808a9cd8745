"""Who chose what: the answers to one item, counted. Pure.

Each row is a choice of the bank (an option, 对 or 错, a wording of a blank, a sentence of a document) with how many
chose it and how well they did on the whole paper: a wrong option chosen by the better candidates points to the key.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean

from exams.content import CHOICES, Kind, Part, written_blanks
from exams.marking import alike, right_ones

NOT_ANSWERED = "未作答"
# Wordings of a blank that are listed one by one.
MOST_WORDINGS = 6
OTHERS = "其他写法"


@dataclass(frozen=True)
class Answer:
    """One candidate's canonical answer, and the total of the paper in percent."""

    text: str
    total: float


@dataclass(frozen=True)
class Response:
    """A choice: `label` is its letter or number, `mean_total` the mean of those who chose it, in percent."""

    label: str
    text: str
    count: int
    share: float
    mean_total: float | None
    is_right: bool


def responses(part: Part, answers: Sequence[Answer]) -> list[Response]:
    """The rows for one part; none for a short answer. `part` carries the key that counts."""
    rows = list(_rows(part, answers))
    if rows and (silent := [one for one in answers if not one.text]):
        rows.append(_response("", NOT_ANSWERED, silent, len(answers), False))
    return rows


def untaken(rows: Iterable[Response]) -> list[str]:
    """Wrong options that nobody chose: they cost reading time and tell nothing."""
    return [row.label for row in rows if row.label and not row.count and not row.is_right]


def _rows(part: Part, answers: Sequence[Answer]) -> Iterator[Response]:
    if part.kind in CHOICES:
        yield from _options(part, list(zip(part.letters, part.options, strict=True)), answers)
    elif part.kind == Kind.JUDGE:
        yield from _options(part, [("T", "对"), ("F", "错")], answers)
    elif part.kind == Kind.FILL:
        for number in range(len(part.blanks)):
            yield from _wordings(part, number, answers)
    elif part.kind == Kind.DOCUMENT:
        yield from _sentences(part, answers)


def _options(part: Part, options: Sequence[tuple[str, str]], answers: Sequence[Answer]) -> Iterator[Response]:
    right = right_ones(part)
    for letter, text in options:
        chosen = [one for one in answers if letter in one.text]
        label = letter if part.kind in CHOICES else text
        yield _response(label, text if part.kind in CHOICES else "", chosen, len(answers), letter in right)


def _wordings(part: Part, number: int, answers: Sequence[Answer]) -> Iterator[Response]:
    """The commonest wordings of one blank; two spellings that are marked alike are two wordings here."""
    written = [(_word(one, number), one) for one in answers if one.text]
    counted = Counter(word for word, _ in written if word)
    for word, _ in counted.most_common(MOST_WORDINGS):
        chosen = [one for given, one in written if given == word]
        right = any(alike(word, wanted) for wanted in part.blanks[number])
        yield _response(f"第 {number + 1} 空", word, chosen, len(answers), right)
    listed = {word for word, _ in counted.most_common(MOST_WORDINGS)}
    if others := [one for word, one in written if word and word not in listed]:
        yield _response(f"第 {number + 1} 空", OTHERS, others, len(answers), False)


def _sentences(part: Part, answers: Sequence[Answer]) -> Iterator[Response]:
    right = right_ones(part)
    ticked = [(set(one.text.split(",")), one) for one in answers]
    for number, segment in enumerate(part.segments, 1):
        chosen = [one for numbers, one in ticked if str(number) in numbers]
        if chosen or str(number) in right:
            yield _response(f"第 {number} 句", segment.text, chosen, len(answers), str(number) in right)


def _response(label: str, text: str, chosen: Sequence[Answer], all_of_them: int, is_right: bool) -> Response:
    mean = fmean(one.total for one in chosen) if chosen else None
    return Response(label, text, len(chosen), len(chosen) / all_of_them if all_of_them else 0.0, mean, is_right)


def _word(answer: Answer, number: int) -> str:
    words = written_blanks(answer.text)
    return words[number].strip() if number < len(words) else ""
