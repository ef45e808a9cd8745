"""Aiken: single choices only, a line for everything. What it cannot say stands in comment lines above the stem: Moodle
takes the last line before the options for the stem. Pure.

    # 依据：《中华人民共和国行政处罚法》第六十四条第（一）项
    当事人要求听证的期限是（　）。
    A. 三日
    B. 五日
    ANSWER: B
"""

import re
from collections.abc import Iterable, Iterator

from exams.content import LETTERS, Kind, Part
from exams.exchange import comments
from exams.exchange.plain_text import decoded, described
from exams.exchange.raw import RawPart, RawQuestion, incoming
from exams.exchange.tidy import tidied
from exams.exchange.values import Outgoing, Problem, Reading
from exams.exchange.vocabulary import CHOICE_WORD
from exams.written import JUDGE_LABELS

MARK = "#"
_OPTION = re.compile(r"(?P<letter>[A-Za-zＡ-Ｚ])[.)．）]\s*(?P<text>.*)")
_ANSWER = re.compile(r"ANSWER\s*[:：]\s*(?P<key>.*)", re.I)
_OPENS = re.compile(rf"{MARK}|[A-Za-zＡ-Ｚ][.)．）]|ANSWER\s*[:：]", re.I)


def read(raw: bytes, name: str) -> Reading:
    """Raises UnreadableFile for bytes that are no text."""
    reader = _Reader()
    for number, text in enumerate(decoded(raw, name).splitlines(), 1):
        if text.strip():
            reader.take(number, text.strip())
    reader.close()
    return Reading(tuple(map(incoming, reader.questions)), (), tuple(reader.remarks))


class _Reader:
    """A question ends with its ANSWER line, or where a stem begins after options."""

    def __init__(self) -> None:
        self.questions: list[RawQuestion] = []
        self.remarks: list[Problem] = []
        self.part: RawPart | None = None
        self.notes = comments.Notes()

    def take(self, line: int, text: str) -> None:
        if text.startswith(MARK):
            self._close_unanswered()
            self.notes.take(line, text[len(MARK) :])
        elif found := _ANSWER.fullmatch(text):
            self._part(line).answer = found["key"]
            self.close()
        elif found := _OPTION.fullmatch(text):
            self._part(line).options.append((found["letter"].upper(), found["text"]))
        else:
            self._close_unanswered()
            part = self._part(line)
            part.stem = f"{part.stem}\n{text}".strip()

    def close(self) -> None:
        """What stands between two answers becomes a question."""
        if self.part is None:
            self.remarks += self.notes.remarks()
            return
        kind = CHOICE_WORD if self.part.options else Kind.SINGLE.label
        self.part.kind = kind
        question = RawQuestion(self.part.line, kind, parts=[self.part])
        self.notes.describe(question)
        self.notes.complete(self.part)
        self.remarks += self.notes.remarks()
        self.questions.append(question)
        self.part, self.notes = None, comments.Notes()

    def _part(self, line: int) -> RawPart:
        if self.part is None:
            self.part = RawPart(line)
        return self.part

    def _close_unanswered(self) -> None:
        if self.part is not None and self.part.options:
            self.close()


def write(questions: Iterable[Outgoing]) -> bytes:
    """UTF-8. Raises ValueError for a question that the format cannot hold; see `refusal`."""
    return "\n\n".join("\n".join(_written(one)) for one in questions).encode() + b"\n"


def refusal(question: Outgoing) -> str:
    """Why a question cannot be written in this format; empty where it can."""
    content = tidied(question.content)
    if content.kind not in (Kind.SINGLE, Kind.JUDGE):
        return f"Aiken 没有{content.kind.label}题"
    part = content.parts[0]
    if any("\n" in text for text in (part.stem, *part.options)):
        return "Aiken 的题干和选项只能各写一行"
    if _OPENS.match(part.stem):
        return "Aiken 会把题干的开头当作选项、答案或注释"
    return ""


def _written(question: Outgoing) -> Iterator[str]:
    if reason := refusal(question):
        raise ValueError(reason)
    part = tidied(question.content).parts[0]
    fields = [("basis", part.basis), ("explanation", part.explanation), *described(question).items()]
    if part.kind == Kind.JUDGE:
        fields.insert(0, (comments.KIND, part.kind.label))
    yield from comments.written(MARK, fields)
    yield part.stem
    for letter, option in zip(LETTERS, _options(part), strict=False):
        yield f"{letter}. {option}"
    yield f"ANSWER: {'AB'['TF'.index(part.key)] if part.kind == Kind.JUDGE else part.key}"


def _options(part: Part) -> tuple[str, ...]:
    return tuple(JUDGE_LABELS.values()) if part.kind == Kind.JUDGE else part.options


def is_aiken(text: str) -> bool:
    return bool(re.search(r"^ANSWER\s*:\s*[A-Z]\s*$", text, re.M))
