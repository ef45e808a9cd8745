"""Verbs of mentors: pair, end, log a coaching, evaluate one another."""

import datetime as dt
from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from kb.models import PowerItem
from people import audit
from people.models import Mentor, Officer, Unit, User
from training.models import CoachingLog, Evaluation, MentorScope, Pairing
from training.permissions import can_coach, can_keep_mentors, current_mentor, require

DEFAULT_LOAD = 5


@transaction.atomic
def pair(
    mentor: Mentor,
    *,
    by: User,
    officer: Officer | None = None,
    street: Unit | None = None,
    goal: str = "",
    starts_on: dt.date | None = None,
    ends_on: dt.date | None = None,
) -> Pairing:
    """A mentor with one officer or one street. Raises ValidationError beyond the mentor's load, outside the
    appointment, with oneself, and for a pair that exists already."""
    require(can_keep_mentors(by), "安排结对")
    starts_on = starts_on or timezone.localdate()
    if (officer is None) == (street is None):
        raise ValidationError("请选择一名学员，或者一个街道。")
    _check_appointed(mentor, starts_on)
    if officer and officer.pk == mentor.officer_id:
        raise ValidationError("导师不能与自己结对。")
    current = Pairing.objects.on(starts_on).filter(mentor=mentor)
    if current.filter(officer=officer, street=street).exists():
        raise ValidationError("这一对已经结对。")
    if officer and current.filter(officer__isnull=False).count() >= load_limit(mentor):
        raise ValidationError(f"{mentor} 的学员已满 {load_limit(mentor)} 人；请另选导师，或调高上限。")
    made = Pairing.objects.create(
        mentor=mentor,
        officer=officer,
        street=street,
        goal=goal[:200],
        valid_from=starts_on,
        valid_to=ends_on,
        made_by=by,
    )
    audit.record(by=by, verb="安排结对", target=made)
    return made


@transaction.atomic
def end_pairing(pairing: Pairing, on: dt.date, *, by: User) -> None:
    """The last day is the one before `on`; what was done together stays."""
    require(can_keep_mentors(by), "结束结对")
    if on <= pairing.valid_from:
        raise ValidationError(f"结束日期应晚于开始日期 {pairing.valid_from:%Y-%m-%d}。")
    pairing.valid_to = on
    pairing.save(update_fields=["valid_to"])
    audit.record(by=by, verb="结束结对", target=pairing)


@transaction.atomic
def log_coaching(
    *,
    by: User,
    officers: Collection[Officer],
    happened_on: dt.date,
    gist: str,
    client_key: str,
    item: PowerItem | None = None,
    way: str = CoachingLog.Way.ON_SITE,
    minutes: int = 60,
) -> CoachingLog:
    """What a mentor did with mentees. The phone's key makes a second press of the button the same entry.

    Raises ValidationError for somebody who is not a mentee on that day, a day to come, an empty gist.
    """
    require(can_coach(by), "登记带教（仅限聘期内的导师）")
    mentor = current_mentor(by)
    known = CoachingLog.objects.filter(client_key=client_key, made_by=by).first()
    if known or mentor is None:
        return known  # type: ignore[return-value]  # `can_coach` has refused who is no mentor
    _check_coaching(mentor, officers, happened_on, gist)
    log = CoachingLog.objects.create(
        mentor=mentor,
        street=next(iter(officers)).unit if officers else None,
        happened_on=happened_on,
        item=item,
        way=way,
        minutes=minutes,
        gist=gist.strip()[:500],
        client_key=client_key,
        made_by=by,
    )
    log.officers.set(officers)
    audit.record(by=by, verb="登记带教", target=log)
    return log


@transaction.atomic
def evaluate(pairing: Pairing, *, side: str, points: int, text: str, year: int, by: User) -> Evaluation:
    """What one side says of the other, once a year; saying it again replaces it."""
    person = pairing.officer if side == Evaluation.Side.BY_OFFICER else pairing.mentor.officer
    require(person is not None and person.user_id == by.pk, "评价（只能由结对的本人填写）")
    if points not in range(1, 6):
        raise ValidationError("评分请填 1 至 5。")
    made, _ = Evaluation.objects.update_or_create(
        pairing=pairing, side=side, year_no=year, given_by=by, defaults={"points": points, "text": text.strip()[:300]}
    )
    return made


def load_limit(mentor: Mentor) -> int:
    """How many officers the mentor takes at most."""
    scope = MentorScope.objects.filter(mentor=mentor).first()
    return scope.load_limit if scope else DEFAULT_LOAD


def mentees_on(mentor: Mentor, on: dt.date) -> set[int]:
    """Officers (primary keys) whom the mentor has on the day: paired, or of a street that is."""
    pairs = Pairing.objects.on(on).filter(mentor=mentor)
    paired = Officer.objects.filter(pairings__in=pairs) | Officer.objects.filter(unit__pairings__in=pairs)
    return set(paired.values_list("pk", flat=True))


def _check_appointed(mentor: Mentor, on: dt.date) -> None:
    if not Mentor.objects.appointed_on(on).filter(pk=mentor.pk).exists():
        raise ValidationError(f"{on:%Y-%m-%d} 不在 {mentor} 的聘期内；请核对日期或续聘。")


def _check_coaching(mentor: Mentor, officers: Collection[Officer], on: dt.date, gist: str) -> None:
    if on > timezone.localdate():
        raise ValidationError("带教日期不能晚于今天。")
    if not gist.strip():
        raise ValidationError("请写一句带教要点。")
    if not officers:
        raise ValidationError("请选择学员。")
    known = mentees_on(mentor, on)
    if strangers := [officer.name for officer in officers if officer.pk not in known]:
        raise ValidationError(f"{'、'.join(strangers)} 当天不是您的学员；请核对日期，或联系区司法局安排结对。")
