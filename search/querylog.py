"""What was asked and what came of it, for the trainers who keep the synonyms: counts by day, no person.

A row is a query in one spelling on one day. Names, whole or shortened by 某, long runs of digits and number
plates are taken out before anything is written, and nothing says who asked.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import DatabaseError, transaction
from django.db.models import F, Sum
from django.utils import timezone

from casebook.anonymise.names import read_name
from search.finding import GROUPS, Found
from search.models import QueryClick, QueryLog
from search.vocabulary import lexicon

DAYS = 30
# A word that reads like a name and is none of ours is left out: of 565 words that officers use 16 read so, all but
# one in the table of synonyms, and of the demo's 225 full names 222.
LIKE_A_NAME = 2.2
# A name that nobody recognised as one must not stay for ever.
KEPT_DAYS = 90
MOST_ROWS = 200
# A query asked so often of which so few results were opened needs a look.
OFTEN, LOW_SHARE = 3, 0.2
# Nor should what is wanted stand below the fifth place of the page.
FAR_BELOW = 5.0

_LONG_NUMBER = re.compile(r"\d(?:[\s-]?\d){9,}x?|\d{6,}x?")
_SHORTENED_NAME = re.compile(r"[\u4e00-\u9fff]某+(?:[甲乙丙丁]|\d)?")
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][a-z][·.]?[a-z0-9]{5,6}(?![a-z0-9])"
)


@dataclass(frozen=True)
class Asked:
    """A query over the days of the report: how often asked, how often in vain, how many results opened.

    `place` is the mean place on the page of what was opened, 0.0 when nothing was.
    """

    query: str
    asked: int
    in_vain: int
    clicks: int
    place: float = 0.0

    @property
    def trouble(self) -> str:
        """Why it is in the report."""
        if self.in_vain:
            return "无结果"
        return "少有打开" if self.clicks < LOW_SHARE * self.asked else "位次靠后"


def without_persons(typed: str) -> str:
    """A query in one spelling without what could point to a person; may be empty."""
    for pattern in (_PLATE, _LONG_NUMBER, _SHORTENED_NAME):
        typed = pattern.sub(" ", typed)
    return " ".join(word for word in typed.split() if not _is_a_name(word))[: QueryLog.LONGEST]


def _is_a_name(word: str) -> bool:
    """A word that stands alone, reads like surname and given name to its end, and is not one that search knows."""
    reading = read_name(word, 0)
    if reading is None or reading.end != len(word) or reading.score < LIKE_A_NAME:
        return False
    known = lexicon()
    return word not in known.meanings and word not in known.titles and word not in known.domains


def note_asked(found: Found) -> None:
    """Counts a query and what was found by kind. Searching goes on when the database cannot be written."""
    query = without_persons(found.asked)
    if not query or found.reduced:
        return
    counts = {f"found_{group.kind}": group.results.total for group in found.groups}
    in_vain = int(not found.total or bool(found.corrected))
    _count(query, asked=1, in_vain=in_vain, counts={**NOTHING, **counts})


def note_clicked(typed: str, kind: str, place: int) -> None:
    """Counts a result opened from the list of a query asked today; of any other query nothing is kept."""
    log = QueryLog.objects.filter(query=without_persons(typed), asked_on=timezone.localdate()).first()
    if log is None:
        return
    try:
        with transaction.atomic():
            QueryLog.objects.filter(pk=log.pk).update(clicks=F("clicks") + 1)
            row, _ = QueryClick.objects.get_or_create(log=log, kind=kind, place=place)
            QueryClick.objects.filter(pk=row.pk).update(clicks=F("clicks") + 1)
    except DatabaseError:
        return


def forget_old(today: date | None = None) -> int:
    """Takes away what is older than KEPT_DAYS; returns how many queries."""
    before = (today or timezone.localdate()) - timedelta(days=KEPT_DAYS)
    old = QueryLog.objects.filter(asked_on__lt=before)
    forgotten = old.count()
    old.delete()
    return forgotten


def troublesome(today: date | None = None) -> list[Asked]:
    """Queries of the last days that found nothing, then those asked often and seldom opened or only far below."""
    since = (today or timezone.localdate()) - timedelta(days=DAYS)
    rows = QueryLog.objects.filter(asked_on__gt=since).values("query")
    summed = rows.annotate(a=Sum("asked"), v=Sum("in_vain"), c=Sum("clicks")).values_list("query", "a", "v", "c")
    places = _places(since)
    found = [one for row in summed if _needs_a_look(one := Asked(*row, places.get(row[0], 0.0)))]
    return sorted(found, key=lambda one: (-one.in_vain, -one.asked, one.query))[:MOST_ROWS]


def _places(since: date) -> dict[str, float]:
    """Query -> mean place of the results opened."""
    rows = QueryClick.objects.filter(log__asked_on__gt=since).values("log__query")
    summed = rows.annotate(n=Sum("clicks"), all=Sum(F("clicks") * F("place"))).values_list("log__query", "n", "all")
    return {query: total / clicks for query, clicks, total in summed if clicks}


NOTHING = {f"found_{kind}": 0 for kind in GROUPS}


def _needs_a_look(one: Asked) -> bool:
    seldom = one.clicks < LOW_SHARE * one.asked
    return bool(one.in_vain) or (one.asked >= OFTEN and (seldom or one.place > FAR_BELOW))


def _count(query: str, *, asked: int, in_vain: int, counts: dict[str, int]) -> None:
    try:
        with transaction.atomic():
            same = QueryLog.objects.filter(query=query, asked_on=timezone.localdate())
            if not same.update(asked=F("asked") + asked, in_vain=F("in_vain") + in_vain, **counts):
                QueryLog.objects.create(query=query, asked=asked, in_vain=in_vain, **counts)
    except DatabaseError:
        pass
