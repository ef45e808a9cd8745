"""Moodle's GIFT. What it cannot say (basis, domain, case groups, several blanks, faulty documents) stands in comments
above the question, so that Moodle reads an ordinary question and we read our own. Pure.

    // 依据：《中华人民共和国行政处罚法》第六十四条第（一）项
    // 难度：2
    ::Q000012::[plain]当事人要求听证的期限是（　）。{
    ~三日
    =五日
    ####五日从告知后的次日数起。
    }
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from exams.content import BLANK, LETTERS, Kind, Part
from exams.documents import write_markup
from exams.exchange import comments
from exams.exchange.grouping import Item, grouped
from exams.exchange.html_fragments import text_of
from exams.exchange.lines import Numbered
from exams.exchange.plain_text import answer_of, decoded, described
from exams.exchange.raw import RawPart, RawQuestion
from exams.exchange.shown_documents import shown_document, take_off_document
from exams.exchange.tidy import tidied
from exams.exchange.values import Outgoing, Problem, Reading
from exams.exchange.vocabulary import kind_of
from exams.written import read_stem, write_points

MARK = "//"
FEEDBACK = "####"
_TITLE = re.compile(r"\s*::(?P<title>(?:\\.|[^\\])*?)::", re.S)
_FORMAT = re.compile(r"\s*\[(html|moodle|plain|markdown)\]", re.I)
_OPEN, _CLOSE = re.compile(r"(?<!\\)(?:\\\\)*\{"), re.compile(r"(?<!\\)(?:\\\\)*\}")
_ANSWER = re.compile(r"(?P<sign>[=~])\s*(?:%(?P<weight>-?\d+(?:\.\d+)?)%)?(?P<text>(?:\\.|[^\\=~])*)", re.S)
_JUDGE = re.compile(r"(?P<key>T|F|TRUE|FALSE)\s*(?P<feedback>#.*)?", re.S | re.I)
_MOODLE_TAG = re.compile(r"\[(?P<name>id|tag):(?P<text>[^\]]*)\]")
_SPECIAL = re.compile(r"([\\~=#{}:])")
_CATEGORY = "$CATEGORY:"


def read(raw: bytes, name: str) -> Reading:
    """Raises UnreadableFile for bytes that are no text."""
    blocks, remarks = _blocks(list(enumerate(decoded(raw, name).splitlines(), 1)))
    items = [_Reader(block, remarks).item() for block in blocks]
    return Reading(grouped(items), (), tuple(remarks))


@dataclass
class _Block:
    """The lines of one question, and the comments above it."""

    lines: list[Numbered] = field(default_factory=list)
    notes: comments.Notes = field(default_factory=comments.Notes)
    category: str = ""

    @property
    def text(self) -> str:
        return "\n".join(text for _, text in self.lines)

    @property
    def is_open(self) -> bool:
        """Whether a brace is open: an empty line does not end the question then."""
        return len(_OPEN.findall(self.text)) > len(_CLOSE.findall(self.text))


def _blocks(lines: Sequence[Numbered]) -> tuple[list[_Block], list[Problem]]:
    blocks: list[_Block] = [_Block()]
    remarks: list[Problem] = []
    category = ""
    for at, (number, text) in enumerate(lines):
        block = blocks[-1]
        if text.lstrip().startswith(MARK):
            if block.lines and not block.is_open:
                block = _next(blocks, category)
            _note(block.notes, number, text.lstrip()[len(MARK) :])
        elif text.strip().upper().startswith(_CATEGORY):
            category = text.strip()[len(_CATEGORY) :].strip().rstrip("/").rpartition("/")[2]
            block = _next(blocks, category) if block.lines else block
            block.category = category
        elif text.strip():
            block.lines.append((number, text))
        elif block.lines and not (block.is_open and _closes(lines[at:])):
            _next(blocks, category)
    if not blocks[-1].lines:
        remarks += blocks.pop().notes.remarks()
    return blocks, remarks


def _next(blocks: list[_Block], category: str) -> _Block:
    blocks.append(_Block(category=category))
    return blocks[-1]


def _closes(lines: Sequence[Numbered]) -> bool:
    """Whether the open brace is closed before another one opens."""
    rest = "\n".join(text for _, text in lines[:200])
    close, another = _CLOSE.search(rest), _OPEN.search(rest)
    return close is not None and (another is None or close.start() < another.start())


def _note(notes: comments.Notes, line: int, text: str) -> None:
    """A comment: our labels, or Moodle's `[id:Q000012] [tag:难度：2]`."""
    for found in _MOODLE_TAG.finditer(text):
        notes.take(line, f"编号：{found['text']}" if found["name"] == "id" else found["text"])
    rest = _MOODLE_TAG.sub("", text)
    if rest.strip():
        notes.take(line, rest)


