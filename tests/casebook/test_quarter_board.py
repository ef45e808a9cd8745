"""A quarter's board: who owes drafts, how far they are, what the library lacks."""

import datetime as dt
from io import BytesIO

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from casebook.models import Case, CasebookIssue, Replacement
from casebook.quarter import gaps, progress
from casebook.quarter.actions import close_collecting, open_quarter
from casebook.quarter.progress import Lane
from people.models import Unit
from tests import cast
from tests.factories.casebook import CaseFactory, public_case
from tests.factories.kb import (
    DomainFactory,
    InstructorFactory,
    PowerItemFactory,
    RegulationFactory,
    RegulationVersionFactory,
    StreetAssignmentFactory,
)
from tests.factories.people import UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def opened(member):
    cast.street()
    UnitFactory(name="江湾街道办事处", short_name="江湾街道", kind=Unit.Kind.STREET)
    return open_quarter(2026, 4, due_on=dt.date(2026, 12, 10), wanted=2, by=member("lin"))


def row_of(issue, street):
    rows = progress.streets_of(issue, progress.cases_of(issue))
    return next(row for row in rows if row.street == street)


def test_opening_gives_every_street_its_duty(opened):
    streets = set(Unit.objects.streets())
    assert {quota.street for quota in opened.quotas.all()} == streets
    assert opened.status == CasebookIssue.Status.COLLECTING


def test_a_quarter_is_opened_once(opened, member):
    with pytest.raises(ValidationError, match="2026Q4 已经开启"):
        open_quarter(2026, 4, by=member("lin"))


def test_an_officer_opens_no_quarter(member):
    with pytest.raises(PermissionDenied):
        open_quarter(2026, 4, by=member("chen"))


def test_a_street_owes_what_it_has_not_sent(opened):
    street = cast.street()
    assert row_of(opened, street).missing == 2
    CaseFactory(case_no="2026Q4-01", street=street)
    assert row_of(opened, street).missing == 1
    assert row_of(opened, street).lanes[Lane.DRAFT] == 1


def test_cases_of_other_quarters_do_not_count(opened):
    CaseFactory(case_no="2026Q3-01", street=cast.street())
    assert row_of(opened, cast.street()).sent == 0


def test_a_case_that_was_taken_down_is_owed_again(opened):
    case = public_case(case_no="2026Q4-01", street=cast.street())
    assert row_of(opened, cast.street()).lanes[Lane.PUBLIC] == 1
    Case.objects.filter(pk=case.pk).update(withdrawn_at=dt.datetime(2026, 11, 1, tzinfo=dt.UTC))
    assert row_of(opened, cast.street()).sent == 0


def test_a_street_without_a_duty_that_sends_something_is_listed_last(opened):
    newcomer = UnitFactory(name="新街道办事处", kind=Unit.Kind.STREET, sort_order=0)
    CaseFactory(case_no="2026Q4-07", street=newcomer)
    rows = progress.streets_of(opened, progress.cases_of(opened))
    assert (rows[-1].street, rows[-1].wanted, rows[-1].missing) == (newcomer, 0, 0)


def test_a_domain_is_missing_until_something_is_drafted(opened):
    domain = DomainFactory(name="燃气安全")
    assert domain in gaps.domains_without_case(opened)
    CaseFactory(case_no="2026Q4-02", domain=domain)
    assert domain not in gaps.domains_without_case(opened)


def test_an_item_is_missing_until_a_case_is_public():
    item = PowerItemFactory()
    StreetAssignmentFactory(item=item)
    draft = CaseFactory(items=[item])
    assert list(gaps.items_without_case()) == [item]
    draft.delete()
    public_case(items=[item])
    assert not gaps.items_without_case().exists()


def test_items_that_no_street_holds_are_no_gap():
    PowerItemFactory()
    assert not gaps.items_without_case().exists()


