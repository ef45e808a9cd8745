"""Lines of text -> tokens: what each line of a question bank is, looking at the line and its neighbours only. Pure.

    1. 题干（　）。 A.三日 B.五日 答案：B      START, OPTION, OPTION, FIELD
    （1）【多选】……                          SUB
    一、单选题（每题1分）                     HEADING
    参考答案                                  KEYS
    anything else                             TEXT

Whether a numbered line really begins a question is settled by `starts`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from exams.content import LETTERS
from exams.exchange.escapes import DOCUMENT_END, document_line_read, line_start, unescaped
from exams.exchange.vocabulary import FIELD_OF, names_kind, plain

Numbered = tuple[int, str]


class Sort(StrEnum):
    START = "start"
    SUB = "sub"
    OPTION = "option"
    FIELD = "field"
    HEADING = "heading"
    KEYS = "keys"
    DOCUMENT = "document"
    COMMENT = "comment"
    TEXT = "text"


@dataclass(frozen=True)
class Token:
    """`name`: a field, the letter of an option, the kind of a heading or a tag. `number`: as written, 0 for none."""

    line: int
    sort: Sort
    text: str = ""
    name: str = ""
    number: int = 0
    whole: str = ""

    @property
    def begins(self) -> bool:
        return self.sort in (Sort.START, Sort.SUB)


_NAMES = "|".join(sorted(map(re.escape, FIELD_OF), key=len, reverse=True))
_KEY_NAMES = "|".join(
    sorted((word for word, name in FIELD_OF.items() if name in ("answer", "explanation")), key=len, reverse=True)
)
_FIELD = re.compile(
    rf"(?:[【\[]\s*(?P<a>{_NAMES})\s*[】\]]\s*[:：]?|(?P<b>{_NAMES})\s*[:：])\s*(?P<text>.*)", re.S | re.I
)
_BARE_KEY = re.compile(r"(?:正确|参考|标准)?答案\s*[是为]?\s*(?P<text>[A-HＡ-Ｈ、,，\s]+|[√×✓✗✘对错]|正确|错误)\s*。?")
_IN_LINE = re.compile(
    rf"(?:(?<!\\)[【\[]\s*(?P<a>{_KEY_NAMES})\s*[】\]]\s*[:：]?|(?P<b>{_KEY_NAMES})\s*[:：])\s*", re.I
)
_AFTER_KEY = re.compile(
    rf"(?:^|[\s；;。,，])(?:[【\[]\s*(?P<a>{_NAMES})\s*[】\]]\s*[:：]?|(?P<b>{_NAMES})\s*[:：])\s*", re.I
)
_LETTERS_ONLY = re.compile(r"[A-Ha-hＡ-Ｈａ-ｈ√×✓✗✘对错正确误TF\s、,，。；;]{0,20}")
_KEYS = re.compile(
    r"[（(【\[]?(?:附\s*[:：]?\s*)?(?:参考|标准|试题|正确)?答案(?:及|与|和)?(?:解析|详解)?[）)】\]]?\s*[:：]?"
)
_HEADING = re.compile(
    r"(?P<order>第?[一二三四五六七八九十]+(?:部分|大题)?\s*[、.．:：，]?|[（(][一二三四五六七八九十]+[)）])?\s*"
    r"[【\[]?(?P<kind>[一-龥]{2,8}?)(?P<word>题?)[】\]]?\s*[:：]?\s*(?:[（(].*[)）]|[共每本].{0,60})?\s*[:：。]?"
)
_PLAIN_NUMBER = re.compile(r"(?P<n>\d{1,4})\s*(?:[.．、](?!\d)|[)）:：,，](?!\d))\s*(?P<text>.*)", re.S)
_NAMED_NUMBER = re.compile(
    r"(?:第\s*(?P<n>\d{1,4}|[一二三四五六七八九十百]{1,5})\s*题|[【\[]\s*(?P<m>\d{1,4})\s*[】\]]|题目?\s*(?P<k>\d{1,4}))"
    r"\s*[.．、:：，,]?\s*(?P<text>.*)",
    re.S,
)
_TIGHT_NUMBER = re.compile(r"(?P<n>\d{1,4})\s*(?P<text>[【\[(（].*)", re.S)
_CASE = re.compile(r"案例\s*[一二三四五六七八九十\d]{1,3}\s*[:：.．、]?\s*(?P<text>.*)", re.S)
_SUB = re.compile(r"[（(]\s*(?P<n>\d{1,2})\s*[)）]\s*[.．、:：]?\s*(?P<text>.*)", re.S)
_TAG = re.compile(r"\s*[【\[(（]\s*(?P<kind>[一-龥/]{2,8})\s*[】\])）]\s*[.．、:：]?\s*")
_OPTION = re.compile(r"(?:[（(]\s*(?P<a>[A-Ha-hＡ-Ｈａ-ｈ])\s*[)）]|(?P<b>[A-Ha-hＡ-Ｈａ-ｈ])\s*[.．、:：)）])\s*")
_SPACED_OPTION = re.compile(r"(?P<a>[A-HＡ-Ｈ])[ \t　]+(?=\S)")


def tokens(lines: Sequence[Numbered]) -> Iterator[Token]:
    """Every line in order; empty lines say nothing. The lines of a faulty document come as one DOCUMENT token."""
    lines = [(number, text.strip()) for number, text in lines if text.strip()]
    at = 0
    while at < len(lines):
        number, text = lines[at]
        found = list(_line(number, text, _next_letter(lines, at), _stands_by(lines, at)))
        at += 1
        if found[-1].sort == Sort.FIELD and found[-1].name == "markup":
            begin = found.pop()
            end = _document_end(lines, at)
            inside = [begin.text, *(document_line_read(line) for _, line in lines[at:end])]
            closed = end < len(lines) and lines[end][1] == DOCUMENT_END
            found.append(Token(begin.line, Sort.DOCUMENT, "\n".join(inside).strip(), "" if closed else "open"))
            at = end + closed
        yield from map(_meant, found)


def _meant(token: Token) -> Token:
    """Without the backslashes that kept the line's parts apart."""
    done = token.sort == Sort.DOCUMENT or token.whole.startswith("\\")
    return token if done else replace(token, text=unescaped(token.text))


