"""The pages of figures: the number, the list and the file are the same rows, and a street sees only its own."""

import datetime as dt
import io

import openpyxl
import pytest

from tests import cast
from tests.factories.people import OfficerFactory, UnitFactory
from tests.factories.training import AttendanceFactory, SessionFactory

NOON = dt.datetime(2026, 3, 2, 4, tzinfo=dt.UTC)
YEAR = "since=2026-01-01&on=2026-12-31"


@pytest.fixture
def records(db):
    own, other = OfficerFactory(unit=cast.street(), name="陈一"), OfficerFactory(unit=UnitFactory(), name="林二")
    for day in range(3):
        session = SessionFactory(starts_at=NOON + dt.timedelta(days=day), status="closed", organiser="district")
        AttendanceFactory(session=session, officer=own)
        if day:
            AttendanceFactory(session=session, officer=other)


def rows_of(response) -> list:
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    return [list(row) for row in sheet.iter_rows(min_row=2, values_only=True)]


@pytest.mark.parametrize(("what", "number"), [("sessions", 3), ("attendances", 5), ("persons", 2)])
def test_the_number_the_list_and_the_file_agree(records, as_member, what, number):
    client = as_member("song")
    overview = client.get(f"/figures/?{YEAR}")
    assert [cell["text"] for cell in overview.context["whole"]] == [3, 5, 2]
    assert client.get(f"/figures/{what}/?{YEAR}").context["page"].paginator.count == number
    assert len(rows_of(client.get(f"/figures/{what}/?{YEAR}&format=xlsx"))) == number


def test_a_street_sees_its_own_people_only(records, as_member):
    client = as_member("gao")
    assert [cell["text"] for cell in client.get(f"/figures/?{YEAR}").context["whole"]] == [3, 3, 1]
    page = client.get(f"/figures/attendances/?{YEAR}").content.decode()
    assert "陈一" in page and "林二" not in page
    other = UnitFactory()
    assert "林二" not in client.get(f"/figures/attendances/?{YEAR}&street={other.pk}").content.decode()


@pytest.mark.parametrize("by", ["organiser", "form", "topic", "unit", "street", "month"])
def test_every_table_has_a_chart_where_there_is_something_to_compare_and_a_file_with_the_whole(records, as_member, by):
    client = as_member("song")
    page = client.get(f"/figures/?{YEAR}&by={by}")
    assert ("<svg" in page.content.decode()) == (len(page.context["table"]["rows"]) > 2)
    assert "没有培训记录" not in page.content.decode()
    assert rows_of(client.get(f"/figures/?{YEAR}&by={by}&format=xlsx"))[-1] == ["合计", 3, 5, 2]


def test_the_pages_ask_few_queries(records, as_member, django_assert_max_num_queries):
    client = as_member("song")
    client.get("/figures/")
    with django_assert_max_num_queries(32):
        client.get(f"/figures/?{YEAR}")
    with django_assert_max_num_queries(14):
        client.get(f"/figures/attendances/?{YEAR}")


def test_a_period_without_trainings_says_so(as_member):
    assert "没有培训记录" in as_member("song").get("/figures/?since=1999-01-01&on=1999-12-31").content.decode()
