"""The admin's side of exams: 题库 and 考试. Each part keeps its addresses in a list of its own."""

from wagtail import hooks
from wagtail.admin.menu import MenuItem

from exams.menu import ExamMenuItem, exam_menu
from exams.papers import pages as papers
from exams.permissions import can_read_bank


@hooks.register("register_admin_urls")
def admin_urls() -> list:
    return [*papers.urlpatterns]


@hooks.register("register_admin_menu_item")
def exams_entry() -> MenuItem:
    return exam_menu()


@hooks.register("register_exam_menu_item")
def papers_entry() -> MenuItem:
    return ExamMenuItem("试卷", "exams_papers", papers.ICON, 10, can_read_bank)
