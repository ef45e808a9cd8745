"""Chinese text to index tokens, the same for documents and queries, on every engine.

Text is folded (NFKC, lower case, traditional to simplified), cut into words by jieba, and every run
of Han characters also gives its character bigrams, so a word the dictionary does not know never
loses a hit. References to provisions stay whole: `《行政处罚法》第三十三条第一款` gives the tokens
`行政处罚法#33.p1` and `行政处罚法#33`, never `第三`, `三十` ... Nothing is stemmed.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import rjieba

from kb import traditional
from kb.numerals import NUMERAL, to_number

WORDS_FILE = Path(__file__).parent / "data" / "words.txt"

HAN = r"\u3400-\u4dbf\u4e00-\u9fff\u3007"
_RUN = re.compile(rf"[a-z0-9]+|[{HAN}]+")
_NUMBER = rf"(?:[{NUMERAL}]+|\d+)"
# Folded text: brackets are half width, 《》 are not touched by NFKC.
_REFERENCE = re.compile(
    rf"(?:《(?P<law>[^《》]{{2,40}})》\s*)?"
    rf"第\s?(?P<article>{_NUMBER})\s?条(?:之(?P<sub>{_NUMBER}))?"
    rf"(?:第?(?P<p>{_NUMBER})款)?(?:第?\(?(?P<i>{_NUMBER})\)?项)?"
)
_STATE_PREFIX = "中华人民共和国"


@cache
def _segmenter() -> rjieba.Jieba:
    """jieba with our own words; a file, not the database, so that index and query always agree."""
    jieba = rjieba.Jieba()
    for word in WORDS_FILE.read_text("utf-8").split():
        jieba.add_word(word, None, None)
    return jieba


def fold(text: str) -> str:
    """One spelling for all: full width to half width, lower case, traditional to simplified."""
    return unicodedata.normalize("NFKC", text).lower().translate(traditional.table())


def words(text: str) -> list[str]:
    """The words of already folded text, punctuation left out."""
    found: list[str] = []
    for run in _RUN.findall(text):
        found += [run] if run.isascii() else _segmenter().cut(run)
    return found


def bigrams(text: str) -> list[str]:
    """Pairs of neighbouring Han characters of already folded text; a lone character gives none."""
    return [run[i : i + 2] for run in _RUN.findall(text) if not run.isascii() for i in range(len(run) - 1)]


def tokens(text: str) -> list[str]:
    """Everything the index knows of a text: words, bigrams, and references as whole tokens."""
    folded = fold(text)
    plain = _REFERENCE.sub(" ", folded)
    return words(plain) + bigrams(plain) + list(references(folded))


def phrase_tokens(text: str) -> tuple[str, ...]:
    """Tokens that every text holding this phrase has, wherever its words are cut."""
    folded = fold(text)
    plain = _REFERENCE.sub(" ", folded)
    alone = [run for run in _RUN.findall(plain) if run.isascii() or len(run) == 1]
    return tuple(dict.fromkeys((*bigrams(plain), *alone, *references(folded))))


def references(folded: str) -> Iterator[str]:
    """Tokens of the provisions that folded text names with 第…条, each also as its article."""
    for found in _REFERENCE.finditer(folded):
        law = (found["law"] or "").removeprefix(_STATE_PREFIX)
        article = reference_key(found["article"], found["sub"])
        yield f"{law}#{article}"
        within = reference_key(found["article"], found["sub"], found["p"], found["i"])
        if within != article:
            yield f"{law}#{within}"


def reference_key(article: str, sub: str | None, paragraph: str | None = None, item: str | None = None) -> str:
    """Numbers as written to a provision key: (三十三, None, 一, 2) -> `33.p1.i2`."""
    key = str(to_number(article)) + (f"-{to_number(sub)}" if sub else "")
    key += f".p{to_number(paragraph)}" if paragraph else ""
    return key + (f".i{to_number(item)}" if item else "")


def short_law_name(title: str) -> str:
    """`《中华人民共和国行政处罚法》` -> `行政处罚法`, the form citation tokens and exact names use."""
    return fold(title).strip(" 《》").removeprefix(_STATE_PREFIX)


def exact_name(text: str) -> str:
    """A name as a single token: folded, without blanks and punctuation."""
    return "".join(_RUN.findall(fold(text)))
