"""The admin's menu 考试: each part adds its entries by the hook `register_exam_menu_item`.

@hooks.register("register_exam_menu_item")
def papers_entry():
    return ExamMenuItem("试卷", "exams_papers", "doc-full", 10, can_read_bank)
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem


class ExamMenuItem(MenuItem):
    """An entry that is shown to those who are allowed in; `url_name` is the page, also its name in the menu."""

    def __init__(self, label: str, url_name: str, icon: str, order: int, allowed: Callable[[Any], bool]) -> None:
        super().__init__(label, reverse(url_name), name=url_name.replace("_", "-"), icon_name=icon, order=order)
        self.allowed = allowed

    def is_shown(self, request: HttpRequest) -> bool:
        return self.allowed(request.user)


def exam_menu() -> SubmenuMenuItem:
    """The entry with whatever the parts registered; hidden from whoever may open none of them."""
    inside = Menu(register_hook_name="register_exam_menu_item")
    return SubmenuMenuItem("考试", inside, name="exams", icon_name="form", order=140)
