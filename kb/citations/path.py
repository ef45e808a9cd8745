"""Reads 第X条第Y款第（Z）项 with its lists and ranges, from a position in folded text."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kb.citations.grammar import CONNECTOR, ONE_NUMBER, PART, PART_NAMES, TO, UNIT
from kb.citations.values import Hint
from kb.keys import WITHIN_ARTICLE
from kb.numerals import LARGEST, to_number

STRUCTURE = {"编": "b", "分编": "sb", "章": "c", "节": "s"}
_RANK = {"编": -4, "分编": -3, "章": -2, "节": -1, "条": 0, "款": 1, "项": 2, "目": 3}
_LONGEST_RANGE = 300
_TO_WORDS = set(TO.strip("(?:)").split("|"))


@dataclass(frozen=True, slots=True)
class Place:
    """A provision being named, part by part."""

    structure: tuple[tuple[str, int], ...] = ()
    article: str = ""
    paragraph: int | None = None
    item: int | None = None
    subitem: int | None = None

    @classmethod
    def from_key(cls, key: str) -> "Place":
        """`33.p1.i2` taken apart; a key outside articles gives an empty place."""
        article, _, rest = key.partition(".")
        found = WITHIN_ARTICLE.match(f"0.{rest}" if rest else "0")
        if not found:
            return cls()
        numbers = [int(found[k]) if found[k] else None for k in "pis"]
        return cls((), article, *numbers)

    @property
    def key(self) -> str:
        if not self.article:
            return ".".join(f"{STRUCTURE[unit]}{number}" for unit, number in self.structure)
        parts = (("p", self.paragraph), ("i", self.item), ("s", self.subitem))
        return self.article + "".join(f".{letter}{n}" for letter, n in parts if n is not None)

    @property
    def unit(self) -> str:
        """The narrowest unit that is named."""
        named = (("目", self.subitem), ("项", self.item), ("款", self.paragraph))
        return next((unit for unit, number in named if number is not None), "条")

    def narrowed(self, unit: str, number: int, sub: int | None = None) -> "Place":
        """The place with that unit set and everything below it cleared."""
        if unit == "条":
            return Place(article=f"{number}-{sub}" if sub else str(number))
        if unit == "款":
            return replace(self, paragraph=number, item=None, subitem=None)
        if unit == "项":
            return replace(self, item=number, subitem=None)
        if unit == "目":
            return replace(self, subitem=number) if self.item is not None else self
        above = tuple(part for part in self.structure if _RANK[part[0]] < _RANK[unit])
        return Place(structure=(*above, (unit, number)))


@dataclass(frozen=True, slots=True)
class Element:
    """One piece of a list: the places it names, its span, its unit, what to say about it."""

    places: tuple[Place, ...]
    start: int
    end: int
    unit: str
    part: str = ""
    hints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Unit:
    """第三、四条 read as one token."""

    unit: str
    numbers: tuple[int, ...]
    sub: int | None
    start: int
    end: int
    # written with 第 or in brackets, so that it cannot be a count (前款三项行为)
    ordinal: bool


def read_elements(text: str, pos: int, base: tuple[Place, ...], start: int, *, loose: bool = False) -> list[Element]:
    """Every element of the path at `pos`, the first one spanning from `start`.

    `base` is what 前款 or 本条 stands for; `loose` lets the first unit do without 第.
    Gives an empty list when nothing is read and the base is empty.
    """
    first = _read_run(text, pos, base, start, loose=loose)
    elements = [first] if first else []
    while elements and (found := _next_in_list(text, elements[-1])):
        elements[-1:] = found
    return elements


def _next_in_list(text: str, last: Element) -> list[Element] | None:
    """The element after 、 or 和, or the last one lengthened to a range by 至."""
    connector = CONNECTOR.match(text, last.end)
    if not connector:
        return None
    unit = read_unit(text, connector.end())
    if not unit or not (unit.ordinal or unit.unit == last.unit) or _RANK[unit.unit] > _RANK[last.unit]:
        return None
    following = _read_run(text, connector.end(), last.places[-1:], unit.start, loose=True)
    if not following:
        return None
    if connector["word"] in _TO_WORDS:
        return [_as_range(last, following)]
    return [last, following]


def _read_run(text: str, pos: int, base: tuple[Place, ...], start: int, *, loose: bool) -> Element | None:
    """Units from wide to narrow: 第X条第Y款第Z项."""
    places, hints, end, last = base or (Place(),), [], pos, ""
    while unit := read_unit(text, end + _gap(text, end)):
        if not (unit.ordinal or loose) or (last and _RANK[unit.unit] <= _RANK[last]):
            break
        hints += _hints(unit, places[-1])
        narrowed = tuple(places[-1].narrowed(unit.unit, n, unit.sub) for n in unit.numbers)
        places = narrowed if len(places) == 1 or not last else (*places[:-1], *narrowed)
        loose, last, end = loose and not unit.ordinal, unit.unit, unit.end
    if not last and not base:
        return None
    part = PART.match(text, end)
    name = PART_NAMES.get(part["part"], part["part"]) if part else ""
    return Element(places, start, part.end() if part else end, last or places[-1].unit, name, tuple(hints))


def read_unit(text: str, pos: int) -> _Unit | None:
    """`第三、四条` or `(二)项` at the position; None when there is none or its number is absurd."""
    found = UNIT.match(text, pos)
    if not found:
        return None
    numbers = tuple(_numbers(found["numbers"]))
    sub = to_number(found["sub"]) if found["sub"] and found["unit"] == "条" else None
    if not numbers or (sub is not None and not 1 <= sub <= 99):
        return None
    end = found.end() if found["unit"] == "条" else found.end("unit")
    return _Unit(found["unit"], numbers, sub, pos, end, found["numbers"].startswith(("第", "(")))


def _numbers(written: str) -> Iterator[int]:
    """`二、三` -> 2, 3; `(二)至(四)` -> 2, 3, 4. Numbers outside 1..9999 are left out."""
    previous = None
    for found in ONE_NUMBER.finditer(written):
        number = to_number(found["number"])
        if not 1 <= number <= LARGEST:
            continue
        if found["joint"] and previous and 0 < number - previous <= _LONGEST_RANGE:
            yield from range(previous + 1, number)
        yield number
        previous = number


def _gap(text: str, pos: int) -> int:
    """Blanks, 的 and 规定的 that may stand between two units: 前款规定的第一项."""
    for filler in ("规定的", "所列", "中", "的", " "):
        if text.startswith((f"{filler}第", f"{filler}("), pos):
            return len(filler)
    return 0


def _hints(unit: _Unit, place: Place) -> list[str]:
    if unit.unit == "目" and place.item is None:
        return [Hint.SUBITEM_WITHOUT_ITEM]
    if unit.unit == "项" and place.article and place.paragraph is None:
        return [Hint.ITEM_WITHOUT_PARAGRAPH]
    if unit.unit == "款" and unit.numbers == (1,):
        return [Hint.FIRST_PARAGRAPH]
    return []


def _as_range(first: Element, last: Element) -> Element:
    between = tuple(_between(first.places[-1], last.places[0]))
    hints = (*first.hints, *last.hints)
    if not between and first.places[-1] != last.places[0]:
        hints = (*hints, Hint.LONG_RANGE)
    places = (*first.places, *between[:-1], *last.places) if between else (*first.places, *last.places)
    return replace(last, places=places, start=first.start, hints=hints)


def _between(a: Place, b: Place) -> Iterator[Place]:
    """The places after `a` up to `b`, when both are numbers of one kind under one parent."""
    parts = (("目", a.subitem, b.subitem), ("项", a.item, b.item), ("款", a.paragraph, b.paragraph))
    for unit, low, high in parts:
        if high is not None:
            if low is not None and a.narrowed(unit, high) == b:
                yield from (b.narrowed(unit, n) for n in _steps(low, high))
            return
    yield from _chapters_between(a, b) if b.structure else _articles_between(a, b)


def _chapters_between(a: Place, b: Place) -> Iterator[Place]:
    (unit, high), above = b.structure[-1], b.structure[:-1]
    if a.structure and a.structure[:-1] == above and a.structure[-1][0] == unit:
        yield from (replace(b, structure=(*above, (unit, n))) for n in _steps(a.structure[-1][1], high))


def _articles_between(a: Place, b: Place) -> Iterator[Place]:
    if a.paragraph is not None or a.item is not None or not (a.article and b.article):
        return
    (low, _, low_sub), (high, _, high_sub) = a.article.partition("-"), b.article.partition("-")
    if low == high and high_sub:
        yield from (Place(article=f"{low}-{n}") for n in _steps(int(low_sub or 0), int(high_sub)))
    elif low.isdigit() and high.isdigit() and not low_sub and not high_sub:
        yield from (Place(article=str(n)) for n in _steps(int(low), int(high)))


def _steps(low: int, high: int) -> range:
    return range(low + 1, high + 1) if 0 < high - low <= _LONGEST_RANGE else range(0)
