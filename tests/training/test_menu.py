"""The menu 培训 leads only to what the person may open."""

import pytest
from django.test import RequestFactory

from tests import cast
from training.menu import training_menu


def entries_of(name: str) -> list[str]:
    request = RequestFactory().get("/admin/")
    request.user = cast.member(name)
    return [item.label for item in training_menu().menu.menu_items_for_request(request)]


@pytest.mark.parametrize(
    ("name", "shown", "hidden"),
    [("song", {"培训计划", "考勤更正", "学时规则"}, set()), ("gao", {"培训场次"}, {"考勤更正", "学时规则", "结对"})],
)
def test_the_menu_shows_what_the_person_may_open(db, name, shown, hidden):
    labels = set(entries_of(name))
    assert shown <= labels and not hidden & labels


def test_every_entry_opens(at_desk):
    client = at_desk("song")
    request = RequestFactory().get("/admin/")
    request.user = cast.member("song")
    for item in training_menu().menu.menu_items_for_request(request):
        assert client.get(item.url).status_code == 200, item.label
