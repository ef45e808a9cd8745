"""Where the name of a shop or a place begins: walking left, word by word, from what ends it. Pure."""

import re
from collections.abc import Callable

from casebook.anonymise.folding import HAN
from casebook.anonymise.words import is_word, tagged, word_list

_RUN = re.compile(rf"[{HAN}A-Za-z0-9·]*$")
LONGEST = 24
# Parts of speech that join sentences, not names: prepositions, conjunctions, particles, pronouns, adverbs.
_JOINTS = {"p", "c", "u", "uj", "ul", "uz", "ug", "r", "d", "y", "f"}
# Words of drafts that stand before a name and never in one.
_STOPS = frozenset(word_list("stops"))


def left_edge(text: str, core: int, end: int, floor: int = 0) -> int:
    """Offset where the name begins whose last part (店, 路) stands at `core` to `end`; `core` when it has no more."""
    run = _RUN.search(text[max(floor, core - LONGEST) : end])
    if not run or not run[0]:
        return core
    start = end
    words = tagged(run[0])
    for place in range(len(words) - 1, -1, -1):
        if start <= core and _stops(words, place):
            break
        start -= len(words[place][0])
    return min(start, core)


def after_verbs(text: str, start: int, core: int, kept: Callable[[str], bool]) -> int:
    """Offset after the last verb between `start` and `core`: 轻信|装修公司. `kept` are no verbs here."""
    place = edge = start
    for word, tag in tagged(text[start:core]):
        place += len(word)
        if tag.startswith("v") and len(word) > 1 and is_word(word) and not kept(word):
            edge = place
    return edge


def _stops(words: list[tuple[str, str]], place: int) -> bool:
    word, tag = words[place]
    if word == "和":  # 当事人和美家园物业: a syllable of the name
        return place > 0 and len(words[place - 1][0]) > 1 and words[place - 1][0] not in _STOPS
    return word in _STOPS or (tag in _JOINTS and len(word) < 3 and word != "里")  # 幸福里小区
