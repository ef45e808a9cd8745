"""The admin's home page: what waits in the knowledge base, for whom, and which list each number opens."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from kb.admin.dashboard import waiting_for
from kb.models import Citation, PowerItem
from kb.waiting import undisclosed, without_instructor
from tests import cast
from tests.factories.kb import (
    InstructorFactory,
    PowerItemFactory,
    RegulationVersionFactory,
    StreetAssignmentFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("admin_roles")]


def counts(name: str) -> dict[str, int]:
    return {entry.label: entry.count for entry in waiting_for(cast.member(name))}


def test_every_number_counts_its_own_work():
    complete = {"basis_text": "《甲法》第一条", "process": "立案", "supervision": "监督科"}
    item = PowerItemFactory(needs_review=True, **complete)
    PowerItemFactory(**complete | {"supervision": ""})
    RegulationVersionFactory(dates_verified=False)
    for status in (Citation.Status.UNRESOLVED, Citation.Status.RESOLVED):
        Citation.objects.create(source=item, raw="《某法》", status=status)
    assert counts("song") == {
        "待处理引用": 1,
        "日期待核的版本": 1,
        "待核事项": 1,
        "公示要素不全的事项": 1,
        "没有业务指导员的事项": 0,
    }


def test_each_person_sees_only_their_own_work():
    assert "待核事项" in counts("lin") and "日期待核的版本" not in counts("lin")
    assert "日期待核的版本" in counts("wu") and "待核事项" not in counts("wu")
    assert counts("chen") == {}


def test_an_item_waits_for_an_instructor_while_a_street_holds_it_and_nobody_is_appointed():
    item = PowerItemFactory()
    items = PowerItem.objects.all()
    assert not without_instructor(items).exists()
    StreetAssignmentFactory(item=item, valid_from=dt.date(2021, 9, 1))
    assert without_instructor(items).get() == item
    InstructorFactory(item=item, valid_from=dt.date(2021, 9, 1))
    assert not without_instructor(items).exists()


def test_an_item_without_process_is_not_disclosed():
    item = PowerItemFactory(basis_text="《甲法》第一条", process="", supervision="监督科")
    assert undisclosed(PowerItem.objects.all()).get() == item
    assert item.missing_disclosure() == ["流程"]


def test_the_home_page_shows_the_numbers_under_our_name(as_member):
    page = as_member("song").get(reverse("wagtailadmin_home")).content.decode()
    assert "待处理引用" in page and "执法宝典" in page
    assert "Wagtail" not in re.sub(r"<script.*?</script>", "", page, flags=re.S)


def test_the_numbers_open_lists_of_just_these_rows(as_member):
    PowerItemFactory(name="待核的事项", needs_review=True, process="立案", supervision="甲", basis_text="乙")
    PowerItemFactory(name="缺流程的事项", process="", supervision="甲", basis_text="乙")
    client = as_member("song")
    for entry in waiting_for(cast.member("song")):
        assert client.get(entry.url).status_code == 200, entry.label
    listed = client.get(reverse("items:index"), {"gap": "disclosure"}).content.decode()
    assert "缺流程的事项" in listed and "待核的事项" not in listed


def test_a_number_costs_one_query(django_assert_max_num_queries):
    user = cast.member("song")
    assert user.roles
    with django_assert_max_num_queries(5):
        waiting_for(user)


def test_the_menu_is_in_the_order_of_the_work(as_member):
    page = as_member("song").get(reverse("wagtailadmin_home")).content.decode()
    names = ["power_items", "regulations-group", "casebook", "website", "people", "reports", "settings"]
    places = [page.index(f'"{name}"') for name in names]
    assert places == sorted(places)
    assert "editor-guide" not in page
