"""The admin's side of exams: 题库 and 考试. Each part keeps its addresses in a list of its own."""

from typing import cast

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.admin_url_finder import register_admin_url_finder
from wagtail.admin.menu import MenuItem

from content.dashboard import add_waiting
from exams.bank import menu as bank_menu
from exams.bank import urls as bank
from exams.bank.waiting import waiting_for
from exams.cards import showing as cards
from exams.exchange import pages as exchange
from exams.menu import ExamMenuItem, exam_menu
from exams.models import Question
from exams.papers import pages as papers
from exams.permissions import can_edit_questions, can_mark, can_read_bank, can_read_results
from exams.results import urls as results
from exams.results.queue import waiting_for as results_waiting_for
from exams.sittings import desk as sittings
from people.models import User
from people.policies import ask

ask(Question, can_edit_questions, read=can_read_bank)
register_admin_url_finder(Question, bank_menu.QuestionFinder)


@hooks.register("register_admin_urls")
def admin_urls() -> list:
    return [
        *bank.admin_urlpatterns,
        *exchange.urlpatterns,
        *papers.urlpatterns,
        *sittings.admin_urlpatterns,
        *results.admin_urlpatterns,
    ]


@hooks.register("register_admin_menu_item")
def bank_entry() -> MenuItem:
    return bank_menu.menu()


@hooks.register(bank_menu.HOOK)
def import_entry() -> MenuItem:
    return exchange.menu_entry()


@hooks.register("register_admin_menu_item")
def exams_entry() -> MenuItem:
    return exam_menu()


@hooks.register("register_exam_menu_item")
def papers_entry() -> MenuItem:
    return ExamMenuItem("试卷", "exams_papers", papers.ICON, 10, can_read_bank)


@hooks.register("register_exam_menu_item")
def sittings_entry() -> MenuItem:
    return ExamMenuItem("考试安排", "exams_exams", sittings.ICON, 20, can_read_results)


@hooks.register("construct_homepage_panels")
def questions_waiting(request: HttpRequest, panels: list) -> None:
    add_waiting(panels, "题库", waiting_for(cast(User, request.user)), order=30)


@hooks.register("construct_homepage_panels")
def cards_waiting(request: HttpRequest, panels: list) -> None:
    add_waiting(panels, "执法证", cards.waiting_for(cast(User, request.user)), order=40)


hooks.register("card_warnings", cards.no_pass_known)


@hooks.register("register_exam_menu_item")
def marking_entry() -> MenuItem:
    return ExamMenuItem("评分", "exams_marking", "edit", 50, can_mark)


@hooks.register("register_exam_menu_item")
def results_entry() -> MenuItem:
    return ExamMenuItem("成绩", "exams_results", "table", 60, can_read_results)


@hooks.register("construct_homepage_panels")
def results_waiting(request: HttpRequest, panels: list) -> None:
    add_waiting(panels, "考试", results_waiting_for(cast(User, request.user)), order=35)
