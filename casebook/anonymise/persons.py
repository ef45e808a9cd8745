"""Names of natural persons, told by what stands around them; a surname alone tells nothing. Pure."""

import re
from collections import Counter
from collections.abc import Iterator

from casebook.anonymise.findings import Hit, Kind
from casebook.anonymise.folding import HAN
from casebook.anonymise.names import Reading, is_everyday, read_name
from casebook.anonymise.organisations import TRADE
from casebook.anonymise.words import (
    BEFORE_NAME,
    COMPOUND_SURNAMES,
    DOING,
    GIVEN,
    SURNAMES,
    TITLES_OF_SURNAME,
    VAGUE_TITLES,
    is_word,
    longest_first,
    tagged,
)

STRONG, CHILD, VAGUE, LISTED, WEAK = 0.1, 1.5, 2.6, 2.2, 4.6  # what a reading must score in each surrounding
_TITLE = re.compile(
    rf"(?P<title>{longest_first(BEFORE_NAME)})"
    r"(?:\([^()]{1,10}\))?(?:姓名|为|是|叫|名叫|有)?[: ]{0,2}“?"
)
_CHILD = re.compile(r"(?P<title>男童|女童|男孩|女孩|幼儿|婴儿|(?<=[，。；、(])如)")
_PREPOSITIONS = "向于从对经由与和应将同都随能有因"
_CUE = re.compile(rf"(?<![{HAN}])|(?<=[由对与和经向将把被给让随同及为的])")
_THINGS = re.compile(r"(?:电话|号|号码|邮箱|信箱|微信|地址|证)$")
_AFTER_MASKED = re.compile(r"(?<=某)[、与和及]")
_JOINT = re.compile(r"\s?(?:、|,|，(?=[^，。]{2,4}[、，])|和|与|及|以及)\s?")
_ASIDE = re.compile(r"(?:\([^()]{1,30}\))?")
_ACTING = re.compile(r"由(?=[^，。；]{2,4}(?:主持|担任|承办|记录|签发|宣读))")
_SEX = re.compile(rf"(?P<name>[{HAN}·]{{2,8}})[，,、]\s?(?:男|女)[，,、。；;(]")
_DETAILS = re.compile(
    rf"(?P<name>[{HAN}·]{{2,4}})\((?=(?:电话|手机|身份证|联系|男|女|绰号|外号|本名|真名|已故|执法证|\+?\d{{11}}|\d{{3}}-|初|高|小学|\d{{1,2}}岁))"
)
_SURNAME_AND_TITLE = re.compile(
    rf"(?<![{HAN}])(?P<name>(?:{'|'.join(COMPOUND_SURNAMES)}|[{''.join(sorted(SURNAMES))}])"
    rf"(?:{longest_first(TITLES_OF_SURNAME)}))"
)
_AFTER_CUE_TITLE = re.compile(_SURNAME_AND_TITLE.pattern.replace(rf"(?<![{HAN}])", r"(?<=[的由对与和向及人、])"))
_CALLED = re.compile(r"(?:绰号|外号|人称|自称|别名|小名|诨名|别号)“?(?P<name>[^“”，。；()\n]{2,4})(?=[”，。；)])")
_ALSO = re.compile(rf"(?P<name>[{HAN}]{{2,3}})(?=[，(]?(?:真名|本名|全名|原名))")
_SAYS = re.compile(
    rf"“(?P<name>[{HAN}]哥|[{HAN}]姐|[{HAN}]总)”|(?:(?<![{HAN}])|(?<=楼下)|(?<=楼上)|(?<=隔壁)|(?<=邻居))(?P<second>老[{''.join(sorted(SURNAMES))}])(?=家|说|称|的|那)"
)
_SURNAME_ONLY = re.compile(rf"(?P<name>姓[{''.join(sorted(SURNAMES))}])(?=的|[，。；、)])")
_HALF_MASKED = re.compile(
    rf"(?P<surname>[{''.join(sorted(SURNAMES))}])某(?![某甲乙丙丁戊己庚辛壬癸])[{HAN}](?=[^{HAN}]|等|的|用|与|和|称)"
)
_KIN_LATIN = re.compile(r"(?:其子|其女|其妻|其夫|名叫|外籍人员|外籍|护照持有人为其子)\s?(?P<name>[A-Z][a-z]+)")
_NEXT = tuple(DOING)
_WHY = "自然人姓名"


def persons(text: str, all_text: str) -> Iterator[Hit]:
    """Every name that its surroundings give away, in one text; `all_text` is the whole case."""
    for title, reading in _after_titles(text):
        yield from _with_list(text, reading, title)
    for reading in (*_acting(text), *_beside_masked(text), *_by_what_they_do(text, all_text)):
        yield from _with_list(text, reading, "")
    yield from _by_form(text)


def _acting(text: str) -> Iterator[Reading]:
    """由万里主持."""
    readings = (read_name(text, cue.end()) for cue in _ACTING.finditer(text))
    yield from (reading for reading in readings if reading and reading.score >= STRONG)


def _beside_masked(text: str) -> Iterator[Reading]:
    """蔡某某与关山月: who stands beside a masked name."""
    readings = (read_name(text, joint.end()) for joint in _AFTER_MASKED.finditer(text))
    yield from (reading for reading in readings if reading and reading.score >= LISTED)


