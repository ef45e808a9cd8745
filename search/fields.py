"""Terms of the form 标题:占道经营 and “as it stands” in a query (pure)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from search.chinese import HAN, fold

TITLE, NUMBER, DOMAIN, DEPARTMENT = "标题", "文号", "领域", "部门"
# Parts of a document that can be asked for alone, by the names of SearchDocument.parts.
PARTS = {TITLE: "title", "案情": "facts", "处理": "handling", "说理": "reasons", "意义": "value"}
FIELDS = (*PARTS, NUMBER, DOMAIN, DEPARTMENT)
MOST_SHOWN = 12

_QUOTES = '"“”„「」'
_FIELD = re.compile(
    rf"(?:^|(?<=\s))(?P<field>[{HAN}]{{2,4}})\s*:\s*(?:[{_QUOTES}](?P<quoted>[^{_QUOTES}]+)[{_QUOTES}]|(?P<plain>[^\s{_QUOTES}]+))?"
)
# Standing apart: in the middle of a sentence the marks only mean that a word is somebody's own (“黑气点”的老板).
_QUOTED = re.compile(rf"(?:^|(?<=\s))[{_QUOTES}]([^{_QUOTES}]+)[{_QUOTES}](?=\s|$)")


@dataclass(frozen=True)
class FieldTerm:
    """`start` and `end` say where it stood in the text; an empty value is an error to be explained."""

    field: str
    value: str
    start: int
    end: int


@dataclass(frozen=True)
class Chosen:
    """The one value meant, or in words what is wrong."""

    value: str = ""
    error: str = ""


def field_terms(text: str) -> list[FieldTerm]:
    """Every 字段:值 of folded text, known or not."""
    return [
        FieldTerm(found["field"], found["quoted"] or found["plain"] or "", found.start(), found.end())
        for found in _FIELD.finditer(text)
    ]


def quoted(text: str) -> list[str]:
    """Phrases in quotation marks of any kind that stand apart from other words."""
    return _QUOTED.findall(text)


def unquoted(text: str) -> str:
    return re.sub(rf"[{_QUOTES}]", " ", text).strip()


def choose(term: FieldTerm, values: Iterable[str]) -> Chosen:
    """The value a word stands for: written out, or the only one that holds its characters in order."""
    values = list(values)
    written = {fold(value): value for value in values}
    if term.value in written:
        return Chosen(written[term.value])
    fitting = [value for folded, value in written.items() if term.value and _within(term.value, folded)]
    if len(fitting) == 1:
        return Chosen(fitting[0])
    name = f"「{term.field}：{term.value}」"
    if fitting:
        return Chosen(error=f"{name}可以是{'、'.join(fitting)}，请写得更全。")
    known = "、".join(values[:MOST_SHOWN]) + ("等" if len(values) > MOST_SHOWN else "")
    return Chosen(error=f"{name}没有这个{term.field}；可选：{known}。" if known else f"{name}暂无可选的{term.field}。")


def unknown(term: FieldTerm) -> str:
    """For a word before a colon that is no field."""
    return f"「{term.field}：」不是检索字段，已按普通词检索；可用的字段有{'、'.join(FIELDS)}。"


def empty(term: FieldTerm) -> str:
    return f"「{term.field}：」后面没有内容，请紧接着写，例如{term.field}：{_EXAMPLES[term.field]}"


def no_number(term: FieldTerm) -> str:
    return f"「文号：{term.value}」不像文号，已按普通词检索；文号写作{_EXAMPLES[NUMBER]}或国务院令第583号。"


def _within(part: str, whole: str) -> bool:
    """Whether the characters of one stand in the other in this order: 城管局 in 区城市管理执法局."""
    characters = iter(whole)
    return all(character in characters for character in part)


_EXAMPLES = dict.fromkeys(PARTS, "占道经营") | {
    NUMBER: "江政〔2021〕9号",
    DOMAIN: "市容环境",
    DEPARTMENT: "区城市管理执法局",
}
