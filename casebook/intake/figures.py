"""What a draft's text says of dates, money and procedure, each with the sentence in which it is read. Pure.

    for found in read_figures(texts): found.field, found.value, found.sentence

Nothing is decided here: an editor confirms every value. Where the text contradicts itself, all are given.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from casebook.intake.folding import fold
from kb.numerals import NUMERAL, from_chinese

_SENTENCE = re.compile(r"[^。;\n!?]+[。;!?]?")
_DIGITS = rf"[\d{NUMERAL}]+"
_DAY = re.compile(
    rf"(?:(?P<year>(?:19|20)\d\d|[二一][{NUMERAL}]{{3}})\s*[年.\-/]|(?P<same>同年|当年|本年|次年))?\s*"
    rf"(?P<month>\d{{1,2}}|[{NUMERAL}]{{1,3}})\s*[月.\-/]\s*(?P<day>\d{{1,2}}|[{NUMERAL}]{{1,3}})\s*(?:日|号)?"
)
# field -> words of the act. The act may stand after the day (10月13日立案) or before it (立案日期：…).
_ACTS = (
    ("filed_on", re.compile(r"立案|受理立案")),
    ("heard_on", re.compile(r"(?:举行|召开|组织)了?[^,。]{0,8}听证|听证会?(?:于|日期|时间)")),
    ("informed_on", re.compile(r"事先告知|(?<!催)告知书|告知(?:其|当事人|拟|了)|处罚告知|告知日期|告知(?=\s*[|:])")),
    (
        "decided_on",
        re.compile(
            r"(?:作出|下达|下发|制发|出具)了?[^,。]{0,20}(?:处罚|处理|不予处罚)?决定|决定(?:日期|时间)|决定(?=\s*[|:])"
        ),
    ),
    ("served_on", re.compile(r"送达(?!回证|地址)")),
    (
        "performed_on",
        re.compile(r"缴纳(?!期限)|缴清|履行(?:完毕|日期)|履行(?=\s*[|:])|(?:已|将)罚款缴|自觉履行|主动履行"),
    ),
    ("closed_on", re.compile(r"结案|案件办结")),
)
# a document that is delivered is no other act: 送达了行政处罚事先告知书 tells of the notice
_NOTICE_SERVED = re.compile(r"送达[^,。]{0,16}告知书")
_HAN_AMOUNT = "[零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟萬]+"
_AMOUNT = r"(?:人民币|合计|共计|共)?\s*(?P<{0}>[\d,.]+|" + _HAN_AMOUNT + r")\s*(?P<{0}_unit>万|万余)?\s*(?:元|圆)"
_FINE = (
    re.compile(r"(?:罚款|处罚金额|罚没款|处以|并处|处)(?:金额|数额|为|是|计|的|:|\s|\|)*" + _AMOUNT.format("fine")),
    re.compile(_AMOUNT.format("fine") + r"(?:整|人民币)?\s*(?:的)?罚款"),
)
_CONFISCATED = (
    re.compile(r"没收[^。;,]{0,16}?(?:违法所得|非法财物|所得)[^。;,\d]{0,8}?" + _AMOUNT.format("gain")),
    re.compile(r"没收[^。;,\d]{0,10}?" + _AMOUNT.format("gain")),
)
# A range, a limit or a threat is no fine that was imposed.
_LEGAL_RANGE = re.compile(r"以上|以下|不超过|幅度|可以处|的,处|加处|每日按|逾期")
_FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟萬〇", "一二三四五六七八九十百千万零")


@dataclass(frozen=True, slots=True)
class Found:
    """A value proposed for a field of the case, with the words that say so."""

    field: str
    value: object
    sentence: str


def read_figures(texts: Iterable[str]) -> list[Found]:
    """Dates, money and yes/no facts, in the order of the text; the same value is given once."""
    found: dict[tuple[str, object], Found] = {}
    year = 0
    for sentence in (s for text in texts for s in sentences(text)):
        days, year = _days(sentence, year)
        for one in (*_dated(sentence, days), *_money(sentence), *_facts(sentence)):
            found.setdefault((one.field, one.value), one)
    return list(found.values())


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text as written."""
    for found in _SENTENCE.finditer(fold(text)):
        yield text[found.start() : found.end()].strip()


def _days(sentence: str, year: int) -> tuple[list[tuple[int, int, dt.date]], int]:
    """(begin, end, day) of every full date; a date without its year takes that of the date before."""
    days = []
    for found in _DAY.finditer(fold(sentence)):
        said = found["year"]
        year = _number(said) if said else year + (found["same"] == "次年")
        day = _date(year, _number(found["month"]), _number(found["day"]))
        if day and not _is_article(sentence, found):
            days.append((found.start(), found.end(), day))
    return days, year


def _is_article(sentence: str, found: re.Match[str]) -> bool:
    """`3.1` without 年 or 月 is a number of a paragraph."""
    return not found["year"] and "月" not in found[0]


def _dated(sentence: str, days: list[tuple[int, int, dt.date]]) -> Iterator[Found]:
    """Each act takes the day that stands last before it in the sentence, or the one right behind its name."""
    folded = fold(sentence)
    for field, act in _ACTS:
        for word in act.finditer(folded):
            if field == "served_on" and _NOTICE_SERVED.match(folded[word.start() :]):
                continue
            if day := _day_of(folded, word, days):
                yield Found(field, day, sentence)


