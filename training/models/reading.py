from django.conf import settings
from django.db import models

from casebook.models import Case
from exams.models import Paper
from kb.models import Regulation
from people.models import Officer


class EntryKind(models.TextChoices):
    """What a reading list holds."""

    PROVISION = "provision", "条文"
    CASE = "case", "案例"
    QUIZ = "quiz", "小测"


class ListEntry(models.Model):
    """One line of a template or an assignment. A provision is (regulation, key), read as in force."""

    order_no = models.PositiveSmallIntegerField("序号")
    kind = models.CharField("类别", max_length=10, choices=EntryKind.choices)
    regulation = models.ForeignKey(
        Regulation, verbose_name="法规", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    key = models.CharField("条文键", max_length=60, blank=True, default="")
    case = models.ForeignKey(
        Case, verbose_name="案例", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    quiz = models.ForeignKey(
        Paper, verbose_name="小测", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    note = models.CharField("提示", max_length=200, blank=True, default="")

    class Meta:
        abstract = True


class ReadingTemplate(models.Model):
    """A reading list to be assigned again and again: 新到岗两周包."""

    title = models.CharField("名称", max_length=80, unique=True)
    days = models.PositiveSmallIntegerField("期限（天）", default=14)
    intro = models.TextField("说明", blank=True, default="")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = verbose_name_plural = "阅读包模板"
        db_table = "training_template"
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class TemplateEntry(ListEntry):
    template = models.ForeignKey(ReadingTemplate, on_delete=models.CASCADE, related_name="entries")

    class Meta:
        verbose_name = verbose_name_plural = "模板条目"
        db_table = "training_template_entry"
        ordering = ["template", "order_no"]
        constraints = [models.UniqueConstraint(fields=["template", "order_no"], name="training_template_place")]

    def __str__(self) -> str:
        return f"{self.order_no}"


class ReadingAssignment(models.Model):
    """What a mentor asks readers to read until a day."""

    title = models.CharField("名称", max_length=80)
    intro = models.TextField("说明", blank=True, default="")
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reading_assignments"
    )
    assigned_at = models.DateTimeField(auto_now_add=True)
    due_on = models.DateField("截止日期")
    needs_note = models.BooleanField("需写心得", default=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "阅读任务"
        db_table = "training_reading"
        ordering = ["-assigned_at", "-pk"]

    def __str__(self) -> str:
        return self.title


class ReadingEntry(ListEntry):
    """`digest` is that of the wording on the day of assignment: a change before the due day is shown to both sides."""

    assignment = models.ForeignKey(ReadingAssignment, on_delete=models.CASCADE, related_name="entries")
    digest = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = "阅读条目"
        db_table = "training_reading_entry"
        ordering = ["assignment", "order_no"]
        constraints = [models.UniqueConstraint(fields=["assignment", "order_no"], name="training_entry_place")]

    def __str__(self) -> str:
        return f"{self.order_no}"


class Reader(models.Model):
    """Somebody who is to read an assignment."""

    assignment = models.ForeignKey(ReadingAssignment, on_delete=models.CASCADE, related_name="readers")
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="readings")
    note = models.TextField("心得", blank=True, default="")
    spent_seconds = models.PositiveIntegerField(default=0)
    seen_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "阅读人"
        db_table = "training_reader"
        constraints = [models.UniqueConstraint(fields=["assignment", "officer"], name="training_reader_once")]

    def __str__(self) -> str:
        return f"{self.officer_id}"

    def waiting_entries(self) -> "models.QuerySet[ReadingEntry]":
        """What is not confirmed yet, in the list's order."""
        done = self.progress.filter(confirmed_at__isnull=False).values("entry")
        return self.assignment.entries.exclude(pk__in=done).order_by("order_no")


class ReadingProgress(models.Model):
    """What a reader did with an entry."""

    reader = models.ForeignKey(Reader, on_delete=models.CASCADE, related_name="progress")
    entry = models.ForeignKey(ReadingEntry, on_delete=models.CASCADE, related_name="progress")
    opened_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    quiz_score = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    quiz_passed = models.BooleanField(default=False)

    class Meta:
        verbose_name = verbose_name_plural = "阅读进度"
        db_table = "training_reading_done"
        constraints = [models.UniqueConstraint(fields=["reader", "entry"], name="training_reading_once")]

    def __str__(self) -> str:
        return f"{self.reader_id}/{self.entry_id}"
