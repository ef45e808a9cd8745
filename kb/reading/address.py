"""What people put behind a law's address: `33`, `第三十三条`, `33条`, `１２０之一`, `第33条第1款第（二）项`."""

import re
import unicodedata

from kb.keys import ARTICLE, article_order
from kb.numerals import NUMERAL, to_number

_N = f"[0-9{NUMERAL}]+"
_WRITTEN = re.compile(
    rf"^第?(?P<article>{_N})条?(?:之(?P<sub>{_N})|-(?P<dash>\d+))?条?"
    rf"(?:第?(?P<p>{_N})款)?(?:第?\(?(?P<i>{_N})\)?项)?(?:第?\(?(?P<s>{_N})\)?目)?$"
)

# 三 alone is a level of an official document, not 第三条.
_LEVEL = re.compile(f"^[{NUMERAL}]+$")


def key_from_words(text: str) -> str:
    """`第一百二十条之一第二款` -> `120-1.p2`; empty when it is no such reference. Never raises."""
    bare = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    if _LEVEL.match(bare):
        return ""
    found = _WRITTEN.match(bare)
    if not found:
        return ""
    try:
        return _key(found)
    except ValueError:
        return ""


def _key(found: re.Match) -> str:
    key = str(to_number(found["article"]))
    sub = found["sub"] or found["dash"]
    key += f"-{to_number(sub)}" if sub else ""
    return key + "".join(f".{part}{to_number(found[part])}" for part in "pis" if found[part])


def nearest(wanted: str, articles: list[tuple[str, str]], count: int = 4) -> list[tuple[str, str]]:
    """The (key, label) of the articles whose numbers lie nearest, in order."""
    if not ARTICLE.match(wanted):
        return articles[:count]
    target, sub = article_order(wanted)

    def distance(article: tuple[str, str]) -> tuple[int, int]:
        number, own_sub = article_order(article[0])
        return abs(number - target), abs(own_sub - sub)

    return sorted(sorted(articles, key=distance)[:count], key=lambda article: article_order(article[0]))
