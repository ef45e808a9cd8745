"""Which numbered lines begin a question, and which are the lists of an explanation or of a stem. Pure.

A line begins a question when it is tagged, when options or an answer follow it, or when its number is the one that is
due. Any other stays text of the question before it, and the report says so.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from exams.content import BLANK
from exams.exchange.lines import Sort, Token
from exams.exchange.values import Problem
from exams.written import read_judge

ANSWER_IN_STEM = re.compile(r"[（(]\s*([A-HＡ-Ｈ][A-HＡ-Ｈ、,，\s]{0,14}|√|×|✓|✗|✔|✘|对|错|正确|错误)\s*[)）]")


def settled(found: Sequence[Token]) -> tuple[list[Token], list[Problem]]:
    """The tokens with false beginnings turned into text, and a remark for each of them."""
    done: list[Token] = []
    remarks = []
    last: int | None = None  # the place of the beginning before, under the same heading
    for at, token in enumerate(found):
        if token.sort == Sort.HEADING:
            last = None
        if token.begins and not _begins(token, found, at, last):
            remarks.append(Problem(token.line, "", f"“{token.whole[:20]}”没有选项和答案，作为上一题的文字读入。"))
            token = replace(token, sort=Sort.TEXT, text=token.whole)
        elif token.sort == Sort.START:
            last = at
        done.append(token)
    return done, remarks


def _begins(token: Token, found: Sequence[Token], at: int, last: int | None) -> bool:
    if token.name or _is_answered(found, at):
        return True
    if token.sort != Sort.START or last is None:
        return token.sort == Sort.START
    return token.number == found[last].number + 1 and not _is_listed(found, at, last)


def _is_listed(found: Sequence[Token], at: int, last: int) -> bool:
    """Whether the number that is due stands in a list: the question before has its answer already, and another line
    of this number, with an answer, follows."""
    if not _is_answered(found, last):
        return False
    end = next((n for n in range(at + 1, len(found)) if found[n].sort == Sort.HEADING), len(found))
    rivals = (n for n in range(at + 1, end) if found[n].sort == Sort.START and found[n].number == found[at].number)
    return any(found[n].name or _is_answered(found, n) for n in rivals)


def _is_answered(found: Sequence[Token], at: int) -> bool:
    """Whether an answer, options or a blank come before the next beginning."""
    text = found[at].text
    if ANSWER_IN_STEM.search(text) or BLANK in text:
        return True
    for place in range(at + 1, len(found)):
        one = found[place]
        if one.begins or one.sort == Sort.HEADING:
            return False
        if one.sort == Sort.OPTION or (one.sort == Sort.FIELD and one.name == "answer"):
            return True
    return False


def answer_in(stem: str) -> tuple[str, str]:
    """(answer, stem without it) of `……（B）。`; an empty answer where there is none, or more than one."""
    found = list(ANSWER_IN_STEM.finditer(stem))
    if len(found) != 1:
        return "", stem
    (only,) = found
    if not read_judge(only[1]) or only[1].upper() in "TF":
        return only[1], f"{stem[: only.start()]}（　）{stem[only.end() :]}"
    rest = stem[only.end() :].strip("。.；; ")
    return only[1], f"{stem[: only.start()]}{stem[only.end() :]}" if not rest else f"{stem[: only.start()]}（　）{rest}"
