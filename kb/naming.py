"""How provisions are named in writing: `33.p1.i2` -> 第三十三条第一款第（二）项, and the standard citation."""

import re

from kb.keys import WITHIN_ARTICLE
from kb.numerals import to_chinese

STRUCTURE = {"b": "编", "sb": "分编", "c": "章", "s": "节"}
LEVEL_FORMS = ("{}、", "（{}）", "{}.", "（{}）")
FIXED = {"pre": "序言", "col": "落款"}
_STEP = re.compile(r"(sb|b|c|s|p|i)(\d+)(?:-(\d+))?$")


def article_words(article: str) -> str:
    """`120-1` -> 第一百二十条之一. Raises ValueError when it is no article key."""
    number, _, sub = article.partition("-")
    return f"第{to_chinese(int(number))}条" + (f"之{to_chinese(int(sub))}" if sub else "")


def key_words(key: str, *, sole_paragraph: bool = False) -> str:
    """A key in the words of an enforcement document; the key itself when it has no such words.

    `sole_paragraph`: the article has one paragraph only, where 第一款 counts as a mistake in
    file review and is left out.
    """
    try:
        return _article_key_words(key, sole_paragraph) or FIXED.get(key) or _other_words(key)
    except ValueError:
        return key


def citation(title: str, key: str, *, sole_paragraph: bool = False) -> str:
    """《中华人民共和国行政处罚法》第三十三条第一款."""
    return f"《{title}》{key_words(key, sole_paragraph=sole_paragraph)}"


def _article_key_words(key: str, sole_paragraph: bool) -> str:
    found = WITHIN_ARTICLE.match(key)
    if not found:
        return ""
    written = article_words(found["article"])
    if found["p"] and not sole_paragraph:
        written += f"第{to_chinese(int(found['p']))}款"
    if found["i"]:
        written += f"第（{to_chinese(int(found['i']))}）项"
    return written + (f"第{found['s']}目" if found["s"] else "")


def _other_words(key: str) -> str:
    """Chapters (`b2.c1`), attachments (`att1`) and the levels of an official document (`三/二/5.p1`)."""
    if key.startswith(("att", "tab")):
        name, number = ("附件" if key.startswith("att") else "表"), key[3:].split(".")[0]
        return name + number
    steps = [_STEP.match(step) for step in key.split(".")]
    if all(steps):
        return "".join(_step_words(*step.groups()[:2]) for step in steps if step)
    levels, _, paragraph = key.partition(".")
    return _level_words(levels) + (f"第{to_chinese(int(paragraph[1:]))}段" if paragraph.startswith("p") else "")


def _step_words(kind: str, number: str) -> str:
    return f"第{to_chinese(int(number))}{STRUCTURE.get(kind, {'p': '款', 'i': '项'}.get(kind, ''))}"


def _level_words(levels: str) -> str:
    parts = levels.split("/")
    written = "".join(form.format(part) for form, part in zip(LEVEL_FORMS, parts, strict=False))
    return written.rstrip("、.")