def options_in(text: str, below: str = "") -> list[tuple[str, str]]:
    """(letter, text) of the options that stand in one line, the first at its beginning; `below`: the letter with which
    the next line goes on. A letter opens an option only in its turn."""
    first = _OPTION.match(text)
    if not first:
        return []
    letter, found, start = _letter(first), [], first.end()
    mark = text[first.end("b")] if first["b"] and first.end("b") < len(text) else ""
    for after in LETTERS[LETTERS.index(letter) + 1 :]:
        opening = _opening(after, mark).search(text, start) if not below or after < below else None
        if not opening:
            break
        found.append((letter, text[start : opening.start()].strip(" \t　；;")))
        letter, start = after, opening.end()
    return [*found, (letter, text[start:].strip())]


def _opening(letter: str, mark: str) -> re.Pattern:
    """Where the option of a letter opens within a line: after a blank or a stop, or with the very mark of the first."""
    wide = chr(ord(letter) + 0xFEE0)
    either = f"[{letter}{wide}]"
    tight = rf"|{either}{re.escape(mark)}" if mark in ".．、" and mark else rf"|{either}[.．]"
    return re.compile(rf"(?<=[\s；;。，,])[（(]?{either}\s*[.．、:：)）]\s*|[（(]\s*{either}\s*[)）]\s*{tight}\s*")


def _line(number: int, text: str, below: str, spaced: bool) -> Iterator[Token]:
    is_text, meant = line_start(text)
    if is_text:
        yield Token(number, Sort.TEXT, meant, whole=text)
    elif text.startswith("#"):
        yield Token(number, Sort.COMMENT, text.lstrip("# "))
    elif _KEYS.fullmatch(text):
        yield Token(number, Sort.KEYS, text)
    elif kind := heading_kind(text):
        yield Token(number, Sort.HEADING, text, kind)
    elif field := (_FIELD.fullmatch(text) or _BARE_KEY.fullmatch(text)):
        yield from _field(number, field)
    elif options_in(text, below):
        yield from _with_fields(number, text, lambda rest: _options(number, options_in(rest, below)))
    elif spaced and (opened := _SPACED_OPTION.match(text)):
        yield Token(number, Sort.OPTION, text[opened.end() :], _letter(opened))
    else:
        yield from _start(number, text, below) or [Token(number, Sort.TEXT, text, whole=text)]


def heading_kind(text: str) -> str:
    """`单选题` of `一、单选题（每题1分，共40分）`; empty for a line that is no heading of questions."""
    found = _HEADING.fullmatch(text)
    if not found or not names_kind(found["kind"] + found["word"]):
        return ""
    return found["kind"] if found["order"] or found["word"] else ""