def _day_of(folded: str, word: re.Match[str], days: list[tuple[int, int, dt.date]]) -> dt.date | None:
    behind = [day for start, _, day in days if 0 <= start - word.end() <= 8 and _only_link(folded[word.end() : start])]
    if behind:
        return behind[0]
    before = [(end, day) for _, end, day in days if end <= word.start()]
    return before[-1][1] if before else None


def _only_link(between: str) -> bool:
    """`立案日期：`, `于`: nothing but words that join a name and its day."""
    return not re.sub(r"日期|时间|日|于|为|[\s:|]", "", between)


def _money(sentence: str) -> Iterator[Found]:
    folded = fold(sentence)
    for field, forms, group in (("confiscated_amount", _CONFISCATED, "gain"), ("fine_amount", _FINE, "fine")):
        for found in _first(forms, folded):
            around = folded[max(0, found.start() - 12) : found.end() + 4]
            amount = amount_of(found[group], found[f"{group}_unit"])
            if amount and not _LEGAL_RANGE.search(around):
                yield Found(field, amount, sentence)


def _first(forms: Iterable[re.Pattern[str]], text: str) -> list[re.Match[str]]:
    """The matches of the first form that has any."""
    return next((matches for form in forms if (matches := list(form.finditer(text)))), [])


def _facts(sentence: str) -> Iterator[Found]:
    folded = fold(sentence)
    for field, value, form, unless in _YES:
        if form.search(folded) and not (unless and unless.search(folded)):
            yield Found(field, value, sentence)


# field, value, words that say so, words that say the contrary
_SAYINGS: tuple[tuple[str, str | bool, str, str], ...] = (
    ("procedure", "simple", r"简易程序|当场(?:作出|处罚|罚款|给予)", r"不适用简易|不符合简易"),
    ("procedure", "ordinary", r"普通程序|一般程序", r""),
    ("heard", True, r"(?:举行|召开|组织)了?[^,。]{0,8}听证", r"(?:未|没有|放弃|不)[^,。]{0,8}听证"),
    ("legal_reviewed", True, r"法制审核|法制机构审核|合法性审核", r"(?:未|没有|不|无需)[^,。]{0,6}审核"),
    ("collective", True, r"集体讨论|集体研究", r"(?:未|没有|不|无需)[^,。]{0,6}(?:讨论|研究)"),
    ("kind", "no_penalty", r"(?:决定|依法)[^,。]{0,6}(?:不予|免予)(?:行政)?处罚", r""),
    ("kind", "coercion", r"强制(?:拆除|执行|清除)|代履行", r"申请[^,。]{0,8}强制执行|可以"),
    ("kind", "supervision", r"执法监督|监督意见|整改建议书", r""),
    ("kind", "review", r"(?:申请|提起)[^,。]{0,6}(?:行政复议|行政诉讼)",
     r"可以|有权|未|逾期|六十日|6个月"),
    ("source_kind", "hotline", r"12345|市民热线|政务热线", r""),
    ("source_kind", "complaint", r"(?:群众|居民|市民|业主)[^,。]{0,6}(?:投诉|举报)|接到?[^,。]{0,6}(?:投诉|举报)",
     r""),
    ("source_kind", "patrol", r"(?:日常)?巡查(?:中|时|发现)|检查(?:中|时)发现", r""),
    ("source_kind", "transfer", r"移送(?:的)?(?:线索|案件)|(?:收到|接到)[^,。]{0,16}移送", r""),
    ("source_kind", "assigned", r"(?:上级|区局|领导)[^,。]{0,6}交办|交办(?:线索|件)", r""),
    ("challenge", "review_upheld", r"复议[^。]{0,20}维持", r""),
    ("challenge", "review_changed", r"复议[^。]{0,20}(?:撤销|变更)", r""),
    ("challenge", "suit_upheld", r"(?:法院|诉讼|判决)[^。]{0,20}(?:维持|驳回)", r""),
    ("challenge", "suit_changed", r"(?:法院|诉讼|判决)[^。]{0,20}(?:撤销|变更)", r""),
)  # fmt: skip
_YES = [(field, value, re.compile(said), unless and re.compile(unless)) for field, value, said, unless in _SAYINGS]


def amount_of(written: str, unit: str | None = None) -> Decimal | None:
    """`8,000`, `0.8` with 万, `八千`, `一万二千`, `壹万元`: in yuan. None when it cannot be told."""
    text = written.translate(_FORMAL).strip(".,")
    factor = 10_000 if unit else 1
    try:
        value = Decimal(text.replace(",", "")) if text[:1].isdigit() else Decimal(_chinese(text))
        return (value * factor).quantize(Decimal("0.01"))
    except (InvalidOperation, ValueError):
        return None


def _chinese(text: str) -> int:
    """Also above ten thousand: 十二万五千."""
    total = 0
    for sign, size in (("亿", 10**8), ("万", 10**4)):
        if sign in text:
            head, _, text = text.partition(sign)
            total += from_chinese(head) * size
    return total + (from_chinese(text) if text.strip("零") else 0)


def _number(written: str) -> int:
    return int(written) if written.isdecimal() else from_chinese(written)


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
