"""前款, 前两款, 前条, 前项, 本条, 本款, 本章: what they stand for at a place in a law."""

import re

from kb.citations.path import Place
from kb.citations.values import Context
from kb.keys import ARTICLE
from kb.numerals import to_number


def places_meant(found: re.Match[str], context: Context) -> tuple[Place, ...] | None:
    """The places that the matched word means here; None when nothing is before it.

    An empty place stands for 本章, 本节, 本编: they are no provision.
    """
    if here := found["here"]:
        return _here(here, context)
    count = 2 if found["count"] == "两" else to_number(found["count"] or "一")
    return _before(found["before"], count, context)


def _here(word: str, context: Context) -> tuple[Place, ...] | None:
    if word in "章节编":
        return (Place(),)
    place = Place.from_key(context.key)
    if not place.article:
        return None
    wanted = {
        "条": Place(article=place.article),
        "款": Place(article=place.article, paragraph=place.paragraph),
        "项": place,
    }[word]
    if (word == "款" and place.paragraph is None) or (word == "项" and place.item is None):
        return None
    return (wanted,)


def _before(word: str, count: int, context: Context) -> tuple[Place, ...] | None:
    place = Place.from_key(context.key)
    if not place.article:
        return None
    if word == "条":
        return _articles_before(place.article, count, context)
    number = place.paragraph if word == "款" else place.item
    if number is None or number - count < 1:
        return None
    base = Place(article=place.article, paragraph=place.paragraph)
    return tuple(base.narrowed(word, n) for n in range(number - count, number))


def _articles_before(article: str, count: int, context: Context) -> tuple[Place, ...] | None:
    """The articles before this one, by the law's own order where it is known."""
    if article in context.articles:
        index = list(context.articles).index(article)
        keys = list(context.articles[max(0, index - count) : index])
    else:
        keys = _counted_before(article, count)
    return tuple(Place(article=key) for key in keys) if len(keys) == count else None


def _counted_before(article: str, count: int) -> list[str]:
    found = ARTICLE.match(article)
    if not found or (found[2] and count > 1):
        return []
    number, sub = int(found[1]), int(found[2] or 0)
    if sub:
        return [f"{number}-{sub - 1}" if sub > 1 else str(number)]
    return [str(n) for n in range(number - count, number) if n > 0]
