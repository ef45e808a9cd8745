"""The formats by name: how each is read and written, and which of them a file is in.

    reading = read_file(raw, "题库.docx")
    written = write_file(FORMATS["gift"], questions)

What is written is read again before it leaves: a question that would not come back as it is stays out of the file and
is named, so that export and import give the same bank.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from content.downloads import EXCEL, WORD
from exams.exchange import aiken, gift, moodle_xml, plain_text, sheets, word
from exams.exchange.tidy import tidied, tidy_text
from exams.exchange.values import Incoming, LeftOut, Outgoing, Reading, UnreadableFile, Written

AUTO = "auto"
TEXT = "text/plain; charset=utf-8"
MOST_QUESTIONS = 2_000  # written in one transaction of two seconds
UNLIKE = "这种格式不能原样保存它的内容"


def _anything(question: Outgoing) -> str:
    return ""


@dataclass(frozen=True)
class Format:
    """One format. `refusal` says why it cannot hold a question; empty where it can."""

    slug: str
    label: str
    suffix: str
    content_type: str
    read: Callable[[bytes, str], Reading]
    write: Callable[[Sequence[Outgoing]], bytes]
    note: str
    refusal: Callable[[Outgoing], str] = _anything


FORMATS = {
    one.slug: one
    for one in (
        Format("excel", "Excel（一题一行）", ".xlsx", EXCEL, sheets.read, sheets.write_rows, "各题型都能保存"),
        Format(
            "excel-options", "Excel（一个选项一行）", ".xlsx", EXCEL, sheets.read, sheets.write_options,
            "各题型都能保存",
        ),
        Format("word", "Word", ".docx", WORD, word.read, word.write, "各题型都能保存"),
        Format("text", "纯文本", ".txt", TEXT, plain_text.read, plain_text.write, "各题型都能保存"),
        Format(
            "gift", "GIFT（Moodle）", ".gift", TEXT, gift.read, gift.write,
            "多空填空、改错、案例在 Moodle 中显示为问答和说明；再导入时还原",
        ),
        Format(
            "aiken", "Aiken", ".txt", TEXT, aiken.read, aiken.write,
            "只有单选和判断，题干和选项各写一行", aiken.refusal,
        ),
        Format(
            "moodle", "Moodle XML", ".xml", "application/xml", moodle_xml.read, moodle_xml.write,
            "改错、案例在 Moodle 中显示为问答和说明；再导入时还原",
        ),
    )
}  # fmt: skip
_BY_ENDING = {
    ".docx": "word", ".doc": "word", ".wps": "word", ".docm": "word", ".rtf": "word", ".pdf": "word",
    ".xlsx": "excel", ".xlsm": "excel", ".xls": "excel", ".csv": "excel", ".tsv": "excel", ".et": "excel",
    ".xml": "moodle", ".gift": "gift", ".txt": "", ".md": "text", ".text": "",
}  # fmt: skip
ENDINGS = (".xlsx", ".xls", ".csv", ".tsv", ".docx", ".txt", ".gift", ".xml")


def read_file(raw: bytes, name: str, slug: str = AUTO) -> Reading:
    """The questions of a file. Raises UnreadableFile."""
    if not raw.strip():
        raise UnreadableFile(f"「{name}」是空的；请重新保存后再导入。")
    found = FORMATS[detected(raw, name) if slug == AUTO else slug].read(raw, name)
    if len(found.questions) > MOST_QUESTIONS:
        raise UnreadableFile(
            f"「{name}」有 {len(found.questions)} 道题，超过 {MOST_QUESTIONS} 道；请拆成几个文件导入。"
        )
    if not (found.questions or found.problems):
        raise UnreadableFile(f"「{name}」里没有读到题目；请对照模板检查题号、选项和答案的写法。")
    return found


def detected(raw: bytes, name: str) -> str:
    """The slug of the format, by the ending and, for text files, by what is in them. Raises UnreadableFile."""
    ending = PurePath(name).suffix.lower()
    if ending not in _BY_ENDING:
        raise UnreadableFile(f"「{name}」的格式不支持；可以导入 {'、'.join(ENDINGS)} 文件。")
    if slug := _BY_ENDING[ending]:
        return slug
    text = plain_text.decoded(raw, name)
    if gift.is_gift(text):
        return "gift"
    return "aiken" if aiken.is_aiken(text) else "text"


def write_file(form: Format, questions: Sequence[Outgoing]) -> Written:
    """The file, and by name what could not go into it."""
    left_out = [LeftOut(one, reason) for one in questions if (reason := form.refusal(one))]
    held = [one for one in questions if not form.refusal(one)]
    while True:
        data, unlike = _attempt(form, held)
        if not unlike:
            return Written(data, len(held), tuple(left_out))
        left_out += [LeftOut(one, UNLIKE) for one in unlike]
        held = [one for one in held if one not in unlike]


def _attempt(form: Format, questions: Sequence[Outgoing]) -> tuple[bytes, list[Outgoing]]:
    """(file, questions that do not come back as they are)."""
    try:
        data = form.write(questions)
        back = form.read(data, f"a{form.suffix}").questions
    except ValueError:
        data, back = b"", ()
    if len(back) == len(questions):
        return data, [one for one, read in zip(questions, back, strict=True) if not _alike(one, read)]
    if len(questions) == 1:
        return data, list(questions)
    return data, [one for one in questions if _attempt(form, [one])[1]] or list(questions)


def _alike(question: Outgoing, read: Incoming) -> bool:
    described = (read.code, read.domain, read.items or (), read.difficulty, read.origin)
    wanted = (
        question.code,
        tidy_text(question.domain),
        question.items,
        question.difficulty,
        tidy_text(question.origin),
    )
    return read.content == tidied(question.content) and described == wanted and not read.problems
