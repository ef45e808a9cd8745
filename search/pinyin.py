"""Names by their sound: what was typed in pinyin, and what was typed with a wrong character of the same sound.

The table is made from the lexicon when first needed and kept with it; a query without letters of its
own never asks for readings of whole words.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TypeVar

from pypinyin import Style, lazy_pinyin

# Initials of fewer letters fit too many names.
SHORTEST_INITIALS, SHORTEST_FULL = 3, 4
# A name that can be taken for another one is at least a word and at most a phrase.
SHORTEST_NAME, LONGEST_NAME = 2, 16
# One wrong character of three still tells which word was meant.
SHORTEST_MASKED = 3

Key = TypeVar("Key", bound=Hashable)


@cache
def sound(character: str) -> str:
    """The usual reading of one character without tone; what has none stands for itself."""
    return lazy_pinyin(character, style=Style.NORMAL)[0]


def sounds(text: str) -> tuple[str, ...]:
    """Readings character by character: two spellings sound alike when these are equal."""
    return tuple(map(sound, text))


@dataclass(frozen=True)
class SoundTable:
    """Names, those to be preferred first, by their initials, their full pinyin and their characters' sounds.

    `words` are cut by machine: they may be typed in pinyin; as what was meant by a wrong character
    only those of two characters or of more than three count, for pieces of three are often no words.
    """

    names: tuple[str, ...]
    words: tuple[str, ...] = ()

    @classmethod
    def of(cls, names: Iterable[str], words: Iterable[str] = ()) -> "SoundTable":
        """From folded names and words; what is not all Han characters has no sound."""
        return cls(tuple(dict.fromkeys(filter(_has_sound, names))), tuple(dict.fromkeys(filter(_has_sound, words))))

    def named(self, letters: str) -> tuple[str, ...]:
        """Names written so in pinyin, in full (zhandaojingying) or by initials (zdjy); none when too short."""
        full = self._full.get(letters, ()) if len(letters) >= SHORTEST_FULL else ()
        return full or (self._initials.get(letters, ()) if len(letters) >= SHORTEST_INITIALS else ())

    def alike(self, text: str) -> tuple[str, ...]:
        """Names that sound like this text and are written otherwise."""
        found = self._alike.get(sounds(text), ()) if _has_sound(text) else ()
        return () if text in found else found

    def spelt_out(self, letters: str) -> tuple[str, ...]:
        """Names written one after another in full pinyin (guangchangwuzaosheng), joined; none when a rest stays."""
        for end in range(len(letters), SHORTEST_FULL - 1, -1):
            first = self._full.get(letters[:end], ())
            rest = ("",) if end == len(letters) else self.spelt_out(letters[end:]) if first else ()
            if first and rest:
                return (first[0] + rest[0],)
        return ()

    def near(self, text: str) -> tuple[str, ...]:
        """Names that differ from this text in one character, whatever its sound."""
        if len(text) < SHORTEST_MASKED or text in self._known or not _has_sound(text):
            return ()
        return tuple(dict.fromkeys(name for mask in _masks(text) for name in self._masked.get(mask, ())))

    def __contains__(self, text: object) -> bool:
        return text in self._known

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset((*self.names, *self.words))

    @cached_property
    def _masked(self) -> Mapping[str, tuple[str, ...]]:
        long = (name for name in self.names if len(name) >= SHORTEST_MASKED)
        return _grouped((mask, name) for name in long for mask in _masks(name))

    @cached_property
    def _readings(self) -> Mapping[str, list[str]]:
        """Readings of whole words: 重 is chong in 重庆 and zhong in 承重墙."""
        return {name: lazy_pinyin(name, style=Style.NORMAL) for name in dict.fromkeys((*self.names, *self.words))}

    @cached_property
    def _full(self) -> Mapping[str, tuple[str, ...]]:
        return _grouped(("".join(reading), name) for name, reading in self._readings.items())

    @cached_property
    def _initials(self) -> Mapping[str, tuple[str, ...]]:
        return _grouped(("".join(syllable[0] for syllable in reading), n) for n, reading in self._readings.items())

    @cached_property
    def _alike(self) -> Mapping[tuple[str, ...], tuple[str, ...]]:
        words = (word for word in self.words if len(word) != SHORTEST_MASKED)
        return _grouped((sounds(name), name) for name in dict.fromkeys((*self.names, *words)))


def _grouped(pairs: Iterable[tuple[Key, str]]) -> dict[Key, tuple[str, ...]]:
    table: dict[Key, list[str]] = {}
    for key, name in pairs:
        table.setdefault(key, []).append(name)
    return {key: tuple(names) for key, names in table.items()}


def _masks(text: str) -> Iterator[str]:
    return (f"{text[:i]}_{text[i + 1 :]}" for i in range(len(text)))


def _has_sound(text: str) -> bool:
    return SHORTEST_NAME <= len(text) <= LONGEST_NAME and all("\u4e00" <= character <= "\u9fff" for character in text)
