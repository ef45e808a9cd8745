"""Exact days of the case's events become months; days of laws and of documents cited stay. Pure."""

import re
from collections.abc import Iterator

from casebook.anonymise.findings import Hit, Kind
from casebook.anonymise.folding import NUMERAL

_N = rf"(?:\d{{1,2}}|[{NUMERAL}]{{1,3}})"
_Y = rf"(?:(?:19|20)\d{{2}}|[二一][{NUMERAL}]{{3}})"
_GAP = r"\s{0,2}"
_WRITTEN = re.compile(
    rf"(?<![\d{NUMERAL}])(?:(?P<year>{_Y}){_GAP}年{_GAP})?(?P<month>{_N}){_GAP}月{_GAP}(?P<day>{_N}){_GAP}[日号]"
)
_FIGURES = re.compile(r"(?<![\d.\-/])(?P<year>(?:19|20)\d{2})([.\-/])(?P<month>\d{1,2})\2(?P<day>\d{1,2})(?![\d.\-/])")
_SAME_MONTH = re.compile(rf"(?P<keep>同月|当月|本月){_N}[日号]")
_BIRTH = re.compile(rf"(?P<year>{_Y})年{_N}月(?:{_N}[日号])?(?=\s?(?:出生|生[，,。;；于人、)]))")
# the day of a law: what it does on that day follows, or the law stands before it in the sentence
_OF_LAW = re.compile(
    r"^(?:起|开始)?(?:《[^》]{2,40}》)?(?:起|正式)?(?:施行|实施|生效|公布|发布|颁布|修订|修正|通过(?=[，。；并、])|废止|失效)"
)
_SINCE = re.compile(r"^(?:起|之?后|以后|之?前|以前)")
_LAW = re.compile(r"法典|》|新法|旧法|本法|条例|办法|规定|适用|条款")


def days(text: str) -> Iterator[Hit]:
    """Exact days; the proposal keeps the month, for a birthday the year."""
    births = [Hit(Kind.DAY, *f.span(), "出生日期", True, "", f"{f['year']}年") for f in _BIRTH.finditer(text)]
    yield from births
    for pattern in (_WRITTEN, _FIGURES):
        for found in pattern.finditer(text):
            if not _of_law(text, found) and _is_day(found):
                yield Hit(Kind.DAY, *found.span(), "具体日期写到月即可", True, "", _month(found))
    for found in _SAME_MONTH.finditer(text):
        yield Hit(Kind.DAY, *found.span(), "具体日期写到月即可", True, "", found["keep"])


def _month(found: re.Match[str]) -> str:
    year = found["year"] or ""
    month = found["month"].lstrip("0") if found["month"].isascii() else found["month"]
    return f"{year}年{month}月" if year else f"{month}月"


def _is_day(found: re.Match[str]) -> bool:
    """Chinese numerals are taken as they are; figures must be a day."""
    month, day = found["month"], found["day"]
    return not (month.isascii() and not 1 <= int(month) <= 12) and not (day.isascii() and not 1 <= int(day) <= 31)


def _of_law(text: str, found: re.Match[str]) -> bool:
    after = text[found.end() : found.end() + 20]
    if _OF_LAW.match(after):
        return True
    sentence = max(text.rfind(stop, 0, found.start()) for stop in "。；\n")
    before = text[sentence + 1 : found.start()]
    return bool(_SINCE.match(after) and (_LAW.search(before[-30:]) or _LAW.search(after)))
