"""How provisions are named in writing: `33.p1.i2` -> 第三十三条第一款第（二）项, and the standard citation."""

import re

from kb.keys import WITHIN_ARTICLE
from kb.numerals import to_chinese

_STRUCTURE = {"b": "编", "sb": "分编", "c": "章", "s": "节", "p": "款", "i": "项"}
_STEP = re.compile(r"(sb|b|c|s|p|i)(\d+)")
_LEVELS = re.compile(r"[一二三四五六七八九十百]+(?:/[^/.]+){0,3}")
_LEVEL_FORMS = ("{}、", "（{}）", "{}.", "（{}）")
_ANNEX = re.compile(r"(att|tab)(\d*)")
_ANNEX_NAMES = {"att": "附件", "tab": "表"}
_FIXED = {"pre": "序言", "col": "落款"}


def standard_citation(title: str, key: str = "", *, single_paragraph: bool = False) -> str:
    """`《中华人民共和国生态环境法典》第一千一百三十二条第三款`; 项 as 第（二）项.

    `single_paragraph` says that the article has one paragraph only: 第一款 is then left out,
    because writing it is marked down in file reviews (handbook §0 point 4).
    """
    return f"《{title}》{written_key(key, single_paragraph=single_paragraph)}"


def written_key(key: str, *, single_paragraph: bool = False) -> str:
    """A key in the words of an enforcement document; empty when it has no such words.

    `1132.p3` 第一千一百三十二条第三款 · `c3.s1` 第三章第一节 · `三/二/5` 三、（二）5 · `att1` 附件1 · `pre` 序言.
    """
    try:
        return _within_article(key, single_paragraph) or _outside_articles(key)
    except ValueError:  # a number that no statute reaches
        return ""


def _within_article(key: str, single_paragraph: bool) -> str:
    found = WITHIN_ARTICLE.match(key)
    if not found:
        return ""
    number, _, sub = found["article"].partition("-")
    written = f"第{to_chinese(int(number))}条" + (f"之{to_chinese(int(sub))}" if sub else "")
    if found["p"] and not single_paragraph:
        written += f"第{to_chinese(int(found['p']))}款"
    if found["i"]:
        written += f"第（{to_chinese(int(found['i']))}）项"
    return written + (f"第{int(found['s'])}目" if found["s"] else "")


def _outside_articles(key: str) -> str:
    head, _, rest = key.partition(".")
    if annex := _ANNEX.fullmatch(head):
        return _ANNEX_NAMES[annex[1]] + annex[2]
    if head in _FIXED:
        return _FIXED[head]
    if _LEVELS.fullmatch(head):
        return _levels(head) + (f"第{to_chinese(int(rest[1:]))}段" if rest[:1] == "p" and "." not in rest else "")
    steps = [_STEP.fullmatch(step) for step in key.split(".")]
    return "".join(f"第{to_chinese(int(s[2]))}{_STRUCTURE[s[1]]}" for s in steps if s) if all(steps) else ""


def _levels(head: str) -> str:
    """The levels of an official document: 一、（一）1.（1）."""
    written = "".join(form.format(part) for form, part in zip(_LEVEL_FORMS, head.split("/"), strict=False))
    return written.rstrip("、.")
