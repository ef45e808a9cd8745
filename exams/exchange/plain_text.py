"""Plain text: one question after another, with labelled lines. Written strictly, read as loosely as banks are typed.

    1. 【单选】题干（　）。
    A. 三日
    B. 五日
    答案：B
    解析：……
    依据：《中华人民共和国行政处罚法》第六十四条第（一）项
    领域：通用程序
    难度：2

Also read: options in one line, 【答案】, answers in the brackets of the stem or all together at the end (`key_block`),
headings such as 一、单选题 that give the kind. Word documents are read by the same rules (`word`). Pure.
"""

from collections.abc import Iterable, Iterator, Sequence

from exams.content import CHOICES, LETTERS, Kind, Part
from exams.documents import write_markup
from exams.exchange.escapes import DOCUMENT_END, document_line, escaped, guarded
from exams.exchange.key_block import apply_block, read_block
from exams.exchange.lines import Numbered, Sort, Token, tokens
from exams.exchange.raw import RawPart, RawQuestion, incoming
from exams.exchange.starts import answer_in, settled
from exams.exchange.tidy import tidied
from exams.exchange.values import Outgoing, Problem, Reading, UnreadableFile
from exams.exchange.vocabulary import FIELD_LABELS, kind_of
from exams.written import read_judge, write_blanks, write_judge, write_points
from kb.importers.encoding import UnreadableText, decode

_OF_QUESTION = ("domain", "items", "difficulty", "origin", "code")
_OF_PART = ("answer", "points", "explanation", "basis")


def read(raw: bytes, name: str) -> Reading:
    """Raises UnreadableFile for bytes that are no text."""
    return read_lines(list(enumerate(decoded(raw, name).splitlines(), 1)))


def decoded(raw: bytes, name: str) -> str:
    """UTF-8, UTF-16, GBK or Big5, told by what reads as Chinese. Raises UnreadableFile."""
    try:
        return decode(raw).text.removeprefix("\ufeff")
    except UnreadableText as error:
        raise UnreadableFile(f"「{name}」{error}；请用记事本另存为 UTF-8 编码的文本文件。") from None


def read_lines(lines: Sequence[Numbered]) -> Reading:
    """Numbered lines, of a text file or the paragraphs of a document."""
    found = list(tokens(lines))
    keys = _keys_at(found)
    body, remarks = settled(found[:keys])
    assembler = _Assembler(remarks)
    for token in body:
        assembler.take(token)
    problems = apply_block(read_block(found[keys + 1 :]), assembler.questions) if keys < len(found) else []
    for question in assembler.questions:
        _settle(question)
    questions = tuple(incoming(question) for question in assembler.questions)
    return Reading(questions, (*assembler.problems, *problems), tuple(assembler.all_remarks()))


def _keys_at(found: list[Token]) -> int:
    """Where the block of answers begins. A label 答案： with nothing behind it may stand in a question, too: it does
    where what follows is no list of numbers."""
    for at, token in enumerate(found):
        if token.sort == Sort.KEYS:
            following = next((one for one in found[at + 1 :] if one.sort != Sort.COMMENT), None)
            if following is None or following.begins or following.sort == Sort.HEADING or following.whole[:1].isdigit():
                return at
    return len(found)


