"""Dates in statute text: 2009年1月1日, 二〇〇九年一月一日, and the clauses that say when something takes effect."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from kb.numerals import NUMERAL, to_number
from kb.parser.nodes import BLANK

_GAP = f"[{BLANK}]*"
_YEAR = r"(?:[0-9０-９]{4}|[零〇○Ｏ○OＯ０o一二三四五六七八九]{4})"
_COUNT = rf"(?:[0-9０-９]{{1,2}}|[{NUMERAL}]{{1,3}})"
DATE = rf"{_YEAR}{_GAP}年{_GAP}{_COUNT}{_GAP}月{_GAP}{_COUNT}{_GAP}日"
_PARTS = re.compile(rf"({_YEAR}){_GAP}年{_GAP}({_COUNT}){_GAP}月{_GAP}({_COUNT}){_GAP}日")
_ISO = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_ZEROS = str.maketrans("○Ｏ○OＯo０１２３４５６７８９", "〇〇〇〇〇〇0123456789")

# 印发, 公布
LONGEST_SUFFIX = 3
_STARTS = "(?:正式)?(?:施行|实施|执行|生效|实行|起效|适用)"
_OWN = r"本[\u4e00-\u9fff（）()《》、]{1,20}?"
_ON_DATE = re.compile(rf"(?:自|从|于|由)?{_GAP}({DATE}){_GAP}(?:零时)?{_GAP}(?:起|开始)?{_GAP}{_STARTS}")
_ON_ACT = re.compile(
    rf"(?:自|从|于|由)?{_GAP}(?:国务院)?(公布|发布|颁布|印发|批准|通过|颁发|下发){_GAP}(?:之日|之时|日)?{_GAP}(?:起|后)?"
    rf"(?:{_GAP}(?:满)?{_GAP}({_COUNT}){_GAP}(日|天|个月){_GAP}(?:后|起)?)?{_GAP}{_STARTS}"
)
_OWN_CLAUSE = re.compile(rf"{_OWN}[^。；]{{0,20}}?(?:自|从|于|由)")


@dataclass(frozen=True, slots=True)
class EffectClause:
    """When the text says it takes effect: a day, or so many days after its publication (`after_days`)."""

    on: datetime.date | None
    after_days: int
    text: str


def make_date(year: str, month: str, day: str) -> datetime.date | None:
    """None for what is written like a date and is none (2021年2月30日)."""
    try:
        return datetime.date(*(to_number(x.translate(_ZEROS)) for x in (year, month, day)))
    except ValueError:
        return None


def find_dates(text: str) -> Iterator[tuple[datetime.date, int, int]]:
    """Every date with its span, in order."""
    for found in _PARTS.finditer(text):
        if on := make_date(*found.groups()):
            yield on, found.start(), found.end()


def iso_date(text: str) -> datetime.date | None:
    """The last 2018-09-18 in a file name."""
    dates = [on for m in _ISO.finditer(text) if (on := make_date(*m.groups()))]
    return dates[-1] if dates else None


def is_date_line(text: str) -> bool:
    """二〇二二年九月十三日 or 2022年9月13日印发, and nothing else on the line."""
    plain = text.strip(BLANK + "（）()")
    found = _PARTS.match(plain)
    return found is not None and len(plain) - found.end() <= LONGEST_SUFFIX


def effect_clause(sentence: str) -> EffectClause | None:
    """自2009年1月1日起施行 / 自公布之日起60日后施行 in one sentence; the regulation's own clause only (本法…)."""
    own = _OWN_CLAUSE.search(sentence)
    scope = sentence[own.start() :] if own else sentence
    if not own and ("《" in sentence or "本" not in sentence):
        return None
    if found := _ON_DATE.search(scope):
        on = next(find_dates(found[1]), None)
        return EffectClause(on[0], 0, found[0]) if on else None
    if found := _ON_ACT.search(scope):
        return EffectClause(None, _days(found[2], found[3]), found[0])
    return None


def starts_on(text: str) -> EffectClause | None:
    """The same in a history note, where no 本法 stands before it: 2009年1月1日 施行, 发布之日施行."""
    if found := _ON_DATE.search(text):
        on = next(find_dates(found[1]), None)
        return EffectClause(on[0], 0, found[0]) if on else None
    found = _ON_ACT.search(text)
    return EffectClause(None, _days(found[2], found[3]), found[0]) if found else None


def _days(count: str | None, unit: str | None) -> int:
    """Days between publication and effect; months count as 30 and leave the date 待核 anyway."""
    if not count:
        return 0
    try:
        return to_number(count) * (30 if unit == "个月" else 1)
    except ValueError:
        return 0
