"""What the page shows once a question is answered: right or wrong in words, option by option. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from exams.content import Content, Kind, Part, Point, written_blanks
from exams.documents import mended, numbered_lines
from exams.marking import alike, is_right, right_ones

JUDGEMENTS = {"T": "对", "F": "错"}


@dataclass(frozen=True)
class ToldChoice:
    """An option with what became of it: (chosen, right) in words and a sign, not by colour alone."""

    sign: str
    text: str
    is_chosen: bool
    is_right: bool

    @property
    def words(self) -> str:
        if self.is_chosen:
            return "您选了，正确" if self.is_right else "您选了，错误"
        return "正确答案" if self.is_right else ""

    @property
    def tone(self) -> str:
        if self.is_right:
            return "right" if self.is_chosen else "missed"
        return "wrong" if self.is_chosen else ""

    @property
    def mark(self) -> str:
        return {"right": "✓", "missed": "✓", "wrong": "✗"}.get(self.tone, "")


@dataclass(frozen=True)
class ToldBlank:
    """One blank: what was written, what is accepted."""

    number: int
    written: str
    accepted: str
    is_right: bool


@dataclass(frozen=True)
class ToldSentence:
    """A sentence of a faulty document: ticked or not, faulty or not, and how it should read."""

    number: int
    text: str
    is_ticked: bool
    is_faulty: bool
    mended: str

    @property
    def words(self) -> str:
        if self.is_ticked:
            return "您勾选了，有错" if self.is_faulty else "您勾选了，此句没有错"
        return "漏选，此句有错" if self.is_faulty else ""

    @property
    def tone(self) -> str:
        if self.is_faulty:
            return "right" if self.is_ticked else "missed"
        return "wrong" if self.is_ticked else ""


@dataclass(frozen=True)
class ToldPart:
    """One part after the answer; `is_right` is None where the person compares with the reference."""

    number: int
    label: str
    stem: str
    is_right: bool | None
    key: str
    written: str
    explanation: str
    choices: tuple[ToldChoice, ...] = ()
    blanks: tuple[ToldBlank, ...] = ()
    lines: tuple[tuple[ToldSentence, ...], ...] = ()
    points: tuple[Point, ...] = ()

    @property
    def verdict(self) -> str:
        return {True: "回答正确", False: "回答错误", None: "请自评"}[self.is_right]


def told_part(number: int, part: Part, answer: str) -> ToldPart:
    """A part with its answer."""
    return ToldPart(
        number=number,
        label=part.kind.label,
        stem=part.stem,
        is_right=verdict_of(part, answer),
        key=key_in_words(part),
        written=answer if part.kind == Kind.SHORT else "",
        explanation=part.explanation,
        choices=tuple(_choices(part, answer)),
        blanks=tuple(_blanks(part, answer)),
        lines=tuple(_lines(part, answer)),
        points=part.points,
    )


def verdict_of(part: Part, answer: str) -> bool | None:
    """Right or wrong; None for what a person compares, whether anything was written or not."""
    return None if part.is_marked_by_hand else is_right(part, answer)


def verdict(content: Content, answers: list[str]) -> bool | None:
    """Of the whole question: right when every part that is marked is right; None where none is."""
    parts = zip(content.parts, answers, strict=True)
    marked = [mark for part, answer in parts if (mark := verdict_of(part, answer)) is not None]
    return all(marked) if marked else None


def key_in_words(part: Part) -> str:
    """`C`, `A、C、D`, `对`, `九十日；5`, `第 3、7 句`; a reference answer is its text."""
    match part.kind:
        case Kind.JUDGE:
            return JUDGEMENTS.get(part.key, "")
        case Kind.FILL:
            return "；".join(spellings[0] for spellings in part.blanks)
        case Kind.DOCUMENT:
            return f"第 {'、'.join(sorted(right_ones(part), key=int))} 句"
        case Kind.SHORT:
            return part.key
    return "、".join(part.key)


def _choices(part: Part, answer: str) -> Iterator[ToldChoice]:
    right = right_ones(part)
    if part.kind == Kind.JUDGE:
        yield from (ToldChoice("", words, value == answer, value in right) for value, words in JUDGEMENTS.items())
    for letter, text in zip(part.letters, part.options, strict=True):
        yield ToldChoice(letter, text, letter in answer, letter in right)


def _blanks(part: Part, answer: str) -> Iterator[ToldBlank]:
    given = written_blanks(answer)
    for number, spellings in enumerate(part.blanks, 1):
        word = given[number - 1] if number <= len(given) else ""
        fits = any(alike(word, wanted) for wanted in spellings)
        yield ToldBlank(number, word, "，或 ".join(spellings), bool(word) and fits)


def _lines(part: Part, answer: str) -> Iterator[tuple[ToldSentence, ...]]:
    ticked = set(answer.split(","))
    if part.kind == Kind.DOCUMENT:
        for line in numbered_lines(part.segments):
            yield tuple(
                ToldSentence(n, one.text, str(n) in ticked, one.is_faulty, mended(one) if one.is_faulty else "")
                for n, one in line
            )