class _Assembler:
    """Puts tokens together. `slot` is where a line of plain text belongs."""

    def __init__(self, remarks: list[Problem]) -> None:
        self.questions: list[RawQuestion] = []
        self.problems: list[Problem] = []
        self.remarks = remarks
        self.comments: list[int] = []
        self.kind, self.section, self.slot = "", 0, ""

    def take(self, token: Token) -> None:
        match token.sort:
            case Sort.COMMENT:
                self.comments.append(token.line)
            case Sort.HEADING:
                self.kind, self.section, self.slot = token.name, self.section + 1, ""
            case Sort.START | Sort.SUB:
                self._begin(token)
            case _ if not self.questions or (self.slot == "" and self._is_new_section()):
                self.remarks.append(Problem(token.line, "", f"“{token.text[:30]}”不属于任何一题，没有导入。"))
            case Sort.KEYS:
                self._field(Token(token.line, Sort.FIELD, "", "answer"))
            case Sort.OPTION:
                self._option(token)
            case Sort.FIELD:
                self._field(token)
            case Sort.DOCUMENT:
                self._document(token)
            case Sort.TEXT:
                self._text(token)

    def all_remarks(self) -> Iterator[Problem]:
        yield from self.remarks
        if self.comments:
            yield Problem(self.comments[0], "", f"以 # 开头的注释 {len(self.comments)} 行，没有导入。")

    @property
    def question(self) -> RawQuestion:
        return self.questions[-1]

    @property
    def part(self) -> RawPart:
        return self.question.parts[-1]

    def _is_new_section(self) -> bool:
        return self.question.section != self.section

    def _begin(self, token: Token) -> None:
        if self._is_sub(token):
            self._begin_sub(token)
            return
        kind = token.name or self.kind
        self.questions.append(
            RawQuestion(
                token.line, kind, number=token.number, section=self.section, section_kind=self.kind or token.name
            )
        )
        if self.question.is_group:
            self.question.stem = token.text
        else:
            self.question.parts.append(RawPart(token.line, kind, token.text))
        self.slot = "stem"

    def _is_sub(self, token: Token) -> bool:
        """（1） in a case, or in a question that has neither options nor an answer; `1.` in a case where it is due."""
        if not self.questions or self._is_new_section():
            return False
        question = self.question
        if token.sort == Sort.SUB:
            return question.is_group or (token.number == 1 and self._is_bare(question))
        is_due = token.number == len(question.parts) + 1 and token.number != question.number + 1
        return question.is_group and is_due and kind_of(token.name) != Kind.GROUP

    def _is_bare(self, question: RawQuestion) -> bool:
        part = question.parts[0]
        return not (part.options or part.answer or part.markup or part.explanation or answer_in(part.stem)[0])

    def _begin_sub(self, token: Token) -> None:
        question = self.question
        if not question.is_group:
            if question.kind and question.kind != self.kind:
                question.refuse(token.line, f"有小题的题请标为【案例】，现在是【{question.kind}】。")
            question.kind, question.stem = "案例", question.parts.pop().stem
        question.parts.append(RawPart(token.line, token.name, token.text))
        self.slot = "stem"

    def _option(self, token: Token) -> None:
        if not self.question.parts:
            self.question.refuse(token.line, f"选项 {token.name} 之前没有小题；请在小题前写（1）。")
            return
        self.part.options.append((token.name, token.text))
        self.slot = "option"

    def _field(self, token: Token) -> None:
        name = token.name
        if name in _OF_QUESTION:
            self._once(self.question, token)
            self.question.lines[name] = token.line
            self.slot = "nothing"
        elif not self.question.parts:
            label = FIELD_LABELS[name]
            self.question.refuse(token.line, f"案例题的“{label}”请写在各小题下面，不要写在案情之后。")
            self.slot = "nothing"
        else:
            self._once(self.part, token)
            self.slot = name

    def _once(self, owner: RawQuestion | RawPart, token: Token) -> None:
        if getattr(owner, token.name):
            self.question.refuse(token.line, f"“{FIELD_LABELS[token.name]}”写了两次；请合并，或在新的一题前写题号。")
        else:
            setattr(owner, token.name, token.text)

    def _document(self, token: Token) -> None:
        if not self.question.parts:
            self.question.refuse(token.line, "案例题的案情之后不能直接写文书；请写在小题里。")
            return
        self.part.markup = token.text
        if token.name == "open":
            self.question.refuse(token.line, "文书没有结束；请在文书最后一行之后写“文书完”。")
        self.slot = "nothing"

    def _text(self, token: Token) -> None:
        """More of what the line above began."""
        if self.slot == "nothing":
            self.question.refuse(token.line, f"不知道“{token.text[:20]}”属于哪一项；请删除，或者接在解析之后。")
        elif self.slot == "option":
            letter, text = self.part.options[-1]
            self.part.options[-1] = (letter, f"{text}\n{token.text}")
        elif self.slot == "stem" and not self.question.parts:
            self.question.stem += f"\n{token.text}"
        else:
            setattr(self.part, self.slot, f"{getattr(self.part, self.slot)}\n{token.text}")


