"""Citations as people type them into a search box: 处罚法33条, 处罚法33, 《行政处罚法》第三十三条第一款, 刑法§225.

`kb.citations` reads legal prose; here the names of laws are known and everything else may be missing.
"""

import re
from dataclasses import dataclass

from kb.numerals import NUMERAL
from search.chinese import reference_key, short_law_name
from search.lexicon import Law, Lexicon

_N = rf"(?:\d{{1,4}}|[{NUMERAL}]{{1,9}})"
_VERSION = r"(?:\(\d{4}[^()]{0,6}\)\s*)?"
_WITHIN = rf"(?:\s*第?(?P<p>{_N})款)?(?:\s*第?\(?(?P<i>{_N})\)?项)?"
# With 条 or § the number is sure to be an article; without, it must stand alone: 处罚法33, not 处罚法2次.
_SURE = re.compile(
    rf"[》\s]*{_VERSION}(?:第\s*(?P<a>{_N})\s*(?:条|(?=第|\s|$|[,，。;；?？]))|§\s*(?P<b>{_N})|(?P<c>{_N})\s*条)(?:之(?P<sub>{_N}))?{_WITHIN}"
)
_BARE = re.compile(rf"[》\s]*{_VERSION}(?P<a>{_N})(?:[-之](?P<sub>{_N}))?(?=\s|$|[,，。;；?？])")
_LAST_ARTICLE = 1999
_SHORTEST_SURE_NAME = 3
# 行政处罚 may mean the law, 广告 hardly.
_SHORTEST_WITHOUT_LAW = 4


@dataclass(frozen=True)
class CitedPlace:
    """`key` is a provision key (`33.p1`) or empty when only the law is named; `rest` the other words."""

    law: Law
    key: str
    rest: str


def cited_place(text: str, lexicon: Lexicon) -> CitedPlace | None:
    """The provision, or else the law, that folded text names; None when it names neither."""
    found = list(lexicon.laws_in(text))
    for start, end, law in found:
        tail = _SURE.match(text, end) or _BARE.match(text, end)
        if tail and (key := _key(tail)):
            return CitedPlace(law, key, _without(text, start, tail.end()))
    for start, end, law in sorted(found, key=lambda one: one[0] - one[1]):
        if end - start >= _SHORTEST_SURE_NAME or _bare_name(text) == text[start:end]:
            return CitedPlace(law, "", _without(text, start, end))
    return None


def law_meant(text: str, lexicon: Lexicon) -> Law | None:
    """The law whose own name is the whole text and 法: 行政处罚. Short names and other names do not count."""
    law = lexicon.laws.get(f"{text}法") if len(text) >= _SHORTEST_WITHOUT_LAW else None
    return law if law and short_law_name(law.name) == f"{text}法" else None


def _key(tail: re.Match[str]) -> str:
    parts = tail.groupdict()
    article = parts["a"] or parts.get("b") or parts.get("c") or ""
    try:
        key = reference_key(article, parts["sub"], parts.get("p"), parts.get("i"))
    except ValueError:
        return ""
    return key if 0 < int(re.split(r"\D", key)[0]) <= _LAST_ARTICLE else ""


def _without(text: str, start: int, end: int) -> str:
    before = text[:start].removesuffix("中华人民共和国").rstrip("《 ").removesuffix("中华人民共和国")
    return f"{before} {text[end:].lstrip('》')}".strip()


def _bare_name(text: str) -> str:
    return text.strip("《》 ")
