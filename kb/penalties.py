"""What an item may cost: the amounts that a penalty summary states, and nothing it does not.

    parse_penalties("责令改正，五千—五万元；拒不改正的对个人一千元以下")

gives the ranges with the person they are for and the condition they hang on. Multiples
(违法所得五—二十倍) and percentages (合同价款1%—2%) keep what they are counted from. A figure that
cannot be read for sure (no unit, bounds the wrong way round) is left out: the summary itself
stands beside the figures on every page.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from kb.numerals import from_chinese

HAN_NUMBER = r"[〇零一二两三四五六七八九十百千万亿]+"
NUMBER = rf"(?:\d[\d,]*(?:\.\d+)?[十百千万亿]*|{HAN_NUMBER})"
UNIT = r"(?:元|倍|%)"
TO = r"(?:以上(?:至|到|、|，)?|[—–\-~至到]+)"
FIGURE = re.compile(
    rf"(?P<low>{NUMBER})(?P<low_unit>{UNIT})?{TO}(?:不超过)?(?P<high>{NUMBER})(?P<high_unit>{UNIT})(?:以下|以内)?"
    rf"|(?:不超过|不高于|最高)(?P<most>{NUMBER})(?P<most_unit>{UNIT})"
    rf"|(?P<upto>{NUMBER})(?P<upto_unit>{UNIT})(?:以下|以内)"
    rf"|(?P<least>{NUMBER})(?P<least_unit>{UNIT})以上"
    rf"|(?P<exact>{NUMBER})(?P<exact_unit>{UNIT})(?!之)"
)
UNIT_GROUPS = ("high_unit", "most_unit", "upto_unit", "least_unit", "exact_unit")
KIND_OF_UNIT = {"元": "amount", "倍": "multiple", "%": "percent"}

# Brackets open a clause of their own: 十万—一百万元（个人一百—五百元）.
CLAUSE = re.compile(r"[；;。（）()\n]")
OF_A_CASE = re.compile(r"见.{0,12}案例")
TRADES = "施工|建设|运输|用人|监理|设计|勘察|生产经营|供水|物业服务"
SUBJECT = re.compile(
    rf"直接负责的主管人员和其他直接责任人员|直接责任人员|主管人员|责任人员?|个人|法定代表人|装修人"
    rf"|(?:(?:{TRADES})、?)*(?:单位|企业)"
)
ONE_CONDITION = "拒不改正|拒不执行|逾期[不未]改正|逾期拒不缴纳|逾期|情节严重|情节加重|造成严重后果|后果严重|首次"
CONDITION = re.compile(rf"(?:{ONE_CONDITION})(?:(?:或者?|及|、)(?:{ONE_CONDITION}))*")
PER = re.compile(r"每(?:日|次|人|辆|株|处|平方米|立方米|吨|间|户)$")
COUNTED_FROM = re.compile(r"((?:违法|非法)所得|[一-龥]{0,8}(?:价款|造价|金额|数额|费|额))(?:的|处|按|计)*$")
VERBS = re.compile(r"处|按|的|没收")


@dataclass(frozen=True)
class Penalty:
    """One range. `kind` is amount (yuan), multiple (times `base`) or percent (of `base`).

    An open bound is None. `cap` is the most a multiple may come to, in yuan. `raw` is the
    text itself, at `start`..`end` of the summary after NFKC.
    """

    kind: str
    low: Decimal | None
    high: Decimal | None
    subject: str = ""
    condition: str = ""
    base: str = ""
    cap: Decimal | None = None
    raw: str = ""
    start: int = 0
    end: int = 0

    @property
    def is_amount(self) -> bool:
        return self.kind == "amount"


def parse_penalties(summary: str) -> tuple[Penalty, ...]:
    """The ranges a penalty summary states, in the order of the text."""
    text = unicodedata.normalize("NFKC", summary or "")
    found: list[Penalty] = []
    for start, clause in _clauses(text):
        for penalty in _in_clause(clause, start):
            if penalty.is_amount and found and _caps(text, found[-1], penalty):
                found[-1] = replace(found[-1], cap=penalty.high)
            else:
                found.append(penalty)
    return tuple(found)


def yuan(written: str) -> Decimal:
    """`十二万五千`, `5万`, `1,000`, `二百` as a number. Raises ValueError when it is none."""
    written = written.replace(",", "")
    total = Decimal(0)
    for size, name in ((10**8, "亿"), (10**4, "万")):
        if name in written:
            head, _, written = written.partition(name)
            total += _plain(head) * size
    return total + (_plain(written) if written else 0)


def _plain(written: str) -> Decimal:
    """Digits with or without 十百千 behind them, or a Chinese numeral below ten thousand."""
    arabic = re.fullmatch(r"(\d+(?:\.\d+)?)([十百千]?)", written)
    if arabic:
        return Decimal(arabic[1]) * {"": 1, "十": 10, "百": 100, "千": 1000}[arabic[2]]
    return Decimal(from_chinese(written))


def _clauses(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for mark in [*CLAUSE.finditer(text), None]:
        end = mark.start() if mark else len(text)
        if end > start and not OF_A_CASE.search(text[start:end]):
            yield start, text[start:end]
        start = mark.end() if mark else end


def _in_clause(clause: str, offset: int) -> Iterator[Penalty]:
    for match in FIGURE.finditer(clause):
        bounds = _bounds(match)
        if bounds is None:
            continue
        before = clause[: match.start()]
        yield Penalty(
            kind=KIND_OF_UNIT[next(match[name] for name in UNIT_GROUPS if match[name])],
            low=bounds[0],
            high=bounds[1],
            subject=_last(SUBJECT, before),
            condition=_last(CONDITION, before),
            base=_base(before),
            raw=match[0],
            start=offset + match.start(),
            end=offset + match.end(),
        )


def _bounds(match: re.Match) -> tuple[Decimal | None, Decimal | None] | None:
    """(low, high), or None where the figure cannot be read for sure."""
    try:
        if match["high"]:
            return _range(match["low"], match["low_unit"], match["high"], match["high_unit"])
        if match["exact"]:
            value = yuan(match["exact"])
            return value, value
        most = match["most"] or match["upto"]
        return (None, yuan(most)) if most else (yuan(match["least"]), None)
    except ValueError:
        return None


def _range(low: str, low_unit: str | None, high: str, high_unit: str) -> tuple[Decimal, Decimal] | None:
    if low_unit and low_unit != high_unit:
        return None
    first, last = yuan(low), yuan(high)
    # 五—二十万元: the first figure borrows its 万 from the second
    if not low_unit and high.endswith("万") and not re.search("[百千万亿]", low) and first * 10**4 < last:
        first *= 10**4
    return (first, last) if first <= last else None


def _last(pattern: re.Pattern, text: str) -> str:
    found = pattern.findall(text)
    return found[-1] if found else ""


def _base(before: str) -> str:
    per = PER.search(before)
    if per:
        return per[0]
    counted = COUNTED_FROM.search(before)
    return VERBS.split(counted[1])[-1] if counted else ""


def _caps(text: str, multiple: Penalty, amount: Penalty) -> bool:
    """三倍以下且不超过三万元: the amount limits the multiple before it."""
    between = text[multiple.end : amount.start]
    return multiple.kind != "amount" and between in {"且", ",且", ",但", "但"} and amount.low is None
