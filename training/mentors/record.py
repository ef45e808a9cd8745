"""A mentor's year on one page: counted from the records, for the own appraisal."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from statistics import fmean

from django.db.models import Count, Sum
from django.utils import timezone

from content.exports.pdf import typeset
from content.numbers import plain_number
from content.templatetags.ui import cn_date
from people.models import Mentor
from training.models import CoachingLog, Consultation, Evaluation, Pairing, Reader

TEMPLATE = Path(__file__).parent / "record.typ"
SHOWN = 12


@dataclass(frozen=True)
class Record:
    """What a mentor did in a year."""

    mentees: int
    streets: int
    coachings: int
    minutes: int
    ways: tuple[tuple[str, int], ...]
    readings: int
    readings_done: int
    answers: int
    settled: int
    points: float | None

    @property
    def hours(self) -> str:
        return plain_number(round(Decimal(self.minutes) / 60, 1))


def record_of(mentor: Mentor, year: int) -> Record:
    """Eight queries."""
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    pairs = Pairing.objects.filter(mentor=mentor, valid_from__lte=last).exclude(valid_to__lte=first)
    logs = CoachingLog.objects.filter(mentor=mentor, happened_on__year=year)
    readers = Reader.objects.filter(assignment__assigned_by=mentor.officer.user_id, assignment__assigned_at__year=year)
    answers = Consultation.objects.filter(answered_by=mentor.officer.user_id, answered_at__year=year)
    said = Evaluation.objects.filter(pairing__mentor=mentor, side=Evaluation.Side.BY_OFFICER, year_no=year)
    points = list(said.values_list("points", flat=True))
    ways = dict(logs.values_list("way").annotate(n=Count("pk")).order_by())
    has_account = mentor.officer.user_id is not None
    return Record(
        mentees=pairs.filter(officer__isnull=False).count(),
        streets=pairs.filter(street__isnull=False).count(),
        coachings=sum(ways.values()),
        minutes=logs.aggregate(minutes=Sum("minutes"))["minutes"] or 0,
        ways=tuple((CoachingLog.Way(way).label, n) for way, n in sorted(ways.items())),
        readings=readers.count() if has_account else 0,
        readings_done=readers.filter(finished_at__isnull=False).count() if has_account else 0,
        answers=answers.count() if has_account else 0,
        settled=answers.filter(state=Consultation.State.SETTLED).count() if has_account else 0,
        points=fmean(points) if points else None,
    )


def record_pdf(mentor: Mentor, year: int) -> bytes:
    """One page A4; the same bytes for the same records. Raises ExportError."""
    one = record_of(mentor, year)
    logs = CoachingLog.objects.filter(mentor=mentor, happened_on__year=year).select_related("item")[:SHOWN]
    until = min(timezone.localdate(), dt.date(year, 12, 31))
    rows = [
        ["结对学员", f"{one.mentees} 人，街道 {one.streets} 个"],
        ["带教", f"{one.coachings} 次，{one.hours} 小时" + "".join(f"；{label} {n} 次" for label, n in one.ways)],
        ["布置阅读", f"{one.readings} 人次，完成 {one.readings_done} 人次"],
        ["答复咨询", f"{one.answers} 件，沉淀为问答 {one.settled} 件"],
        ["学员评价", f"平均 {one.points:.1f} 分（满分 5 分）" if one.points is not None else "暂无"],
    ]
    logged = [
        [cn_date(log.happened_on), log.get_way_display(), log.item.label if log.item else "", log.gist] for log in logs
    ]
    data = {
        "year": until.year, "month": until.month, "day": until.day, "of": year, "name": mentor.officer.name,
        "unit": mentor.officer.unit.name, "kind": mentor.get_kind_display(), "expertise": mentor.expertise,
        "until": cn_date(until), "rows": rows, "logs": logged,
    }  # fmt: skip
    text = "".join(
        [mentor.officer.name, mentor.officer.unit.name, mentor.expertise, *(c for row in (*rows, *logged) for c in row)]
    )
    return typeset(TEMPLATE, data, text, until)