def _after_titles(text: str) -> Iterator[tuple[str, Reading]]:
    """店主王建国, 执法人员李伟, 法定代表人：周启明."""
    for pattern in (_TITLE, _CHILD):
        for found in pattern.finditer(text):
            reading = read_name(text, found.end())
            name = text[reading.start : reading.end] if reading else ""
            if reading and reading.score >= _needed(found["title"], name) and not _is_title(text, reading):
                yield found["title"], reading


def _needed(title: str, name: str) -> float:
    """What a reading after a title must score; 向 and 于 begin phrases more often than names."""
    if name[0] in _PREPOSITIONS:
        return VAGUE + 0.6
    if title in VAGUE_TITLES:
        return VAGUE
    return CHILD if _CHILD.fullmatch(title) else STRONG


def _is_title(text: str, reading: Reading) -> bool:
    """经理 in 项目经理, 主任 in 副主任: a title after a title is no name."""
    return text[reading.start : reading.end] in _TITLES


_TITLES = {*BEFORE_NAME, *TITLES_OF_SURNAME, "安全员", "单位", "公司", "方面", "双方"}


def _with_list(text: str, first: Reading, title: str) -> Iterator[Hit]:
    """The name, and those joined to it: 李伟、陈涛和王敏."""
    yield _hit(text, first, title)
    place = first.end
    while joint := _JOINT.match(text, _ASIDE.match(text, place).end()):  # type: ignore[union-attr]  # may be empty
        reading = read_name(text, joint.end())
        needed = STRONG if title not in {"", *VAGUE_TITLES} else LISTED
        if not reading or reading.score < needed - (0.7 if joint[0].strip() == "、" else 0):
            return
        yield _hit(text, reading, title)
        place = reading.end


def _hit(text: str, reading: Reading, title: str) -> Hit:
    name = text[reading.start : reading.end]
    if is_word(name):
        return Hit(Kind.PERSON, reading.start, reading.end, "可能是姓名，也是常用词，请核对", False, title)
    return Hit(Kind.PERSON, reading.start, reading.end, f"{title}{_WHY}" if title else _WHY, True, title)


def _by_what_they_do(text: str, all_text: str) -> Iterator[Reading]:
    """A name at the beginning of a clause or after 由, 对, 与, with what a person does after it."""
    for cue in _CUE.finditer(text):
        reading = read_name(text, cue.end())
        if reading and _convinces(text, reading, all_text):
            yield reading


def _convinces(text: str, reading: Reading, all_text: str) -> bool:
    name = text[reading.start : reading.end]
    if is_word(name) or name in _TITLES or len(name) < 2:
        return False
    named = 0.8 if [tag for _, tag in tagged(name)] == ["nr"] else 0
    acts = text.startswith(_NEXT, reading.end)
    listed = bool(_JOINT.match(text, reading.end))
    repeated = min(_different_neighbours(name, all_text) - 1, 2) * 0.7
    everyday = 0.6 if is_everyday(name) else 0
    return reading.score + (1 if acts else 0.3 if listed else 0) + repeated + named - everyday >= WEAK


def _different_neighbours(name: str, all_text: str) -> int:
    """How many different characters follow the name: a name goes on in many ways, a chance cut in one."""
    return len(Counter(all_text[at.end() : at.end() + 1] for at in re.finditer(re.escape(name), all_text)))


def _by_form(text: str) -> Iterator[Hit]:
    """Names that the writing itself marks."""
    for rule in (_with_details, _surnames_with_titles, _nicknames, _half_told):
        yield from rule(text)


def _with_details(text: str) -> Iterator[Hit]:
    """刘金花，女，…; 李明（电话…）: the name ends where the details begin."""
    for found in (*_SEX.finditer(text), *_DETAILS.finditer(text)):
        reading = None if _THINGS.search(found["name"]) else _ending_at(text, *found.span("name"))
        if reading:
            yield _hit(text, reading, "")


def _ending_at(text: str, start: int, end: int) -> Reading | None:
    readings = (read_name(text, place) for place in range(start, end - 1))
    return next((one for one in readings if one and one.end == end and one.score >= STRONG), None)


def _surnames_with_titles(text: str) -> Iterator[Hit]:
    for found in (*_SURNAME_AND_TITLE.finditer(text), *_AFTER_CUE_TITLE.finditer(text)):
        if not is_word(found["name"]):
            yield Hit(Kind.PERSON, *found.span("name"), "姓氏加称呼", True, "称呼")


def _nicknames(text: str) -> Iterator[Hit]:
    for found in (*_CALLED.finditer(text), *_ALSO.finditer(text)):
        if "某" not in found["name"] and not is_word(found["name"]) and not TRADE.search(found["name"]):
            yield Hit(Kind.PERSON, *found.span("name"), "绰号可能认出本人", False, "绰号")
    for found in _SAYS.finditer(text):
        yield Hit(Kind.PERSON, *found.span("name" if found["name"] else "second"), "绰号可能认出本人", False, "绰号")


def _half_told(text: str) -> Iterator[Hit]:
    """肖某乐, 姓冯的, 其子David: part of a name."""
    for found in _HALF_MASKED.finditer(text):
        if found[0][-1] in GIVEN:
            yield Hit(Kind.PERSON, *found.span(), "姓名只遮盖了一个字", False, "绰号", f"{found['surname']}某")
    for found in _SURNAME_ONLY.finditer(text):
        yield Hit(Kind.PERSON, *found.span("name"), "写出了姓氏", False, "绰号", "不具名")
    for found in _KIN_LATIN.finditer(text):
        yield Hit(Kind.PERSON, *found.span("name"), "外文姓名", False, "绰号")
