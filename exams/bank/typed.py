"""The form of a question as a person has typed it: nothing that was typed is lost until it can be saved. Pure.

`Typed` is read from a POST or from a version, changed by the buttons that add and remove options and sub-questions
(which work without a script), and read into a `Content` with what is wrong with it, field by field.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from exams.content import CHOICES, LETTERS, MOST_OPTIONS, Content, Kind, Part
from exams.documents import MarkupError, key_of, read_markup, write_markup
from exams.validation import Problem, found_problems
from exams.written import read_blanks, read_points, read_stem, write_blanks, write_points

MOST_PARTS = 12
NEW_OPTIONS = 4
IN_GROUP = (Kind.SINGLE, Kind.MULTIPLE, Kind.JUDGE, Kind.FILL)
# which field of the form a problem of `validation` belongs to; a key that is no tick stands in `answer`
_FIELDS = {"options": "option-1", "blanks": "answer", "segments": "markup", "kind": "stem"}


@dataclass(frozen=True)
class TypedPart:
    """One part as typed. `ticked` holds places of options from 1; `answer` is T or F, blanks or a reference answer."""

    kind: Kind
    stem: str = ""
    options: tuple[str, ...] = ()
    ticked: frozenset[int] = frozenset()
    answer: str = ""
    points: str = ""
    markup: str = ""
    explanation: str = ""
    basis: str = ""

    @property
    def lettered(self) -> list[tuple[int, str, str, bool]]:
        """(place, letter, text, whether it is right) of each option."""
        return [(n, LETTERS[n - 1], text, n in self.ticked) for n, text in enumerate(self.options, 1)]

    @property
    def may_grow(self) -> bool:
        return len(self.options) < MOST_OPTIONS


@dataclass(frozen=True)
class Typed:
    """The whole form but for domain, items, difficulty and source, which belong to no version."""

    kind: Kind
    parts: tuple[TypedPart, ...]
    stem: str = ""
    seen: int = 0  # number of the version that the person had before them; 0 for a new question

    @property
    def is_group(self) -> bool:
        return self.kind == Kind.GROUP

    @property
    def may_grow(self) -> bool:
        return self.is_group and len(self.parts) < MOST_PARTS


@dataclass
class Reading:
    """What came of reading a form: the content, and problems by the name of the field."""

    content: Content
    problems: dict[str, list[str]] = field(default_factory=dict)

    def add(self, name: str, text: str) -> None:
        self.problems.setdefault(name, []).append(text)


def blank_part(kind: Kind) -> TypedPart:
    return TypedPart(kind, options=("",) * NEW_OPTIONS if kind in CHOICES else ())


def blank(kind: Kind) -> Typed:
    """A new question: four options, or a case group with one sub-question."""
    return Typed(kind, (blank_part(Kind.SINGLE if kind == Kind.GROUP else kind),))


def of_content(content: Content, seen: int) -> Typed:
    """A version in the form."""
    return Typed(content.kind, tuple(_of_part(part) for part in content.parts), content.stem, seen)


def of_post(kind: Kind, sent: Mapping[str, str], ticks: Mapping[str, Iterable[str]]) -> Typed:
    """What was typed; `sent` gives the last value of a name and `ticks` all values of the names of keys."""
    count = _number(sent.get("parts", ""), 1, MOST_PARTS)
    parts = tuple(_sent_part(kind, f"p{n}", sent, ticks.get(f"p{n}-key", ())) for n in range(1, count + 1))
    return Typed(kind, parts, _text(sent, "stem"), _number(sent.get("seen", ""), 0, 100_000))


def changed(typed: Typed, button: str) -> Typed:
    """The form after a button: `add-option:2`, `drop-option:2:3`, `add-part:judge`, `drop-part:2`; else as it was."""
    verb, *told = button.split(":")
    if verb == "add-part" and typed.may_grow and told and told[0] in IN_GROUP:
        return replace(typed, parts=(*typed.parts, blank_part(Kind(told[0]))))
    numbers = [int(one) for one in told if one.isdecimal()]
    if not numbers or not 1 <= numbers[0] <= len(typed.parts):
        return typed
    place, part = numbers[0], typed.parts[numbers[0] - 1]
    before, after = typed.parts[: place - 1], typed.parts[place:]
    if verb == "drop-part" and len(typed.parts) > 1:
        return replace(typed, parts=(*before, *after))
    if verb == "add-option" and part.may_grow:
        return replace(typed, parts=(*before, replace(part, options=(*part.options, "")), *after))
    if verb == "drop-option" and len(numbers) > 1:
        return replace(typed, parts=(*before, _without(part, numbers[1]), *after))
    return typed


def read(typed: Typed) -> Reading:
    """The content and what is wrong with it."""
    reading = Reading(Content(typed.kind, ()))
    parts = tuple(_read_part(part, f"p{n}", reading) for n, part in enumerate(typed.parts, 1))
    reading.content = Content(typed.kind, parts, typed.stem if typed.is_group else "")
    unread = set(reading.problems)
    for problem in found_problems(reading.content):
        name = _field_of(problem, typed)
        if name not in unread:
            reading.add(name, problem.text)
    return reading


def _field_of(problem: Problem, typed: Typed) -> str:
    if not problem.part_no:
        return "stem" if problem.field == "stem" else "parts"
    name = _FIELDS.get(problem.field, problem.field)
    if name == "key" and typed.parts[problem.part_no - 1].kind not in CHOICES:
        name = "answer"
    return f"p{problem.part_no}-{name}"


def _of_part(part: Part) -> TypedPart:
    answer = {Kind.JUDGE: part.key, Kind.SHORT: part.key, Kind.FILL: write_blanks(part.blanks)}
    return TypedPart(
        part.kind,
        part.stem,
        part.options,
        frozenset(part.letters.index(letter) + 1 for letter in part.key if letter in part.letters),
        answer.get(part.kind, ""),
        write_points(part.points).replace("；", "；\n"),
        write_markup(part.segments),
        part.explanation,
        part.basis,
    )


def _sent_part(kind: Kind, prefix: str, sent: Mapping[str, str], ticked: Iterable[str]) -> TypedPart:
    own = sent.get(f"{prefix}-kind", "")
    own_kind = (Kind(own) if own in IN_GROUP else Kind.SINGLE) if kind == Kind.GROUP else kind
    count = _number(sent.get(f"{prefix}-count", ""), 0, MOST_OPTIONS) if own_kind in CHOICES else 0
    return TypedPart(
        own_kind,
        options=tuple(_text(sent, f"{prefix}-option-{n}") for n in range(1, count + 1)),
        ticked=frozenset(int(one) for one in ticked if one.isdecimal() and 1 <= int(one) <= count),
        **{name: _text(sent, f"{prefix}-{name}") for name in _TEXTS},
    )


_TEXTS = ("stem", "answer", "points", "markup", "explanation", "basis")


def _read_part(typed: TypedPart, prefix: str, reading: Reading) -> Part:
    values: dict = {"stem": typed.stem.strip(), "explanation": typed.explanation.strip(), "basis": typed.basis.strip()}
    if typed.kind in CHOICES:
        values["options"] = _options(typed)
        values["key"] = "".join(LETTERS[n - 1] for n in sorted(typed.ticked))
    elif typed.kind == Kind.JUDGE:
        values["key"] = typed.answer
    elif typed.kind == Kind.FILL:
        values |= {"stem": read_stem(typed.stem).strip(), "blanks": read_blanks(typed.answer)}
    elif typed.kind == Kind.SHORT:
        values |= {"key": typed.answer.strip(), "points": _points(typed, prefix, reading)}
    elif typed.kind == Kind.DOCUMENT:
        segments = _segments(typed, prefix, reading)
        values |= {"segments": segments, "key": key_of(segments)}
    return Part(typed.kind, **values)


def _options(typed: TypedPart) -> tuple[str, ...]:
    """Without the empty ones at the end that nobody ticked: they were offered and not used."""
    options = [text.strip() for text in typed.options]
    while options and not options[-1] and len(options) not in typed.ticked:
        options.pop()
    return tuple(options)


def _points(typed: TypedPart, prefix: str, reading: Reading) -> tuple:
    try:
        return read_points(typed.points)
    except ValueError as refusal:
        reading.add(f"{prefix}-points", str(refusal))
        return ()


def _segments(typed: TypedPart, prefix: str, reading: Reading) -> tuple:
    try:
        return read_markup(typed.markup)
    except MarkupError as refusal:
        reading.add(f"{prefix}-markup", str(refusal))
        return ()


def _without(part: TypedPart, place: int) -> TypedPart:
    """One option less; what was right stays right under its new letter."""
    if not 1 <= place <= len(part.options):
        return part
    options = part.options[: place - 1] + part.options[place:]
    ticked = frozenset(n - (n > place) for n in part.ticked if n != place)
    return replace(part, options=options, ticked=ticked)


def _text(sent: Mapping[str, str], name: str) -> str:
    """Line ends as one character, and no NUL, which no database takes."""
    return sent.get(name, "").replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")


def _number(text: str, least: int, most: int) -> int:
    return min(max(int(text), least), most) if text.isdecimal() and len(text) < 9 else least
