from django.core.validators import FileExtensionValidator
from django.db import models
from django.urls import reverse

from exams.models import Paper
from kb.models import PowerItem
from people.models import Officer
from training.models.choices import Category


class Course(models.Model):
    """An online course (学法课堂): lessons that are read or watched here, and a quiz at the end."""

    title = models.CharField("名称", max_length=120)
    slug = models.SlugField("网址标识", max_length=60, unique=True, allow_unicode=True)
    summary = models.TextField("简介", blank=True, default="")
    category = models.CharField("学时类别", max_length=10, choices=Category.choices, default=Category.LEGAL)
    hours = models.DecimalField("学时", max_digits=4, decimal_places=1, default=1)
    items = models.ManyToManyField(
        PowerItem, verbose_name="相关事项", blank=True, related_name="courses", db_table="training_course_item"
    )
    quiz = models.ForeignKey(
        Paper, verbose_name="结业测验", on_delete=models.PROTECT, null=True, blank=True, related_name="courses"
    )
    is_open = models.BooleanField("已开放", default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "线上课程"
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("training:course", args=[self.slug])


class Lesson(models.Model):
    """A text or a video kept on this site."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="lessons")
    order_no = models.PositiveSmallIntegerField("序号")
    title = models.CharField("标题", max_length=120)
    body = models.TextField("正文", blank=True, default="")
    video = models.FileField(
        "视频",
        upload_to="courses/",
        blank=True,
        validators=[FileExtensionValidator(["mp4", "webm"])],
        help_text="mp4 或 webm",
    )
    minutes = models.PositiveSmallIntegerField("最少时长（分钟）", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "课时"
        ordering = ["course", "order_no"]
        constraints = [models.UniqueConstraint(fields=["course", "order_no"], name="training_lesson_place")]

    def __str__(self) -> str:
        return self.title


class LessonProgress(models.Model):
    """How far somebody is: where the video stands, how long the page was open by the server's clock, done or not."""

    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="progress")
    officer = models.ForeignKey(Officer, on_delete=models.CASCADE, related_name="lesson_progress")
    position_seconds = models.PositiveIntegerField(default=0)
    spent_seconds = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "学习进度"
        db_table = "training_progress"
        constraints = [models.UniqueConstraint(fields=["lesson", "officer"], name="training_progress_once")]

    def __str__(self) -> str:
        return f"{self.lesson_id}/{self.officer_id}"


class CourseRecord(models.Model):
    """A course that somebody finished: every lesson done and the quiz passed."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="records")
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="course_records")
    finished_at = models.DateTimeField()
    quiz_score = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "结业记录"
        db_table = "training_course_record"
        constraints = [models.UniqueConstraint(fields=["course", "officer"], name="training_course_once")]

    def __str__(self) -> str:
        return f"{self.course_id}/{self.officer_id}"
