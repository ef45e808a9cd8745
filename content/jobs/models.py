import datetime as dt
import json
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

# Work says at each step that it goes on; who has been silent for so long was killed.
LEASE = dt.timedelta(minutes=10)
# A worker takes a job within seconds; who waits longer should ask whether one runs.
PATIENCE = dt.timedelta(minutes=1)


class JobQuerySet(models.QuerySet["Job"]):
    def open(self) -> "JobQuerySet":
        """Waiting or running."""
        return self.filter(state__in=Job.OPEN)

    def silent(self) -> "JobQuerySet":
        """Running by their row, but nobody has heard of them for as long as the lease."""
        return self.filter(state=Job.State.RUNNING, beat_at__lt=timezone.now() - LEASE)

    def newest_of(self, kind: str, subject: str) -> "Job | None":
        return self.filter(kind=kind, subject=subject).order_by("-pk").first()


class Job(models.Model):
    """One piece of work for one subject. `open_key` is unique while it is open: nothing is done twice at once."""

    class State(models.TextChoices):
        WAITING = "waiting", "排队"
        RUNNING = "running", "正在生成"
        DONE = "done", "完成"
        FAILED = "failed", "失败"

    OPEN = (State.WAITING, State.RUNNING)

    kind = models.CharField("种类", max_length=30)
    subject = models.CharField("对象", max_length=60)
    given = models.TextField("参数", blank=True, default="")  # JSON
    open_key = models.CharField("进行中标识", max_length=100, null=True, unique=True, editable=False)  # noqa: DJ001
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.WAITING)
    said = models.TextField("进度或者结果", blank=True, default="")
    notes = models.TextField("说明", blank=True, default="")  # one a line
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name="发起人", on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField("发起时间", auto_now_add=True)
    started_at = models.DateTimeField("开始时间", null=True, blank=True)
    beat_at = models.DateTimeField("最近进度时间", null=True, blank=True)
    ended_at = models.DateTimeField("结束时间", null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "后台任务"
        db_table = "content_job"
        indexes = [models.Index(fields=["kind", "subject"], name="content_job_subject")]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def is_late(self) -> bool:
        """Waiting for longer than a worker would take to see it."""
        return self.state == self.State.WAITING and timezone.now() - self.asked_at > PATIENCE

    @property
    def values(self) -> dict[str, Any]:
        """What was given when it was asked for."""
        return json.loads(self.given or "{}")

    @property
    def note_lines(self) -> list[str]:
        return self.notes.splitlines()
