"""The admin's home page says what waits for the person; each app brings its own numbers.

@hooks.register("construct_homepage_panels")
def show_waiting(request, panels):
    add_waiting(panels, "案例", entries_for(request.user), order=20)
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wagtail.admin.ui.components import Component


@dataclass(frozen=True)
class Waiting:
    """A number and the list behind it: `note` says in a few words what is to be done."""

    label: str
    count: int
    url: str
    note: str = ""


class WaitingPanel(Component):
    """One group of numbers under a heading; panels stand by rising order."""

    template_name = "content/admin/waiting.html"

    def __init__(self, heading: str, entries: list[Waiting], order: int) -> None:
        self.heading, self.entries, self.order = heading, entries, order

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return {"heading": self.heading, "entries": self.entries}


def add_waiting(panels: list, heading: str, entries: list[Waiting], *, order: int) -> None:
    """Adds the group unless the person has nothing to do with it."""
    if entries:
        panels.append(WaitingPanel(heading, entries, order))
