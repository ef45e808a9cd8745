"""The tables of cards: one list of columns for the page and for Excel, one queryset for the number and the names."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from exams.models import Exam, Registration
from people.cards import SOON, VERY_SOON, expiring, in_need, ordered, posts, to_return, with_cards
from people.importing import workbook
from people.models import Card

Within = Collection[int] | None
Row = Any  # a Posting or a Card, annotated as its list says


@dataclass(frozen=True)
class Column:
    """One column; `text` gives a row's cell."""

    label: str
    text: Callable[[Row], str | int]
    numeric: bool = False


@dataclass(frozen=True)
class CardList:
    """A list of names. `rows(on, days, within)` is the queryset that its number counts."""

    name: str
    title: str
    meaning: str
    columns: tuple[Column, ...]
    rows: Callable[[dt.date, int, Within], QuerySet]
    empty: str
    asks_days: bool = False


def iso(on: dt.date | None) -> str:
    return on.isoformat() if on else ""


def person_columns(person: Callable[[Row], Any], unit: Callable[[Row], Any]) -> tuple[Column, ...]:
    """Who, in every list."""
    return (
        Column("姓名", lambda row: person(row).name),
        Column("人员编号", lambda row: person(row).staff_no),
        Column("单位", lambda row: unit(row).label),
        Column("职务", lambda row: person(row).post),
    )


def stands(row: Row) -> str:
    """How the card that counts stands, of a post read `with_cards`."""
    return str(Card.Status(row.card_status).label) if row.card_status else "未领证"


OF_POST = person_columns(lambda post: post.officer, lambda post: post.unit)
OF_CARD = person_columns(lambda card: card.officer, lambda card: card.officer.unit)
CARD_OF_POST = (
    Column("证号", lambda post: post.card_no or ""),
    Column("有效期至", lambda post: iso(post.valid_until)),
    Column("证件状态", stands),
)
CARD_ITSELF = (
    Column("证号", lambda card: card.card_no),
    Column("发证机关", lambda card: str(card.issuer or "")),
    Column("有效期至", lambda card: iso(card.valid_until)),
)
HELD = {"held": True, "without": False}


def names(on: dt.date, within: Within, have: str = "") -> QuerySet:
    """The people behind a number of 持证率: all, `held` or `without`."""
    rows = posts(on, within)
    if have in HELD:
        rows = rows.filter(holds=HELD[have])
    return ordered(with_cards(rows, on))


def unregistered(on: dt.date, within: Within, at: dt.datetime | None = None) -> QuerySet:
    """应考未报: posts in need of a card whose holders are on the list of no certification exam still to come."""
    coming = Registration.objects.filter(
        officer=OuterRef("officer"),
        exam__purpose=Exam.Purpose.CERTIFICATION,
        exam__status__in=(Exam.Status.PLANNED, Exam.Status.BUILT),
        exam__closes_at__gt=at or timezone.now(),
    )
    return ordered(with_cards(in_need(on, within).filter(~Exists(coming)), on))


def _expiring(on: dt.date, days: int, within: Within) -> QuerySet:
    return expiring(on, days, within).select_related("officer__unit", "issuer")


LISTS = {
    one.name: one
    for one in (
        CardList(
            "expiring",
            "即将到期",
            "证件在期限内到期、尚未换发的在岗执法人员，到期早的在前。",
            (
                *OF_CARD,
                *CARD_ITSELF,
                Column("剩余天数", lambda card: (card.valid_until - timezone.localdate()).days, True),
            ),
            _expiring,
            "期限内没有到期的证件",
            asks_days=True,
        ),
        CardList(
            "unregistered",
            "应考未报",
            f"在执法岗位、没有有效证件或者证件 {SOON} 天内到期，又没有报名即将举行的资格考试的人员；不含辅助人员。",
            (*OF_POST, *CARD_OF_POST),
            lambda on, days, within: unregistered(on, within),
            "应考的人员都已报名",
        ),
        CardList(
            "without",
            "无证在岗",
            "在执法岗位而今天没有有效证件的人员：未领证、已过期、暂扣、收回或者遗失。",
            (*OF_POST, *CARD_OF_POST),
            lambda on, days, within: names(on, within, "without"),
            "在执法岗位的人员都持有有效证件",
        ),
        CardList(
            "returning",
            "应收回",
            "证件仍然有效、但已不在执法岗位的人员；应当收回注销。",
            (*OF_CARD, *CARD_ITSELF),
            lambda on, days, within: to_return(on, within).select_related("officer__unit", "issuer"),
            "没有应收回的证件",
        ),
    )
}
NAMES = (*OF_POST, *CARD_OF_POST)
DAYS = (VERY_SOON, SOON)


def cells(columns: Iterable[Column], rows: Iterable[Row]) -> list[list[str | int]]:
    """The rows as text, for the page and for Excel alike."""
    columns = tuple(columns)
    return [[column.text(row) for column in columns] for row in rows]


def sheet(columns: Iterable[Column], rows: Iterable[Row], title: str) -> bytes:
    """The workbook of a list: exactly the rows given."""
    columns = tuple(columns)
    return workbook([column.label for column in columns], cells(columns, rows), title)
