"""Whether article numbers that an old text cites still fit the text we have of the law it cites.

Rules of 1987 that were amended in a word in 2020 often keep the article numbers of the law of their
own time. Where the source is older than the text cited, the numbers are put to the test: the citing
and the cited article are about the same matter, so they share rarer words than the citing article
shares with the other articles of that law. All citations of one law from one source are judged
together, by the median rank of the cited articles among all articles of the law (1.0 is the best).

Measured on the corpus: where the numbers hold, the median is 0.92 to 1.0; where they have moved, 0.82
and less (渔业法实施细则 0.4). A single citation may score high by chance (刑法 157 of 1979 on 暴力、威胁), so
that it proves nothing where there is no other evidence.
"""

import datetime as dt
import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from statistics import median

from kb.keys import ARTICLE
from kb.models import Provision, RegulationVersion

LEAST_MEDIAN = 0.9
# What is asked when the text of the source's own day is not known at all.
SURE_MEDIAN, SURE_CITATIONS, SURE_ARTICLES = 0.95, 3, 2
Pairs = Collection[tuple[str, str]]
_DATE = re.compile(r"((?:19|20)\d\d)年(\d{1,2})月(\d{1,2})日")
_NUMBERS = re.compile(r"第[一二三四五六七八九十百千零\d]+[条款项章节]|[（(][一二三四五六七八九十]+[）)]|《[^》]*》")
_HAN_PAIR = re.compile(r"(?=([一-鿿]{2}))")


def may_have_drifted(source: RegulationVersion, target: RegulationVersion) -> bool:
    """Whether the source was first written before the cited text was made public."""
    origin, public = first_written(source), target.promulgated_on or target.passed_on or target.effective_from
    return origin is not None and public is not None and origin < public


def first_written(version: RegulationVersion) -> dt.date | None:
    """The earliest day of which its history tells; a revision (修订 of the whole) starts anew."""
    days = [day for day in (version.promulgated_on, version.passed_on, version.effective_from) if day]
    if version.kind != RegulationVersion.Kind.REVISED:
        days += [day for found in _DATE.finditer(version.history_note) if (day := _day(found))]
    return min(days, default=None)


def numbers_fit(pairs: Pairs, target: RegulationVersion) -> bool:
    """Whether the cited articles are those that the citing texts are about.

    `pairs` holds (text of the citing article, cited article key), all of one source.
    """
    return _median_rank(pairs, target) >= LEAST_MEDIAN


def numbers_surely_fit(pairs: Pairs, target: RegulationVersion) -> bool:
    """The same with more certainty: several citations of different articles, nearly all the best match."""
    enough = len(pairs) >= SURE_CITATIONS and len({key for _, key in pairs}) >= SURE_ARTICLES
    return enough and _median_rank(pairs, target) >= SURE_MEDIAN


def _median_rank(pairs: Pairs, target: RegulationVersion) -> float:
    """An article that is not there ranks last; chapters are not ranked."""
    words = _words(target.pk)
    articles = [(text, key) for text, key in pairs if ARTICLE.match(key)]
    return median([words.rank(text, key) if key in words.articles else 0.0 for text, key in articles] or [0.0])


class _Words:
    """The character pairs of every article of a version, with how common each is there."""

    def __init__(self, texts: Mapping[str, str]):
        self.articles = {key: _pairs(text) for key, text in texts.items()}
        counts = Counter(pair for pairs in self.articles.values() for pair in pairs)
        self._weight = {pair: math.log(len(texts) / count) for pair, count in counts.items()}

    def rank(self, text: str, key: str) -> float:
        """The share of the other articles that have less in common with the text."""
        source = _pairs(text)
        own = self._likeness(source, key)
        better = sum(self._likeness(source, other) >= own for other in self.articles if other != key)
        return 1 - better / max(1, len(self.articles) - 1)

    def _likeness(self, source: frozenset[str], key: str) -> float:
        """Shared pairs by rarity, so weighed that a long article has no advantage."""
        pairs = self.articles[key]
        return sum(self._weight[pair] for pair in source & pairs) / (1 + math.log(1 + len(pairs)))


def _words(version_pk: int) -> _Words:
    texts: dict[str, str] = defaultdict(str)
    rows = Provision.objects.filter(version=version_pk).exclude(article_key="").order_by("position")
    for key, heading, text in rows.values_list("article_key", "heading", "text"):
        texts[key] += heading + text
    return _Words(texts)


def _pairs(text: str) -> frozenset[str]:
    """Neighbouring characters, without numbers of articles and titles of laws."""
    return frozenset(_HAN_PAIR.findall(_NUMBERS.sub(" ", text)))


def _day(found: re.Match[str]) -> dt.date | None:
    try:
        return dt.date(*map(int, found.groups()))
    except ValueError:
        return None
