"""The server closes what is overdue and has it marked, whether the browser lives or not.

Three callers, one function: `keeper` (a thread of every serving process), the pages of exams (before they show a
state), and the command `close_sittings`. Each step is one conditional update, so they never get in each other's way.
"""

import datetime as dt
import logging
import random

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from exams.models import Incident, Sitting, SittingPaper
from exams.results.scoring import score_sitting
from exams.sittings.incidents import note

# Sittings of one transaction.
BATCH = 100
# Of those waiting to be marked, so many are looked at, and so many taken: two processes seldom take the same.
LOOKED_AT, TAKEN = 200, 20
log = logging.getLogger(__name__)


def close_overdue(at: dt.datetime | None = None) -> int:
    """Closes every sitting whose time with grace is over; gives how many. Every saved answer counts."""
    at = at or timezone.now()
    closed = 0
    while due := list(Sitting.objects.overdue(at).order_by("due_at").values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            closed += sum(_close(pk, at) for pk in due)
    return closed


def _close(pk: int, at: dt.datetime) -> int:
    new = {"state": Sitting.State.CLOSED, "finished_at": F("due_at")}
    if not Sitting.objects.overdue(at).filter(pk=pk).update(**new):
        return 0
    note(pk, Incident.Kind.CLOSED, at, detail="时间到，系统收卷")
    return 1


def score_waiting() -> int:
    """Marks by rule some of what is finished; gives how many. What cannot be marked is logged and waits."""
    waiting = list(Sitting.objects.unscored().order_by("finished_at").values_list("pk", flat=True)[:LOOKED_AT])
    return sum(_try_to_score(pk) for pk in random.sample(waiting, min(TAKEN, len(waiting))))


def _try_to_score(pk: int) -> int:
    try:
        return int(score_one(pk))
    except Exception:  # one faulty sitting must not keep the others from being marked
        log.exception("答卷 %s 未能判分", pk)
        return 0


def score_one(pk: int) -> bool:
    """Marks one finished sitting by rule, once; whether it was this call that did. Its written paper goes."""
    sitting = Sitting.objects.unscored().filter(pk=pk).first()
    if sitting is None:
        return False
    fresh = score_sitting(sitting)
    SittingPaper.objects.filter(sitting=pk).delete()
    return fresh
