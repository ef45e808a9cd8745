"""A question as a file says it, field by field, and what becomes of it: the one place where words turn into a content.

Every reader fills `RawQuestion`s; `incoming(raw)` says what kind it is, reads the key, and names what is wrong. Pure.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from exams.content import BLANK, CHOICES, LETTERS, Content, Kind, Part
from exams.documents import MarkupError, key_of, read_markup
from exams.exchange.tidy import tidied, tidy_text
from exams.exchange.values import Incoming, Problem
from exams.exchange.vocabulary import difficulty_of, kind_of, known_kinds, leaves_open, plain, split_codes
from exams.validation import found_problems
from exams.written import read_blanks, read_judge, read_letters, read_points, read_stem

# what stands between the letters of an answer in files: brackets, too
_AROUND_LETTERS = re.compile(r"[\s（）()【】\[\]“”\"'‘’]+")
_SEPARATORS = re.compile(r"[，,、\s]+")


@dataclass
class RawPart:
    """One answerable piece as written. `options`: (letter, text); `blanks`: where a format has them apart."""

    line: int
    kind: str = ""
    stem: str = ""
    options: list[tuple[str, str]] = field(default_factory=list)
    answer: str = ""
    points: str = ""
    markup: str = ""
    explanation: str = ""
    basis: str = ""
    blanks: tuple[tuple[str, ...], ...] = ()


@dataclass
class RawQuestion:
    """The whole question as written; `stem` is the common one of a case group, whose `kind` says so."""

    line: int
    kind: str = ""
    stem: str = ""
    parts: list[RawPart] = field(default_factory=list)
    code: str = ""
    domain: str = ""
    items: str | None = None
    difficulty: str = ""
    origin: str = ""
    problems: list[Problem] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)  # of fields that stand elsewhere
    # where it stands: its number, the how-manieth heading it is under, and what that one says
    number: int = 0
    section: int = 0
    section_kind: str = ""

    def refuse(self, line: int, message: str, heading: str = "") -> None:
        self.problems.append(Problem(line, heading, message))

    @property
    def is_group(self) -> bool:
        return kind_of(self.kind) == Kind.GROUP


def incoming(raw: RawQuestion) -> Incoming:
    """What the file says, checked; every fault with the line of its part."""
    parts = tuple(_Part(raw, one).read() for one in raw.parts)
    kind = Kind.GROUP if raw.is_group else parts[0].kind if parts else Kind.SINGLE
    content = tidied(Content(kind, parts, raw.stem if raw.is_group else ""))
    return Incoming(
        content,
        raw.line,
        code=plain(raw.code).upper(),
        domain=tidy_text(raw.domain),
        items=None if raw.items is None else split_codes(raw.items),
        difficulty=_difficulty(raw),
        origin=tidy_text(raw.origin)[:60],
        problems=(*raw.problems, *_faults(raw, content)),
    )


def _faults(raw: RawQuestion, content: Content) -> Iterator[Problem]:
    """What `validation` finds, unless the reader has said something about that part already."""
    said = {one.line for one in raw.problems if not one.heading}
    for found in found_problems(content):
        line = raw.parts[found.part_no - 1].line if found.part_no else raw.line
        if line not in said:
            where = f"第 {found.part_no} 小题" if content.is_group and found.part_no else ""
            yield Problem(line, "", f"{where}{found.text}")


def _difficulty(raw: RawQuestion) -> int:
    if not raw.difficulty.strip():
        return 0
    found = difficulty_of(raw.difficulty)
    if not found:
        line = raw.lines.get("difficulty", raw.line)
        raw.refuse(line, f"是“{raw.difficulty.strip()}”；请填写 1（容易）至 5（困难）。", "难度")
    return found


class _Part:
    """Reads one part of a question."""

    def __init__(self, whole: RawQuestion, raw: RawPart) -> None:
        self.whole, self.raw = whole, raw

    def read(self) -> Part:
        raw = self.raw
        kind = self._kind()
        values: dict = {"stem": raw.stem, "explanation": raw.explanation, "basis": raw.basis}
        if kind in CHOICES:
            values |= {"options": self._options(), "key": self._key()}
        elif kind == Kind.JUDGE:
            values["key"] = self._judged()
        elif kind == Kind.FILL:
            values |= self._filled()
        elif kind == Kind.SHORT:
            values |= {"key": raw.answer, "points": self._points()}
        elif kind == Kind.DOCUMENT:
            values |= self._document()
        self._complain_about_surplus(kind)
        return Part(kind, **values)

    def _kind(self) -> Kind:
        """As written; else what options and answer look like."""
        word = self.raw.kind or ("" if self.whole.is_group else self.whole.kind)
        if not word or leaves_open(word):
            return self._likely()
        kind = kind_of(word)
        if kind is None:
            self._refuse(f"不认识的题型“{word.strip()}”；请写{known_kinds()}之一。")
        return kind or self._likely()

    def _likely(self) -> Kind:
        if self.raw.markup:
            return Kind.DOCUMENT
        if _is_right_or_wrong([text for _, text in self.raw.options]):
            return Kind.JUDGE
        if self.raw.options:
            return Kind.MULTIPLE if len(self._letters()) > 1 else Kind.SINGLE
        if self.raw.blanks or BLANK in read_stem(self.raw.stem):
            return Kind.FILL
        return Kind.JUDGE if read_judge(self.raw.answer) else Kind.SHORT

    def _options(self) -> tuple[str, ...]:
        letters = "".join(letter for letter, _ in self.raw.options)
        if letters != LETTERS[: len(letters)]:
            self._refuse(f"选项字母依次是“{letters}”；请从 A 起连续编排，最多到 {LETTERS[-1]}。")
        return tuple(text for _, text in self.raw.options)

    def _key(self) -> str:
        letters = self._letters()
        if re.fullmatch(r"[A-Z]*", letters):
            return letters
        self._refuse(f"答案“{self.raw.answer.strip()[:20]}”不是选项字母；请填写如 B 或 ABD。")
        return ""

    def _letters(self) -> str:
        return read_letters(_AROUND_LETTERS.sub("", self.raw.answer))

    def _judged(self) -> str:
        """对 and 错, or the letter of an option that says so."""
        answer = _AROUND_LETTERS.sub("", self.raw.answer)
        said = dict(self.raw.options).get(answer.upper(), answer)
        found = read_judge(said)
        if answer and not found:
            self._refuse(f"答案“{answer[:20]}”看不出对错；判断题的答案请填写“对”或“错”。")
        return found

    def _filled(self) -> dict:
        stem, blanks = read_stem(self.raw.stem), self.raw.blanks or read_blanks(self.raw.answer)
        count = stem.count(BLANK)
        if len(blanks) == 1 < count:
            parted = [one for one in _SEPARATORS.split(self.raw.answer.strip()) if one]
            blanks = tuple(read_blanks(one)[0] for one in parted) if len(parted) == count else blanks
        return {"stem": stem, "blanks": blanks}

    def _points(self) -> tuple:
        try:
            return read_points(self.raw.points)
        except ValueError as error:
            self._refuse(str(error))
            return ()

    def _document(self) -> dict:
        try:
            segments = read_markup(tidy_text(self.raw.markup))
        except MarkupError as error:
            self._refuse(str(error))
            return {}
        return {"segments": segments, "key": key_of(segments)}

    def _complain_about_surplus(self, kind: Kind) -> None:
        """What was written and has no place in a question of this kind would be lost."""
        raw = self.raw
        if raw.options and kind not in CHOICES and not _is_right_or_wrong([text for _, text in raw.options]):
            self._refuse(f"{kind.label}题不应有选项；请改题型或删除选项。")
        if raw.markup and kind != Kind.DOCUMENT:
            self._refuse(f"{kind.label}题不应有文书；请把题型改为改错。")
        if raw.points.strip() and kind != Kind.SHORT:
            self._refuse(f"{kind.label}题不应有要点；请把题型改为简答。")
        if raw.answer.strip() and kind == Kind.DOCUMENT:
            self._refuse("改错题的答案在文书里标出；请删除答案。")

    def _refuse(self, message: str) -> None:
        number = self.whole.parts.index(self.raw) + 1
        where = f"第 {number} 小题" if self.whole.is_group else ""
        self.whole.refuse(self.raw.line, f"{where}{message}")


def _is_right_or_wrong(options: list[str]) -> bool:
    return sorted(read_judge(option) for option in options) == ["F", "T"]
