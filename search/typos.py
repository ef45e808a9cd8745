"""What may have been meant by a query with a wrong character: 行证处罚, 油湮, 碴土车.

Pure: says which readings there are and what in the index would speak against them. `search.finding`
asks the index and offers what is left.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from search.chinese import bigrams, words
from search.lexicon import Lexicon

# A phrase of so many characters with the same sound throughout, which no document holds, is no accident.
SURE_LENGTH = 3
LONGEST_WINDOW, SHORTEST_WINDOW = 10, 2

Span = tuple[int, int]


@dataclass(frozen=True)
class Correction:
    """`text` is the whole query corrected; `against` are pairs of characters that, if one document holds
    them all, defend the typed word; `sure` when its sound is that of a known name throughout.
    """

    typed: str
    meant: str
    text: str
    against: tuple[str, ...]
    sure: bool = False


def corrections(text: str, lexicon: Lexicon) -> Iterator[Correction]:
    """Readings of folded text with one word put right, the longest word first; known words are left alone."""
    known = list(_known_spans(text, lexicon))
    edges = set(_edges(text))
    for length in range(min(LONGEST_WINDOW, len(text)), SHORTEST_WINDOW - 1, -1):
        for window in ((start, start + length) for start in range(len(text) - length + 1)):
            if all(_leaves(span, window) for span in known):
                yield from _alike(text, window, lexicon)
            if edges.issuperset(window) and all(_apart(span, window) for span in known):
                yield from _guessed(text, window, lexicon)


def _alike(text: str, window: Span, lexicon: Lexicon) -> Iterator[Correction]:
    start, end = window
    if end - start >= SURE_LENGTH:
        for meant in lexicon.sounds.alike(text[start:end]):
            right = text[:start] + meant + text[end:]
            yield Correction(text[start:end], meant, right, tuple(bigrams(text[start:end])), sure=True)


def _guessed(text: str, window: Span, lexicon: Lexicon) -> Iterator[Correction]:
    """Names with another character in one place, and words of two characters that sound so."""
    start, end = window
    typed, table = text[start:end], lexicon.sounds
    for meant in table.near(typed) if end - start >= SURE_LENGTH else table.alike(typed):
        wrong = next((pair for pair in bigrams(typed) if pair not in meant), typed)
        yield Correction(typed, meant, text[:start] + meant + text[end:], (wrong,))


def _edges(text: str) -> Iterator[int]:
    """Places where a word of the text begins or ends."""
    at = 0
    for word in words(text):
        at = text.index(word, at)
        yield at
        at += len(word)
        yield at


def _known_spans(text: str, lexicon: Lexicon) -> Iterator[Span]:
    """Where known names stand, the longest at each place."""
    start = 0
    while start < len(text):
        ends = range(min(len(text), start + LONGEST_WINDOW), start + 1, -1)
        end = next((end for end in ends if text[start:end] in lexicon.sounds), start)
        if end > start:
            yield start, end
        start = max(end, start + 1)


def _leaves(known: Span, window: Span) -> bool:
    """Whether a window leaves a known name alone, or holds the whole of it as part of a longer one."""
    return _apart(known, window) or (window[0] <= known[0] and known[1] <= window[1] and window != known)


def _apart(known: Span, window: Span) -> bool:
    return window[1] <= known[0] or known[1] <= window[0]
