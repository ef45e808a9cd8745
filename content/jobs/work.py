"""Asking for work and doing it."""

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django_tasks import task

from content.exports.document import ExportError
from content.jobs.models import LEASE, Job

logger = logging.getLogger(__name__)
Progress = Callable[[str], None]
State = Job.State
REFUSALS = (ValidationError, PermissionDenied, ExportError)  # their words are for the people who asked
STOPPED = "制作过程被中断（程序重新启动或者服务器关机），没有留下不完整的结果；请重新制作。"
BROKEN = "程序出错，详情已记入服务器日志，请联系管理员。"


@dataclass(frozen=True)
class Outcome:
    """What came of it, in one sentence, and notes about it."""

    said: str
    notes: tuple[str, ...] = ()


class GivenUp(Exception):
    """The job was silent for too long and counts as stopped: whoever still works on it leaves it."""


Work = Callable[[Job, Progress], Outcome]
_kinds: dict[str, Work] = {}


def register(kind: str, work: Work) -> None:
    """`work(job, progress)` does jobs of that kind and calls `progress("正在……")` at each step, well within LEASE."""
    _kinds[kind] = work


def begin(kind: str, subject: str, *, by: Any, given: Mapping[str, Any] | None = None) -> tuple[Job, bool]:
    """The job for that subject, and whether this call began it: while one is open there is no second.

    With the default back end it is done when this returns; with a worker it waits.
    """
    key = f"{kind}:{subject}"
    give_up_silent()
    try:
        with transaction.atomic():
            words = json.dumps(dict(given or {}), ensure_ascii=False)
            job = Job.objects.create(kind=kind, subject=subject, given=words, open_key=key, asked_by=by)
    except IntegrityError:
        return _other(kind, subject), False
    run_job.enqueue(job.pk)
    job.refresh_from_db()
    return job, True


def give_up_silent() -> None:
    """Jobs whose process was killed count as failed, so that they can be asked for again."""
    Job.objects.silent().update(state=State.FAILED, said=STOPPED, ended_at=timezone.now(), open_key=None)


@task(backend="jobs")
def run_job(pk: int) -> None:
    """Does a waiting job. One that somebody else has taken is left alone."""
    now = timezone.now()
    taken = Job.objects.filter(pk=pk, state=State.WAITING).update(state=State.RUNNING, started_at=now, beat_at=now)
    if taken:
        _do(Job.objects.select_related("asked_by").get(pk=pk))


def _do(job: Job) -> None:
    try:
        outcome = _kinds[job.kind](job, lambda text: _beat(job, text))
    except GivenUp:
        logger.warning("job %s was given up after %s without a word", job.pk, LEASE)
    except REFUSALS as refusal:
        _end(job, State.FAILED, Outcome("；".join(getattr(refusal, "messages", [str(refusal)]))))
    except Exception:
        logger.exception("job %s failed", job.pk)
        _end(job, State.FAILED, Outcome(BROKEN))
    except BaseException:  # the process is told to go
        _end(job, State.FAILED, Outcome(STOPPED))
        raise
    else:
        _end(job, State.DONE, outcome)


def _beat(job: Job, text: str) -> None:
    running = Job.objects.filter(pk=job.pk, state=State.RUNNING)
    if not running.update(said=text, beat_at=timezone.now()):
        raise GivenUp


def _end(job: Job, state: str, outcome: Outcome) -> None:
    running = Job.objects.filter(pk=job.pk, state=State.RUNNING)
    notes = "\n".join(outcome.notes)
    running.update(state=state, said=outcome.said, notes=notes, ended_at=timezone.now(), open_key=None)


def _other(kind: str, subject: str) -> Job:
    """The job that was open a moment ago."""
    job = Job.objects.newest_of(kind, subject)
    if job is None:
        raise Job.DoesNotExist(f"{kind} {subject}")
    return job
