"""Which steps of 行政处罚法 (2021) a case shows, lacks, or leaves to be checked. Pure.

A fault is said only where the columns of the case make it certain; everything that depends on local
thresholds or on what the file holds is 待核.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from casebook.models import Case
from casebook.models.case import TIME_LIMIT_DAYS

NEW_LAW = dt.date(2021, 7, 15)  # the revised law, from which the numbers and sums below are
SUMMARY_PERSON, SUMMARY_FIRM = Decimal(200), Decimal(3000)  # 第五十一条
SERVICE_DAYS, HEARING_REQUEST_DAYS = 7, 5  # 第六十一条, 第六十四条第一项
# 第六十三条第三、四项: these outcomes always open the way to a hearing
_GRAVE = re.compile(r"吊销|降低资质|停产停业|责令关闭|限制从业")


class Finding(Enum):
    FINE = "符合"
    CHECK = "待核"
    FAULT = "不符合"


@dataclass(frozen=True, slots=True)
class Point:
    """One step: what the law asks, what the case shows."""

    finding: Finding
    name: str
    text: str


def points_of(case: Case) -> list[Point]:
    """The steps that concern the case; nothing for a case that is no penalty."""
    if case.kind not in (Case.Kind.PENALTY, Case.Kind.NO_PENALTY):
        return []
    if case.basis_date and case.basis_date < NEW_LAW:
        return [Point(Finding.CHECK, "适用的程序", "决定早于 2021年7月15日，按修订前的行政处罚法核对程序")]
    checks = (_time_limit, _summary, _informed, _hearing, _legal_review, _collective, _service)
    return [point for check in checks for point in check(case)]


def _time_limit(case: Case) -> Iterator[Point]:
    """第六十条: decided within 90 days of filing."""
    name = "办案期限（第六十条）"
    if case.days_taken is None:
        yield Point(Finding.CHECK, name, "没有立案日期或者决定日期")
    elif case.days_taken < 0:
        yield Point(Finding.FAULT, name, "决定日期早于立案日期，请核对")
    elif case.days_taken > TIME_LIMIT_DAYS:
        over = case.days_taken - TIME_LIMIT_DAYS
        yield Point(Finding.FAULT, name, f"{case.days_taken} 天，超过 {TIME_LIMIT_DAYS} 日 {over} 天；须有延期依据")
    else:
        yield Point(Finding.FINE, name, f"{case.days_taken} 天，未超过 {TIME_LIMIT_DAYS} 日")


def _summary(case: Case) -> Iterator[Point]:
    """第五十一条: on the spot up to 200 yuan for a person, 3,000 for a firm."""
    if case.procedure != Case.Procedure.SIMPLE:
        return
    name, fine = "简易程序（第五十一条）", case.fine_amount or Decimal(0)
    if fine > SUMMARY_FIRM or case.confiscated_amount:
        yield Point(Finding.FAULT, name, "罚款超过三千元或者有没收，不能当场决定")
    elif fine > SUMMARY_PERSON:
        yield Point(Finding.CHECK, name, "罚款超过二百元：当事人是公民的不能当场决定，是单位的可以")
    else:
        yield Point(Finding.FINE, name, "数额可以当场决定")


def _informed(case: Case) -> Iterator[Point]:
    """第四十四、四十五条: told before the decision, and heard."""
    if case.procedure == Case.Procedure.SIMPLE or case.kind == Case.Kind.NO_PENALTY:
        return
    name = "告知（第四十四、四十五条）"
    if case.informed_on is None:
        yield Point(Finding.CHECK, name, "没有告知日期")
    elif case.decided_on and case.informed_on > case.decided_on:
        yield Point(Finding.FAULT, name, "告知晚于决定")
    else:
        yield Point(Finding.FINE, name, "决定前已告知")


def _hearing(case: Case) -> Iterator[Point]:
    """第六十三、六十四条: grave penalties open the way to a hearing, asked for within five days."""
    if case.procedure == Case.Procedure.SIMPLE or case.kind == Case.Kind.NO_PENALTY:
        return
    name = "听证（第六十三条）"
    if case.heard:
        yield Point(Finding.FINE, name, "已举行听证")
    elif _GRAVE.search(case.outcome):
        yield Point(Finding.CHECK, name, "处罚种类属于应当告知听证权利的，核对是否告知、当事人是否要求")
    elif case.fine_amount or case.confiscated_amount:
        yield Point(Finding.CHECK, name, "没有举行听证；核对数额是否达到本地较大数额标准")
    if not case.heard and case.informed_on and case.decided_on:
        waited = (case.decided_on - case.informed_on).days
        if 0 <= waited < HEARING_REQUEST_DAYS:
            yield Point(Finding.CHECK, "听证期限（第六十四条）", f"告知后第 {waited} 天决定；可以听证的应当等满五日")


def _legal_review(case: Case) -> Iterator[Point]:
    """第五十八条: certain only after a hearing."""
    if case.procedure == Case.Procedure.SIMPLE or case.kind == Case.Kind.NO_PENALTY:
        return
    name = "法制审核（第五十八条）"
    if case.legal_reviewed:
        yield Point(Finding.FINE, name, "经法制审核")
    elif case.heard:
        yield Point(Finding.FAULT, name, "经过听证程序而没有法制审核；直接关系重大权益的应当审核")
    else:
        yield Point(Finding.CHECK, name, "没有法制审核；核对是否属于四种应当审核的情形")


def _collective(case: Case) -> Iterator[Point]:
    """第五十七条第二款: complicated or grave cases are discussed by the heads together."""
    if case.procedure == Case.Procedure.SIMPLE or case.kind == Case.Kind.NO_PENALTY:
        return
    name = "集体讨论（第五十七条）"
    if case.collective:
        yield Point(Finding.FINE, name, "经负责人集体讨论")
    else:
        yield Point(Finding.CHECK, name, "没有集体讨论；核对是否情节复杂或者重大违法")


def _service(case: Case) -> Iterator[Point]:
    """第六十一条: served at once, or within seven days."""
    if not (case.decided_on and case.served_on):
        return
    days = (case.served_on - case.decided_on).days
    if days < 0:
        yield Point(Finding.FAULT, "送达（第六十一条）", "送达早于决定")
    elif days > SERVICE_DAYS:
        yield Point(Finding.CHECK, "送达（第六十一条）", f"决定后第 {days} 天送达；核对有无公告、邮寄等原因")
    else:
        yield Point(Finding.FINE, "送达（第六十一条）", f"决定后 {days} 天送达" if days else "当场送达")