def _settle(question: RawQuestion) -> None:
    """Answers that stand in the brackets of the stem."""
    for part in question.parts:
        if part.answer or part.markup:
            continue
        answer, stem = answer_in(part.stem)
        kind = kind_of(part.kind)
        fits = (
            bool(read_judge(answer)) and answer.upper() not in "TF" if kind == Kind.JUDGE or not part.options else True
        )
        if answer and fits and (kind in (None, Kind.JUDGE) or kind in CHOICES):
            part.answer, part.stem = answer, stem


def write(questions: Iterable[Outgoing]) -> bytes:
    """UTF-8."""
    return "\n\n".join("\n".join(lines_of(one, n)) for n, one in enumerate(questions, 1)).encode() + b"\n"


def lines_of(question: Outgoing, number: int) -> Iterator[str]:
    """The lines of one question."""
    content = tidied(question.content)
    if content.is_group:
        yield from _opened(f"{number}. 【{Kind.GROUP.label}】", content.stem)
        yield from _described(question)
        for place, part in enumerate(content.parts, 1):
            yield from _part(f"（{place}）", part)
        return
    yield from _part(f"{number}. ", content.parts[0])
    yield from _described(question)


def _part(number: str, part: Part) -> Iterator[str]:
    yield from _opened(f"{number}【{part.kind.label}】", part.stem)
    for letter, option in zip(LETTERS, part.options, strict=False):
        yield from _opened(f"{letter}. ", option)
    if part.kind == Kind.DOCUMENT:
        lines = map(document_line, write_markup(part.segments).split("\n"))
        yield from (f"{FIELD_LABELS['markup']}：", *lines, DOCUMENT_END)
    else:
        yield from _labelled("answer", answer_of(part))
    yield from _labelled("points", write_points(part.points))
    yield from _labelled("explanation", part.explanation)
    yield from _labelled("basis", part.basis)


def answer_of(part: Part) -> str:
    """The key as people write it."""
    if part.kind == Kind.JUDGE:
        return write_judge(part.key)
    return write_blanks(part.blanks) if part.kind == Kind.FILL else part.key


def described(question: Outgoing) -> dict[str, str]:
    """Where a question belongs, by the name of the field."""
    return {
        "domain": question.domain,
        "items": "、".join(question.items),
        "difficulty": str(question.difficulty),
        "origin": question.origin,
        "code": question.code,
    }


def _described(question: Outgoing) -> Iterator[str]:
    for name, text in described(question).items():
        yield from _labelled(name, text)


def _labelled(name: str, text: str) -> Iterator[str]:
    """Nothing for an empty text."""
    if text:
        yield from _opened(f"{FIELD_LABELS[name]}：", text)


def _opened(opening: str, text: str) -> Iterator[str]:
    first, *more = text.split("\n")
    yield f"{opening}{guarded(first) if _is_read_apart(opening, first) else escaped(first)}"
    yield from map(_continued, more)


def _is_read_apart(opening: str, text: str) -> bool:
    found = list(tokens([(1, f"{opening}{escaped(text)}")]))
    return len(found) > 1 or found[0].text != text


def _continued(text: str) -> str:
    """A line that goes on; one that would begin something is marked as text."""
    (token, *more) = tokens([(1, escaped(text))])
    return (
        escaped(text) if token.sort == Sort.TEXT and not more else f"\\{escaped(text) if text[0] != chr(92) else text}"
    )
