"""What the query reader knows by heart: names of laws and colloquial terms, as plain values."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from search.chinese import fold, short_law_name, words
from search.pinyin import SoundTable

# Colloquial terms of so many characters are taken for a verb of one character and its object.
PAIR_LENGTHS, WIDEST_GAP = (2, 3, 4), 4


@dataclass(frozen=True)
class Law:
    """A regulation under any of its names; `key` is its primary key as text, `name` its short title."""

    key: str
    name: str


@dataclass(frozen=True)
class Meaning:
    """One row of the synonym table: what officers say, what the statute says, how they relate."""

    colloquial: str
    statutory: str
    relation: str
    note: str = ""


@dataclass(frozen=True)
class Lexicon:
    """Both tables by folded text, ready for longest-match look-up; names of items, domains and departments."""

    laws: Mapping[str, Law] = field(default_factory=dict)
    meanings: Mapping[str, tuple[Meaning, ...]] = field(default_factory=dict)
    titles: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        laws: Iterable[tuple[str, Law]],
        meanings: Iterable[Meaning],
        *,
        titles: Iterable[str] = (),
        domains: Iterable[str] = (),
        departments: Iterable[str] = (),
    ) -> "Lexicon":
        """From (name, law) pairs, the first of a name winning, and rows of the synonym table.

        EQ rows work both ways; the others lead only from the colloquial to the statutory term.
        `titles` are names of items; `domains` and `departments` what a query can be narrowed to.
        """
        names: dict[str, Law] = {}
        for name, law in laws:
            names.setdefault(short_law_name(name), law)
        table: dict[str, list[Meaning]] = {}
        for row in meanings:
            table.setdefault(fold(row.colloquial), []).append(row)
            if row.relation == "EQ":
                back = Meaning(row.statutory, row.colloquial, "EQ", row.note)
                table.setdefault(fold(row.statutory), []).append(back)
        terms = {term: tuple(rows) for term, rows in table.items()}
        return cls(names, terms, tuple(map(fold, titles)), tuple(domains), tuple(departments))

    @cached_property
    def sounds(self) -> SoundTable:
        """Every name and term by its sound: laws, items, what officers say, then the statute's words."""
        return SoundTable.of((*self.laws, *self.titles, *self.meanings), self._statutory_words())

    def _statutory_words(self) -> Iterator[str]:
        for text in (*self.titles, *(fold(row.statutory) for rows in self.meanings.values() for row in rows)):
            yield from words(text)

    @cached_property
    def law_lengths(self) -> tuple[int, ...]:
        return _lengths(self.laws)

    @cached_property
    def meaning_lengths(self) -> tuple[int, ...]:
        return _lengths(self.meanings)

    def laws_in(self, text: str) -> Iterator[tuple[int, int, Law]]:
        """(start, end, law) of every name in folded text, left to right, the longest at each place."""
        for start, end in _longest_matches(text, self.laws, self.law_lengths):
            yield start, end, self.laws[text[start:end]]

    def meanings_in(self, text: str) -> Iterator[tuple[Meaning, ...]]:
        """The meanings of every colloquial term in folded text, none inside a longer one."""
        for start, end in _longest_matches(text, self.meanings, self.meaning_lengths):
            yield self.meanings[text[start:end]]

    def meanings_apart_in(self, text: str) -> Iterator[tuple[Meaning, ...]]:
        """Meanings of verb and object that stand a few characters apart: 砍树 in 砍了小区的树.

        Only terms that lead to the statute: a wrong guess of the others would do harm.
        """
        for term, rows in self._pairs:
            start = text.find(term[0])
            if start >= 0 and term not in text and _apart(text, term, start):
                yield rows

    @cached_property
    def _pairs(self) -> tuple[tuple[str, tuple[Meaning, ...]], ...]:
        return tuple(
            (term, rows)
            for term, rows in self.meanings.items()
            if len(term) in PAIR_LENGTHS and rows[0].relation in ("UP", "REL")
        )


def _apart(text: str, term: str, start: int) -> bool:
    """Whether the rest of the term follows its first character, there or later, with a gap in between."""
    while start >= 0:
        if text.find(term[1:], start + 2, start + WIDEST_GAP + len(term)) >= 0:
            return True
        start = text.find(term[0], start + 1)
    return False


def _lengths(names: Iterable[str]) -> tuple[int, ...]:
    return tuple(sorted({len(name) for name in names}, reverse=True))


def _longest_matches(text: str, table: Mapping[str, object], lengths: tuple[int, ...]) -> Iterator[tuple[int, int]]:
    start = 0
    while start < len(text):
        end = next((start + n for n in lengths if text[start : start + n] in table), start)
        if end > start:
            yield start, end
        start = max(end, start + 1)