class _Reader:
    """Reads one block."""

    def __init__(self, block: _Block, remarks: list[Problem]) -> None:
        self.notes, self.remarks = block.notes, remarks
        self.line = block.lines[0][0]
        self.question = RawQuestion(self.line, domain=block.category)
        self.part = RawPart(self.line)
        self.rest, self.is_html = block.text, False
        self.remarks += self.notes.remarks()

    def item(self) -> Item:
        self.notes.describe(self.question)
        if found := _TITLE.match(self.rest):
            self.rest = self.rest[found.end() :]
        if found := _FORMAT.match(self.rest):
            self.rest, self.is_html = self.rest[found.end() :], found[1].lower() == "html"
        self._read()
        self.notes.complete(self.part)
        take_off_document(self.question, self.part, "注释")
        if kind_of(self.notes.fields.get("kind", "")) == Kind.GROUP:
            self.question.kind, self.question.stem = Kind.GROUP.label, self.part.stem
            return Item(self.question)
        return Item(self.question, self.part, self.notes.is_sub)

    def _read(self) -> None:
        opened, closed = _OPEN.search(self.rest), None
        if opened:
            closed = _CLOSE.search(self.rest, opened.end())
        if not opened or not closed:
            self.part.stem = self._text(self.rest)
            if opened or _CLOSE.search(self.rest):
                self._refuse("大括号没有成对；请检查 { 和 }，题干里的大括号请写成 \\{ 和 \\}。")
            elif kind_of(self.notes.fields.get("kind", "")) != Kind.GROUP:
                self._refuse("没有答案部分；请用 {……} 写出答案。")
            return
        before, after = self.rest[: opened.end() - 1], self.rest[closed.end() :]
        self._answers(self.rest[opened.end() : closed.end() - 1].strip())
        hole = BLANK if self.part.kind == Kind.FILL.label else "（　）"
        self.part.stem = self._text(before + hole + after if after.strip() else before)
        if self.part.kind == Kind.FILL.label and BLANK not in read_stem(self.part.stem):
            self.part.stem += BLANK

    def _answers(self, text: str) -> None:
        text, _, general = _partition(text, FEEDBACK)
        self.part.explanation = self._text(general)
        if not text:
            self.part.kind = Kind.SHORT.label
        elif found := _JUDGE.fullmatch(text):
            self.part.kind, self.part.answer = Kind.JUDGE.label, found["key"]
            self._feedback("", found["feedback"] or "")
        elif text.startswith("#"):
            self._refuse("数值题不能导入；请改为填空题，如 {=3}。")
        elif text[0] not in "=~":
            self._refuse(f"答案“{text[:20]}”前面没有 = 或 ~；正确选项写 =，错误选项写 ~。")
        else:
            self._options([_Answer.of(found, self) for found in _ANSWER.finditer(text)])

    def _options(self, answers: list["_Answer"]) -> None:
        for letter, one in zip(LETTERS, answers, strict=False):
            self._feedback(letter, one.feedback)
        if any("->" in one.text for one in answers) and all(one.sign == "=" for one in answers):
            self._refuse("匹配题不能导入；请改为单选题或多选题。")
        elif all(one.sign == "=" for one in answers):
            self._short_answers(answers)
        else:
            self._choices(answers)

    def _short_answers(self, answers: list["_Answer"]) -> None:
        full = [one.text for one in answers if one.weight in (None, 100)]
        if len(full) < len(answers):
            self._refuse("填空题有只得部分分数的答案；请删除，或改为满分答案。")
        self.part.kind, self.part.blanks = Kind.FILL.label, (tuple(full),)

    def _choices(self, answers: list["_Answer"]) -> None:
        several = not any(one.sign == "=" for one in answers)
        right = [n for n, one in enumerate(answers) if one.sign == "=" or (several and (one.weight or 0) > 0)]
        if not several and any(one.weight is not None and one.weight > 0 for one in answers if one.sign == "~"):
            self._refuse("单选题有得部分分数的选项；请只留一个正确选项。")
        if len(answers) > len(LETTERS):
            self._refuse(f"有 {len(answers)} 个选项；最多 {len(LETTERS)} 个。")
        shares = {one.weight for n, one in enumerate(answers) if n in right and several}
        if len(shares) > 1:
            self.remarks.append(
                Problem(self.line, "", "各正确选项的分值不同，没有导入；多选题的计分规则在试卷里设定。")
            )
        self.part.kind = Kind.MULTIPLE.label if several else Kind.SINGLE.label
        self.part.options = [(letter, one.text) for letter, one in zip(LETTERS, answers, strict=False)]
        self.part.answer = "".join(LETTERS[n] for n in right if n < len(LETTERS))

    def _feedback(self, letter: str, text: str) -> None:
        """What is said about one option joins the explanation."""
        if said := self._text(text.strip().lstrip("#").strip()):
            self.part.explanation = f"{self.part.explanation}\n{letter}：{said}".strip("\n：")

    def _text(self, text: str) -> str:
        found = unescaped(text.strip())
        return text_of(found, self.line, self.remarks) if self.is_html else found

    def _refuse(self, message: str) -> None:
        self.question.refuse(self.line, message)


