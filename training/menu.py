"""The admin's menu 培训: each part adds its entries to the hook `HOOK`, one function an entry.

@hooks.register(HOOK)
def sessions_entry():
    return ExamMenuItem("培训场次", "training_sessions", "date", 20, can_plan)

`add_entries` does so for a list of them.
"""

from collections.abc import Callable, Iterable

from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

HOOK = "register_training_menu_item"
ORDER = 150


def training_menu() -> SubmenuMenuItem:
    """The entry with whatever the parts registered; hidden from whoever may open none of them."""
    inside = Menu(register_hook_name=HOOK)
    return SubmenuMenuItem("培训", inside, name="training", icon_name="group", order=ORDER)


def add_entries(makers: Iterable[Callable[[], MenuItem]]) -> None:
    """Registers each; they are called when the addresses are known."""
    for make in makers:
        hooks.register(HOOK, make)
