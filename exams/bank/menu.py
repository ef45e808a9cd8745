"""题库 in the admin's menu, after the cases and editions. Other parts add entries by the hook of its name."""

from wagtail.admin.admin_url_finder import ModelAdminURLFinder
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from exams.menu import ExamMenuItem
from exams.models import Question
from exams.permissions import can_read_bank

HOOK = "register_question_menu_item"
ORDER = 130


def menu() -> SubmenuMenuItem:
    inside = Menu(register_hook_name=HOOK, items=_entries())
    return SubmenuMenuItem("题库", inside, name="questions", icon_name="help", order=ORDER)


def _entries() -> list[MenuItem]:
    entries = (
        ("试题", "exams_bank", "list-ul"),
        ("待审试题", "exams_review_queue", "tasks"),
        ("试题纠错", "exams_remarks", "comment"),
        ("缺题事项", "exams_gaps", "warning"),
    )
    return [
        ExamMenuItem(label, name, icon, 100 + 10 * n, can_read_bank) for n, (label, name, icon) in enumerate(entries)
    ]


class QuestionFinder(ModelAdminURLFinder):
    """Where the queue of citations finds the question in which a citation stands."""

    edit_url_name = "exams_question"

    def get_edit_url(self, instance: Question) -> str | None:
        """Its page, which is also for who may not change it."""
        return self.construct_edit_url(instance) if self.user is None or can_read_bank(self.user) else None
