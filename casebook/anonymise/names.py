"""Reading one name at one place: where does it end, and how much speaks for it. Pure."""

import re
from dataclasses import dataclass
from functools import cache

from casebook.anonymise.folding import HAN, is_han
from casebook.anonymise.words import (
    AFTER_NAME,
    COMPOUND_SURNAMES,
    DOING,
    EVERYDAY_SURNAMES,
    GIVEN,
    NEVER_NAMES,
    PEOPLES,
    SURNAMES,
    is_word,
    tagged,
)

_DOTTED = re.compile(rf"[{HAN}]{{1,7}}(?:·[{HAN}]{{2,8}}?)+?(?=[^{HAN}·]|{'|'.join(DOING[:60])}|$)")
_PEOPLE = re.compile(rf"(?:{'|'.join(PEOPLES)}){{1,3}}")
_LATIN = re.compile(r"[A-Z][a-z]+(?: [A-Z][a-z]+)*(?![A-Za-z0-9])")
_FOLLOWING = re.compile("|".join(sorted({*AFTER_NAME, *DOING} - {"某"}, key=len, reverse=True)))
_SPACED = re.compile(
    rf"(?P<surname>[{HAN}]) {{1,2}}(?P<given>[{HAN}](?: {{0,2}}[{HAN}])?)(?=[^{HAN} ]|$|{_FOLLOWING.pattern})"
)
_GRAMMAR = set("的了是在和与及等或被将把也都已未")
_MASK = re.compile(r"[某×*]")
_COUNTED = re.compile("等?[二两三四五六七八九十]人|等人")
_MILLIONS = "张黄马高何程万方石金任"
_FAMILIAR = "老小阿"


@dataclass(frozen=True, slots=True)
class Reading:
    """A name from `start` to `end`; the score adds up what speaks for it."""

    start: int
    end: int
    score: float

    def __bool__(self) -> bool:
        return self.score > 0


def read_name(text: str, start: int) -> Reading | None:
    """The best reading of a name that begins here; None when nothing can be one."""
    whole = _one_piece(text, start)
    if whole:
        return whole
    readings = [Reading(start, end, score(text, start, end)) for end in _ends(text, start)]
    return max(readings, key=lambda reading: (reading.score, reading.end), default=None)


def score(text: str, start: int, end: int) -> float:
    """From about -4 to 6: what follows, what the characters are, whether it is a word."""
    name, after = text[start:end], text[end : end + 4]
    total = _what_follows(after) + _characters(name)
    if is_word(name) or (len(name) == 3 and _is_verb(name[:2])):
        total -= 2  # 申请国: a word and what follows it
    if after and is_han(after[0]) and is_word(text[end - 1 : end + 1]) and not _FOLLOWING.match(after):
        total -= 1.5
    return total - (0.5 if is_everyday(name) else 0)


def is_everyday(name: str) -> bool:
    """Whether the name begins like a common word; three characters with a surname of millions hardly do."""
    return name[0] in EVERYDAY_SURNAMES and not (len(name) == 3 and name[0] in _MILLIONS)


def surname_of(name: str) -> str:
    """欧阳倩 -> 欧阳, 老魏 -> 魏; empty for 小芳 and names that begin otherwise."""
    if name[:2] in COMPOUND_SURNAMES:
        return name[:2]
    if name[:1] in _FAMILIAR and len(name) == 2:
        return name[1] if name[0] == "老" and name[1] in SURNAMES else ""
    return name[:1] if name[:1] in SURNAMES and not re.match(r"(.)\1", name) else ""


def _one_piece(text: str, start: int) -> Reading | None:
    """Names that show their end themselves: with a dot, in Latin letters, of the peoples, spaced out."""
    for pattern in (_DOTTED, _LATIN):
        found = pattern.match(text, start)
        if found:
            return Reading(start, found.end(), 4)
    found = _PEOPLE.match(text, start)
    if found and found.end() - start >= 4:
        return Reading(start, found.end(), 4)
    found = _SPACED.match(text, start)
    if found and found["surname"] in SURNAMES and not _MASK.search(found[0]):
        return Reading(start, found.end(), 3)
    return None


def _ends(text: str, start: int) -> list[int]:
    """Where a name may end: surname and one or two characters, a nickname of two."""
    head = text[start : start + 2]
    if not head or not is_han(head[0]):
        return []
    root = 2 if head in COMPOUND_SURNAMES else 1 if head[0] in SURNAMES or head[0] in _FAMILIAR else 0
    if root == 0:
        return [start + 2] if len(head) == 2 and head[0] == head[1] and head[0] != "某" else []
    most = 1 if head[0] in _FAMILIAR else 2
    ends = [start + root + more for more in range(1, most + 1)]
    return [end for end in ends if end <= len(text) and _is_nameable(text[start:end])]


def _is_nameable(name: str) -> bool:
    return is_han(name) and not _MASK.search(name) and not _GRAMMAR & set(name[1:]) and name not in NEVER_NAMES


def _what_follows(after: str) -> float:
    if _COUNTED.match(after):
        return 4
    if not after or not is_han(after[0]):
        return 3 if not after or after[0] not in "*X×" else -4
    found = _FOLLOWING.match(after)
    if found:
        return 2.5 if len(found[0]) > 1 else 1.5
    return 0.5 if len(_first_word(after)) > 1 else -0.5


def _characters(name: str) -> float:
    root = 2 if name[:2] in COMPOUND_SURNAMES else 1
    given = name[root:]
    usual = sum(character in GIVEN for character in given)
    if name[0] == name[-1]:
        return 1  # 乐乐, 糖糖
    return 1.5 * usual / len(given) - (0.3 if len(given) == 1 else 0)


@cache
def _is_verb(text: str) -> bool:
    return is_word(text) and [tag[0] for _, tag in tagged(text)] == ["v"]


@cache
def _first_word(text: str) -> str:
    words = tagged(text)
    return words[0][0] if words else ""
