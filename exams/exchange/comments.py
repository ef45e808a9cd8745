"""What a foreign format has no place for, as labelled comments that foreign programs pass over:

    // 依据：《中华人民共和国行政处罚法》第三十三条
    // 难度：2

The labels are those of `plain_text`, and 题型, 小题 for what only we know. A line end inside a value is `\\n`. Pure.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from exams.exchange.raw import RawPart, RawQuestion
from exams.exchange.values import Problem
from exams.exchange.vocabulary import FIELD_LABELS, FIELD_OF

KIND, PLACE = "题型", "小题"
_OWN = {KIND: "kind", PLACE: "place"}
_LABELLED = re.compile(r"\s*(?P<label>[一-龥]{2,6})\s*[:：]\s*(?P<text>.*)", re.S)
_OF_QUESTION = ("domain", "items", "difficulty", "origin", "code")
_OF_PART = ("answer", "points", "markup", "explanation", "basis")


@dataclass
class Notes:
    """The comments above one question: our fields by name, and what somebody else has written."""

    fields: dict[str, str] = field(default_factory=dict)
    others: list[tuple[int, str]] = field(default_factory=list)

    def take(self, line: int, text: str) -> None:
        """One comment, without its mark."""
        found = _LABELLED.fullmatch(text)
        name = (_OWN.get(found["label"]) or FIELD_OF.get(found["label"])) if found else None
        if found and name:
            self.fields[name] = _unfolded(found["text"])
        elif text.strip():
            self.others.append((line, text.strip()))

    @property
    def is_sub(self) -> bool:
        return "place" in self.fields

    def describe(self, question: RawQuestion) -> None:
        """Gives the question what is said about it."""
        for name in _OF_QUESTION:
            if name in self.fields:
                setattr(question, name, self.fields[name])

    def complete(self, part: RawPart) -> None:
        """Gives a part what its format could not say."""
        part.kind = self.fields.get("kind", part.kind)
        for name in _OF_PART:
            if name in self.fields:
                setattr(part, name, self.fields[name])

    def remarks(self) -> Iterator[Problem]:
        for line, text in self.others:
            yield Problem(line, "", f"注释“{text[:30]}”没有导入。")


def written(mark: str, fields: Iterable[tuple[str, str]]) -> Iterator[str]:
    """`// 依据：……` for every field that says something."""
    for name, text in fields:
        if text:
            label = FIELD_LABELS.get(name, name)
            yield f"{mark} {label}：{_folded(text)}"


def _folded(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n")


def _unfolded(text: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], text)
