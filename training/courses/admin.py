"""Courses and lessons in the Wagtail admin."""

from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail.admin.ui.tables import BooleanColumn, Column

from people.admin import PlainViewSet
from training.models import Course, Lesson


class CourseViewSet(PlainViewSet):
    model = Course
    icon = "openquote"
    menu_label = "线上课程"
    add_to_admin_menu = False
    list_display = [
        "title",
        Column("category", label="学时类别", accessor="get_category_display"),
        Column("hours", label="学时"),
        BooleanColumn("is_open", label="已开放"),
    ]
    form_fields = ["title", "slug", "summary", "category", "hours", "items", "quiz", "is_open"]


class LessonViewSet(PlainViewSet):
    model = Lesson
    icon = "doc-full"
    menu_label = "课时"
    add_to_admin_menu = False
    list_filter = ["course"]
    list_display = [
        "title",
        Column("course", label="课程"),
        Column("order_no", label="序号", sort_key="order_no"),
        Column("minutes", label="最少时长（分钟）"),
    ]
    form_fields = ["course", "order_no", "title", "body", "video", "minutes"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Lesson]:
        return Lesson.objects.select_related("course")
