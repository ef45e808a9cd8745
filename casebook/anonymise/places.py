"""Addresses down to the door, estates, buildings, village groups; a road with no number is none. Pure."""

import re
from collections.abc import Iterator

from casebook.anonymise.edges import after_verbs, left_edge
from casebook.anonymise.findings import Hit, Kind
from casebook.anonymise.folding import HAN, NUMERAL
from casebook.anonymise.words import longest_first, word_list

_N = rf"(?:[0-9A-Za-z]{{1,5}}|[{NUMERAL}]{{1,5}})"
_UNIT = (
    rf"(?:{_N}(?:号楼|号院|号(?:商铺|门面|摊位|铺)?|栋|幢|座|单元|室|层|楼|户|排|间|门面|商铺|铺|摊位|门|区|院|弄)"
    rf"|附\s?{_N}号?|第{_N}(?:排|间|户|栋|号)|特{_N}号|地下车库|地下室|平房|商业街|工业园)"
)
_SUFFIX_UNIT = rf"(?:[东西南北]?头?{_UNIT}|-\s?{_N}(?:号)?|[东西南北]头{_UNIT}|{_N}-{_N}(?:-{_N})?号?)"
_UNITS = rf"(?:\s?[东西南北]?侧?{_SUFFIX_UNIT})+(?:\s?\d{{3,4}}室?)?"
_ROAD_WORD = r"(?:大道|大街|环路|支路|横路|胡同|路|街|巷|弄|里|道)"
_ROAD = re.compile(rf"(?<=[{HAN}]){_ROAD_WORD}(?:[东西南北中]段?|{_N}(?=巷|号)巷?|巷内|内)?(?={_UNITS})")
_ESTATE = re.compile(longest_first(word_list("estates")))
_VILLAGE = re.compile(rf"村(?:委会)?\s?(?:第?{_N}\s?(?:村民小组|组)|[{HAN}]{{1,3}}(?:湾|屯|组|塆|冲))")
_TAIL = re.compile(rf"(?:{_UNITS}|[{HAN}]{{2,6}}(?:小区|花园|大厦|广场|公寓|苑|大楼)(?:{_UNITS})?)+")
_SIDE = re.compile(r"[东西南北]?(?:侧|面|角|边)?(?:空地|围挡外\d{1,3}米|\d{1,3}米处)?")
_ALONE = re.compile(
    rf"(?<![0-9A-Za-z{NUMERAL}])(?:\d{{1,3}}(?:栋|幢|号楼|座)(?:{_UNITS}|\s?\d{{3,4}}室?)?|[A-Z]座(?:{_UNITS})?"
    rf"|\d{{1,2}}单元{_UNITS}|\d{{3,4}}室|\d{{1,3}}号(?:摊位|门面|商铺|铺))"
)
_CROSSING = re.compile(rf"[{HAN}]{{2,4}}{_ROAD_WORD}与[{HAN}]{{2,4}}{_ROAD_WORD}(?:交叉口|交汇处|路口)")
_POST = re.compile(rf"[{HAN}]{{0,10}}桩号\s?K\d+\+\d+(?:处)?")
_SITE = re.compile(
    rf"[{HAN}]{{2,8}}(?:工地|地块)[东西南北]侧(?:围挡外)?(?:\d{{1,3}}米)?(?:空地)?|(?:(?:(?!的)[{HAN}]){{2,4}}(?:商务区|园区|新城|开发区))?[A-Z]-\d{{2}}地块"
)
_GENERIC = re.compile(
    r"^(?:该|本|此|某|各|老旧|住宅|同一|所在|辖区|部分|开放式|封闭式|农贸|市民|文化|城市|休闲|一个|这个|居民|拆迁|老|多个|附近|高层|商业|办公|"
    r"单身|学生|职工|人才|政务|行政|创业|商务|公共|中心|社区|街道|集贸|综合|露天|大型|小型|安置|还建|新建|在建|我|美丽|每个|整个|全|其|到|个|物业|相邻|小|公园|社会)*$"
)


def places(text: str) -> Iterator[Hit]:
    """Everything that leads to a door."""
    for rule in (_roads, _estates, _villages, _alone):
        yield from rule(text)


def _roads(text: str) -> Iterator[Hit]:
    for found in _ROAD.finditer(text):
        start = _not_a_region(text, left_edge(text, *found.span()), found.start())
        end = _end(text, found.end())
        if start < found.start():
            yield _hit(text, start, end)


def _estates(text: str) -> Iterator[Hit]:
    for found in _ESTATE.finditer(text):
        start = _not_a_region(text, left_edge(text, *found.span()), found.start())
        start = after_verbs(text, start, found.start(), _never)
        name = text[start : found.start()]
        if not _GENERIC.match(name) and "某" not in name and len(name) >= 2:
            yield _hit(text, start, _end(text, found.end()))


def _villages(text: str) -> Iterator[Hit]:
    for found in _VILLAGE.finditer(text):
        start = _not_a_region(text, left_edge(text, *found.span()), found.start())
        if start < found.start() and "某" not in text[start : found.start()]:
            yield _hit(text, start, _end(text, found.end()))


def _alone(text: str) -> Iterator[Hit]:
    for pattern in (_ALONE, _CROSSING, _POST, _SITE):
        for found in pattern.finditer(text):
            start = found.start()
            if pattern in (_CROSSING, _SITE) and "某" in found[0]:
                continue
            yield _hit(text, start, _with_side(text, found.end()) if pattern is _CROSSING else found.end())


def _hit(text: str, start: int, end: int) -> Hit:
    return Hit(Kind.ADDRESS, start, end, "地点写到路段或者小区，不写门牌", True, "", described(text[start:end]))


def described(address: str) -> str:
    """某路段, 某小区, 某村: the kind of place."""
    kinds = (
        (r"农贸市场|菜市场|批发市场", "某市场"),
        (r"商务区|工业园", "某园区"),
        (r"小区|花园|苑|家园|嘉园|新村|公寓|公馆|世纪城|华府|名邸|山庄|庄园", "某小区"),
        (r"大道|大街|路|街|巷|弄|胡同|里|道", "某路段"),
        (r"村|湾|组", "某村"),
        (r"大厦|大楼|广场", "某大厦"),
        (r"桩号|工地|地块", "某处"),
    )
    return next((shown for pattern, shown in kinds if re.search(pattern, address)), "某户")


def _end(text: str, start: int) -> int:
    found = _TAIL.match(text, start)
    return found.end() if found else start


def _with_side(text: str, start: int) -> int:
    found = _SIDE.match(text, start)
    return found.end() if found else start


def _never(word: str) -> bool:
    return False


def _not_a_region(text: str, start: int, end: int) -> int:
    """District and street office stay: 江城区柳塘街道|解放路."""
    found = re.match(rf"[{HAN}]{{2,12}}街道(?:办事处)?(?=[{HAN}]{{2}})", text[start:end])
    return start + found.end() if found else start
