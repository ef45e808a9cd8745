"""The admin's side of training: the menu 培训. Each part keeps its addresses in a list of its own."""

from functools import partial
from typing import cast

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from content.dashboard import add_waiting
from exams.menu import ExamMenuItem
from people.models import User
from people.policies import ask
from training.courses.admin import CourseViewSet, LessonViewSet
from training.credits.admin import CreditRateViewSet, CreditRuleViewSet
from training.mentors.admin import EntryViewSet, PairingViewSet, ScopeViewSet, TemplateViewSet
from training.menu import add_entries, training_menu
from training.models import (
    Course,
    CreditRate,
    CreditRule,
    Lesson,
    MentorScope,
    Pairing,
    ReadingTemplate,
    TemplateEntry,
)
from training.permissions import can_keep_mentors, can_set_rules
from training.sessions.admin import urls as sessions
from training.sessions.admin.corrections import waiting_for

ask(CreditRule, can_set_rules)
ask(CreditRate, can_set_rules)
for kept in (MentorScope, Pairing, ReadingTemplate, TemplateEntry, Course, Lesson):
    ask(kept, can_keep_mentors)


@hooks.register("register_admin_urls")
def admin_urls() -> list:
    return [*sessions.urlpatterns]


@hooks.register("register_admin_menu_item")
def training_entry() -> MenuItem:
    return training_menu()


LISTS = (
    ("导师职责", "mentorscope:index", "user", 40, can_keep_mentors),
    ("结对", "pairing:index", "group", 42, can_keep_mentors),
    ("阅读包模板", "readingtemplate:index", "list-ul", 44, can_keep_mentors),
    ("阅读包条目", "templateentry:index", "list-ol", 45, can_keep_mentors),
    ("线上课程", "course:index", "openquote", 46, can_keep_mentors),
    ("课时", "lesson:index", "doc-full", 47, can_keep_mentors),
    ("学时规则", "creditrule:index", "form", 50, can_set_rules),
    ("学时折算", "creditrate:index", "form", 52, can_set_rules),
)
add_entries(sessions.ENTRIES)
add_entries(partial(ExamMenuItem, *entry) for entry in LISTS)


@hooks.register("register_admin_viewset")
def register_rules() -> list:
    return [CreditRuleViewSet("creditrule"), CreditRateViewSet("creditrate")]


@hooks.register("register_admin_viewset")
def register_mentors() -> list:
    return [
        ScopeViewSet("mentorscope"),
        PairingViewSet("pairing"),
        TemplateViewSet("readingtemplate"),
        EntryViewSet("templateentry"),
        CourseViewSet("course"),
        LessonViewSet("lesson"),
    ]


@hooks.register("construct_homepage_panels")
def trainings_waiting(request: HttpRequest, panels: list) -> None:
    add_waiting(panels, "培训", waiting_for(cast(User, request.user)), order=40)