def _start(number: int, text: str, below: str) -> list[Token]:
    """The tokens of a line with a number, a tag or a case's name; none for running text."""
    sort, place, rest = Sort.START, 0, text
    if found := (_NAMED_NUMBER.fullmatch(text) or _PLAIN_NUMBER.fullmatch(text)):
        digits = next((found[name] for name in ("n", "m", "k") if name in found.re.groupindex and found[name]), "")
        place, rest = int(digits) if digits.isdecimal() else 0, found["text"]
    elif found := _SUB.fullmatch(text):
        sort, place, rest = Sort.SUB, int(found["n"]), found["text"]
    elif found := _CASE.fullmatch(text):
        rest = f"【案例】{found['text']}"
    elif (found := _TIGHT_NUMBER.fullmatch(text)) and _tag(found["text"])[0]:
        place, rest = int(found["n"]), found["text"]
    elif not _tag(text)[0] or text[0] not in "【[":
        return []
    kind, rest = _tag(rest)

    def stem(part: str) -> Iterator[Token]:
        at = _options_begin(part) if below != "A" else -1
        yield Token(number, sort, part if at < 0 else part[:at].strip(), kind, place, whole=text)
        yield from _options(number, options_in(part[at:], below)) if at >= 0 else ()

    return list(_with_fields(number, rest, stem))


def _tag(text: str) -> tuple[str, str]:
    """(kind, rest) of `【单选】题干`."""
    found = _TAG.match(text)
    return (found["kind"], text[found.end() :]) if found and names_kind(found["kind"]) else ("", text)


def _options_begin(text: str) -> int:
    """Where options follow the stem in its own line; -1 where none do."""
    for found in re.finditer(r"(?<=[\s）)。？?：:])[（(]?[AＡ]\s*[.．、:：)）]|[（(][AＡ][)）]", text):
        if len(options_in(text[found.start() :])) > 1:
            return found.start()
    return -1


def _with_fields(number: int, text: str, rest) -> Iterator[Token]:
    """A line whose end may be `答案：B 解析：……`."""
    found = _IN_LINE.search(text)
    yield from rest(text[: found.start()].strip() if found else text)
    if found and (field := _FIELD.fullmatch(text[found.start() :])):
        yield from _field(number, field)


def _field(number: int, found: re.Match) -> Iterator[Token]:
    groups = found.groupdict()
    name = FIELD_OF[(groups.get("a") or groups.get("b") or "答案").upper()]
    text = found["text"].strip()
    after = _after_key(text) if name == "answer" else None
    if after is None:
        yield Token(number, Sort.FIELD, text, name)
        return
    yield Token(number, Sort.FIELD, text[: after.start()].strip(" ；;。,，"), name)
    following = _FIELD.fullmatch(text[after.start() :].lstrip(" 　\t；;。,，"))
    if following:
        yield from _field(number, following)


def _after_key(text: str) -> re.Match | None:
    """Where another field follows an answer in its line; after a longer answer only the explanation does."""
    for found in _AFTER_KEY.finditer(text):
        name = FIELD_OF[(found["a"] or found["b"]).upper()]
        if name == "explanation" or _LETTERS_ONLY.fullmatch(text[: found.start()]):
            return found
    return None


def _options(number: int, found: list[tuple[str, str]]) -> Iterator[Token]:
    for letter, text in found:
        yield Token(number, Sort.OPTION, text, letter)


def _letter(found: re.Match) -> str:
    return plain(next(one for one in found.groups() if one)).upper()


def _next_letter(lines: Sequence[Numbered], at: int) -> str:
    """The letter with which the next line opens an option."""
    found = _OPTION.match(lines[at + 1][1]) if at + 1 < len(lines) else None
    return _letter(found) if found else ""


def _stands_by(lines: Sequence[Numbered], at: int) -> bool:
    """Whether a line such as `A 三日` has a neighbour `B 五日`: only then is its letter that of an option."""
    own = _SPACED_OPTION.match(lines[at][1])
    beside = [_SPACED_OPTION.match(lines[n][1]) for n in (at - 1, at + 1) if 0 <= n < len(lines)]
    return bool(own) and any(abs(ord(_letter(one)) - ord(_letter(own))) == 1 for one in beside if one and own)


def _document_end(lines: Sequence[Numbered], at: int) -> int:
    """The line 文书完; where it is missing, the next line that can be no document's."""
    for place in range(at, len(lines)):
        if lines[place][1] == DOCUMENT_END:
            return place
    for place in range(at, len(lines)):
        text = lines[place][1]
        field = _FIELD.fullmatch(text)
        number = _PLAIN_NUMBER.fullmatch(text)
        if (field and not _may_stand_in_document(field)) or (number and _tag(number["text"])[0]):
            return place
    return len(lines)


def _may_stand_in_document(field: re.Match) -> bool:
    """依据：, 来源： and the like may open a line of a document; 解析 and 答案 do not."""
    return FIELD_OF[(field["a"] or field["b"]).upper()] not in ("answer", "explanation")
