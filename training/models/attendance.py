from django.conf import settings
from django.db import models

from people.models import Officer, Unit
from training.models.session import TrainingSession


class AttendanceQuerySet(models.QuerySet):
    def came(self) -> "AttendanceQuerySet":
        """人次: who was there, late and early leavers included. 人数 counts their officers once."""
        return self.filter(status__in=Attendance.CAME, session__status__in=TrainingSession.HELD)


class Attendance(models.Model):
    """One person at one session. `unit` is where the person served on that day."""

    class Status(models.TextChoices):
        PRESENT = "present", "出勤"
        LATE = "late", "迟到"
        LEFT_EARLY = "left_early", "早退"
        EXCUSED = "excused", "请假"
        ABSENT = "absent", "缺勤"
        MAKE_UP = "make_up", "补训"

    CAME = (Status.PRESENT, Status.LATE, Status.LEFT_EARLY, Status.MAKE_UP)

    class Way(models.TextChoices):
        CODE = "code", "动态码"
        ROSTER = "roster", "点名"
        SHEET = "sheet", "表格导入"
        WALK_IN = "walk_in", "现场登记"

    session = models.ForeignKey(TrainingSession, on_delete=models.PROTECT, related_name="attendances")
    officer = models.ForeignKey(Officer, verbose_name="人员", on_delete=models.PROTECT, related_name="attendances")
    unit = models.ForeignKey(Unit, verbose_name="单位", on_delete=models.PROTECT, related_name="+")
    status = models.CharField("状态", max_length=10, choices=Status.choices)
    way = models.CharField("方式", max_length=8, choices=Way.choices)
    signed_in_at = models.DateTimeField("签到时间", null=True, blank=True)
    signed_out_at = models.DateTimeField("签退时间", null=True, blank=True)
    make_up_of = models.ForeignKey(
        "self", verbose_name="补哪一场", on_delete=models.PROTECT, null=True, blank=True, related_name="make_ups"
    )
    # Evidence for a person to look at, never a reason to refuse: devices and addresses are shared in good faith.
    device = models.CharField("设备指纹", max_length=64, blank=True, default="")
    address = models.GenericIPAddressField("网络地址", null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="登记人",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    recorded_at = models.DateTimeField("登记时间", auto_now_add=True)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "考勤"
        ordering = ["session", "officer"]
        constraints = [models.UniqueConstraint(fields=["session", "officer"], name="training_attended_once")]
        indexes = [models.Index(fields=["officer", "status"], name="training_attendance_mine")]

    def __str__(self) -> str:
        return f"{self.officer_id} {self.get_status_display()}"


class AttendanceChange(models.Model):
    """A correction: asked for with a reason, in effect once somebody else has approved it."""

    attendance = models.ForeignKey(Attendance, on_delete=models.CASCADE, related_name="changes")
    old_status = models.CharField("原状态", max_length=10, choices=Attendance.Status.choices)
    new_status = models.CharField("新状态", max_length=10, choices=Attendance.Status.choices)
    reason = models.CharField("理由", max_length=200)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    refused_reason = models.CharField("不同意的理由", max_length=200, blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = "考勤更正"
        db_table = "training_att_change"
        ordering = ["-asked_at"]

    def __str__(self) -> str:
        return f"{self.get_old_status_display()} → {self.get_new_status_display()}"


class WalkIn(models.Model):
    """Somebody who came and could not be found: registered by name, given to a person of the list later."""

    session = models.ForeignKey(TrainingSession, on_delete=models.PROTECT, related_name="walk_ins")
    name = models.CharField("姓名", max_length=40)
    unit_text = models.CharField("单位", max_length=80, blank=True, default="")
    line_no = models.PositiveIntegerField("表格行号", default=0)
    note = models.CharField("说明", max_length=200, blank=True, default="")
    signed_in_at = models.DateTimeField("签到时间", null=True, blank=True)
    attendance = models.OneToOneField(
        Attendance, verbose_name="归并到", on_delete=models.PROTECT, null=True, blank=True, related_name="walk_in"
    )
    dismissed_reason = models.CharField("不计入的理由", max_length=200, blank=True, default="")
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "待归并人员"
        db_table = "training_walk_in"
        ordering = ["session", "pk"]

    def __str__(self) -> str:
        return self.name
