"""The answers of a whole paper in one block at its end, and which question each belongs to. Pure.

    参考答案
    一、单选题
    1-5 ABCDA   6～10：BBCDA   11.C
    二、判断题
    1.√ 2.× 3.√
    三、简答题
    1. 责令改正；罚款。
    解析：……

Questions whose numbers begin anew in each section are matched section by section.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from exams.exchange.lines import Sort, Token, heading_kind
from exams.exchange.raw import RawQuestion
from exams.exchange.values import Problem
from exams.exchange.vocabulary import kind_of, plain

_KEY = r"[A-HＡ-Ｈa-h]{1,8}|√|×|✓|✗|✔|✘|对|错|正确|错误"
_RANGE = re.compile(
    rf"(\d{{1,4}})\s*(?:[-－—–~～至到]|--)\s*(\d{{1,4}})\s*[题]?\s*[:：.．、]?\s*((?:(?:{_KEY})[\s,，、;；]*)+)"
)
_ONE = re.compile(rf"(\d{{1,4}})\s*[.．、:：)）]?\s*({_KEY})(?=[\s,，、;；。.\d]|$)[\s,，、;；。.]*")
_LONG = re.compile(r"(\d{1,4})\s*[.．、:：)）]\s*(.*)", re.S)
_EXPLANATION = re.compile(r"[\s；;]*[【\[]?(?:答案)?解析[】\]]?\s*[:：]")
_SECTION = re.compile(r"(?P<head>[^\d:：]{2,24}?)\s*[:：]\s*(?=\d)")


@dataclass
class Entry:
    """The answer of one number."""

    line: int
    number: int
    answer: str
    explanation: str = ""


@dataclass
class Section:
    """Answers under one heading, or as far as the numbers rise."""

    kind: str = ""
    entries: list[Entry] = field(default_factory=list)


@dataclass
class KeyBlock:
    """What a block says; `problems` are its lines that say nothing."""

    sections: list[Section] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def open(self, kind: str) -> None:
        self.sections.append(Section(kind))

    def add(self, line: int, number: int, answer: str) -> None:
        if not self.sections or (self.sections[-1].entries and number <= self.sections[-1].entries[-1].number):
            self.open("")
        self.sections[-1].entries.append(Entry(line, number, answer))

    def last(self) -> Entry | None:
        return self.sections[-1].entries[-1] if self.sections and self.sections[-1].entries else None


def read_block(tokens: Sequence[Token]) -> KeyBlock:
    """Reads the tokens that follow the heading 参考答案."""
    block = KeyBlock()
    for token in tokens:
        if token.sort == Sort.HEADING:
            block.open(token.name)
        elif token.sort == Sort.FIELD:
            _field(block, token)
        elif token.sort in (Sort.OPTION, Sort.DOCUMENT):
            message = "参考答案之后还有题目；请把参考答案放在全部题目之后，或者把答案写在每题下面。"
            block.problems.append(Problem(token.line, "", message))
        elif token.sort not in (Sort.COMMENT, Sort.KEYS):
            _line(block, token.line, token.whole or token.text)
    return block


def _field(block: KeyBlock, token: Token) -> None:
    entry = block.last()
    if entry is None or token.name not in ("explanation", "answer"):
        block.problems.append(Problem(token.line, "", f"参考答案中的“{token.text[:20]}”不知属于哪一题。"))
    elif token.name == "answer":
        entry.answer = token.text
    else:
        entry.explanation = token.text


def _line(block: KeyBlock, line: int, text: str) -> None:
    """One line: `1-5 ABCDA`, `1.A 2.B`, `单选题：1-5 ABCDA`, a long answer, or more of the answer before it."""
    if (found := _SECTION.match(text)) and heading_kind(found["head"].rstrip("题") + "题"):
        block.open(found["head"])
        text = text[found.end() :]
    short = list(_short(text))
    if short:
        for numbers, answers in short:
            if len(numbers) != len(answers):
                message = f"第 {numbers[0]}-{numbers[-1]} 题有 {len(numbers)} 道，答案有 {len(answers)} 个；请补齐。"
                block.problems.append(Problem(line, "", message))
            for number, answer in zip(numbers, answers, strict=False):
                block.add(line, number, answer)
    elif found := _LONG.fullmatch(text):
        block.add(line, int(found[1]), "")
        _more(block.sections[-1].entries[-1], found[2])
    elif entry := block.last():
        _more(entry, text)
    else:
        block.problems.append(Problem(line, "", f"参考答案中的“{text[:20]}”读不出题号和答案。"))


def _more(entry: Entry, text: str) -> None:
    """More of an answer, or of its explanation once that has begun."""
    found = _EXPLANATION.search(text)
    if found and not entry.explanation:
        entry.answer = f"{entry.answer}\n{text[: found.start()]}".strip()
        entry.explanation = text[found.end() :].strip()
    elif entry.explanation:
        entry.explanation = f"{entry.explanation}\n{text}".strip()
    else:
        entry.answer = f"{entry.answer}\n{text}".strip()


def _short(text: str) -> Iterator[tuple[list[int], list[str]]]:
    """(numbers, answers) of each group of a line that consists of nothing else; none for any other line."""
    groups, at = [], 0
    while at < len(text.strip()):
        if found := _RANGE.match(text, at):
            numbers = list(range(int(found[1]), int(found[2]) + 1))
            groups.append((numbers, _answers(found[3], len(numbers))))
        elif found := _ONE.match(text, at):
            groups.append(([int(found[1])], [found[2]]))
        else:
            return
        at = found.end()
    yield from groups


def _answers(text: str, count: int) -> list[str]:
    """The answers of a range: divided by blanks or commas, else one letter or mark each."""
    divided = [one for one in re.split(r"[\s,，、;；]+", text.strip()) if one]
    if len(divided) == count:
        return divided
    return re.findall(r"正确|错误|[A-H√×✓✗✔✘对错]", plain(text).upper())


def apply_block(block: KeyBlock, questions: Sequence[RawQuestion]) -> list[Problem]:
    """Gives every answer to its question, and names those that have none."""
    problems = list(block.problems)
    for section, asked in _paired(block.sections, _runs(questions), problems):
        numbered = {question.number: question for question in asked}
        for entry in section.entries:
            question = numbered.get(entry.number)
            if question is None or not question.parts:
                problems.append(Problem(entry.line, "", f"参考答案第 {entry.number} 题没有对应的题目。"))
            elif question.is_group:
                message = f"第 {entry.number} 题是案例题；请把答案写在各小题下面。"
                problems.append(Problem(entry.line, "", message))
            elif question.parts[0].answer and plain(question.parts[0].answer) != plain(entry.answer):
                message = f"题内答案“{question.parts[0].answer[:20]}”与文末参考答案“{entry.answer[:20]}”不同；请核对。"
                question.refuse(question.line, message)
            else:
                question.parts[0].answer = entry.answer
                question.parts[0].explanation = question.parts[0].explanation or entry.explanation
    return problems


def _runs(questions: Sequence[RawQuestion]) -> list[list[RawQuestion]]:
    """Questions under one heading, or as far as the numbers rise."""
    runs: list[list[RawQuestion]] = []
    for question in questions:
        if not runs or question.section != runs[-1][-1].section or question.number <= runs[-1][-1].number:
            runs.append([])
        runs[-1].append(question)
    return runs


def _paired(
    sections: list[Section], runs: list[list[RawQuestion]], problems: list[Problem]
) -> Iterator[tuple[Section, list[RawQuestion]]]:
    """By the kind of the heading, by order where there are as many runs, else all by number."""
    sections = [one for one in sections if one.entries]
    everything = [question for run in runs for question in run]
    if len({question.number for question in everything}) == len(everything):
        yield from ((section, everything) for section in sections)
    elif len(sections) == len(runs):
        yield from zip(sections, runs, strict=True)
    elif all(section.kind for section in sections):
        for section in sections:
            yield section, [one for one in everything if kind_of(one.section_kind) == kind_of(section.kind)]
    elif sections:
        line = sections[0].entries[0].line
        message = f"题目按题号分为 {len(runs)} 段，参考答案分为 {len(sections)} 段，对不上；请在两处写同样的大题标题。"
        problems.append(Problem(line, "", message))