@dataclass
class _Answer:
    """`=text`, `~%50%text#feedback`."""

    sign: str
    text: str
    weight: Fraction | None = None
    feedback: str = ""

    @classmethod
    def of(cls, found: re.Match, reader: _Reader) -> "_Answer":
        text, _, feedback = _partition(found["text"], "#")
        weight = Fraction(found["weight"]) if found["weight"] else None
        return cls(found["sign"], reader._text(text), weight, feedback)


def _partition(text: str, mark: str) -> tuple[str, str, str]:
    """As str.partition at the first mark that no backslash stands before."""
    found = re.match(rf"(?P<before>(?:\\.|[^\\])*?){mark}(?P<after>.*)", text, re.S)
    return (found["before"].strip(), mark, found["after"].strip()) if found else (text.strip(), "", "")


def unescaped(text: str) -> str:
    r"""`\=` -> `=`, `\n` -> a line end."""
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], text, flags=re.S)


def escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text).replace("\n", "\\n")


def write(questions: Iterable[Outgoing]) -> bytes:
    """UTF-8."""
    return "\n\n".join(block for question in questions for block in _written(question)).encode() + b"\n"


def _written(question: Outgoing) -> Iterator[str]:
    content, about = tidied(question.content), described(question)
    if not content.is_group:
        yield "\n".join([*comments.written(MARK, about.items()), *_part(content.parts[0], question.code)])
        return
    head = comments.written(MARK, [(comments.KIND, Kind.GROUP.label), *about.items()])
    yield "\n".join([*head, f"{_title(question.code)}[plain]{escaped(content.stem)}"])
    for number, part in enumerate(content.parts, 1):
        place = comments.written(MARK, [(comments.PLACE, str(number))])
        yield "\n".join([*place, *_part(part, f"{question.code}-{number}" if question.code else "")])


def _part(part: Part, title: str) -> Iterator[str]:
    yield from comments.written(MARK, own_fields(part))
    stem = part.stem
    if part.kind == Kind.DOCUMENT:
        stem = f"{stem}\n{shown_document(write_markup(part.segments))}"
    feedback = f"{FEEDBACK}{escaped(part.explanation)}" if part.explanation else ""
    inside = [*_marked(part), *([feedback] if feedback else [])]
    yield f"{_title(title)}[plain]{escaped(stem)}{{{_braced(inside)}}}"


def own_fields(part: Part) -> list[tuple[str, str]]:
    """What the format cannot say about a part."""
    fields = [("basis", part.basis)]
    if part.kind == Kind.SHORT:
        fields += [("answer", part.key), ("points", write_points(part.points))]
    elif part.kind == Kind.DOCUMENT:
        fields += [(comments.KIND, part.kind.label), ("markup", write_markup(part.segments))]
    elif part.kind == Kind.FILL and not _is_short_answer(part):
        fields += [(comments.KIND, part.kind.label), ("answer", answer_of(part))]
    return fields


def _is_short_answer(part: Part) -> bool:
    """One blank; Moodle takes answers with an arrow for pairs to be matched."""
    return part.kind == Kind.FILL and len(part.blanks) == 1 and not any("->" in word for word in part.blanks[0])


def _marked(part: Part) -> list[str]:
    """The answers, one a line; none for what is written as an essay."""
    if part.kind == Kind.JUDGE:
        return ["TRUE" if part.key == "T" else "FALSE"]
    if _is_short_answer(part):
        return [f"={_unweighted(word, '%100%')}" for word in part.blanks[0]]
    if part.kind == Kind.SINGLE:
        marks = {True: ("=", "%100%"), False: ("~", "%0%")}
        signed = [(*marks[letter == part.key], text) for letter, text in _lettered(part)]
        return [f"{sign}{_unweighted(text, weight)}" for sign, weight, text in signed]
    if part.kind == Kind.MULTIPLE:
        share = f"%{100 / max(1, len(part.key)):.5f}".rstrip("0").rstrip(".") + "%"
        return [f"~{share if letter in part.key else '%-100%'}{escaped(text)}" for letter, text in _lettered(part)]
    return []


def _unweighted(text: str, weight: str) -> str:
    """A text that begins with a percentage would be taken for a weight; then the weight is written out."""
    return f"{weight}{escaped(text)}" if text.startswith("%") else escaped(text)


def _lettered(part: Part) -> list[tuple[str, str]]:
    return list(zip(LETTERS, part.options, strict=False))


def _braced(inside: list[str]) -> str:
    return "\n" + "\n".join(inside) + "\n" if inside else ""


def _title(code: str) -> str:
    return f"::{escaped(code)}::" if code else ""


def is_gift(text: str) -> bool:
    """Whether a text looks like GIFT rather than like one of our own."""
    return bool(re.search(r"(?<!\\)\{\s*(?:[=~]|T\s*[#}]|F\s*[#}]|TRUE|FALSE|####)", text)) or "$CATEGORY:" in text
