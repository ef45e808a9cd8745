"""Names of companies, shops, schools; kinds of shop without a name (一家烧烤店) are none. Pure."""

import re
from collections.abc import Iterator

from casebook.anonymise.edges import after_verbs, left_edge
from casebook.anonymise.findings import Hit, Kind
from casebook.anonymise.folding import HAN
from casebook.anonymise.words import SURNAMES, tagged, word_list

SUFFIXES = sorted(word_list("firm_endings"), key=len, reverse=True)
TRADES = sorted(word_list("trades"), key=len, reverse=True)
_ENDING = "|".join(SUFFIXES)
# 百货店, 餐馆 after 川味坊: the name goes on to the last ending
_SUFFIX = re.compile(
    rf"(?:(?:百货|火锅|烤鱼|物业)(?=店|超市|商行|馆|公司|有限))?(?:{_ENDING})(?:[餐饭酒面茶食](?:馆|店|楼|厅))?"
)
_AFTER = re.compile(r"(?:[(（]个体工商户[)）])?")
TRADE = re.compile("|".join(TRADES))
_GENERIC = frozenset(word_list("generic"))
_REGION = re.compile(rf"^(?:[{HAN}]{{2,3}}?(?:省|市|区|县|镇|街道|村))+")
# endings that hardly follow a bare kind of trade, so that a verb before them is part of the name
_DISTINCT = (
    "有限公司",
    "有限责任公司",
    "律师事务所",
    "经营部",
    "门市部",
    "合作社",
    "工作室",
    "客栈",
    "俱乐部",
    "工程部",
)
_MASKED = re.compile(r"某|[×*]")
_NUMBERED = re.compile(r"第[一二三四五六七八九十百]+(?:实验|人民|初级|高级|中心|职业)*$")  # 第六中学, 第一人民医院
_NO_END = re.compile(r"[到进入在本该此其出离]$")  # 到店, 该店
_SIGNBOARD = re.compile(
    rf"(?<![{HAN}])?[{''.join(sorted(SURNAMES))}]记(?![录载者账得性入忆号名住叙述明])[{HAN}]{{2,3}}?(?=[”、，。的（(两二和]|$)"
)
_KNOWN_SHORT = re.compile(r"公司|厂|物业")


def organisations(text: str) -> Iterator[Hit]:
    """Names that end in a word for a firm, a shop or a school, as far left as the name goes."""
    cursor = 0
    for found in _SUFFIX.finditer(text):
        if found.start() < cursor or _goes_on(text, found):
            continue
        start = left_edge(text, *found.span(), cursor)
        end = _AFTER.match(text, found.end()).end()  # type: ignore[union-attr]  # an optional group always matches
        start += _inner_start(text[start : found.start()])
        if not found[0].endswith(_DISTINCT):
            start = after_verbs(text, start, found.start(), _is_trade)
        if _is_name(text[start : found.start()], found[0]):
            yield Hit(Kind.ORGANISATION, start, end, "单位、店铺名称，只保留行业", True, found[0])
        cursor = found.end()
    for found in _SIGNBOARD.finditer(text):
        yield Hit(Kind.ORGANISATION, *found.span(), "招牌字号", True, "摊点")


def short_names(name: str) -> Iterator[str]:
    """How the text goes on to call a firm: 江城鸿远建筑工程有限公司 -> 鸿远公司, 鸿远."""
    core = TRADE.sub("", _SUFFIX.sub("", _AFTER_ALL.sub("", name)))
    core = _strip_place(core)
    if 2 <= len(core) <= 4:
        yield from (core + ending for ending in ("公司", "厂", "物业", "店", "集团", "工程部", "学校"))


def described(name: str) -> str:
    """某餐饮店, 某建筑公司: the kind of place and what it does."""
    suffix = _last_suffix(name)
    trades = [trade for trade in TRADE.findall(name) if trade not in _TOO_COMMON]
    plain = "公司" if suffix.endswith("公司") else suffix
    trade = next((trade for trade in reversed(trades) if trade not in plain), "")
    return f"某{trade}{plain}" if plain else f"某{trade or '单位'}"


_AFTER_ALL = re.compile(r"[(（]个体工商户[)）]")
_TOO_COMMON = {
    "人民",
    "第一",
    "第二",
    "第三",
    "第六",
    "服务",
    "管理",
    "中心",
    "经营",
    "工程",
    "初级",
    "高级",
    "投资",
    "科技",
    "技术",
}


def _last_suffix(name: str) -> str:
    found = _SUFFIX.findall(_AFTER_ALL.sub("", name))
    return found[-1] if found else ""


def _goes_on(text: str, found: re.Match[str]) -> bool:
    """公司 in 公司法, 厂 in 厂房, 店 in 店铺: the word does not end here; a longer suffix follows."""
    after = text[found.end() : found.end() + 1]
    if found[0].endswith("行") and after == "政":  # 工商行政管理
        return True
    if found[0] in {"店", "馆", "厂", "坊", "集团", "物业", "便利", "百货", "市场部", "火锅", "烤鱼"}:
        return bool(after) and after in "铺面主员长堂房区商家名招子址公有股超费服管人企项用"
    return False


def _inner_start(name: str) -> int:
    """Cuts what is still no name: words before a closing bracket or quotation, digits of a date."""
    cut = re.match(r"^(?:\d+[年月日时分]?)+", name)
    return cut.end() if cut else 0


def _is_name(name: str, suffix: str) -> bool:
    """Something is left besides the trade, the kind and the district."""
    if _MASKED.search(name) or _NO_END.search(name):
        return False
    if _NUMBERED.search(name):
        return True
    core = _strip_place(TRADE.sub("", name))
    words = [word for word, tag in tagged(core) if word not in _GENERIC and tag not in {"m", "q", "x"}]
    needed = 2 if len(suffix) == 1 or suffix in {"火锅", "烤鱼", "便利", "百货", "物业", "集团"} else 1
    return len("".join(words)) >= needed


def _is_trade(word: str) -> bool:
    return any(word in trade or trade in word for trade in TRADES)


def _strip_place(core: str) -> str:
    return _REGION.sub("", core)
