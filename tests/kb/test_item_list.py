"""The list of items: filters, counts, what a street could do on a day, and the same as Excel."""

import datetime as dt
import io

import openpyxl
import pytest
from django.urls import reverse

from kb.hub.listing import Filters, listing
from kb.models import AdjustmentBatch, AdjustmentLine, PowerItem
from tests.factories.kb import DomainFactory, PowerItemFactory, StreetAssignmentFactory
from tests.factories.people import UnitFactory

LIST = reverse("kb:items")


@pytest.fixture
def items(db):
    street_scene = DomainFactory(name="市容环境", slug="shirong")
    gas = DomainFactory(name="燃气", slug="ranqi")
    stalls = PowerItemFactory(name="对占道经营的处罚", domain=street_scene, is_frequent=True)
    inspection = PowerItemFactory(name="燃气安全检查", domain=gas, power_type="inspection")
    bottles = PowerItemFactory(name="对倒卖气瓶的处罚", domain=gas, department=stalls.department, needs_review=True)
    return stalls, inspection, bottles


def asked(**query):
    return listing(Filters.from_query(query))


def facet(found, label):
    (one,) = [facet for facet in found.facets if facet.label == label]
    return {choice.label: choice.count for choice in one.choices}


def sheet_of(answer):
    return openpyxl.load_workbook(io.BytesIO(answer.content)).active


def test_filters_work_together_and_each_facet_counts_what_the_others_leave(items):
    stalls, inspection, bottles = items
    found = asked(domain="ranqi", type="penalty")
    assert list(found.items) == [bottles]
    assert facet(found, "领域") == {"燃气": 1, "市容环境": 1}
    assert facet(found, "职权类型") == {"行政处罚": 1, "行政检查": 1}


@pytest.mark.parametrize(
    ("query", "expected"), [({"tag": "frequent"}, 0), ({"tag": "review"}, 2), ({"q": "气 检查"}, 1)]
)
def test_tags_and_text_narrow_the_list(items, query, expected):
    assert list(asked(**query).items) == [items[expected]]


def test_an_item_is_found_by_a_part_of_its_code(items):
    assert list(asked(q=items[0].code[-6:].lower()).items) == [items[0]]


@pytest.mark.parametrize(
    "query", [{"domain": "nowhere"}, {"department": "x"}, {"type": "x"}, {"street": "x"}, {"on": "x"}, {"page": "x"}]
)
def test_a_made_up_address_is_answered_not_refused(items, client, query):
    assert client.get(LIST, query).status_code == 200


def test_a_street_and_a_day_give_what_it_could_do_then(items, client):
    stalls, inspection, _ = items
    street = UnitFactory(name="滨江街道办事处")
    StreetAssignmentFactory(item=stalls, street=street, valid_from=dt.date(2021, 9, 1), valid_to=dt.date(2023, 8, 1))
    StreetAssignmentFactory(item=inspection, street=street, valid_from=dt.date(2023, 8, 1))
    then = client.get(LIST, {"street": street.pk, "on": "2023-07-31"}).content.decode()
    assert "滨江街道办事处2023年7月31日可行使的事项" in then
    assert stalls.name in then
    assert inspection.name not in then
    assert list(asked(street=str(street.pk), on="2023-08-01").items) == [inspection]
    assert list(asked(street=str(street.pk), on="2020-01-01").items) == []


def test_the_excel_file_holds_exactly_the_list_and_can_be_imported_again(items, client):
    sheet = sheet_of(client.get(reverse("kb:items_export"), {"domain": "ranqi"}))
    assert [cell.value for cell in sheet[1]][:3] == ["事项编码", "事项名称", "简称"]
    assert sorted(row[1].value for row in sheet.iter_rows(min_row=2)) == ["对倒卖气瓶的处罚", "燃气安全检查"]


def test_the_list_comes_in_pages_and_keeps_its_filters(client, db):
    domain = DomainFactory(slug="many")
    PowerItemFactory.create_batch(25, domain=domain)
    page = client.get(LIST, {"domain": "many"}).content.decode()
    assert "?domain=many&amp;page=2" in page
    assert client.get(LIST, {"domain": "many", "page": 2}).context["page"].end_index() == 25


def test_nothing_found_says_what_to_try(client, items):
    assert "没有符合条件的事项" in client.get(LIST, {"q": "飞线充电"}).content.decode()


def test_the_number_of_queries_does_not_grow_with_the_list(client, db, django_assert_max_num_queries):
    for _ in range(20):
        PowerItemFactory()
    client.get(LIST)
    with django_assert_max_num_queries(12):
        client.get(LIST)


def test_the_difference_between_two_days_is_a_page_and_a_sheet(client, db):
    held = StreetAssignmentFactory(valid_from=dt.date(2021, 9, 1), valid_to=dt.date(2023, 8, 1))
    batch = AdjustmentBatch.objects.create(
        doc_number="江政发〔2023〕14号", decided_on=dt.date(2023, 8, 1), kind="take_back", reason="承接能力评估"
    )
    AdjustmentLine.objects.create(batch=batch, item=held.item, action="take_back")
    held.end_batch = batch
    held.save()
    query = {"from": "2023-07-31", "to": "2023-08-01"}
    page = client.get(reverse("kb:item_changes"), query).content.decode()
    assert "减少" in page
    assert "江政发〔2023〕14号" in page
    sheet = sheet_of(client.get(reverse("kb:item_changes"), query | {"format": "xlsx"}))
    assert [cell.value for cell in sheet[2]][0] == "减少"
    assert [cell.value for cell in sheet[2]][7:] == ["江政发〔2023〕14号", "承接能力评估"]


def test_the_page_of_changes_opens_without_any_batch(client, db):
    assert client.get(reverse("kb:item_changes")).status_code == 200


@pytest.mark.parametrize(("who", "status"), [("song", 200), ("gao", 403), ("chen", 403)])
def test_the_matrix_is_the_bureaus(as_member, who, status):
    StreetAssignmentFactory(valid_from=dt.date(2021, 9, 1))
    answer = as_member(who).get(reverse("kb:items_matrix"), {"on": "2022-01-01"})
    assert answer.status_code == status
    if status == 200:
        row = [cell.value for cell in sheet_of(answer)[2]]
        assert row[2] == 1
        assert "√" in row


def test_the_matrix_is_not_for_strangers(client, db):
    assert client.get(reverse("kb:items_matrix")).status_code == 403
    assert PowerItem.objects.count() == 0
