"""Names that are also words (巫山, 左右, 季节), told by the company they keep. Always for a person to check. Pure."""

import re
from collections.abc import Iterator, Sequence

from casebook.anonymise.findings import Hit, Kind
from casebook.anonymise.folding import HAN, is_han
from casebook.anonymise.words import (
    AFTER_NAME,
    BEFORE_NAME,
    COMPOUND_SURNAMES,
    DOING,
    NEVER_NAMES,
    NOT_NAMES,
    SURNAMES,
    TITLES_OF_SURNAME,
    VAGUE_TITLES,
    longest_first,
    tagged,
)

WHY = "可能是姓名，也是常用词，请核对"
_TITLES = {*BEFORE_NAME, *TITLES_OF_SURNAME}
_ENDS_IN_TITLE = re.compile(rf"(?:{longest_first([title for title in BEFORE_NAME if len(title) > 1])})$")
_JOINTS = ("、", "和", "与", "及")
_COUNTED = re.compile(r"(?=等?[两二三四五六七八九十]人)")
_IN_OFFICE = re.compile(r"(?=(?:共同|分别|一起)?担任.{0,8}?[员人长])")
_DWELLING = re.compile(
    rf"(?:(?<![{HAN}])|(?<=[、和与]))(?P<name>[{HAN}]{{2,3}})(?=家?住(?:在|于)?[{HAN}]{{0,12}}?[0-9]{{1,4}}[室号栋户])"
)
_GOES_ON = re.compile(rf"[^{HAN}]|$|[{''.join(_JOINTS)}]|{longest_first([*AFTER_NAME, *DOING])}")
_ROLE = re.compile(longest_first([title for title in BEFORE_NAME if len(title) > 2 and title not in VAGUE_TITLES]))
_DOES = re.compile(longest_first(DOING))
_NOUNS = {"n", "ns", "nz", "nt", "nr", "nrt"}
_PARTICLES = set("的了和与及等")
_GRAMMAR = _PARTICLES | set("是在或被将把也都已未")


def doubtful(text: str, people: Sequence[Hit]) -> Iterator[Hit]:
    """What stands in one list with a person, or does what only people do. `people` are those found for certain."""
    for hit in (*_in_lists(text, people), *_counted_or_in_office(text), *_dwelling(text), *_after_roles(text)):
        yield Hit(Kind.PERSON, *hit, WHY, False, "")


def _in_lists(text: str, people: Sequence[Hit]) -> Iterator[tuple[int, int]]:
    """蒙田 and 左右 in 蒙田、荣耀、左右被劝离, where 荣耀 is known."""
    for hit in people:
        yield from _before(text, hit.start)
        yield from _after(text, hit.end)


def _before(text: str, start: int) -> Iterator[tuple[int, int]]:
    while start and text[start - 1] == "、" and (name := _ending_at(text, start - 1)):
        yield name
        start = name[0]


def _after(text: str, end: int) -> Iterator[tuple[int, int]]:
    while text[end : end + 1] == "、" and (name := _beginning_at(text, end + 1)):
        yield name
        end = name[1]


def _counted_or_in_office(text: str) -> Iterator[tuple[int, int]]:
    """于是之、安全 in 安装工于是之、安全两人; 季节 in 牛得草、季节担任听证员."""
    for pattern in (_COUNTED, _IN_OFFICE):
        for found in pattern.finditer(text):
            yield from _list_up_to(text, found.start())


def _list_up_to(text: str, end: int) -> list[tuple[int, int]]:
    """Two names or more, joined, the last of which ends here; words of drafts among them, too."""
    names: list[tuple[int, int]] = []
    while name := _ending_at(text, end, ordinary=True):
        names.append(name)
        if text[name[0] - 1 : name[0]] not in _JOINTS:
            break
        end = name[0] - 1
    return names if len(names) > 1 else []


def _dwelling(text: str) -> Iterator[tuple[int, int]]:
    """巫山 in 巫山住2107室."""
    yield from (found.span("name") for found in _DWELLING.finditer(text) if _is_name(found["name"]))


def _after_roles(text: str) -> Iterator[tuple[int, int]]:
    """石头 in 协管员石头在: a thing's name right after who it is, and what a person does."""
    for found in _ROLE.finditer(text):
        start, end = found.end(), found.end() + 2
        thing = {tag for _, tag in tagged(text[start:end])} <= _NOUNS
        if thing and _is_name(text[start:end]) and _DOES.match(text, end):
            yield start, end


def _beginning_at(text: str, start: int) -> tuple[int, int] | None:
    """The shortest name from here after which something can go on."""
    ends = (start + length for length in (2, 3))
    return next(((start, end) for end in ends if _is_name(text[start:end]) and _GOES_ON.match(text, end)), None)


def _ending_at(text: str, end: int, *, ordinary: bool = False) -> tuple[int, int] | None:
    """The shortest name up to here before which a title stands, a joint, or no Han character."""
    starts = (end - length for length in (2, 3, 4) if length <= end)
    found = (start for start in starts if _is_name(text[start:end], ordinary=ordinary) and _begins(text, start))
    return next(((start, end) for start in found), None)


def _begins(text: str, start: int) -> bool:
    before = text[max(0, start - 8) : start]
    return not before or not is_han(before[-1]) or before[-1] in _JOINTS or bool(_ENDS_IN_TITLE.search(before))


def _is_name(name: str, *, ordinary: bool = False) -> bool:
    """Whether it has the form of a name; with `ordinary` words of drafts count, too."""
    never = NEVER_NAMES | _TITLES | (set() if ordinary else NOT_NAMES)
    if len(name) < 2 or not is_han(name) or name in never or "某" in name:
        return False
    root = 2 if name[:2] in COMPOUND_SURNAMES and len(name) > 2 else 1
    grammar = _PARTICLES if ordinary else _GRAMMAR
    return (root == 2 or name[0] in SURNAMES) and len(name) - root <= 2 and not grammar & set(name[1:])
