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
    done, remarks, last, fresh = [], [], 0, True
    for at, token in enumerate(found):
        if token.sort == Sort.HEADING:
            fresh = True
        if token.begins and not _begins(token, found, at, last, fresh):
            remarks.append(Problem(token.line, "", f"“{token.whole[:20]}”没有选项和答案，作为上一题的文字读入。"))
            token = replace(token, sort=Sort.TEXT, text=token.whole)
        elif token.sort == Sort.START:
            last, fresh = token.number, False
        done.append(token)
    return done, remarks


def _begins(token: Token, found: Sequence[Token], at: int, last: int, fresh: bool) -> bool:
    if token.name or (token.sort == Sort.START and (fresh or token.number == last + 1)):
        return True
    return _is_answered(token, _until_next(found, at))


def _is_answered(token: Token, below: list[Token]) -> bool:
    if ANSWER_IN_STEM.search(token.text) or BLANK in token.text:
        return True
    return any(one.sort == Sort.OPTION or (one.sort == Sort.FIELD and one.name == "answer") for one in below)


def _until_next(found: Sequence[Token], at: int) -> list[Token]:
    """What stands between a beginning and the next one."""
    end = next((n for n in range(at + 1, len(found)) if found[n].begins or found[n].sort == Sort.HEADING), len(found))
    return list(found[at + 1 : end])


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