def test_the_list_of_gaps_is_the_excel_file(at_desk):
    for n in range(3):
        StreetAssignmentFactory(item=PowerItemFactory(name=f"对第{n}种行为的处罚", is_frequent=n == 2))
    client = at_desk("lin")
    page = client.get("/admin/cases/quarters/gaps/")
    book = openpyxl.load_workbook(BytesIO(client.get("/admin/cases/quarters/gaps/?format=xlsx").content))
    names = [row[1].value for row in book.active.iter_rows(min_row=2)]
    assert names == [item.name for item in page.context["page"]]
    assert names[0] == "对第2种行为的处罚"


def test_the_board_shows_who_owes_and_needs_few_queries(opened, at_desk, django_assert_max_num_queries):
    for n in range(1, 6):
        CaseFactory(case_no=f"2026Q4-0{n}", street=cast.street())
    client = at_desk("lin")
    client.get("/admin/cases/quarters/2026Q4/")
    with django_assert_max_num_queries(30):
        page = client.get("/admin/cases/quarters/2026Q4/")
    html = page.content.decode()
    assert "1 个街道未交齐" in html
    assert html.count("2026Q4-0") >= 5


def test_the_current_quarter_is_the_one_at_work(opened, at_desk):
    client = at_desk("lin")
    assert client.get("/admin/cases/quarters/").url.endswith("/2026Q4/")


def test_without_any_quarter_the_form_to_open_one_comes(at_desk):
    assert at_desk("lin").get("/admin/cases/quarters/").url.endswith("/open/")


def test_the_form_opens_a_quarter(at_desk):
    cast.street()
    answer = at_desk("lin").post("/admin/cases/quarters/open/", {"year": 2027, "quarter": 1, "due_on": "", "wanted": 1})
    assert answer.url.endswith("/2027Q1/")
    assert CasebookIssue.objects.get().quotas.count() == Unit.objects.streets().count()


def test_collecting_is_closed_once(opened, member):
    close_collecting(opened, by=member("lin"))
    with pytest.raises(ValidationError, match="不在征集中"):
        close_collecting(CasebookIssue.objects.get(), by=member("lin"))


def test_an_appointment_alone_is_no_assignment():
    InstructorFactory()
    assert not gaps.items_without_case().exists()


def test_a_streets_editor_sees_the_own_street_only(opened, at_desk):
    CaseFactory(case_no="2026Q4-01", street=cast.street(), title="本街道案")
    other = Unit.objects.get(name="江湾街道办事处")
    CaseFactory(case_no="2026Q4-02", street=other, title="别街道案")
    page = at_desk("gao").get("/admin/cases/quarters/2026Q4/")
    html = page.content.decode()
    assert "本街道案" in html
    assert "别街道案" not in html
    assert [row.street for row in page.context["streets"]] == [cast.street()]


def test_the_board_names_cases_as_readers_see_them(opened, at_desk):
    case = CaseFactory(case_no="2026Q4-01", title="王建国占道案", street=cast.street())
    Replacement.objects.create(case=case, kind="person", original="王建国", shown="王某", decision="accepted")
    html = at_desk("lin").get("/admin/cases/quarters/2026Q4/").content.decode()
    assert "王某占道案" in html
    assert "王建国" not in html


def test_changed_law_of_other_streets_is_not_a_streets_affair(opened, at_desk, law_that_changed):
    other = Unit.objects.get(name="江湾街道办事处")
    public_case(
        title="别街道旧案", street=other, penalty_basis="《江城区旧办法》第三条", decided_on=dt.date(2022, 1, 5)
    )
    address = "/admin/cases/quarters/2026Q4/"
    assert "别街道旧案" in at_desk("lin").get(address).content.decode()
    assert "别街道旧案" not in at_desk("gao").get(address).content.decode()


@pytest.fixture
def law_that_changed():
    law = RegulationFactory(title="江城区旧办法")
    span = {"effective_from": dt.date(2020, 1, 1), "effective_to": dt.date(2024, 1, 1)}
    RegulationVersionFactory(regulation=law, articles={"3": ["处二百元罚款。"]}, **span)
    RegulationVersionFactory(regulation=law, articles={"3": ["处五百元罚款。"]}, effective_from=dt.date(2024, 1, 1))
