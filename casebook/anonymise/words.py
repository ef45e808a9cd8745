"""Word lists of the rules, one file each under words/ with its use in the first line, and the segmenter. Pure.

Lists are short on purpose: a word is there because the form of case drafts calls for it.
"""

from functools import cache, lru_cache
from pathlib import Path

import rjieba

_FOLDER = Path(__file__).parent / "words"


def word_list(name: str) -> list[str]:
    """The words of a file in its order."""
    return [word for line in _lines(name) for word in line.split()]


def characters(name: str) -> frozenset[str]:
    """The characters of a file."""
    return frozenset("".join(_lines(name)))


def _lines(name: str) -> list[str]:
    return [line for line in (_FOLDER / f"{name}.txt").read_text("utf-8").splitlines() if not line.startswith("#")]


SURNAMES = characters("surnames")
COMPOUND_SURNAMES = frozenset(word_list("compound_surnames"))
EVERYDAY_SURNAMES = characters("everyday_surnames")
GIVEN = characters("given")
BEFORE_NAME = word_list("before_names")
VAGUE_TITLES = frozenset(word_list("vague_titles"))
OFFICERS = frozenset(word_list("officers"))
WITNESSES = frozenset(word_list("witnesses"))
AFTER_NAME = word_list("after_names")
TITLES_OF_SURNAME = word_list("titles_of_surnames")
DOING = word_list("doing")
PEOPLES = word_list("peoples")
NEVER_NAMES = frozenset(word_list("never_names"))
FIXED_TERMS = word_list("fixed_terms")
NOT_NAMES = frozenset(word_list("not_names"))


def longest_first(words: list[str]) -> str:
    """The words as an alternation for a pattern."""
    return "|".join(sorted(words, key=len, reverse=True))


@cache
def is_word(text: str) -> bool:
    """Whether the dictionary of the segmenter holds it, as something else than a person's name."""
    if text in NOT_NAMES:
        return True
    if not rjieba.has_word(text):
        return False
    return [tag for _, tag in rjieba.tag(text)] not in (["nr"], ["nrt"], ["nrfg"])


@lru_cache(maxsize=2000)
def cut(text: str) -> tuple[str, ...]:
    """The words of a stretch, those of the dictionary only."""
    return tuple(rjieba.cut(text, False))


def tagged(text: str) -> list[tuple[str, str]]:
    """Words with their part of speech."""
    return list(rjieba.tag(text))
